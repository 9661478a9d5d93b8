"""What every test may use: the shipped rules, rule bases written on the spot, and how long a property is tried."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path

import pytest
from command_line import file, run
from coverage import Coverage
from hypothesis import HealthCheck, settings
from strategies import IN_CI, shipped

from recommender import RuleBase, load_rules
from recommender.knowledge import shipped_rules

__all__ = ["file", "run"]  # fixtures

PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("ordinary", max_examples=60, deadline=None, derandomize=True, suppress_health_check=PATIENT)
# other examples on each run: what one run does not come to, a later one does
settings.register_profile("ci", max_examples=100, deadline=None, print_blob=True, suppress_health_check=PATIENT)
settings.load_profile("ci" if IN_CI else "ordinary")
os.environ["TZ"] = "UTC"  # what is shown is by the clock of the machine, wherever the tests run
time.tzset()
_first_cases: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the accessibility trees of the pages anew."""
    parser.addoption("--update-trees", action="store_true", help="write tests/web/trees anew; read what changed, and commit it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The whole of a sampled property runs when it is asked for (-m slow); where CI=true, a tenth of it."""
    _first_cases.update({item.nodeid.partition("[")[0]: item.nodeid for item in reversed(items)}.values())
    if IN_CI or config.getoption("-m"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="the whole of a sampled property: pytest -m slow"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Lines are counted in the first case of each test alone: counting them in all of 1,500 patients doubles their time."""
    stopped = []
    while item.nodeid not in _first_cases and (counting := Coverage.current()) is not None:  # a half of the suite has two
        counting.stop()
        stopped.append(counting)
    try:
        return (yield)
    finally:
        for counting in reversed(stopped):
            counting.start()


@pytest.fixture(scope="session")
def rules() -> RuleBase:
    return shipped()


def _write_rules(root: Path, files: dict[str, str]) -> Path:
    (root / "gallery").mkdir(parents=True)
    for path in shipped_rules().glob("*.yaml"):
        shutil.copy(path, root)
    for name, text in files.items():
        (root / "gallery" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def rules_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a folder with the shipped reference files, and as its only rules the texts given by name."""
    return lambda **files: _write_rules(tmp_path / "rules", files)


@pytest.fixture(scope="session")
def rules_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], RuleBase]:
    """The rule base of one text of rules, read once however many tests ask for it."""
    return cache(lambda text: load_rules(_write_rules(tmp_path_factory.mktemp("base") / "rules", {"here": text})))
