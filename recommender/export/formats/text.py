"""The summary as plain text for a terminal or a letter: wrapped, without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

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
    Sources,
    Summary,
    Table,
    Timeline,
    Typed,
)
from recommender.export.formats.citations import CITED
from recommender.languages import in_its_language

NARROWEST = 40
_OPTION_LEVEL = 4
_UNDER = {1: "=", 2: "-"}


@in_its_language
def text_of(summary: Summary, *, width: int = 88) -> str:
    """The summary as lines of at most ``width`` characters; only an address may be longer."""
    width = max(width, NARROWEST)
    head = [summary.letterhead.name, *summary.letterhead.lines] if summary.letterhead else []
    parts = [
        *(["\n".join(head)] if head else []),
        _heading(summary.title, 1),
        *(_block(block, 2, width) for block in (*summary.lead, *summary.sections)),
    ]
    return "\n\n".join(parts) + "\n"


def _heading(title: str, level: int) -> str:
    under = _UNDER.get(level)
    return f"{title}\n{under * len(title)}" if under else title


def _block(block: Block, level: int, width: int) -> str:
    match block:
        case Section():
            return _section(block, level, width)
        case Paragraph(line):
            return "\n".join(_line(line, "", width))
        case Bullets():
            return _bullets(block, width)
        case Callout():
            return "\n".join(textwrap.wrap(block.text, width, initial_indent=">> ", subsequent_indent="   "))
        case Typed():
            return _typed(block, width)
        case Table():
            return _table(block, width)
        case Sources():
            return "\n".join(row for entry in block.entries for row in _source(entry.number, entry.text, entry.url, width))
        case _:
            return _in_words(block, width)


def _in_words(drawn: Drawn, width: int) -> str:
    """What a drawing says."""
    match drawn:
        case Chart():
            return _table(drawn.key, width)
        case Face() | Timeline() | Chain():
            return _bullets(Bullets("", drawn.lines), width)
        case Handwriting():
            return "\n".join(textwrap.wrap(f"({drawn.alt})", width))


def _section(section: Section, level: int, width: int) -> str:
    title = f"{section.title} – {section.status}" if section.status else section.title
    head = _heading(title.upper() if level == 2 else title, level)
    if level < _OPTION_LEVEL:
        return "\n\n".join([head, *(_block(inside, level + 1, width) for inside in section.blocks)])
    inner = (_block(inside, level + 1, width - 2) for inside in section.blocks)
    first = textwrap.fill(head, width, initial_indent="* ", subsequent_indent="  ")
    return "\n".join([first, *(textwrap.indent(text, "  ") for text in inner)])


def _bullets(bullets: Bullets, width: int) -> str:
    lead = textwrap.wrap(f"{bullets.lead}:", width) if bullets.lead else []
    return "\n".join([*lead, *(row for line in bullets.lines for row in _line(line, "- ", width))])


def _line(line: Line, bullet: str, width: int) -> Iterator[str]:
    indent = " " * len(bullet)
    yield from textwrap.wrap(phrase(line), width, initial_indent=bullet, subsequent_indent=indent, break_on_hyphens=False)
    deeper = f"{indent}  "
    for detail in line.details:
        yield from textwrap.wrap(detail, width, initial_indent=deeper, subsequent_indent=deeper, break_on_hyphens=False)


def phrase(line: Line) -> str:
    """A line with its lead-in and the numbers of its sources, as running text."""
    lead = f"{line.label}: " if line.label else ""
    return f"{lead}{line.text}{cited(line)}"


def cited(line: Line) -> str:
    """The numbers of a line's sources in brackets, as they stand behind it."""
    if not line.sources:
        return ""
    named = CITED.of(len(line.sources)).format(numbers=", ".join(line.sources))
    return f" {named}" if line.text else named


def _typed(block: Typed, width: int) -> str:
    if block.label:
        return textwrap.fill(f"{block.label}: {block.text}", width)
    wrapped = [textwrap.wrap(row, width - 2) or [""] for row in block.text.split("\n")]
    return "\n".join(f"| {row}".rstrip() for rows in wrapped for row in rows)


def _source(number: str, text: str, url: str, width: int) -> Iterator[str]:
    bullet = f"{number:>3}. "
    yield from textwrap.wrap(text, width, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False)
    if url:
        yield f"{' ' * len(bullet)}{url}"


def _table(table: Table, width: int) -> str:
    rows = [table.header, *(tuple(phrase(cell) for cell in row) for row in table.rows)]
    columns = _widths(rows, width)
    rule = "-+-".join("-" * column for column in columns)
    written = [table.caption, rule, *_cells(rows[0], columns), rule]
    for row in rows[1:]:
        written += [*_cells(row, columns), rule]
    return "\n".join(written)


def _widths(rows: Iterable[tuple[str, ...]], width: int) -> list[int]:
    """Column widths that fit: the first column as narrow as it can be, the others by an even share."""
    columns = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = width - 3 * (len(columns) - 1)
    if sum(columns) <= room:
        return columns
    share = room // len(columns)
    first = min(columns[0], share)
    rest = (room - first) // (len(columns) - 1) if len(columns) > 1 else 0
    return [first, *([rest] * (len(columns) - 1))]


def _cells(cells: tuple[str, ...], columns: list[int]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, column) or [""] for cell, column in zip(cells, columns, strict=True)]
    for number in range(max(map(len, wrapped))):
        yield " | ".join(
            (rows[number] if number < len(rows) else "").ljust(column) for rows, column in zip(wrapped, columns, strict=True)
        ).rstrip()
