"""Decisions begun on the page and not saved: they are shown again when the page is opened, and block signing.

Streamlit forgets a widget's value as soon as another page is drawn, so it is noted before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast

import streamlit as st

from recommender.documents.consultation import Choice, Consultation
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import AREAS, TREATMENTS, Area, Treatment
from recommender.export.sections.conclusions import NAMED_IN_ADDRESS
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue

Pair = tuple[Area, Treatment]


class UnsavedDecision(NamedTuple):
    """What stands in the fields of a decision."""

    choice: Choice
    reason: str | None = None
    note: str = ""


_BEGUN: Final = SessionValue[dict[Pair, UnsavedDecision]]("decisions-begun")
_LET_GO: Final = SessionValue[dict[Pair, int]]("decisions-let-go")  # how often, by what


def reason_key(key: str, choice: Choice) -> str:
    """The key of the field for a reason, which lists others where one agrees."""
    return f"reason-{key}-{choice == 'agree'}"


class UnsavedDecisions:
    """The unsaved decisions of this session on one record."""

    def __init__(self, visit: Visit, staff: Staff, consultation: Consultation) -> None:
        self._key_of = visit.key
        self._staff = staff
        self._consultation = consultation
        self._begun = _BEGUN.begun(dict, of=visit)
        self._let_go = _LET_GO.begun(dict, of=visit)

    def key(self, area: Area, treatment: Treatment) -> str:
        """The key of the fields: they begin anew with each decision of one's own, and keep what is typed when others decide."""
        on = [one for one in self._consultation.decisions if (one.area, one.treatment) == (area, treatment)]
        own = sum(one.by.id == self._staff.id for one in on) + self._let_go.get((area, treatment), 0)
        return self._key_of(f"{area}-{NAMED_IN_ADDRESS[treatment]}-{own}")

    def note(self) -> None:
        """Note what stands in the fields that were drawn last."""
        for area in cast("list[Area]", list(AREAS)):
            for treatment in TREATMENTS:
                key = self.key(area, treatment)
                choice = st.session_state.get(f"choice-{key}")
                if choice is None:
                    continue
                before = self._begun.get((area, treatment), UnsavedDecision(choice))
                reason = st.session_state.get(reason_key(key, choice), before.reason)
                note = st.session_state.get(f"note-{key}", before.note)
                self._begun[area, treatment] = UnsavedDecision(cast("Choice", choice), reason, note or "")

    @property
    def all(self) -> Mapping[Pair, UnsavedDecision]:
        """All unsaved decisions."""
        return self._begun

    def of(self, area: Area, treatment: Treatment) -> UnsavedDecision | None:
        """The one on a treatment at a place."""
        return self._begun.get((area, treatment))

    def saved(self, area: Area, treatment: Treatment) -> None:
        """Remove one that was saved."""
        self._begun.pop((area, treatment), None)

    def discard(self, area: Area, treatment: Treatment) -> None:
        """Discard one; its fields start empty again."""
        self._begun.pop((area, treatment), None)
        self._let_go[area, treatment] = self._let_go.get((area, treatment), 0) + 1


def unsaved_decisions(visit: Visit) -> Mapping[Pair, Any]:
    """The unsaved decisions on this record, for its other pages."""
    return _BEGUN.get({}, of=visit)
