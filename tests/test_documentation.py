"""What the documentation points to is there: its links, the headings they lead to, and the paths it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import CHECKOUT

import recommender

PAGES = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md"), *(CHECKOUT / "rules").glob("*.md")]
WRITTEN = [page for page in PAGES if page.name != "rulebook.md"]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:benchmarks|docs|recommender|requirements|rules|tests)/[\w./-]*)`")


def _anchors(page: Path) -> set[str]:
    """What a link can name in a page: its headings in small letters, without signs, with hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(page: Path) -> Iterator[str]:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if "://" not in link and (not target.exists() or (anchor and anchor not in _anchors(target))):
            yield link


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    assert list(_broken(page)) == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = set(_PATH.findall(page.read_text(encoding="utf-8")))

    assert sorted(path for path in named if not (CHECKOUT / path).exists()) == []


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    assert f"\n## [{recommender.__version__}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
