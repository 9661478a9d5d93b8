"""The fields of a page bound to a record: what is typed is saved by itself, and what the record holds is shown.

Streamlit keeps showing what was typed into a widget, whatever value it is given. So each key has a counter that goes up
when the record's value must replace what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from pydantic import ValidationError

from recommender.documents.consultation import Consultation, Unsaved
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.languages import clinic_time
from recommender.records.visits.consultations import Kept
from recommender.web.clinic.records.field import KEEP, FieldError, InvalidInput, RecordField
from recommender.web.clinic.records.record_writing import ABSENT, Clash, value_at, write_changes, write_step
from recommender.web.clinic.stores import age_of, consultations
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.state.write_lock import write_lock

MOST_TYPED: Final = 4000
_STATE: Final = SessionValue["_State"]("fields")
_RETURNED: Final = SessionValue[object]("fields-returned")


@dataclass
class _State:
    """The session state of one record's page."""

    shown: Consultation | None = None
    version: int = 0
    begins: bool = True
    numbers: dict[str, int] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    wrong: dict[str, FieldError] = field(default_factory=dict)
    unkept: dict[str, Any] = field(default_factory=dict)
    refusal: tuple[str, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)


class RecordFields:
    """The fields of one page on one record, in one session. ``fields_of`` names those that a record has on this page."""

    def __init__(self, visit: Visit, staff: Staff, fields_of: Callable[[RecordFields], Iterable[RecordField]]) -> None:
        self.rules = visit.rules
        self.voice = visit.rules.voice("nurse", visit.rules.jurisdiction)
        self.record, self.staff, self._fields_of = visit.record, staff, fields_of
        self._own = visit.key
        self._visit = visit
        self._state = _STATE.begun(_State, of=visit)
        self.kept: Kept = consultations().get(visit.record, by=staff)

    @property
    def shown(self) -> Consultation:
        """The record as this page shows it."""
        return self._state.shown or self.kept.consultation

    @property
    def age(self) -> int | None:
        """The patient's age as the day of birth gives it; None where that is not known."""
        return age_of(self.kept, by=self.staff)

    @property
    def wrong(self) -> Mapping[str, FieldError]:
        """By path, what is in a field and is not saved."""
        return self._state.wrong

    @property
    def clashes(self) -> Mapping[str, Clash]:
        """By path, fields that this session and somebody else changed at the same time."""
        return self._state.clashes

    @property
    def unkept(self) -> Mapping[str, Any]:
        """By path, what could not be saved because the record was signed meanwhile."""
        return self._state.unkept

    @property
    def refusal(self) -> tuple[str, ...]:
        """Why the last action was refused."""
        return self._state.refusal

    def key(self, path: str, part: str = "") -> str:
        """The key of a widget."""
        root = _root(path)
        numbers = [self._state.numbers.get(one, 0) for one in dict.fromkeys((root, path))]
        return self._own("-".join([path, *([part] if part else []), *map(str, numbers)]))

    def raw(self, one: RecordField) -> Mapping[str, Any]:
        """What the widgets of a field are to show: what the record has, and over it what was typed and could not be saved."""
        return {**self._saved(one), **unsaved_at(self.shown, one.path)}

    def _saved(self, one: RecordField) -> Mapping[str, Any]:
        value = value_at(self.shown, one.path)
        return one.raw(None if value is ABSENT else value)

    def rows(self, path: str, kept: int) -> int:
        """How many rows a field with several of them has: those of the record, and those that were asked for."""
        return max(kept, self._state.rows.get(path, 0))

    def collect(self) -> None:
        """Save what was changed in this session's widgets since they were drawn, and show what others saved meanwhile.

        A click during a rerun starts the next one before this one ends: only one of them collects at a time.
        """
        with write_lock():
            self._collect()

    def _collect(self) -> None:
        state, shown = self._state, self.shown
        changes, state.wrong, unsaved = self._changes()
        if self._has_come_back_late():
            state.clashes |= {one: Clash(mine, value_at(shown, one), stands=True) for one, mine in changes.items()}
        if self.kept.consultation.state != "draft":
            state.unkept |= changes
            state.shown = self.kept.consultation
            return
        waiting = {path: value for path, value in changes.items() if path in state.clashes}
        free = self._implied(changes) | {path: value for path, value in changes.items() if path not in waiting}
        try:
            written = write_changes(self.record, shown, free, by=self.staff)
            written = written._replace(kept=self._write_unsaved(unsaved, written.kept))
        except RecommenderError as error:  # signed just now, or others kept saving first
            state.refusal = sentences(error)
            return
        state.wrong |= {path: FieldError("", sentence) for path, sentence in written.refused.items()}
        self._settle(waiting, written.kept.consultation)
        state.clashes |= written.clashes
        self._show(written.kept, {**changes, **unsaved})

    def _write_unsaved(self, unsaved: Mapping[str, Mapping[str, str]], kept: Kept) -> Kept:
        """Keep in the record what was typed and could not be saved, so that nobody signs over it and it is there again."""
        if not unsaved:
            return kept
        typed = tuple(
            Unsaved(path=path, part=part, typed=text[:MOST_TYPED])
            for path, parts in unsaved.items()
            for part, text in parts.items()
        )

        def step(stored: Consultation) -> Mapping[str, Any]:
            left = tuple(one for one in stored.unsaved if one.path not in unsaved)
            return {"unsaved": (*left, *typed)} if (*left, *typed) != stored.unsaved else {}

        return write_step(self.record, step, by=self.staff)

    def _has_come_back_late(self) -> bool:
        """Whether the page is from before a break after which this session began, and somebody wrote meanwhile: what this page
        was showing is known by its version alone, so what differs now may be theirs.
        """
        returned = _RETURNED.take(of=self._visit)
        return returned is not None and returned != self.kept.version

    def act(self, step: Callable[[Consultation], Mapping[str, Any]], *, anew: Iterable[str] = ()) -> bool:
        """Apply a change to the record as it is stored now, and refresh these paths; whether it was applied."""
        self._state.refusal = ()
        try:
            kept = write_step(self.record, step, by=self.staff)
        except RecommenderError as error:
            self._state.refusal = sentences(error)
            return False
        for path in anew:
            self.show_anew(path)
        self._show(kept, {})
        return True

    def put(self, path: str, value: Any) -> None:
        """Write one field, as if it had been typed into its widgets, which show it."""
        self._state.refusal = ()
        try:
            written = write_changes(self.record, self.shown, {path: value}, by=self.staff)
            kept = self._write_unsaved({path: {}}, written.kept)
        except RecommenderError as error:
            self._state.refusal = sentences(error)
            return
        self._state.clashes |= written.clashes
        self.show_anew(path)
        self._show(kept, {path: value})

    def add_row(self, path: str, kept: int) -> None:
        """Ask for one more row than the record has."""
        self._state.rows[path] = kept + 1

    def show_anew(self, path: str) -> None:
        """Replace what was typed here with what the record holds."""
        self._state.numbers[path] = self._state.numbers.get(path, 0) + 1
        self._state.rows.pop(path, None)
        for wrong in [one for one in self._state.wrong if one == path or _root(one) == path]:
            del self._state.wrong[wrong]

    def keep_mine(self, path: str, theirs: Any) -> None:
        """Write what this session typed over what somebody else wrote, if that still is ``theirs``, as it was shown."""
        clash = self._state.clashes.get(path)
        if clash is None or not clash.stands or clash.theirs != theirs:
            return
        del self._state.clashes[path]
        self.put(path, clash.mine)

    def keep_theirs(self, path: str) -> None:
        """Drop what this session typed."""
        self._state.clashes.pop(path, None)
        self.show_anew(path)

    def _changes(self) -> tuple[dict[str, Any], dict[str, FieldError], dict[str, dict[str, str]]]:
        """By path: what is to be written, what is wrong, and what was typed otherwise than before and cannot be saved."""
        changes: dict[str, Any] = {}
        wrong: dict[str, FieldError] = {}
        unsaved: dict[str, dict[str, str]] = {}
        for one in self._fields_of(self):
            raw, before = self.raw(one), unsaved_at(self.shown, one.path)
            held = {part: value for part in one.parts if (value := one.held(partial(self.key, one.path), part)) is not ABSENT}
            is_new = any((value or None) != (raw.get(part) or None) for part, value in held.items())
            if not is_new and not before:
                continue
            shown = value_at(self.shown, one.path)
            if is_new and before:
                unsaved[one.path] = {}
            try:
                value = one.read({**raw, **held})
            except ValidationError as error:  # longer than a browser lets it be, or more rows than a record takes
                wrong[one.path] = FieldError(one.parts[0], error.errors()[0]["msg"])
                continue
            except InvalidInput as reason:
                wrong[one.path] = FieldError(reason.part, reason.sentence)
                if is_new:
                    unsaved[one.path] = self._typed(one, {**raw, **held})
                if reason.instead is KEEP:
                    continue
                value = reason.instead
            if value != shown:
                changes[one.path] = value
        return changes, wrong, unsaved

    def _typed(self, one: RecordField, raw: Mapping[str, Any]) -> dict[str, str]:
        """What is typed into the parts of a field and stands otherwise in the record."""
        saved = self._saved(one)
        texts = {part: value.strip() for part, value in raw.items() if isinstance(value, str)}
        return {part: text for part, text in texts.items() if text and text != (saved.get(part) or "")}

    def _implied(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What follows from an answer: "injected today" names the day, where none is typed."""
        typed = self.shown.injected_on is not None or "injected_on" in {*changes, *self._state.wrong, *self._state.clashes}
        return {"injected_on": clinic_time.today()} if changes.get("injected") == "yes" and not typed else {}

    def _settle(self, waiting: Mapping[str, Any], stored: Consultation) -> None:
        """Update the clashes with what is typed and stored now; equal values are removed."""
        for path, clash in list(self._state.clashes.items()):
            mine, theirs = waiting.get(path, clash.mine), value_at(stored, path)
            if mine == theirs:
                del self._state.clashes[path]
            elif clash.stands and theirs is not ABSENT:
                self._state.clashes[path] = Clash(mine, theirs, stands=True)

    def _show(self, kept: Kept, mine: Mapping[str, Any]) -> None:
        """Show the record as it is stored from now on, with what others changed."""
        before, after = self.shown, kept.consultation
        for one in self._fields_of(self):
            path = one.path
            if path in mine or path in self._state.wrong or path in self._state.clashes:
                continue
            if (value_at(before, path), unsaved_at(before, path)) != (value_at(after, path), unsaved_at(after, path)):
                self.show_anew(path)
        self._state.shown, self._state.version, self.kept = after, kept.version, kept


def version_shown(visit: Visit) -> int | None:
    """The version of the record that the page shows; the browser sends it back after a lost connection."""
    state = _STATE.found(of=visit)
    return state.version if state else None


def has_returned(visit: Visit, version: object) -> bool:
    """Whether another rerun must save what a reconnected page of this version holds: this session did not know its fields."""
    state = _STATE.found(of=visit)
    if state is None or not state.begins:
        return False
    state.begins = False
    if version is None:
        return False
    _RETURNED.put(version, of=visit)
    return True


def sentences(error: RecommenderError) -> tuple[str, ...]:
    """An error as sentences for the page."""
    return tuple(problem.message for problem in error.problems)


def unsaved_at(consultation: Consultation, path: str) -> Mapping[str, str]:
    """What was typed into the parts of a field and could not be saved."""
    return {one.part: one.typed for one in consultation.unsaved if one.path == path}


def clashes_elsewhere(visit: Visit, consultation: Consultation) -> tuple[str, ...]:
    """The fields of a draft in which this session and somebody else wrote at once, for another page of it."""
    state = _STATE.found(of=visit)
    return tuple(state.clashes) if state and consultation.state == "draft" else ()


def _root(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]
