"""The checklist of the nurse's page, to answer in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from recommender.web.components import component
from recommender.web.consultation import words as said
from recommender.web.consultation.checklist import Part

CHANGES: Final = "changes"
_SHEET = component(__file__)


def sheet(parts: Sequence[Part], *, key: str, applied: int) -> None:
    """Rows to answer; changes stand under the key, as ``changes``: [number, key of the draft, value or None] each.

    ``applied`` is the number of the last change that the draft has.
    """
    _SHEET(
        key=key,
        data={
            "applied": applied,
            "parts": [part._asdict() | {"rows": [row._asdict() for row in part.rows]} for part in parts],
            "words": {
                "open": said.OPEN_TITLE,
                "openLead": said.OPEN_LEAD,
                "openNone": said.OPEN_NONE,
                "atPlaces": said.OPEN_AT_PLACES,
                "answered": said.ANSWERED_TITLE,
                "takeBack": said.TAKE_BACK,
                "differs": said.DIFFERS,
                "whole": said.WHOLE_NUMBER,
                "year": said.AGE_YEAR,
                "read": said.READ_TITLE,
                "readLead": said.READ_LEAD,
                "yes": said.READ_YES,
                "allRead": said.ALL_READ,
                "noToAll": said.NO_TO_ALL,
                "didRead": said.DID_READ,
                "didNo": said.DID_NO,
            },
        },
        on_changes_change=lambda: None,  # without it Streamlit would not keep the changes under the key
    )


def changes_told(key: str, *, after: int) -> list[tuple[int, str, Any]]:
    """The changes of a checklist with a number above ``after``, in order; anything malformed is left out."""
    told = (st.session_state.get(key) or {}).get(CHANGES)
    shaped = [one for one in told if isinstance(one, list) and len(one) == 3] if isinstance(told, list) else []
    return [(n, name, value) for n, name, value in shaped if type(n) is int and n > after and isinstance(name, str)]
