"""Leaving answers under a code. It is made on request and shown only in the window that made it."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

import streamlit as st

from recommender.documents import Assessment
from recommender.records.handover.store import CodeError, are_on
from recommender.web.handover.link import handed_document
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.installation import handover_store
from recommender.web.state.session import Visit

_MADE: Final = "code-made"
_REFUSED: Final = "code-refused"


class HandoverCode(NamedTuple):
    """A code, when it expires, and the document that is kept under it."""

    code: str
    expires: float
    text: str

    def holds(self, assessment: Assessment) -> bool:
        """Whether what is kept is still what the page says."""
        return self.text == _text_of(assessment)


def current_code(visit: Visit) -> HandoverCode | None:
    """The code that this window made for this draft, if any."""
    made = st.session_state.get(visit.key(_MADE))
    return made if isinstance(made, HandoverCode) else None


def make_code(visit: Visit, journey: Journey, _step: JourneyStep, _: str) -> None:
    """Leave the answers under a new code, once for the same answers; then delete what an older code holds."""
    made = current_code(visit)
    if not are_on() or not visit.has_begun or (made is not None and made.holds(journey.assessment)):
        return
    text = _text_of(journey.assessment)
    try:
        code, expires = handover_store().keep(text, address=st.context.ip_address or "")
    except CodeError:
        st.session_state[visit.key(_REFUSED)] = True
        return
    forget_code(visit)
    st.session_state[visit.key(_MADE)] = HandoverCode(code, expires, text)


def code_was_refused(visit: Visit) -> bool:
    """Whether the code just asked for was refused because too many were made; True once."""
    return bool(st.session_state.pop(visit.key(_REFUSED), False))


def forget_code(visit: Visit) -> None:
    """Delete what this window left under a code."""
    made = current_code(visit)
    if made is not None:
        handover_store().withdraw(made.code)
        del st.session_state[visit.key(_MADE)]


def _text_of(assessment: Assessment) -> str:
    return json.dumps(handed_document(assessment), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
