"""A difference of two versions as text, as JSON, and as a page that a lead reads before signing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from recommender.documents.answer_path import given
from recommender.documents.answers import Answers
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.yaml_files import as_yaml
from recommender.proofs.difference import Change, Difference, What
from recommender.proofs.replay import Replayed
from recommender.proofs.report_page import page, table

#: more places than this are counted on the page
_MOST_NAMED = 6


def as_text(found: Difference, replayed: Replayed | None = None) -> str:
    """What got weaker in safety first, each change on a line of its own with the smallest person for whom it is so."""
    lines = [*_lines(found), *(_replayed_lines(replayed) if replayed is not None else ())]
    return "\n".join(lines) + "\n"


def _replayed_lines(replayed: Replayed) -> Iterator[str]:
    yield f"of {replayed.people} people who answered, {replayed.otherwise} are told otherwise, {replayed.weaker} of them weaker"
    for direction in ("weaker", "stronger"):
        for what, before, after, count in replayed.of_direction(direction):
            yield f"  {count} {direction}: {_named(what)}: {before} -> {after}"


def _named(what: What) -> str:
    return f"{what.kind} {what.name}".strip()


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
        what = f"{_named(change.what)}: {change.before} -> {change.after}"
        yield f"  {what}{where}{through}; the first: {_person(change.answers)}"


def _person(answers: Answers) -> str:
    document = answers.document()
    said = [f"{at.row} {value}" for at, value in given(document) if at.name not in ("area", "kind")]
    things = [f"{concern['area']}/{concern['kind']}" for concern in document["concerns"]]
    after = ["asks about an injection"] if "after_treatment" in document else []
    return ", ".join([*things, *said, *after, f"in {answers.jurisdiction}"])


def as_json(found: Difference, replayed: Replayed | None = None) -> str:
    """All of it, each person as an answers document."""
    document: dict[str, Any] = {
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
    if replayed is not None:
        counts = [
            {"direction": direction, "kind": what.kind, "name": what.name, "before": before, "after": after, "people": count}
            for direction in ("weaker", "stronger")
            for what, before, after, count in replayed.of_direction(direction)
        ]
        told = {"people": replayed.people, "otherwise": replayed.otherwise, "weaker": replayed.weaker, "changes": counts}
        document["replayed"] = told
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_html(found: Difference, old: RuleBase, new: RuleBase, replayed: Replayed | None = None) -> str:
    """One page: what got weaker, what else is otherwise, who of those that answered is touched, and the rules themselves."""
    return page("What changes with these rules", "\n".join(_page(found, old, new, replayed)))


def _page(found: Difference, old: RuleBase, new: RuleBase, replayed: Replayed | None) -> Iterator[str]:
    yield "# What changes with these rules\n"
    most = found.limited_to
    whom = "everybody" if most is None else f"everybody who names at most {most} place{'s' * (most != 1)}"
    yield f"**A draft until the rules are signed.** It was found for {whom}, whatever they answer or leave open.\n"
    yield table(("", "Version", "Rules", "Fingerprint"), [_version("before", old), _version("now", new)])
    if not found.changes:
        yield "\n**Nothing is concluded otherwise of anybody.** The words that people read were not compared.\n"
    other = [change for change in found.changes if change not in found.weaker]
    for title, changes in (("Weaker in safety", found.weaker), ("Otherwise, and not weaker", other)):
        if changes:
            yield f"\n## {title}\n"
            yield table(("What", "Where", "Before", "Now", "Through", "First for"), map(_row, changes))
    if replayed is not None:
        yield "\n## Of those who answered\n"
        yield f"{replayed.people} people: {replayed.otherwise} are told otherwise, {replayed.weaker} of them weaker.\n"
        rows = [
            (direction, _named(what), before, after, str(count))
            for direction in ("weaker", "stronger")
            for what, before, after, count in replayed.of_direction(direction)
        ]
        yield table(("", "What", "Before", "Now", "People"), rows) if rows else ""
    for title, names in (("Added", found.added), ("Taken away", found.removed), ("Changed", found.changed)):
        if names:
            yield f"\n## {title}\n"
            yield from (_rule(name, old, new) for name in names)
    yield "\n☐ read and agreed – name, role, registration, date: ……………………………………………………\n"


def _version(name: str, rules: RuleBase) -> Sequence[str]:
    return name, rules.identity.version, str(len(rules.rules)), f"`{rules.fingerprint}`"


def _row(change: Change) -> Sequence[str]:
    through = ", ".join(f"`{rule}`" for rule in change.rules)
    where = f"{len(change.areas)} places" if len(change.areas) > _MOST_NAMED else ", ".join(change.areas).replace("_", " ")
    return (
        _named(change.what).replace("_", " "),
        where or "the person",
        change.before,
        change.after,
        through,
        _person(change.answers),
    )


def _rule(name: str, old: RuleBase, new: RuleBase) -> str:
    """A rule as written in both versions."""
    parts = [f"\n### `{name}`\n"]
    for version, rules in (("before", old), ("now", new)):
        if name in rules.by_id:
            text = rules.by_id[name].text.model_dump(
                mode="json", exclude_none=True, exclude_defaults=True, exclude={"examples"}
            )
            parts.append(f"\n{version}:\n\n```yaml\n{as_yaml(text).rstrip()}\n```\n")
    return "".join(parts)
