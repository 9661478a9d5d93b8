"""What a script does for every page: focus, hints, the idle timeout, and what is said while the connection is down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recommender.web import words
from recommender.web.components import component
from recommender.web.state.languages import key_of, lang_attribute, offered

_PAGE = component(__file__)


class Leave(NamedTuple):
    """The idle timeout of a page: it leaves after ``after`` seconds without use, and warns ``warning`` seconds before.

    ``at_once``: a device that wakes too late leaves without the warning. ``returns``: the browser's Back leads here again.
    ``words`` are title, soon, stay and leave.
    """

    after: float
    to: str
    warning: float
    at_once: bool
    returns: bool
    words: Mapping[str, str]


def page_effects(
    page: str,
    fields: Sequence[Mapping[str, Any]],
    *,
    error: bool,
    language: str,
    leave: Leave | None = None,
    cleared: str = "",
    version: int | None = None,
    remembers: Mapping[str, str] | None = None,
    held: bool = False,
) -> int | None:
    """Moves the focus to the heading after a page change, links hints and errors to their fields, and runs the idle timeout.

    Sets the ``lang`` attributes of the page and of the language buttons.
    ``fields`` are what ``fields.effects_of``, ``fields.group_of`` and ``fields.current_of`` give.
    ``cleared`` is where the browser goes after the answers were deleted, forgetting what it holds of them.
    ``remembers`` is the cookie by which the browser finds the draft again, as ``device.remembers`` gives it.
    ``held``: a patient holds this page, and every other tab of the browser loads anew what is shown to them.
    ``version`` is that of the record shown: returned by a page that lost its connection meanwhile, else None.
    """
    data = {
        "page": page,
        "fields": list(fields),
        "error": error,
        "leave": leave._asdict() if leave else None,
        "cleared": cleared,
        "remembers": remembers,
        "held": held,
        "line": {"down": words.LINE_DOWN, "lost": words.LINE_LOST, "read": words.LINE_READ, "version": version},
        "language": lang_attribute(language),
        "languages": {key_of(one): lang_attribute(one) for one in offered()},
    }
    # in a tuple: Streamlit would search a list or a dict for tables, on every rerun
    told = _PAGE(key="page-effects", data={"effects": (data,)}, on_stayed_change=lambda: None, on_returned_change=lambda: None)
    match told.returned:
        case {"version": int(shown)}:
            return shown
    return None
