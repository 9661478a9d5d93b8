"""A summary as HTML inside a page: the same blocks in the same order, long lists folded."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final, assert_never

from recommender.export import Summary
from recommender.export.blocks import (
    Block,
    Bullets,
    Callout,
    Chain,
    Chart,
    Drawn,
    Face,
    FaceState,
    Handwriting,
    Line,
    Paragraph,
    Section,
    SourceEntry,
    Sources,
    Table,
    Timeline,
    Typed,
)
from recommender.export.drawings import drawing
from recommender.export.drawings.face import swatch_svg
from recommender.export.formats.citations import around_numbers, more_of
from recommender.export.formats.html import with_calls
from recommender.languages import SOURCE, current, speaking

#: folded where they stand by themselves, as in the record of a visit
_FOLDED: Final = ("answered", "sources", "about")


class SummaryHtml:
    """Writes the blocks of one summary; every text is escaped, every drawing is one of our own.

    ``beside`` are parts of the page beside it that its lines lead to: the id of each and what the link says.
    """

    def __init__(self, summary: Summary, beside: Mapping[str, str] | None = None) -> None:
        self._summary = summary
        self._numbers = summary.source_numbers
        self._names = summary.names
        self._beside = beside or {}

    def text(self) -> str:
        """The whole summary below its title, in its own language."""
        with speaking(self._summary.language):
            return "".join(self._block(block, 2) for block in (*self._summary.lead, *self._summary.sections))

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Section():
                return self._section(block, level)
            case Paragraph(line):
                return f"<p>{self._line(line)}</p>"
            case Bullets(lead, lines):
                return (f'<p class="lead">{escape(lead)}</p>' if lead else "") + self._list(lines)
            case Table():
                return self._table(block)
            case Callout(kind, text, calls):
                said = with_calls(text) if calls else escape(text)
                return f'<p class="callout {kind}">{said}</p>'
            case Typed(label, text):
                return f'<p class="typed"><bdi>{f"<b>{escape(label)}:</b> " if label else ""}{escape(text)}</bdi></p>'
            case Sources(entries):
                return f"<ol>{''.join(_source(entry) for entry in entries)}</ol>"
            case _:
                return self._drawn(block)

    def _drawn(self, block: Drawn) -> str:
        match block:
            case Face():
                return (
                    f'<div class="map"><div class="drawing">{drawing(block)}</div>{self._list(block.lines, block.shown)}</div>'
                )
            case Chart():
                return f'<div class="drawing">{drawing(block)}</div>{self._table(block.key)}'
            case Handwriting():
                return f'<div class="drawing">{drawing(block)}</div>'
            case Timeline() | Chain():
                drawn = drawing(block)
                size = "chain" if isinstance(block, Chain) else "wide"
                return (f'<div class="drawing {size}">{drawn}</div>' if drawn else "") + self._list(block.lines)
            case _:
                assert_never(block)

    def _section(self, section: Section, level: int) -> str:
        inner = "".join(self._block(block, level + 1) for block in section.blocks)
        status = f' <span class="status {section.tone}">{escape(section.status)}</span>' if section.status else ""
        name = escape(section.id)
        if section.folded or (level == 2 and section.id in _FOLDED):
            return _folded(section.id, section.title, inner, level=level)
        heading = f'<h{level} id="{name}-title">{escape(section.title)}{status}</h{level}>'
        landmark = f' aria-labelledby="{name}-title"' if level == 2 else ""  # what lies deeper is reached by its heading
        return f'<section id="{name}" class="level-{level}"{landmark}>{heading}{inner}</section>'

    def _list(self, lines: tuple[Line, ...], shown: tuple[FaceState | None, ...] = ()) -> str:
        swatches = (swatch_svg(state) if state else "" for state in shown or [None] * len(lines))
        items = (f"<li>{swatch}{self._line(line)}</li>" for swatch, line in zip(swatches, lines, strict=True))
        return f"<ul>{''.join(items)}</ul>"

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
        rows = ""
        for first, *others in table.rows:
            cells = "".join(
                f'<td data-label="{escape(_led(title))}">{self._line(cell)}</td>'
                for title, cell in zip(table.header[1:], others, strict=True)
            )
            rows += f'<tr><th scope="row">{self._line(first)}</th>{cells}</tr>'
        return f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _line(self, line: Line) -> str:
        label = f"<b>{escape(line.label)}:</b> " if line.label else ""
        details = "".join(f'<span class="detail">{escape(detail)}</span>' for detail in line.details)
        return f"{label}{escape(line.text)}{self._cited(line.sources)}{self._more(line)}{details}"

    def _more(self, line: Line) -> str:
        if line.more in self._beside:
            return f' <a class="more" href="#{escape(line.more)}">{escape(self._beside[line.more])}</a>'
        if line.more not in self._names:
            return ""
        said, heard = map(escape, more_of(line))
        return f' <a class="more" href="#{escape(line.more)}" aria-label="{heard}">{said}</a>'

    def _cited(self, sources: tuple[str, ...]) -> str:
        if not sources:
            return ""
        links = ", ".join(self._link(number) for number in sources)
        before, after = around_numbers(len(sources))
        return f' <span class="cited">{escape(before)}{links}{escape(after)}</span>'

    def _link(self, number: str) -> str:
        said = escape(number)
        return f'<a href="#source-{said}">{said}</a>' if number in self._numbers else said


def _folded(name: str, title: str, inner: str, *, level: int = 2) -> str:
    heading = f"<h{level}>{escape(title)}</h{level}>"
    return f'<details id="{escape(name)}" class="folded"><summary>{heading}</summary>{inner}</details>'


def _led(title: str) -> str:
    return title if title.endswith("?") else f"{title}:"


def _source(entry: SourceEntry) -> str:
    address = escape(entry.url)
    link = f'<a href="{address}" target="_blank" rel="noreferrer noopener">{address}</a>' if entry.is_web_address else address
    number = escape(entry.number)
    return f'<li id="source-{number}" value="{number}" tabindex="-1">{_quoting(entry)} {link}</li>'


def _quoting(entry: SourceEntry) -> str:
    """What a source is; where the page is not English, what of it is says so."""
    if current() == SOURCE or not entry.quoted:
        return escape(entry.text)
    before, quoted, after = map(escape, entry.parts)
    return f'{before}<span lang="en">{quoted}</span>{after}'
