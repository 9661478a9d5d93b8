"""A difference of two versions as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from recommender.documents.answer_path import given
from recommender.documents.answers import Answers
from recommender.proofs.difference import Change, Difference


def as_text(found: Difference) -> str:
    """What got weaker in safety first, each change on a line of its own with the smallest person for whom it is so."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    for what, names in (("added", found.added), ("taken away", found.removed), ("changed", found.changed)):
        if names:
            yield f"{what}: {', '.join(names)}"
    if not found.changes:
        yield "nothing is concluded otherwise of anybody; the words that people read were not compared"
        return
    other = [change for change in found.changes if change not in found.weaker]
    yield from _part("weaker in safety", found.weaker)
    yield from _part("otherwise, and not weaker", other)


def _part(title: str, changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield f"{title}: {len(changes)}"
    for change in changes:
        where = f" at {', '.join(change.areas)}" if change.areas else ""
        through = f" through {', '.join(change.rules)}" if change.rules else ""
        named = f"{change.what.kind} {change.what.name}".strip()
        yield f"  {named}: {change.before} -> {change.after}{where}{through}; the first: {_person(change.answers)}"


def _person(answers: Answers) -> str:
    document = answers.document()
    said = [f"{at.row} {value}" for at, value in given(document) if at.name not in ("area", "kind")]
    things = [f"{concern['area']}/{concern['kind']}" for concern in document["concerns"]]
    after = ["asks about an injection"] if "after_treatment" in document else []
    return ", ".join([*things, *said, *after, f"in {answers.jurisdiction}"])


def as_json(found: Difference) -> str:
    """All of it, each person as an answers document."""
    document = {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "changes": [
            {
                "direction": change.direction,
                "kind": change.what.kind,
                "name": change.what.name,
                "before": change.before,
                "after": change.after,
                "areas": change.areas,
                "rules": change.rules,
                "answers": change.answers.document(),
            }
            for change in found.changes
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
