"""Whom the product speaks to and where: a nurse in clinical words, the public in the words its country allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from recommender.documents.assessment import Source, TreatmentFacts
from recommender.documents.told import with_texts
from recommender.documents.vocabulary import Jurisdiction, Respondent
from recommender.knowledge.reference import Reference
from recommender.knowledge.rules import Rule
from recommender.knowledge.wordings import place_name, public_texts, public_texts_beside


class Voice:
    """``reference`` in the words for one kind of reader in one jurisdiction, and the same for every sentence of a rule.

    A nurse reads clinical labels and brand names. Everybody else reads what ``wording.yaml`` lets the public be told there.
    ``products`` are the names of every kind of product; one that may not be named has an empty one.
    """

    def __init__(self, reference: Reference, respondent: Respondent, jurisdiction: Jurisdiction) -> None:
        limits = [one for one in reference.wording.public if respondent != "nurse" and jurisdiction in one.jurisdictions]
        self._never = tuple(word.lower() for entry in limits for word in entry.never)
        self._instead = {phrase.lower(): said for entry in limits for phrase, said in entry.instead.items()}
        longest_first = sorted(self._instead, key=lambda phrase: (-len(phrase), phrase))
        self._phrases = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
        self.said, self.cited = cache(self._said), cache(self._cited)
        self.jurisdiction = jurisdiction
        self.reference = _with_number(_clinical(reference) if respondent == "nurse" else self._public(reference), jurisdiction)
        names = {p.id: p.name for facts in self.reference.treatments for p in facts.products}
        self.products: Mapping[str, str] = {p.id: names.get(p.id, "") for facts in reference.treatments for p in facts.products}

    def _said(self, text: str) -> str:
        """A text with each phrase replaced by what is said instead, the longest first; its first letter keeps its case."""
        return self._phrases.sub(self._replaced, text) if self._instead else text

    def _replaced(self, found: re.Match[str]) -> str:
        said = self._instead[found[0].lower()]
        return said[0].upper() + said[1:] if found[0][0].isupper() else said

    def unsayable(self, text: str) -> tuple[str, ...]:
        """The words in a text that this reader must not be told."""
        lowered = text.lower()
        return tuple(word for word in self._never if word in lowered)

    def may_read(self, text: str) -> bool:
        """Whether this reader may be shown a text as it stands."""
        return not self.unsayable(text)

    def quoted(self, text: str) -> str:
        """A text of a source or a rule, in the words for this reader; empty where it still names what may not be named."""
        said = self.said(text)
        return said if self.may_read(said) else ""

    def _cited(self, source: str) -> Source:
        """A citation; one whose title names what this reader must not be told is cited by its publisher and year."""
        full = self.reference.sources[source].cited_as(source)
        title, publisher = (text if self.may_read(text) else "" for text in (full.title, full.publisher))
        url = full.url if full.url and self.may_read(full.url) else None
        return full.model_copy(update={"title": title, "publisher": publisher, "url": url})

    def _public(self, reference: Reference) -> Reference:
        said = with_texts(reference, lambda text: self._said(text.text))
        treatments = tuple(map(self._without_unsayable, said.treatments, reference.treatments))
        # a form is signed as it was written: its words have to be fit for every country
        return said.model_copy(update={"treatments": treatments, "consent": reference.consent})

    def _without_unsayable(self, facts: TreatmentFacts, full: TreatmentFacts) -> TreatmentFacts:
        """The facts without the names that may not be said, whatever else could stand for them."""
        kept = tuple(p.model_copy(update={"brands": ()}) for p in facts.products if self.may_read(p.name))
        hidden = {n: None for n in ("known_as", "clinical_name") if not self.may_read(getattr(full, n) or "")}
        return facts.model_copy(update={"products": kept, **hidden})


def unsayable_texts(rules: Iterable[Rule], reference: Reference, jurisdiction: Jurisdiction) -> Iterator[tuple[str, str]]:
    """Where each text of rules and beside them stands that cannot be said to the public in a jurisdiction, and why."""
    voice = Voice(reference, "patient", jurisdiction)
    shown = {where: voice.said(text) for where, text in public_texts(rules).items()}
    shown |= {f"{place[0]}: {place_name(place)}": text for place, text in public_texts_beside(voice.reference).items()}
    for where, text in shown.items():
        if found := voice.unsayable(text):
            yield where, f"'{text}': {', '.join(found)}"


def phrases_unused(rules: Iterable[Rule], reference: Reference, *, phrases: Iterable[str]) -> Iterator[str]:
    """Each of the phrases for which something is said instead, though no text has it."""
    everything = "\n".join((*public_texts(rules).values(), *public_texts_beside(reference).values()))
    for phrase in phrases:
        if not re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", everything, re.IGNORECASE):
            yield phrase


def _with_number(reference: Reference, jurisdiction: Jurisdiction) -> Reference:
    """The reference with the emergency number in every sentence that names it."""
    number = reference.wording.emergency_number.of(jurisdiction)
    said = number if number.isdigit() else reference.wording.local_number
    wording = with_texts(reference.wording, lambda text: text.text.replace("{number}", said))
    return reference.model_copy(update={"wording": wording})


def _clinical(reference: Reference) -> Reference:
    """The reference with clinical labels in the place of everyday ones, and brands beside the kinds of product."""
    asked = reference.questions
    questions = {
        "areas": {name: said.model_copy(update={"label": said.clinical}) for name, said in asked.areas.items()},
        "kinds": {name: said.model_copy(update={"label": said.clinical}) for name, said in asked.kinds.items()},
        "details": {name: said.model_copy(update={"ask": said.clinical}) for name, said in asked.details.items()},
        "questions": {name: said.model_copy(update={"ask": said.clinical}) for name, said in asked.questions.items()},
    }
    treatments = tuple(map(_named_clinically, reference.treatments))
    return reference.model_copy(update={"questions": asked.model_copy(update=questions), "treatments": treatments})


def _named_clinically(facts: TreatmentFacts) -> TreatmentFacts:
    products = tuple(
        p.model_copy(update={"name": f"{p.name} ({', '.join(p.brands)})" if p.brands else p.name}) for p in facts.products
    )
    return facts.model_copy(update={"name": facts.clinical_name or facts.name, "known_as": None, "products": products})
