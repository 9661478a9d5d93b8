"""Public cases with what their sources recommend, where the folder with them stands beside the checkout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "vignettes"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the public cases are not part of the product: no ../shared/vignettes here"),
]


def test_the_public_cases_agree_well_enough_and_none_is_unsafe(tmp_path):
    out = tmp_path / "out.jsonl"
    command = [
        sys.executable,
        "-m",
        "recommender",
        "assess",
        "--answers-field",
        "answers",
        str(SHARED / "dev.jsonl"),
        "--output",
        str(out),
    ]
    subprocess.run(command, check=True)
    scored = [sys.executable, str(SHARED / "score.py"), str(SHARED / "dev.jsonl"), str(out)]

    printed = subprocess.run(scored, check=True, capture_output=True, text=True).stdout
    everything = next(line for line in printed.splitlines() if line.startswith("all "))
    figures = dict(
        part.replace("%", "").split("=")
        for part in everything.replace("= ", "=").replace("first choice", "first_choice").split()[1:]
    )

    assert len(out.read_text().splitlines()) == len((SHARED / "dev.jsonl").read_text().splitlines())
    assert int(figures["unsafe"]) == 0
    assert float(figures["agreement"]) >= 90
    assert all(json.loads(line)["outcome"] for line in out.read_text().splitlines())
