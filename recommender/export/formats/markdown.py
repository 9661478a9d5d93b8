"""The summary as GitHub-flavoured Markdown; no text in it can break its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recommender.export.blocks import (
    Block,
    Bullets,
    Callout,
    Chain,
    Chart,
    Drawn,
    Face,
    Handwriting,
    Line,
    Paragraph,
    Section,
    SourceEntry,
    Sources,
    Summary,
    Table,
    Timeline,
    Typed,
)
from recommender.export.formats.text import cited
from recommender.languages import in_its_language

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LIST_START = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")


@in_its_language
def markdown_of(summary: Summary) -> str:
    """The summary as Markdown."""
    head = summary.letterhead
    parts = [
        *(["  \n".join([f"**{escaped(head.name)}**", *map(escaped, head.lines)])] if head else []),
        f"# {escaped(summary.title)}",
        *(part for block in (*summary.lead, *summary.sections) for part in _block(block, 2)),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text as one line of Markdown that reads as it is, whatever characters it holds."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _LIST_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Section():
            yield from _section(block, level)
        case Paragraph(line):
            yield "  \n".join([_phrase(line), *map(escaped, line.details)])
        case Bullets():
            yield from _bullets(block)
        case Callout():
            yield f"> **{escaped(block.text)}**"
        case Typed():
            yield _typed(block)
        case Table():
            yield from _table(block)
        case Sources():
            yield "\n".join(_source(entry) for entry in block.entries)
        case _:
            yield from _in_words(block)


def _in_words(drawn: Drawn) -> Iterator[str]:
    """What a drawing says."""
    match drawn:
        case Chart():
            yield from _table(drawn.key)
        case Face() | Timeline() | Chain():
            yield from _bullets(Bullets("", drawn.lines))
        case Handwriting():
            yield f"({escaped(drawn.alt)})"


def _section(section: Section, level: int) -> Iterator[str]:
    status = f" – {escaped(section.status)}" if section.status else ""
    yield f"{'#' * level} {escaped(section.title)}{status}"
    for inside in section.blocks:
        yield from _block(inside, level + 1)


def _bullets(bullets: Bullets) -> Iterator[str]:
    if bullets.lead:
        yield f"**{escaped(bullets.lead)}**"
    yield "\n".join(row for line in bullets.lines for row in _item(line))


def _phrase(line: Line) -> str:
    lead = f"**{escaped(line.label)}:** " if line.label else ""
    return f"{lead}{escaped(line.text)}{cited(line)}".rstrip()


def _item(line: Line) -> Iterator[str]:
    yield f"- {_phrase(line)}"
    yield from (f"  - {escaped(detail)}" for detail in line.details)


def _typed(block: Typed) -> str:
    if block.label:
        return f"**{escaped(block.label)}:** {escaped(block.text)}"
    return "  \n".join(f"> {escaped(row)}".rstrip() for row in block.text.split("\n"))


def _table(table: Table) -> Iterator[str]:
    yield f"**{escaped(table.caption)}**"
    rows = [table.header, *(tuple(_phrase(cell) for cell in row) for row in table.rows)]
    written = [_row(tuple(map(escaped, rows[0]))), _row(("---",) * len(table.header)), *map(_row, rows[1:])]
    yield "\n".join(written)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _source(entry: SourceEntry) -> str:
    if not entry.url:
        where = ""
    elif entry.is_web_address and not re.search(r"[\s<>\\]", entry.url):
        where = f" <{entry.url}>"
    else:
        where = f" {escaped(entry.url)}"
    return f"{entry.number}. {escaped(entry.text)}{where}"
