"""What is installed: the readable lists, and the locks with the releases that were tested."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest
from command_line import CHECKOUT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from strategies import further

FOLDER = CHECKOUT / "requirements"
PRODUCT, DEVELOPMENT = ("assess", "web", "reports", "population"), ("assess", "web", "reports", "population", "dev")
#: what is installed where a part of the package runs; of what stands in no row, the first list alone
LISTS_OF = {
    "web": ("assess", "web"),
    "records": PRODUCT,
    "authoring": ("assess", "dev"),
    "population": ("assess", "population"),
}
PACKAGE = CHECKOUT / "recommender"
LOCKS = [("run.lock", PRODUCT), ("dev.lock", DEVELOPMENT)]


class Locked(NamedTuple):
    """One release of a lock."""

    version: str
    hashes: int
    asked_for_in: frozenset[str]  # the lists that name it; none where another library needs it


def _listed(name: str) -> list[Requirement]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line.partition(" #")[0].strip()) for line in lines if line.strip() and not line.startswith("#")]


def _locked(name: str) -> dict[str, Locked]:
    entries = re.split(r"^(?=[A-Za-z0-9])", (FOLDER / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for entry in entries:
        pinned = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", entry)
        assert pinned, entry
        asked = frozenset(re.findall(r"-r requirements/(\w+)\.txt", entry))
        found[canonicalize_name(pinned[1])] = Locked(pinned[2], entry.count("--hash=sha256:"), asked)
    return found


@pytest.mark.parametrize(("lock", "lists"), LOCKS)
def test_a_lock_names_a_release_with_hashes_for_all_that_is_listed_and_nothing_that_no_longer_is(
    lock: str, lists: tuple[str, ...]
) -> None:
    locked = _locked(lock)

    listed = {(name, canonicalize_name(one.name)): one for name in lists for one in _listed(name)}
    assert set(listed) == {(list_, name) for name, one in locked.items() for list_ in one.asked_for_in}, "make lock"
    refused = [str(one) for (_, name), one in listed.items() if not one.specifier.contains(locked[name].version)]
    assert refused == [], "make lock"
    assert [name for name, one in locked.items() if not one.hashes] == []


def test_the_tests_run_with_the_releases_of_the_product() -> None:
    run, dev = _locked("run.lock"), _locked("dev.lock")

    assert {name: dev[name].version for name in run} == {name: one.version for name, one in run.items()}


@pytest.mark.parametrize("lock", [lock for lock, _ in LOCKS])
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (FOLDER / lock).read_text(encoding="utf-8")

    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted|(?<![\w-])/\w", text)


def _imported(module: Path) -> Iterator[str]:
    """The names of the libraries that a module imports, at its top or later."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


PARTS = sorted(part.name for part in PACKAGE.iterdir() if part.is_dir() and part.name[0] != "_")


@pytest.mark.parametrize("part", further(PARTS, "inference", "export"))
def test_a_part_imports_only_libraries_that_its_lists_name(part: str) -> None:
    named = {canonicalize_name(one.name) for name in LISTS_OF.get(part, ("assess",)) for one in _listed(name)}

    imported = {name for module in (PACKAGE / part).rglob("*.py") for name in _imported(module)}
    libraries = imported - sys.stdlib_module_names - {"recommender"}
    brought = {name: {canonicalize_name(one) for one in packages_distributions()[name]} for name in libraries}
    assert [name for name, of in sorted(brought.items()) if not of & named] == []


def test_the_list_at_the_top_is_the_whole_product() -> None:
    lines = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not line.startswith("#")] == [f"-r requirements/{name}.txt" for name in PRODUCT]
