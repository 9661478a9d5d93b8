"""What is told goes one way: each stage of an assessment is called once, and in the order in which the documents tell it."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from types import FrameType

from recommender import RuleBase, assess
from recommender.inference import assess as module

ASSESS = Path(sys.modules[module.__module__].__file__ or "")
PACKAGE = ASSESS.parent.parent
#: what every stage may look things up in
KNOWLEDGE = {"knowledge/rulebase.py", "knowledge/reference.py", "knowledge/voice.py", "languages/speaking.py", "lazy.py"}
ANSWERS = {
    "jurisdiction": "uk",
    "person": {"age": 44},
    "concerns": [
        {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "unsure"},
        {"area": "lips", "kind": "fuller"},
        {"area": "under_eye", "kind": "hollow", "puffiness_too": "unsure"},
    ],
    "history": {"pregnant": "no", "blood_thinners": "yes", "previous_filler": "no"},
}


def test_assess_calls_each_stage_once_and_in_order(rules: RuleBase) -> None:
    assess(rules, ANSWERS)  # what is kept for everybody is made by now
    called: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        caller, file = frame.f_back, Path(frame.f_code.co_filename)
        if event == "call" and caller is not None and Path(caller.f_code.co_filename) == ASSESS != file:
            called.append(file.relative_to(PACKAGE).as_posix() if file.is_relative_to(PACKAGE) else "")

    sys.setprofile(note)
    try:
        assess(rules, ANSWERS)
    finally:
        sys.setprofile(None)

    stages = [stage for stage, _ in groupby(file for file in called if file and file not in KNOWLEDGE)]
    assert stages == [
        "documents/answers.py",
        "inference/network.py",
        "inference/statements.py",
        "inference/policy.py",
        "inference/derivation.py",
        "inference/conclusions.py",
        "inference/possibilities.py",
        "inference/words.py",
    ]
