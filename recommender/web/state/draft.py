"""A draft: everything one person has chosen in the form so far, by key, and the answers document that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, cast

from recommender.documents.answer_path import AGE, CONCERN, AnswerPath, Seen
from recommender.documents.answers import MAX_AGE, Answers, read_answers
from recommender.documents.vocabulary import AREAS, JURISDICTIONS, KINDS, SEVERITIES, Area, Jurisdiction, Kind, Respondent
from recommender.export.drawings.tones import PAPER, TONES
from recommender.knowledge.conditions import AFTER_TREATMENT

PLACES: Final = "places"
AFTER: Final = "after"
RESPONDENT: Final = "respondent"
HANDED: Final = "handed"
GIVEN: Final = "given"
UNREAD: Final = "unread"
LANGUAGE: Final = "language"
COUNTRY: Final = "country"
TONE: Final = "tone"
GRADED: Final = ("at_rest", "on_movement")
UNSURE: Final = "unsure"
_NURSES: Final = ("screening.", "grading.")
MOST: Final = {
    AGE: MAX_AGE,
    "after_treatment.days_ago": 36500,
    "screening.dcq_score": 21,
    "screening.cops_score": 72,
}


def kinds_key(area: str) -> str:
    """The key of what is seen at a place."""
    return f"kinds.{area}"


def detail_key(area: Area, kind: Kind, detail: str) -> str:
    """The key of a detail of one thing seen at one place."""
    return AnswerPath(CONCERN, detail, Seen(area, kind)).key


def grading_key(area: str, kind: str, side: str) -> str:
    """The key of how marked a nurse finds one thing seen at one place, with the face still or moving."""
    return f"grading.{area}.{kind}.{side}"


class Draft:
    """What was chosen, by key. Choosing less keeps what was said about the rest, so that going back loses nothing.

    Keys are ``places``, ``kinds.<area>``, ``detail.<area>.<kind>.<name>`` and the paths of the answers document. Whose draft
    it is, a patient's or a nurse's, never changes; a patient's has no score of a screening questionnaire. ``handed`` is what
    a patient's page said of the answers that a nurse's draft began with (``then``), and what the rules said here (``here``);
    ``given`` are those answers themselves, and ``unread`` the keys of those that nobody has read through with them. How
    marked a nurse finds what is seen (``grading_key``) is no part of the answers. ``language`` is the one in which it was
    answered last, empty where that is not known. ``country`` is the one that a patient named, where the installation has not
    said its own; None until then. ``tone`` is the skin tone in which faces are drawn: it is looks, and no answer.
    """

    def __init__(self, content: Mapping[str, Any] | None = None) -> None:
        content = content or {}
        self._values: dict[str, Any] = {}
        self.shown: set[str] = {key for key in content.get("shown", ()) if isinstance(key, str)}
        self.after = content.get(AFTER) is True
        self.respondent: Respondent = "nurse" if content.get(RESPONDENT) == "nurse" else "patient"
        self.handed: dict[str, Any] | None = content.get(HANDED)
        self.given: dict[str, Any] | None = content.get(GIVEN)
        self.language = str(content.get(LANGUAGE) or "")
        named = content.get(COUNTRY)
        self.country: Jurisdiction | None = cast("Jurisdiction", named) if named in JURISDICTIONS else None
        for key, value in dict(content.get("values", {})).items():
            self.put(key, value)
        self.unread: set[str] = set()
        for key in content.get(UNREAD, ()):
            self.leave_unread(key)

    def content(self) -> dict[str, Any]:
        """The draft as plain data."""
        own: dict[str, Any] = {"values": self._values, "shown": sorted(self.shown), AFTER: self.after}
        if self.language:
            own[LANGUAGE] = self.language
        if self.country is not None:
            own[COUNTRY] = self.country
        if self.handed is not None:
            own[HANDED] = self.handed
        if self.given is not None:
            own[GIVEN] = self.given
        if self.unread:
            own[UNREAD] = sorted(self.unread)
        return own if self.respondent == "patient" else own | {RESPONDENT: self.respondent}

    @property
    def chosen(self) -> str:
        """A text to compare: the same text, the same answers."""
        answers = sorted((key, value) for key, value in self._values.items() if key != TONE)
        return repr((answers, self.after, self.respondent, self.country))

    def get(self, key: str) -> Any:
        """What was chosen, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> bool:
        """Keep a value if the key is known and the value is allowed there; None takes it back. Says whether it was kept."""
        if value is None:
            self._values.pop(key, None)
            return True
        if not _allowed(key, value) or (key.startswith(_NURSES) and self.respondent != "nurse"):
            return False
        self._values[key] = _in_order(key, value) if isinstance(value, list | tuple) else value
        return True

    def leave_unread(self, key: Any) -> None:
        """Note that an answer waits to be read through: not of what is seen, which a nurse looks at herself, nor of an age."""
        at = AnswerPath.of_key(key) if isinstance(key, str) and key in self._values else None
        if at is not None and at.seen is None and key != AGE:
            self.unread.add(key)

    @property
    def has_signs(self) -> bool:
        """Whether anything was answered about an injection that was had."""
        return any(at is not None and at.group in AFTER_TREATMENT for at in map(AnswerPath.of_key, self._values))

    @property
    def places(self) -> tuple[Area, ...]:
        """The places pointed at, in the order of the vocabulary."""
        return tuple(self._values.get(PLACES, ()))

    @property
    def tone(self) -> str:
        """The skin tone in which faces are drawn."""
        return str(self._values.get(TONE, PAPER))

    def kinds(self, area: Area) -> tuple[Kind, ...]:
        """What is seen at a place."""
        return tuple(self._values.get(kinds_key(area), ()))

    def concerns(self) -> tuple[Seen, ...]:
        """Everything seen, in the order of the answers document."""
        return tuple(Seen(area, kind) for area in self.places for kind in self.kinds(area))

    def key_of(self, path: str) -> str:
        """The key of an answer's path: ``concerns[0].at_rest`` is ``detail.glabella.lines.at_rest``."""
        return AnswerPath.parse(path, self.concerns()).key

    def answers(self) -> Answers:
        """The answers document: only what was answered, and nothing about places no longer pointed at."""
        document: dict[str, Any] = {RESPONDENT: self.respondent}
        if self.country is not None:
            document["jurisdiction"] = self.country
        if self.respondent == "nurse":
            document["screening"] = {}
        if self.after:
            document["after_treatment"] = {}
        seen = self.concerns()
        document["concerns"] = [{"area": one.area, "kind": one.kind} for one in seen]
        for key, value in self._values.items():
            at = AnswerPath.of_key(key)
            if at is not None and (at.seen is None or (at.seen in seen and value in at.words)):
                at.put(document, value)
        return read_answers(document)


