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
from recommender.web.state.session_values import SessionValue

_MADE: Final = SessionValue["HandoverCode"]("code-made")
_REFUSED: Final = SessionValue[bool]("code-refused")


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
    return _MADE.found(of=visit)


def make_code(visit: Visit, journey: Journey, _step: JourneyStep, _: str) -> None:
    """Leave the answers under a new code, once for the same answers; then delete what an older code holds."""
    made = current_code(visit)
    if not are_on() or not visit.has_begun or (made is not None and made.holds(journey.assessment)):
        return
    text = _text_of(journey.assessment)
    try:
        code, expires = handover_store().keep(text, address=st.context.ip_address or "")
    except CodeError:
        _REFUSED.put(True, of=visit)  # noqa: FBT003 (what is kept)
        return
    forget_code(visit)
    _MADE.put(HandoverCode(code, expires, text), of=visit)


def code_was_refused(visit: Visit) -> bool:
    """Whether the code just asked for was refused because too many were made; True once."""
    return bool(_REFUSED.take(of=visit))


def forget_code(visit: Visit) -> None:
    """Delete what this window left under a code."""
    made = current_code(visit)
    if made is not None:
        handover_store().withdraw(made.code)
        _MADE.take(of=visit)


def _text_of(assessment: Assessment) -> str:
    return json.dumps(handed_document(assessment), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
