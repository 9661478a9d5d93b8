"""What a start loads: the package, its commands and each format load a library only where something needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CHECKOUT

ANSWERS = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]}
RULES = {"pydantic", "yaml", "babel"}
ENGINES = {"experta", "pysat"}
PRINTING = {"jinja2", "markdown_it", "typst", "fontTools"}
CLINIC = {
    "streamlit",
    "starlette",
    "sqlalchemy",
    "alembic",
    "cryptography",
    "argon2",
    "statsmodels",
    "scipy",
    "pandas",
    "numpy",
}
EVERY = RULES | ENGINES | PRINTING | CLINIC


def _loaded(code: str) -> set[str]:
    """The names of all modules that a new process has loaded once it ran the code."""
    said = "import sys, atexit\natexit.register(lambda: print('\\n' + ' '.join(sys.modules)))\n"
    ran = subprocess.run([sys.executable, "-c", said + code], capture_output=True, text=True, cwd=CHECKOUT, check=True)
    return set(ran.stdout.splitlines()[-1].split())


def _loaded_by_command(*arguments: str) -> set[str]:
    return _loaded(f"from recommender.cli import main\nsys.argv = {['recommender', *arguments]!r}\nmain()")


def test_the_package_alone_loads_no_library_and_no_part_of_itself() -> None:
    loaded = _loaded("import recommender; dir(recommender)")

    assert not loaded & EVERY
    assert {name for name in loaded if name.startswith("recommender")} == {"recommender"}


@pytest.mark.parametrize("code", ["from recommender import load_rules", "from recommender import RuleBase, Answers"])
def test_who_reads_rules_or_answers_loads_no_engine(code: str) -> None:
    loaded = _loaded(code)

    assert "pydantic" in loaded
    assert not loaded & (ENGINES | PRINTING | CLINIC)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_no_library_but_that_of_the_command_line(arguments: list[str]) -> None:
    loaded = _loaded_by_command(*arguments)

    assert "typer" in loaded
    assert not loaded & (EVERY | {"rich", "recommender.documents"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("format_", "needed"),
    [
        ("text", set()),
        pytest.param("json", set(), marks=pytest.mark.slow),
        pytest.param("markdown", set(), marks=pytest.mark.slow),
        pytest.param("html", {"jinja2"}, marks=pytest.mark.slow),
        pytest.param("pdf", {"typst", "fontTools"}, marks=pytest.mark.slow),
    ],
)
def test_an_assessment_loads_what_its_format_needs(format_: str, needed: set[str], tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))

    loaded = _loaded_by_command("assess", str(answers), "--format", format_, "--output", str(tmp_path / "summary"))

    assert (tmp_path / "summary").stat().st_size > 0
    assert loaded & (PRINTING | CLINIC) == needed
    assert not [name for name in loaded if name.startswith(("recommender.web", "recommender.records"))]
