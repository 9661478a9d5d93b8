"""Where a part of the product is not installed, the command that needs it says so, and every other one works."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from command_line import DONE, Run, is_a_message

ANSWERS = json.dumps({"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]})


@pytest.fixture(autouse=True)
def own_records(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Records of the test's own."""
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("library", "extra", "command"),
    [
        ("streamlit", "web", ["serve"]),
        ("sqlalchemy", "web", ["records", "verify"]),
        ("sqlalchemy", "web", ["accounts", "list"]),
        ("statsmodels", "reports", ["records", "agreement"]),
        ("pyarrow", "population", ["population", "people.csv", "assessed.csv"]),
    ],
)
def test_a_command_whose_library_is_missing_names_what_installs_it(
    library: str, extra: str, command: list[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # as where it is missing

    ran = run(*command)

    is_a_message(
        ran, "This part is not installed", f"{library}: is missing. In the folder of the product: pip install '.[{extra}]'"
    )


def test_who_only_assesses_needs_no_library_of_an_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("streamlit", "starlette", "sqlalchemy", "cryptography", "statsmodels", "pandas", "segno"):
        monkeypatch.setitem(sys.modules, library, None)

    assert run("assess", "-", stdin=ANSWERS.encode()).code == DONE
