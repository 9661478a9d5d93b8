"""Words for people: found by their marks, changed in place, and every text of the rules is marked or is a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel
from strategies import shipped

from recommender import RuleBase
from recommender.documents.base import FrozenModel
from recommender.documents.told import AsItIs, ForAll, ForNurses, Told, Unnamed, models_in, texts_in, with_texts
from recommender.knowledge.overlays import PSEUDO_OVERLAY, Overlay
from recommender.knowledge.reference import QuestionWords, Reference
from recommender.knowledge.rules import RuleText
from recommender.knowledge.voice import Voice, unsayable_texts
from recommender.knowledge.wordings import texts_of
from recommender.languages.pseudo import pseudo

#: each text that nobody reads as it stands in its model: ids and codes, what is quoted as it was published or signed, and
#: what is written for the authors of the rules alone
NOT_TOLD = {
    "RuleText": {"id", "find", "sources"},
    "HoldOn": {"products"},
    "Example": {"say"},
    "Edition": {"version", "title"},
    "Signature": {"name", "role", "registration", "text"},
    "CitedSource": {"title", "publisher", "says", "jurisdiction", "kind", "strength", "url", "seen_as"},
    "TreatmentFacts": {"sources"},
    "Timing": {"sources"},
    "Advice": {"sources"},
    "ProductClass": {"id", "sources"},
    "Label": {"product", "not_with", "sources"},
    "KindWords": {"details"},
    "QuestionWords": {"follows", "lasts"},
    "QuestionGroup": {"id", "questions"},
    "QuestionPage": {"id", "groups"},
    "NotToThePublic": {"never", "instead", "sources", "limits"},  # a translation has its own list
    "CoolingOff": {"sources", "limits"},
    "PrescriberSigns": {"sources", "limits"},
    "Beside": {"sources", "limits"},
    "AuthorisedFirst": {"sources", "limits"},
    "Review": {"sources", "limits"},
    "ConsentHeading": {"id"},
    "SourcedSentence": {"id", "sources", "under"},
    "OurForm": {"version"},
}


class Part(FrozenModel):
    text: Unnamed[ForAll[str]]
    days: int = 3


class Named(FrozenModel):
    id: str
    label: ForAll[str]
    more: ForAll[str | None] = None


class Whole(FrozenModel):
    code: str = "lips"
    title: ForAll[str] = "Title"
    lines: ForAll[tuple[str, ...]] = ("One", "Two")
    words: ForAll[Mapping[str, str]] = {"yes": "Yes"}  # noqa: RUF012 (frozen)
    limits: ForNurses[str] = "Limits"
    brand: AsItIs[str] = "Brand"
    onset: Part = Part(text="Onset")
    parts: tuple[Part, ...] = (Part(text="First"), Part(text="Second"))
    named: Unnamed[tuple[Named, ...]] = (Named(id="nose", label="Nose"),)
    plain: Mapping[str, int] = {"number": 1}


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


def test_every_marked_text_is_found_with_its_place_and_nothing_else() -> None:
    assert {text.place: text.text for text in texts_in(Whole(), ("file",))} == {
        ("file", "title"): "Title",
        ("file", "lines", 0): "One",
        ("file", "lines", 1): "Two",
        ("file", "words", "yes"): "Yes",
        ("file", "limits"): "Limits",
        ("file", "brand"): "Brand",
        ("file", "onset"): "Onset",
        ("file", "parts", 0): "First",
        ("file", "parts", 1): "Second",
        ("file", "nose", "label"): "Nose",
    }
    told = {text.place[0]: text.told for text in texts_in(Whole())}
    assert (told["title"], told["limits"]) == (Told(), Told(public=False))
    assert told["brand"] == Told(translated=False)


def test_the_same_model_in_other_words_differs_in_its_texts_alone_and_is_not_validated_again() -> None:
    before = Whole()

    after = with_texts(before, lambda _: "")

    assert {text.text for text in texts_in(after)} == {""}
    assert [text.place for text in texts_in(after)] == [text.place for text in texts_in(before)]
    assert (after.code, after.plain, after.onset.days, after.named[0].id) == ("lips", {"number": 1}, 3, "nose")
    assert after.named[0].more is None
    assert before == Whole()


def test_no_two_texts_of_the_rules_stand_at_the_same_place(rules: RuleBase) -> None:
    for model in (rules.reference, *(rule.text for rule in rules.every_rule)):
        places = [text.place for text in texts_in(model)]

        assert len(places) == len(set(places))


class Noted(QuestionWords):
    """A question with a text more, as somebody adds one."""

    note: ForAll[str]


@pytest.fixture
def noted(rules: RuleBase) -> Reference:
    """What stands beside the rules, with a text of a new field."""
    asked = rules.reference.questions
    more = Noted(**asked.questions["history.pregnant"].model_dump(), note="Botox or an anti-wrinkle injection.")
    questions = asked.model_copy(update={"questions": {**asked.questions, "history.pregnant": more}})
    return rules.reference.model_copy(update={"questions": questions})


def note_of(reference: Reference) -> str:
    question = reference.questions.questions["history.pregnant"]
    assert isinstance(question, Noted)
    return question.note


def test_a_field_that_is_marked_is_translated_said_to_the_public_and_checked_for_them(noted: Reference) -> None:
    place = ("questions.yaml", "questions", "history.pregnant", "note")
    written = note_of(noted)

    assert texts_of([], noted)[place] == written
    assert note_of(Overlay("es", {place: "Nota."}).reference(noted)) == "Nota."
    assert note_of(PSEUDO_OVERLAY.reference(noted)) == pseudo(written)
    assert note_of(Voice(noted, "nurse", "au").reference) == written
    said = "Botox or a muscle-relaxing injection."
    assert note_of(Voice(noted, "patient", "au").reference) == said
    where = "questions.yaml: questions / history.pregnant / note"
    assert list(unsayable_texts([], noted, "au")) == [(where, f"'{said}': botox")]


def test_a_brand_and_a_number_to_call_are_the_same_in_every_language(rules: RuleBase) -> None:
    other = PSEUDO_OVERLAY.reference(rules.reference)

    assert [facts.known_as for facts in other.treatments] == [facts.known_as for facts in rules.reference.treatments]
    assert [kind.brands for kind in other.treatments[0].products] == [k.brands for k in rules.reference.treatments[0].products]
    assert (other.wording.emergency_number.uk, other.wording.emergency_number.other[0]) == ("999", "[")


def test_every_text_of_the_rules_is_marked_or_named_here_as_one_that_nobody_is_told() -> None:
    found = {model.__name__: set(untold(model)) for model in models_below({RuleText, Reference})}

    assert {name: fields for name, fields in found.items() if fields} == NOT_TOLD


def models_below(models: set[type[BaseModel]]) -> set[type[BaseModel]]:
    inner = {one for model in models for field in model.model_fields.values() for one in models_in(field.annotation)}
    return models if inner <= models else models_below(models | inner)


def untold(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if holds_text(field.annotation) and not any(isinstance(mark, Told) for mark in field.metadata):
            yield name


def holds_text(annotation: object) -> bool:
    parts = get_args(annotation)[1:] if get_origin(annotation) in (dict, Mapping) else get_args(annotation)
    return annotation is str or any(map(holds_text, parts))
