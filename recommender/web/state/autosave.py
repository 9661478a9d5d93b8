"""Saves the fields of a page into the draft on every rerun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.web import words
from recommender.web.clinic.records.record_drafts import note_refused
from recommender.web.components.sheet import changes_told
from recommender.web.patient.journey import CONSULTATION, Journey, JourneyStep
from recommender.web.patient.tick_groups import told
from recommender.web.state.draft import MOST, PLACES, TONE, Draft, kinds_key
from recommender.web.state.session import Visit
from recommender.web.state.write_lock import write_lock
from recommender.web.ui.fields import is_no_age, seen_key, typed_number

FACE: Final = "face"
SHEET: Final = "sheet"
MOST_DIGITS: Final = 40
UNREAD_AGAIN: Final = {"unread": True}
CLASHES: Final = "clashes"
_APPLIED: Final = "sheet-applied"
_POINTED: Final = "face-applied"
_SEEN: Final = "seen-values"


def autosave(visit: Visit, journey: Journey, step: JourneyStep) -> bool:
    """Put the fields of a page into the draft as it is stored now, and save it; whether that changed it.

    A click during a rerun starts the next one before this one ends, so a lock covers reading and saving.
    """
    if not visit.has_begun or _says_nothing_new(visit, journey, step):
        return False
    before = visit.draft.content()
    taken: list[_Taken] = []

    def take() -> bool:
        taken[:] = [_take(visit, journey, step)]
        return taken[0].changed

    with write_lock():
        visit.change(take)
        for one in taken:  # once it is saved: what could not be is sent again
            _remember(visit, one)
    return visit.draft.content() != before


def _says_nothing_new(visit: Visit, journey: Journey, step: JourneyStep) -> bool:
    """Whether the fields of a patient's page equal the draft: then nothing is read or saved."""
    if visit.is_nurses or step == CONSULTATION:
        return False
    return not any(_differs(visit, key, value) for key, value in _held(visit, journey, step).items())


class _Taken(NamedTuple):
    """What was put into a draft: whether anything was, what waits for a decision, how far the fields are taken,
    and the numbers that are none.
    """

    changed: bool
    clashing: dict[str, Any]
    sheet: int
    pointed: bool
    numbers: dict[str, str]


def _take(visit: Visit, journey: Journey, step: JourneyStep) -> _Taken:
    """Put what is new in the fields into the draft."""
    told = changes_told(visit.key(SHEET), after=applied(visit)) if step == CONSULTATION and visit.is_nurses else []
    held = _held(visit, journey, step) | {key: value for _, key, value in told if not isinstance(value, dict)}
    wanted = {key: value for key, value in held.items() if _differs(visit, key, value)}
    clashing = {key: value for key, value in wanted.items() if visit.record and _was_changed(visit, key)}
    changed = [key for key, value in wanted.items() if key not in clashing and visit.draft.put(key, value)]
    changed += _read_through(visit.draft, told)
    numbers = {key: _no_number(value) for _, key, value in told if key in MOST}
    return _Taken(bool(changed), clashing, max((number for number, _, _ in told), default=0), PLACES in held, numbers)


def _read_through(draft: Draft, told: Iterable[tuple[int, str, Any]]) -> list[str]:
    """What of a patient's answers was read through with them: whatever was answered or confirmed, unless taken back since."""
    before = set(draft.unread)
    for _, key, value in told:
        if value == UNREAD_AGAIN:
            draft.leave_unread(key)
        elif not isinstance(value, dict):
            draft.unread.discard(key)
    return [*before.symmetric_difference(draft.unread)]


def _remember(visit: Visit, taken: _Taken) -> None:
    if taken.numbers and visit.record and visit.staff:
        note_refused(visit.record, taken.numbers, by=visit.staff)
    if taken.clashing:
        st.session_state[visit.key(CLASHES)] = clashes(visit) | taken.clashing
    if taken.sheet:
        st.session_state[visit.key(_APPLIED)] = taken.sheet
    if taken.pointed:
        st.session_state[visit.key(_POINTED)] = _choice(_face(visit))


def _no_number(value: Any) -> str:
    """What was typed into a field for a number and is none; empty where it is one."""
    return str(value.get("typed", ""))[:MOST_DIGITS] if isinstance(value, dict) else ""


def clashes(visit: Visit) -> dict[str, Any]:
    """Answers given here that somebody else changed meanwhile: they wait for a decision."""
    return dict(st.session_state.get(visit.key(CLASHES), {}))


def remember_shown(visit: Visit) -> None:
    """Remember what this page shows of a record, to tell later changes here from those of somebody else."""
    if visit.record:
        st.session_state[visit.key(_SEEN)] = visit.draft.content()["values"]


def _was_changed(visit: Visit, key: str) -> bool:
    """Whether somebody else has changed an answer since this page showed it."""
    seen = st.session_state.get(visit.key(_SEEN))
    return seen is not None and seen.get(key) != visit.draft.get(key)


def applied(visit: Visit) -> int:
    """The number of the last change of the nurse's checklist that is in the draft."""
    return int(st.session_state.get(visit.key(_APPLIED), 0))


def _differs(visit: Visit, key: str, value: Any) -> bool:
    kept = visit.draft.get(key)
    if not isinstance(value, list):
        return bool(kept != value)
    return set(map(str, kept or ())) != set(map(str, value))  # the order of clicks says nothing


def _held(visit: Visit, journey: Journey, step: JourneyStep) -> dict[str, Any]:
    """Key → what its field holds; a field that is not on the page, or holds nothing sensible, is not among them."""
    match step.kind:
        case "places":
            return _places(visit) | _tone(visit)
        case "consultation":
            return _places(visit) if visit.is_nurses else {}
        case "seen":
            details = dict(pair for key in journey.every_key(step) for pair in _answer(key))
            boxes = {kind: st.session_state.get(seen_key(step.area, kind)) for kind in visit.voice.reference.questions.kinds}
            seen = [kind for kind, ticked in boxes.items() if ticked]
            return details if all(ticked is None for ticked in boxes.values()) else {kinds_key(step.area): seen, **details}
        case _:
            return dict(pair for key in journey.every_key(step) for pair in _answer(key)) | told(visit.draft, step)


def _places(visit: Visit) -> dict[str, Any]:
    """The places chosen since the last save: an older choice must not undo what somebody else chose since."""
    choice = _choice(_face(visit))
    if "places" not in choice or (visit.record and choice == st.session_state.get(visit.key(_POINTED))):
        return {}
    return {PLACES: choice["places"]}


def _tone(visit: Visit) -> dict[str, Any]:
    """The skin tone chosen for the drawings, where it is another than before."""
    chosen = _choice(FACE).get("tone")
    return {} if chosen in (None, visit.draft.tone) else {TONE: chosen}


def _face(visit: Visit) -> str:
    return visit.key(FACE) if visit.is_nurses else FACE


def _choice(key: str) -> dict[str, Any]:
    return dict((st.session_state.get(key) or {}).get("choice") or {})


def _answer(key: str) -> list[tuple[str, Any]]:
    if key not in st.session_state:
        return []
    if key in words.NUMBERS:
        text, value = typed_number(key)
        return [(key, value)] if (value is not None or not text) and not is_no_age(key, value) else []
    value = st.session_state[key]
    return [] if value is None else [(key, value)]
