"""Browser components for what Streamlit has no widget for: the face to point at, drawings, downloads, focus and errors."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.documents.vocabulary import Area
from recommender.export.drawings.face import CHART_HEIGHT, WIDTH, FaceShape, face, face_shapes, pattern
from recommender.knowledge.reference import AreaWords
from recommender.knowledge.regions import REGIONS
from recommender.web import words
from recommender.web.state.languages import key_of, lang_attribute, offered

_ASSETS: Final = Path(__file__).parent.parent / "assets"


def asset(name: str) -> str:
    """The text of a file that goes to the browser."""
    return (_ASSETS / name).read_text(encoding="utf-8")


def _picker_html() -> str:
    return (
        '<div class="picker"><button type="button" class="skip"></button><p class="chosen" role="status"></p>'
        '<div class="sides"><div class="drawing">'
        f'<svg viewBox="0 0 {WIDTH} {CHART_HEIGHT}" role="group"><defs>{pattern("selected")}'
        '<g id="tick"><circle r="8"/><path d="M-3.8 0.2 L-1.2 3 L4 -2.8"/></g></defs>'
        f'<g class="face">{face()}</g>{"".join(map(_pickable, face_shapes()))}</svg>'
        '<p class="name" aria-hidden="true"></p></div>'
        '<details><summary></summary><div class="regions"></div></details></div></div>'
    )


def _pickable(shape: FaceShape) -> str:
    ticks = "".join(f'<use href="#tick" x="{x:g}" y="{y:g}"/>' for x, y in shape.ticks)
    return (
        f'<g role="checkbox" tabindex="0" aria-checked="false" data-area="{shape.area}">{shape.drawing}'
        f'<path class="hit" d="{shape.hit}"/><path class="area" d="{shape.path}"/><g class="ticks">{ticks}</g></g>'
    )


_PICKER = st.components.v2.component("face_picker", html=_picker_html(), css=asset("face.css"), js=asset("face.js"))
_FIGURE = st.components.v2.component(
    "drawings", html='<div class="drawings"></div>', css=asset("drawings.css"), js=asset("drawings.js")
)
_DOWNLOADS = st.components.v2.component(
    "downloads",
    html='<div class="inside" hidden></div><div class="files"></div>',
    css=asset("downloads.css"),
    js=asset("downloads.js"),
)
_ERRORS = st.components.v2.component(
    "error_summary",
    html='<div class="summary" role="alert" tabindex="-1"><h2></h2><ul></ul></div>',
    css=asset("errors.css"),
    js=asset("errors.js"),
)
_ANSWERS = st.components.v2.component(
    "answer_list", html='<div class="answers"></div>', css=asset("answers.css"), js=asset("answers.js")
)
_SUMMARY = st.components.v2.component(
    "summary", html='<div class="result"></div>', css=asset("summary.css"), js=asset("summary.js")
)
_BROWSER = st.components.v2.component(
    "rule_browser", html='<div class="how"></div>', css=asset("about.css"), js=asset("about.js")
)
_PAGE = st.components.v2.component("page", js=asset("connection.js") + asset("page_effects.js"))


def face_picker(areas: Mapping[Area, AreaWords], chosen: Sequence[Area], *, key: str, dense: bool = False) -> None:
    """The face and a list; the session state has what is chosen under the key, as ``choice``. ``dense``: small, no hints."""
    state = st.session_state.get(key) or {}
    choice = state.get("choice") or {}
    _PICKER(
        key=key,
        data={
            "chosen": list(chosen),
            "dense": dense,
            "count": choice.get("count", 0),
            "areas": [{"id": area, "label": said.label, "hint": said.hint or ""} for area, said in areas.items()],
            "regions": {region: list(ids) for region, ids in REGIONS.items()},
            "words": {
                "chosen": words.PLACES_CHOSEN,
                "nothing": words.PLACES_NOTHING,
                "list": words.PLACES_LIST,
                "drawing": words.PLACES_DRAWING,
                "skip": words.PLACES_SKIP,
            },
        },
        on_choice_change=lambda: None,  # without it Streamlit would not keep the choice under the key
    )


def drawings(svgs: Sequence[tuple[str, str]], *, key: str, size: str) -> None:
    """Drawings with their captions, side by side; ``size`` is card, wide or face."""
    identity = hashlib.sha256("".join(svg for svg, _ in svgs).encode()).hexdigest()
    _FIGURE(key=key, data={"id": identity, "size": size, "drawings": [{"svg": svg, "caption": said} for svg, said in svgs]})


class File(NamedTuple):
    """A file to save: what its button says, a hint under it, the file's name, its media type and its content."""

    label: str
    hint: str
    name: str
    media_type: str
    content: bytes


