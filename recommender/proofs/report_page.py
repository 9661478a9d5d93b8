"""A report as one HTML page, written as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from markdown_it import MarkdownIt

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: break-word; }}
h2 {{ border-bottom: 2px solid; margin-top: 3rem; }} h3 {{ break-after: avoid; }}
.wide {{ overflow-x: auto; }} table {{ border-collapse: collapse; min-width: 40rem; }}
th, td {{ border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }}
code {{ font-size: .9em; overflow-wrap: anywhere; }} pre {{ border: 1px solid; padding: .5rem; white-space: pre-wrap; }}
</style></head><body><main>
{body}
</main></body></html>
"""


def page(title: str, markdown: str) -> str:
    """The page; a table that is too wide for a screen is scrolled by itself."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    body = body.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")
    return _PAGE.format(title=escape(title), body=body)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
