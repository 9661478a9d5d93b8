"""Read a ``when`` as written in YAML into a Condition, gathering every problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from recommender.documents.answer_path import CONCERN, GROUPS
from recommender.documents.problems import nearest, shown
from recommender.knowledge.conditions import (
    UNANSWERED,
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Test,
)
from recommender.knowledge.fields import FIELDS, Field, Value

Path = tuple[str | int, ...]
#: where it is, what is wrong, what is allowed there, the nearest allowed word
Report = Callable[[Path, str, tuple[str, ...], str | None], None]

_COMBINATIONS = ("all", "any", "not")
_GROUPS = tuple(dict.fromkeys((CONCERN, "same_area", "anywhere", "finding", *GROUPS)))
_NOTHING = All(())


def read_condition(data: Any, path: Path, report: Report) -> Condition:
    """The condition written as ``data``; what cannot be read is reported and left out."""
    return _Reader(report).mapping(data, path, negated=False)


class _Reader:
    def __init__(self, report: Report) -> None:
        self._report = report

    def mapping(self, data: Any, path: Path, *, negated: bool) -> Condition:
        if not isinstance(data, Mapping) or not data:
            self._wrong(path, f"expected a condition such as {{history: {{pregnant: yes}}}}, found {shown(data)}")
            return _NOTHING
        parts = [part for key, inner in data.items() for part in self._entry(key, inner, (*path, key), negated=negated)]
        return _joined(parts, any_of=negated)

    def _entry(self, key: str, inner: Any, path: Path, *, negated: bool) -> Iterator[Condition]:
        match key:
            case "all" | "any":
                yield self._list(inner, path, any_of=(key == "any") != negated, negated=negated)
            case "not":
                yield self.mapping(inner, path, negated=not negated)
            case "finding":
                yield from self._finding(inner, path, negated=negated)
            case _ if key in _GROUPS:
                yield from self._group(key, inner, path, negated=negated)
            case _:
                allowed = _COMBINATIONS + _GROUPS
                self._report(path, f"unknown test {shown(key)}", allowed, nearest(key, allowed))

    def _list(self, inner: Any, path: Path, *, any_of: bool, negated: bool) -> Condition:
        if not isinstance(inner, list) or not inner:
            self._wrong(path, f"'{path[-1]}' takes a list of conditions, found {shown(inner)}")
            return _NOTHING
        return _joined([self.mapping(part, (*path, i), negated=negated) for i, part in enumerate(inner)], any_of=any_of)

    def _finding(self, inner: Any, path: Path, *, negated: bool) -> Iterator[Condition]:
        names = inner if isinstance(inner, list) else [inner]
        if not names or not all(isinstance(name, str) for name in names):
            self._wrong(path, f"'finding' takes a name or a list of names, found {shown(inner)}")
        elif negated:
            self._wrong(path, "a finding cannot be negated: name the answers that rule it out instead")
        else:
            yield FindingTest(tuple(sorted(set(names))))

    def _group(self, key: str, inner: Any, path: Path, *, negated: bool) -> Iterator[Condition]:
        if not isinstance(inner, Mapping) or not inner:
            self._wrong(path, f"'{key}' takes fields and their values, found {shown(inner)}")
            return
        about_concern = key in ("concern", "same_area", "anywhere")
        if key == "same_area" and "area" in inner:
            self._wrong((*path, "area"), "'same_area' is about the place of the rule's concern: test 'area' under 'concern'")
            return
        known = FIELDS["concern" if about_concern else key]
        tests = [t for name, value in inner.items() if (t := self._test(known, name, value, (*path, name))) is not None]
        if not tests:
            return
        if key == "concern":
            if negated:
                yield _joined([ConcernTest((replace(t, negated=True),)) for t in tests], any_of=True)
            else:
                yield ConcernTest(tuple(tests))
        elif about_concern:
            yield OtherConcern("same_area" if key == "same_area" else "anywhere", tuple(tests), negated)
        else:
            yield _joined([AnswerTest(replace(t, negated=negated)) for t in tests], any_of=negated)

    def _test(self, known: Mapping[str, Field], name: Any, value: Any, path: Path) -> Test | None:
        field = known.get(name)
        if field is None:
            self._report(path, f"unknown field {shown(name)}", tuple(known), nearest(name, known))
            return None
        if isinstance(value, Mapping):
            return self._range(field, value, path)
        if field.is_number and value != UNANSWERED:
            self._wrong(path, f"'{name}' is a number: write {{at_least: 18}} or {{below: 65}}, found {shown(value)}")
            return None
        words = [_word(v) for v in (value if isinstance(value, list) else [value])]
        known_words = frozenset({*field.words, UNANSWERED})
        for index, word in enumerate(words):
            if not isinstance(word, str) or word not in known_words:
                where = (*path, index) if isinstance(value, list) else path
                self._report(where, f"unknown value {shown(word)} for '{name}'", field.words, nearest(word, field.words))
        if not words:
            self._wrong(path, f"'{name}' is tested against an empty list: it can never be true")
        if len(set(map(str, words))) != len(words):
            self._wrong(path, f"'{name}' lists the same value twice")
        return Test(field, words=frozenset(w for w in words if isinstance(w, str) and w in known_words)) if words else None

    def _range(self, field: Field, value: Mapping[str, Any], path: Path) -> Test | None:
        if not field.is_ordered:
            self._wrong(path, f"'{field.name}' has no order: at_least and below mean nothing for it")
            return None
        if not value:
            self._wrong(path, f"'{field.name}' is compared with nothing: write at_least, below, or both")
        bounds: dict[str, Value] = {}
        for word, bound in value.items():
            if word not in ("at_least", "below"):
                self._report((*path, word), f"unknown bound {shown(word)} of '{field.name}'", ("at_least", "below"), None)
            elif field.is_number and (not isinstance(bound, int) or isinstance(bound, bool)):
                self._wrong((*path, word), f"'{field.name}' is compared with a whole number, found {shown(bound)}")
            elif not field.is_number and bound not in field.words:
                self._report(
                    (*path, word), f"unknown value {shown(bound)} for '{field.name}'", field.words, nearest(bound, field.words)
                )
            else:
                bounds[word] = bound
        if not bounds:
            return None
        test = Test(field, at_least=bounds.get("at_least"), below=bounds.get("below"))
        low, high = test.rank(test.at_least), test.rank(test.below)
        if low is not None and high is not None and low >= high:
            self._wrong(path, f"'{field.name}' can never be at least {test.at_least} and below {test.below}")
        return test

    def _wrong(self, path: Path, message: str) -> None:
        self._report(path, message, (), None)


def _word(value: Any) -> Any:
    """Bare YAML yes and no arrive as booleans."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _joined(parts: list[Condition], *, any_of: bool) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return AnyOf(tuple(parts)) if any_of else All(tuple(parts))
