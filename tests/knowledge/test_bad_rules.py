"""The gallery of wrong rule files: each says in its first lines, by line number, the words its messages must contain."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from recommender import RuleBaseError, load_rules

GALLERY = sorted((Path(__file__).parent.parent / "bad_rules").glob("*.yaml"))
SAYS = re.compile(r"# says: (\d+): (.+)")


def _said(text: str) -> list[tuple[int, str]]:
    found = [(int(said[1]), said[2]) for line in text.splitlines() if (said := SAYS.fullmatch(line))]
    assert found, "a file of the gallery starts with what must be said of it"
    return found


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_every_fault_is_said_with_its_line_and_nothing_else_is(path: Path, rules_folder: Callable[..., Path]) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = _said(text)

    with pytest.raises(RuleBaseError) as refused:
        load_rules(rules_folder(**{path.stem: text}))

    problems = list(refused.value.problems)
    for line, words in wanted:
        meant = [p for p in problems if p.where == f"gallery/{path.stem}.yaml:{line}" and words in str(p)]
        assert meant, f"nothing says '{words}' of line {line}, but:\n" + "\n".join(map(str, problems))
        problems.remove(meant[0])
    assert problems == []


def test_the_gallery_is_not_empty() -> None:
    assert len(GALLERY) >= 25
