"""Every text of a rule base that is translated, by where it stands in a translation; and the same rules with other texts.

``Place`` is the file and then the keys as a translation has them: ``("questions.yaml", "areas", "lips", "label")``. Nothing
that decides anything is among these texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from recommender.documents.assessment import TreatmentFacts
from recommender.knowledge.consent_forms import ConsentForms
from recommender.knowledge.reference import Questions, Reference, Wording
from recommender.knowledge.rules import Rule

Place = tuple[str | int, ...]
Location = tuple[str | int, ...]
#: the text for a place, given the English one
Translate = Callable[[Place, str], str]

_QUESTION = ("ask", "clinical", "help", "why", "passes")
_TREATMENT = (
    "name",
    "clinical_name",
    "what_it_is",
    "how_it_works",
    "good_for",
    "reversible",
    "common_effects",
    "serious_risks",
    "limits",
)
_SINGLE = ("draft", "disclaimer", "nothing_concluded", "local_number")
_GROUPS = (
    "outcomes", "outcome_next", "statuses", "roles", "effects", "destinations", "stances", "urgencies", "emergency_number"
)  # fmt: skip


def texts_of(rules: Iterable[Rule], reference: Reference) -> dict[Place, str]:
    """Every text that is translated, in English."""
    found = {place: text for rule in rules for place, _, text in _in_rule(rule)}
    for name, (data, walk) in _beside(reference).items():
        found |= {(name, *place): text for place, _, text in walk(data)}
    return found


def with_texts(rules: Iterable[Rule], translate: Translate) -> tuple[Rule, ...]:
    """The same rules with other texts."""
    return tuple(_rule_with(rule, translate) for rule in rules)


def reference_with(reference: Reference, translate: Translate, public: Sequence[Mapping[str, Any]]) -> Reference:
    """The same reference with other texts; ``public`` is what ``wording.yaml`` has under that name, whole."""
    changed = {}
    for name, (data, walk) in _beside(reference).items():
        for place, location, text in list(walk(data)):
            _put(data, location, translate((name, *place), text))
        changed[name] = data
    return reference.model_copy(
        update={
            "questions": Questions.model_validate(changed["questions.yaml"]),
            "treatments": tuple(TreatmentFacts.model_validate(facts) for facts in changed["treatments.yaml"]),
            "wording": Wording.model_validate({**changed["wording.yaml"], "public": public}),
            "consent": ConsentForms.model_validate(changed["consent.yaml"]),
        }
    )


def file_of(rule: Rule) -> str:
    """The file that a rule stands in."""
    return rule.where.rpartition(":")[0]


def _in_rule(rule: Rule) -> Iterator[tuple[Place, str, str]]:
    """The texts of a rule: place, name, text."""
    text, start = rule.text, (file_of(rule), rule.id)
    yield (*start, "title"), "title", text.title
    yield (*start, "because"), "because", text.because
    if text.in_short is not None:
        yield (*start, "in_short"), "in_short", text.in_short
    if text.if_not_known is not None:
        yield (*start, "if_not_known"), "if_not_known", text.if_not_known
    if text.hold is not None and text.hold.until is not None:
        yield (*start, "until"), "until", text.hold.until
    if text.limits is not None:
        yield (*start, "limits"), "limits", text.limits


def _rule_with(rule: Rule, translate: Translate) -> Rule:
    said: dict[str, Any] = {name: translate(place, text) for place, name, text in _in_rule(rule)}
    until = said.pop("until", None)
    if until is not None and rule.text.hold is not None:
        said["hold"] = rule.text.hold.model_copy(update={"until": until})
    return replace(rule, text=rule.text.model_copy(update=said))


_Found = Iterator[tuple[Place, Location, str]]


def _beside(reference: Reference) -> dict[str, tuple[Any, Callable[[Any], _Found]]]:
    """File → what it holds as plain data, and the way through its texts (place in a translation, location in the data)."""
    return {
        "questions.yaml": (reference.questions.model_dump(mode="json"), _in_questions),
        "treatments.yaml": ([facts.model_dump(mode="json") for facts in reference.treatments], _in_treatments),
        "wording.yaml": (reference.wording.model_dump(mode="json"), _in_wording),
        "consent.yaml": (reference.consent.model_dump(mode="json"), _in_consent),
    }


def _fields(data: Mapping[str, Any], names: Iterable[str], place: Place, at: Location) -> _Found:
    """The texts under these names: a text alone, a list of them, or a mapping of them."""
    for name in names:
        match data.get(name):
            case str() as text:
                yield (*place, name), (*at, name), text
            case list() | tuple() as lines:
                yield from (((*place, name, i), (*at, name, i), line) for i, line in enumerate(lines))
            case dict() as mapping:
                yield from (((*place, name, key), (*at, name, key), text) for key, text in mapping.items())


def _in_questions(data: Any) -> _Found:
    yield from _fields(data, ("answers",), (), ())
    for part, names in (
        ("areas", ("label", "clinical", "hint")),
        ("kinds", ("label", "clinical")),
        ("details", (*_QUESTION, "test", "answers")),
        ("questions", (*_QUESTION, "test", "answers")),
    ):
        for name, said in data[part].items():
            yield from _fields(said, names, (part, name), (part, name))
    for index, group in enumerate(data["groups"]):
        yield from _fields(group, ("title", "intro"), ("groups", group["id"]), ("groups", index))


def _in_treatments(data: Any) -> _Found:
    for index, facts in enumerate(data):
        place: Place = (facts["treatment"],)
        yield from _fields(facts, (*_TREATMENT, "ask"), place, (index,))
        for name in ("onset", "peak", "lasts"):
            yield (*place, name), (index, name, "text"), facts[name]["text"]
        for name, advice in facts["aftercare"].items():
            yield from _fields(advice, ("text", "limits"), (*place, "aftercare", name), (index, "aftercare", name))
        for number, product in enumerate(facts["products"]):
            yield from _fields(
                product, ("name", "lasts", "reversible"), (*place, "products", product["id"]), (index, "products", number)
            )


def _in_wording(data: Any) -> _Found:
    for place, location, text in _fields(data, (*_SINGLE, *_GROUPS), (), ()):
        if not text.isdigit():  # a number to call is one in every language
            yield place, location, text


def _in_consent(data: Any) -> _Found:
    for index, form in enumerate(data["forms"]):
        place, at = (form["form"],), ("forms", index)
        yield from _fields(form, ("form", "notice", "limits"), place, at)
        parts: list[tuple[Place, Any]] = [(("general",), form["general"])]
        parts += [(("treatments", treatment), part) for treatment, part in form["treatments"].items()]
        for names, part in parts:
            for number, one in enumerate(part):
                yield (*place, *names, one["id"]), (*at, *names, number, "sentence"), one["sentence"]


def _put(data: Any, location: Location, text: str) -> None:
    *way, last = location
    for name in way:
        data = data[name]
    data[last] = text
