"""Who may import whom, and where each library lives."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
MODULES = sorted((CHECKOUT / "recommender").rglob("*.py"))


def test_the_contracts_of_the_layers_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]

    ran = subprocess.run([*command, "--no-cache"], capture_output=True, text=True, cwd=CHECKOUT, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


#: loads app.py and every module of the web form, but not the script that draws the pages; import-linter reads that one
_STARTED = """
import importlib, importlib.util, pkgutil, runpy, sys
import recommender.web
from recommender.web.application import ROUTER
runpy.run_path("app.py")
for _, name, _ in pkgutil.walk_packages(recommender.web.__path__, "recommender.web."):
    if importlib.util.find_spec(name).origin != str(ROUTER):
        importlib.import_module(name)
print([name for name in sys.modules if name.startswith("recommender.authoring")])
"""


@pytest.mark.slow
def test_the_running_application_loads_no_tool_of_authoring() -> None:
    ran = subprocess.run([sys.executable, "-c", _STARTED], capture_output=True, text=True, cwd=CHECKOUT, check=False)

    assert (ran.returncode, ran.stdout) == (0, "[]\n"), ran.stderr


def _imported(module: Path) -> Iterator[str]:
    """The libraries a module imports, by statement or by name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii():
            yield node.value.partition(".")[0]  # importlib.import_module("experta.strategies")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("experta", ["inference/engine_library.py"]),
        ("yaml", ["knowledge/yaml_files.py"]),
        ("typst", ["export/formats/typesetting.py"]),
        ("statsmodels", ["records/reports/agreement.py"]),
    ],
)
def test_a_library_with_teeth_is_imported_in_one_module(library: str, homes: list[str]) -> None:
    found = [module.relative_to(CHECKOUT / "recommender").as_posix() for module in MODULES if library in _imported(module)]

    assert found == homes


def test_the_core_reads_no_clock_but_when_rules_are_loaded_and_no_chance() -> None:
    core = [module for module in MODULES if module.parent.name in ("documents", "knowledge", "inference")]

    chance = [module.name for module in core if {"random", "time", "uuid", "secrets"} & set(_imported(module))]
    clock = [module.name for module in core if "date.today" in module.read_text(encoding="utf-8")]

    assert chance == []
    assert clock == ["loading.py"]


def test_the_settings_of_all_models_stand_in_one_module() -> None:
    found = [module.name for module in MODULES if {"extra", "frozen"} & set(_keywords(module, "ConfigDict"))]

    assert found == ["base.py"]


def _keywords(module: Path, called: str) -> Iterator[str]:
    """The names of the arguments with which a module calls something."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == called:
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)