def downloads(make: Callable[[str], tuple[bytes, str]], *, key: str, printed: bool = False) -> None:
    """A button for each of ``words.FILES``; the first is the one most people want. With ``printed`` one more prints the page.

    Only the file whose button was just pressed is made (format → content, media type) and sent; none is kept.
    """
    late = st.session_state.pop(f"{key}-late", None)  # a button that this session did not know when the rerun began
    wanted = _wanted(late or (st.session_state.get(key) or {}).get("wanted"))
    files = [
        {"label": label, "hint": hint, "name": name, "format": format_, "main": place == 0}
        for place, (format_, (label, hint, name)) in enumerate(words.FILES.items())
    ]
    made = None
    if wanted is not None:
        content, media_type = make(wanted[0])
        made = {"format": wanted[0], "press": wanted[1], **_sent(content, media_type)}
    paper = {"label": words.PRINT, "hint": words.PRINT_HINT} if printed else None
    told = _DOWNLOADS(
        key=key, data={"files": files, "made": made, "print": paper, "inside": words.INSIDE_APP}, on_wanted_change=lambda: None
    )
    if wanted is None and _wanted(told.wanted) is not None:
        st.session_state[f"{key}-late"] = told.wanted
        st.rerun()


def _wanted(told: object) -> tuple[str, int] | None:
    """The format that somebody asked for, and the number of the press; None where that was told of none."""
    match told:
        case {"format": str(name), "press": int(press)} if name in words.FILES:
            return name, press
    return None


def saved(files: Sequence[File], *, key: str) -> None:
    """A download button for each file; the browser makes it from the page's data."""
    shown = [
        {"label": file.label, "hint": file.hint, "name": file.name, "main": False, **_sent(file.content, file.media_type)}
        for file in files
    ]
    _DOWNLOADS(key=key, data={"files": shown, "made": None, "inside": words.INSIDE_APP}, on_wanted_change=lambda: None)


def _sent(content: bytes, media_type: str) -> dict[str, str]:
    return {"type": media_type, "content": base64.b64encode(content).decode()}


def summary(html: str, *, key: str) -> None:
    """The inside of the result page, written by ``SummaryHtml``."""
    _SUMMARY(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html})


def browser(html: str, *, key: str) -> None:
    """Rules and sources to browse, written by ``AboutHtml``; searches stay in the browser."""
    _BROWSER(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html})


class AnswerRow(NamedTuple):
    """A question as it was asked, its answer ("" if there is none), and the name of the page that asks it."""

    question: str
    answer: str
    step: str


def answer_list(parts: Mapping[str, Sequence[AnswerRow]], *, key: str) -> str | None:
    """Questions with their answers, by part, each with a button to change it; the page of the one just pressed."""
    result = _ANSWERS(
        key=key,
        data={
            "parts": [{"title": title, "rows": [row._asdict() for row in rows]} for title, rows in parts.items()],
            "words": {"change": words.CHANGE, "answer": words.ANSWER, "open": words.NOT_ANSWERED},
        },
        on_change_change=lambda: None,
    )
    return result.change if isinstance(result.change, str) else None


def error_summary(errors: Iterable[tuple[str, str]], *, count: int) -> None:
    """What is wrong on the page, on top of it; it takes the focus each time ``count`` changes.

    Each error is the class name of its field, "" where it is about none, and a sentence.
    """
    listed = [{"key": key, "text": text} for key, text in errors]
    _ERRORS(key="error-summary", data={"title": words.ERRORS_TITLE, "count": count, "errors": listed})


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
) -> int | None:
    """Moves the focus to the heading after a page change, links hints and errors to their fields, and runs the idle timeout.

    Sets the ``lang`` attributes of the page and of the language buttons.
    ``fields`` are what ``fields.effects_of``, ``fields.group_of`` and ``fields.current_of`` give.
    ``cleared`` is where the browser goes after the answers were deleted, forgetting what it holds of them.
    ``remembers`` is the cookie by which the browser finds the draft again, as ``device.remembers`` gives it.
    ``version`` is that of the record shown: returned by a page that lost its connection meanwhile, else None.
    """
    data = {
        "page": page,
        "fields": list(fields),
        "error": error,
        "leave": leave._asdict() if leave else None,
        "cleared": cleared,
        "remembers": remembers,
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
