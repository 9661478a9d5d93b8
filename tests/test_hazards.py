"""The hazard log names what exists: its rules, its code and its tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender import RuleBase
from recommender.knowledge import shipped_rules
from recommender.proofs.properties import read_properties

ROOT = Path(__file__).resolve().parents[1]
LOG = (ROOT / "rules" / "HAZARDS.md").read_text(encoding="utf-8")
HAZARDS = re.findall(r"(?m)^## (H\d\d .+)\n\n((?:- .+\n)+)", LOG)


def named(hazard: str, line: str) -> list[str]:
    found = re.search(rf"(?m)^- {line}: (.+)$", hazard)
    return re.findall(r"`([^`]+)`", found[1]) if found else []


def test_there_are_at_least_twenty_five_hazards_numbered_in_order() -> None:
    numbers = [title[:3] for title, _ in HAZARDS]

    assert numbers == [f"H{n:02d}" for n in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 25


def test_every_hazard_that_a_rule_controls_has_a_property(rules: RuleBase) -> None:
    properties = read_properties(shipped_rules(), rules)
    controlled = {t[:3] for t, text in HAZARDS if rules.by_id.keys() & set(named(text, "Controlled by"))}

    assert controlled - {hazard for one in properties for hazard in one.text.hazards} == set()
    assert {hazard for one in properties for hazard in one.text.hazards} <= {title[:3] for title, _ in HAZARDS}


@pytest.mark.parametrize("hazard", [pytest.param(text, id=title) for title, text in HAZARDS])
def test_what_controls_a_hazard_exists_and_is_shown(rules: RuleBase, hazard: str) -> None:
    controls, shown = named(hazard, "Controlled by"), named(hazard, "Shown by")

    missing = [control for control in controls if control not in rules.by_id and not (ROOT / control).is_file()]
    unshown = []
    for test in shown:
        file, _, name = test.partition("::")
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"):
            unshown.append(test)

    assert controls
    assert shown
    assert (missing, unshown) == ([], [])
    assert re.search(r"(?m)^- Severity: (minor|major|critical|catastrophic)$", hazard)
    assert re.search(r"(?m)^- Cause: .+$", hazard)
