"""The timeline as a drawing (SVG): bars of start, full effect and wearing off, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from recommender.export.blocks import Timeline, TimelineRow
from recommender.export.drawings.svg import FONT, GRID, PALE, QUIET, TEAL, text_svg
from recommender.export.sections.treatments import DAYS_IN_A_MONTH, MONTHS, months_of
from recommender.languages import message, spoken

WIDTH = 480.0
#: months; a longer bar runs into an arrow, so that the shorter ones stay readable
LONGEST_SHOWN = 30
_TOP, _ROW, _BAR, _FOOT = 8.0, 52.0, 20.0, 62.0
_LEFT, _RIGHT = 8.0, WIDTH - 16.0
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_MOST_TICKS = 7
_LONGEST_LABEL = 38
_PATTERNS = (
    '<pattern id="bars-starting" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<rect width="6" height="6" fill="{PALE}"/><circle cx="3" cy="3" r="1.1" fill="{TEAL}"/></pattern>'
    '<pattern id="bars-wearing" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect width="7" height="7" fill="#ffffff"/>'
    f'<path d="M-1 8 L8 -1 M-1 1 L1 -1 M6 8 L8 6" stroke="{TEAL}" stroke-width="1.4"/></pattern>'
)
_FILLS = {"starting": "url(#bars-starting)", "full": TEAL, "wearing": "url(#bars-wearing)"}
_LEGEND = (("starting", message("starting")), ("full", message("full effect")), ("wearing", message("may wear off")))


def timeline_svg(timeline: Timeline) -> str:
    """The drawing of a timeline, or nothing where no row says when its effect ends."""
    rows = tuple(row for row in timeline.rows if row.end)
    if not rows:
        return ""
    months = min(max(row.end[1] for row in rows if row.end) / DAYS_IN_A_MONTH, LONGEST_SHOWN)
    step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
    shown = step * max(1, -int(-months // step))
    foot = _TOP + _ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {foot + _FOOT:g}" role="img"',
        f' aria-labelledby="bars-title bars-description" font-family="{FONT}">',
        f'<title id="bars-title">{escape(timeline.title)}</title>',
        f'<desc id="bars-description">{escape(timeline.alt)}</desc>',
        f"<defs>{_PATTERNS}</defs>",
        *_axis(shown, step, len(rows)),
        *(part for number, row in enumerate(rows) for part in _row(row, _TOP + _ROW * number, shown)),
        *_legend(foot + 48),
        "</svg>",
    ]
    return "".join(parts)


def _x(days: float, shown: int) -> float:
    return round(min(_LEFT + (_RIGHT - _LEFT) * days / (shown * DAYS_IN_A_MONTH), _RIGHT), 1)


def _axis(shown: int, step: int, rows: int) -> Iterator[str]:
    """Month lines behind each bar, never behind its words, and their numbers at the foot."""
    foot = _TOP + _ROW * rows
    for month in range(0, shown + 1, step):
        x = _x(month * DAYS_IN_A_MONTH, shown)
        lines = " ".join(f"M{x:g} {_TOP + _ROW * row + 21:g} v{_BAR + 6:g}" for row in range(rows))
        anchor = "start" if month == 0 else "end" if month == shown else "middle"
        words = MONTHS.of(month).format(number=month) if month == shown else str(month)
        yield f'<path d="{lines}" stroke="{GRID}" stroke-width="1"/>'
        yield text_svg(x, foot + 14, words, anchor=anchor, colour=QUIET)


def _row(row: TimelineRow, top: float, shown: int) -> Iterator[str]:
    assert row.end is not None  # only rows with an end are drawn
    label = row.label if len(row.label) <= _LONGEST_LABEL else row.label.rpartition(": ")[2]  # the kind alone says which
    label = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"
    yield text_svg(_LEFT, top + 16, label, weight=600)
    yield text_svg(_RIGHT, top + 16, months_of(row.end), anchor="end", colour=QUIET)
    first, last = row.end
    start = min(row.start[0] if row.start else 0.0, first)
    full = max(start, min(row.full[1] if row.full else start, first))
    for name, begin, end in (("starting", start, full), ("full", full, first), ("wearing", first, last)):
        if end > begin and _x(begin, shown) < _RIGHT:
            yield _bar(_x(begin, shown), top + 24, _x(end, shown) - _x(begin, shown), name)
    if last > shown * DAYS_IN_A_MONTH:
        yield f'<path d="M{_RIGHT:g} {top + 20:g} l12 14 l-12 14 Z" fill="{TEAL}"/>'


def _bar(x: float, y: float, width: float, name: str) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{max(width, 1.5):g}" height="{_BAR:g}" fill="{_FILLS[name]}" '
        f'stroke="{TEAL}" stroke-width="1"/>'
    )


def _legend(y: float) -> Iterable[str]:
    x = _LEFT
    for name, words in spoken(_LEGEND):
        yield f'<rect x="{x:g}" y="{y - 11:g}" width="22" height="13" fill="{_FILLS[name]}" stroke="{TEAL}" stroke-width="1"/>'
        yield text_svg(x + 30, y, words)
        x += max(125, 46 + 7 * len(words))  # about 7 for each letter, and a gap