@lru_cache(maxsize=4096)  # a key may come from an old draft: not every text there can be is kept
def choices(key: str) -> tuple[str, ...]:
    """The words that may answer a key, as the document has them; "I don't know" is among them wherever somebody is asked."""
    if key.startswith("grading."):
        _, area, kind, side = (*key.split("."), "", "")[:4]
        return SEVERITIES if area in AREAS and kind in KINDS and side in GRADED else ()
    at = AnswerPath.of_key(key)
    words = at.words if at is not None else ()
    return words if not words or UNSURE in words else (*words, UNSURE)


def _allowed(key: str, value: Any) -> bool:
    if key in MOST:
        return type(value) is int and 0 <= value <= MOST[key]
    if key == PLACES:
        return _all_in(value, AREAS)
    if key == TONE:
        return isinstance(value, str) and value in TONES
    if key.startswith("kinds."):
        return key.removeprefix("kinds.") in AREAS and _all_in(value, KINDS)
    return isinstance(value, str) and value in choices(key)


def _all_in(value: Any, allowed: Iterable[str]) -> bool:
    words = tuple(allowed)
    return isinstance(value, list | tuple) and all(isinstance(word, str) and word in words for word in value)


def _in_order(key: str, value: Iterable[str]) -> list[str]:
    return [word for word in (AREAS if key == PLACES else KINDS) if word in set(value)]
