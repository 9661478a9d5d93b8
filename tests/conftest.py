"""What every test may use: the shipped rules, rule bases written on the spot, and how long a property is tried."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path

import pytest
import strategies
from command_line import file, run
from hypothesis import HealthCheck, settings
from rule_texts import with_sentences_in_doubt

from recommender import RuleBase, load_rules
from recommender.knowledge import shipped_rules, yaml_files
from recommender.records.accounts import passwords
from recommender.records.storage.database import connect, upgrade

__all__ = ["file", "run"]  # fixtures

PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
EXAMPLES = {"quick": 15, "sampled": 60, "whole": 100}  # where a property says no number of its own
os.environ["TZ"] = "UTC"  # what is shown is by the clock of the machine, wherever the tests run
time.tzset()
# Most rule bases of tests are the shipped files beside a text of their own: a text that has been read is not read again.
yaml_files.parse_yaml = lru_cache(150)(yaml_files.parse_yaml)
# To hash a password takes a tenth of a second, on purpose: here it takes none, but where that is what is tried.
passwords.PasswordHasher = partial(passwords.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
# The tests and the many processes that they start would each compile the same code anew where nothing compiled is kept.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long properties are tried, with which examples, and the option that writes the accessibility trees anew."""
    parser.addoption("--length", choices=EXAMPLES, default="quick", help="of all that is tried; quick leaves out what is slow")
    parser.addoption("--random", action="store_true", help="properties try other examples on each run")
    parser.addoption("--update-trees", action="store_true", help="write tests/web/trees anew; read what changed, and commit it")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is read: the numbers that properties name depend on it."""
    strategies.length, at_random = config.getoption("--length"), config.getoption("--random")
    settings.register_profile(
        "asked for",
        max_examples=EXAMPLES[strategies.length],
        deadline=None,
        derandomize=not at_random,
        print_blob=at_random,
        suppress_health_check=PATIENT,
    )
    settings.load_profile("asked for")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is slow is left out of the quick length, unless it is asked for by its mark."""
    if strategies.length == "quick" and "slow" not in config.getoption("-m"):
        slow = [item for item in items if "slow" in item.keywords]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if "slow" not in item.keywords]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of which every test drives a browser are not even read where none is asked for."""
    return True if config.getoption("-m") == "not browser" and collection_path.name.endswith("_in_browser.py") else None


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: it is not looked through again for what can be let go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def rules() -> RuleBase:
    return strategies.shipped()


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of records in which nothing is yet: its tables are made once for all tests."""
    file = tmp_path_factory.mktemp("empty") / "records.sqlite"
    file.touch(mode=0o600)
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


def _write_rules(root: Path, files: dict[str, str]) -> Path:
    (root / "gallery").mkdir(parents=True)
    for path in shipped_rules().glob("*.yaml"):
        shutil.copy(path, root)
    for name, text in files.items():
        (root / "gallery" / f"{name}.yaml").write_text(with_sentences_in_doubt(text), encoding="utf-8")
    return root


@pytest.fixture
def rules_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes a folder with the shipped reference files, and as its only rules the texts given by name."""
    return lambda **files: _write_rules(tmp_path / "rules", files)


@pytest.fixture(scope="session")
def rules_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], RuleBase]:
    """The rule base of one text of rules, read once however many tests ask for it."""
    return cache(lambda text: load_rules(_write_rules(tmp_path_factory.mktemp("base") / "rules", {"here": text})))
