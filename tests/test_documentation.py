"""What the documentation points to is there: its links, the headings they lead to, and the files it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from command_line import CHECKOUT

import recommender
from recommender.documents.vocabulary import EFFECTS

PAGES = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md"), *(CHECKOUT / "rules").glob("*.md")]
WRITTEN = [page for page in PAGES if page.name != "rulebook.md"]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FOLDER = re.compile(r"`((?:benchmarks|docs|recommender|requirements|rules|tests)/[\w./-]*)`")
_FILE = re.compile(r"`([\w./-]+\.(?:py|yaml|md|js|css|jinja|typ|po|txt|lock))(?:::[^`]*)?`")
_HERE = ("benchmarks", "docs", "recommender", "requirements", "rules", "tests")


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


@cache
def _files() -> tuple[str, ...]:
    """Every file of the product; a page may name one by the end of its path."""
    top = [file for file in CHECKOUT.iterdir() if file.is_file()]
    return tuple(file.as_posix() for file in (*top, *(file for folder in _HERE for file in (CHECKOUT / folder).rglob("*"))))


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    assert list(_broken(page)) == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_file_and_folder_that_is_named_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    folders = {folder for folder in _FOLDER.findall(text) if not (CHECKOUT / folder).exists()}
    files = {file for file in _FILE.findall(text) if not any(there.endswith(f"/{file}") for there in _files())}
    assert sorted(folders | files) == []


def test_the_rules_page_names_every_effect_the_weakest_first() -> None:
    page = (CHECKOUT / "rules" / "README.md").read_text(encoding="utf-8")

    assert " < ".join(f"`{effect}`" for effect in EFFECTS) in page


def test_the_readme_tells_of_every_package() -> None:
    packages = {package.parent.name for package in (CHECKOUT / "recommender").glob("*/__init__.py")}

    rows = re.findall(r"^\| `recommender/(\w+)`", (CHECKOUT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(rows) == packages


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    assert f"\n## [{recommender.__version__}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
