"""Random answers documents and random rule bases: valid ones, and documents broken in one place or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import strategies as st

from recommender import RuleBase, load_rules
from recommender.documents.answers import AREA_DETAILS, GOAL_KEYS, HISTORY_KEYS, SYMPTOM_KEYS
from recommender.documents.vocabulary import (
    AREAS,
    DESTINATIONS,
    EFFECTS,
    JURISDICTIONS,
    KINDS,
    SEVERITIES,
    TREATMENTS,
    URGENCIES,
    DarkCircleCause,
    Jurisdiction,
    ScarType,
)
from recommender.knowledge.loading import _with_scopes
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.rules import Rule, RuleText

#: how long properties are tried, as --length says: "quick", "sampled" or "whole"
length = "quick"


def of_the_whole(number: int, *, quick: int = 0) -> int:
    """How many of so many cases a long property tries: all in the whole length, else a twentieth, few in the quick."""
    if length == "quick" and quick:
        return quick
    return number if length == "whole" else max(1, number // 20)


def sampled(number: int) -> int:
    """How many cases a property tries that costs more than others: so many, and a fifth in the quick length."""
    return max(1, number // 5) if length == "quick" else number


def further(values: Iterable[Any], *first: Any) -> list[Any]:
    """The cases of a long table, of which make test has these alone; the rest cost too much for what they add."""
    return [value if value in first else pytest.param(value, marks=pytest.mark.slow) for value in values]


@cache
def shipped(jurisdiction: Jurisdiction = "other") -> RuleBase:
    """The shipped rules, read once. For properties: an argument would be printed whole when one fails."""
    return load_rules(jurisdiction=jurisdiction)


THREE = ("yes", "no", "unsure")
YES_NO_UNSURE = st.sampled_from((*THREE, True, False))
DETAIL_WORDS = {"severity": SEVERITIES, "cause": get_args(DarkCircleCause), "scar_type": get_args(ScarType)}


def _answered(names: tuple[str, ...], most: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(names), YES_NO_UNSURE, max_size=most)


def _concerns(areas: tuple[str, ...], kinds: tuple[str, ...], details: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    words = {name: st.sampled_from(DETAIL_WORDS[name]) if name in DETAIL_WORDS else YES_NO_UNSURE for name in details}
    return st.fixed_dictionaries({"area": st.sampled_from(areas), "kind": st.sampled_from(kinds)}, optional=words)


def _documents(concerns: st.SearchStrategy[Any], **parts: Any) -> st.SearchStrategy[dict[str, Any]]:
    symptoms, history, goals, ages, days = (parts[name] for name in ("symptoms", "history", "goals", "ages", "days"))
    after = st.fixed_dictionaries(
        {},
        optional={
            "treatment": st.sampled_from((*TREATMENTS, "unsure")),
            "days_ago": days,
            "symptoms": _answered(symptoms, 4),
        },
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "schema": st.just("consultation-answers/1"),
            "jurisdiction": st.sampled_from(JURISDICTIONS),
            "respondent": st.sampled_from(("patient", "nurse")),
            "person": st.fixed_dictionaries({}, optional={"age": ages}),
            "concerns": st.lists(concerns, max_size=4),
            "history": _answered(history, 8),
            "screening": st.fixed_dictionaries(
                {}, optional={"dcq_score": st.integers(0, 21), "cops_score": st.integers(0, 72)}
            ),
            "goals": _answered(goals, 3),
            "after_treatment": after,
        },
    )


def answers_documents() -> st.SearchStrategy[dict[str, Any]]:
    """Valid answers documents over the whole vocabulary."""
    return _documents(
        _concerns(AREAS, KINDS, AREA_DETAILS),
        symptoms=SYMPTOM_KEYS,
        history=HISTORY_KEYS,
        goals=GOAL_KEYS,
        ages=st.integers(0, 120),
        days=st.integers(0, 400),
    )


FEW_AREAS, FEW_KINDS, FEW_DETAILS = (
    ("glabella", "lips"),
    ("lines", "fuller"),
    ("on_movement", "at_rest", "severity", "heavy_lids"),
)
FEW_HISTORY = ("pregnant", "previous_filler", "overfilled")  # the last follows from the one before
FEW_SYMPTOMS, FEW_GOALS = ("fever", "severe_pain"), ("avoid_surgery",)


def few_answers() -> st.SearchStrategy[dict[str, Any]]:
    """Valid answers documents over the few words that ``rule_bases`` test, so that rules and answers often meet."""
    return _documents(
        _concerns(FEW_AREAS, FEW_KINDS, FEW_DETAILS),
        symptoms=FEW_SYMPTOMS,
        history=FEW_HISTORY,
        goals=FEW_GOALS,
        ages=st.integers(16, 20),
        days=st.integers(0, 4),
    )


def _lists_of(words: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(words) | st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True)


def _ranges(low: int, high: int) -> st.SearchStrategy[dict[str, int]]:
    both = st.tuples(st.integers(low, high - 1), st.integers(low + 1, high)).filter(lambda b: b[0] < b[1])
    return (
        st.builds(lambda n: {"at_least": n}, st.integers(low, high))
        | st.builds(lambda n: {"below": n}, st.integers(low, high))
        | both.map(lambda b: {"at_least": b[0], "below": b[1]})
    )


SEVERITY_RANGES = _ranges(0, 3).map(lambda bounds: {word: SEVERITIES[rank] for word, rank in bounds.items()})


def _concern_tests(*, with_area: bool) -> st.SearchStrategy[dict[str, Any]]:
    tests: dict[str, st.SearchStrategy[Any]] = {
        "kind": _lists_of(FEW_KINDS),
        "on_movement": _lists_of(THREE),
        "at_rest": _lists_of(THREE),
        "heavy_lids": _lists_of(THREE),
        "severity": _lists_of(SEVERITIES) | SEVERITY_RANGES,
    }
    if with_area:
        tests["area"] = _lists_of(FEW_AREAS)
    return st.fixed_dictionaries({}, optional=tests).filter(bool)


def _some(tests: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=tests).filter(bool)


def _leaves(answers: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    groups = {
        "concern": _concern_tests(with_area=True),
        "same_area": _concern_tests(with_area=False),
        "anywhere": _concern_tests(with_area=True),
        "person": _some({"age": _ranges(16, 20), "asks_after_injection": st.sampled_from(("yes", "no"))}),
        "screening": st.fixed_dictionaries({"dcq_score": _ranges(0, 21)}),
        "history": _some(dict.fromkeys(FEW_HISTORY, _lists_of(answers))),
        "goals": _some(dict.fromkeys(FEW_GOALS, _lists_of(answers))),
        "symptoms": _some(dict.fromkeys(FEW_SYMPTOMS, _lists_of(answers))),
        "after_treatment": _some(
            {
                "treatment": _lists_of((*TREATMENTS, "unsure")),
                "days_ago": _ranges(0, 4),
                "symptoms_described": st.sampled_from(("yes", "no")),
            }
        ),
    }
    one = st.sampled_from(tuple(groups)).flatmap(lambda key: groups[key].map(lambda tests: {key: tests}))
    return one | st.tuples(one, one).map(lambda two: {**two[0], **two[1]})


def conditions(findings: tuple[str, ...] = (), *, unanswered: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions as they are written in YAML. Findings and, in alerts, "unanswered" stand outside every ``not``."""
    plain = _combined(_leaves(THREE), most=5, negations=True)
    others: list[st.SearchStrategy[dict[str, Any]]] = []
    if findings:
        names = st.lists(st.sampled_from(findings), min_size=1, max_size=2, unique=True)
        others.append(names.map(lambda found: {"finding": found}))
    if unanswered:
        words = _lists_of((*THREE, "unanswered"))
        others.append(words.map(lambda found: {"history": {"pregnant": found}}))
        others.append(words.map(lambda found: {"symptoms": {"fever": found}}))
        others.append(st.just({"after_treatment": {"days_ago": "unanswered"}}))
    if not others:
        return plain
    other = st.one_of(others)
    return other | st.sampled_from(("all", "any")).flatmap(
        lambda key: st.lists(other | plain, min_size=1, max_size=3).map(lambda parts: {key: parts})
    )


def _combined(leaf: st.SearchStrategy[Any], *, most: int, negations: bool) -> st.SearchStrategy[Any]:
    def around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=1, max_size=3)
        found = several.map(lambda parts: {"all": parts}) | several.map(lambda parts: {"any": parts})
        return found | inner.map(lambda part: {"not": part}) if negations else found

    return st.recursive(leaf, around, max_leaves=most)


@st.composite
def rule_texts(draw: st.DrawFn, number: int, known: tuple[str, ...]) -> dict[str, Any]:
    """One rule as written. A ``find`` names the next finding, so that findings form no cycle."""
    conclusion = draw(st.sampled_from(("find", "find", "offer", "hold", "hold", "alert", "refer", "note")))
    effect = draw(st.sampled_from(EFFECTS))
    drawn: dict[str, Any] = {
        "find": f"finding_{number}",
        "offer": {"treatment": draw(st.sampled_from(TREATMENTS)), "role": draw(st.sampled_from(("first_line", "second_line")))},
        "hold": {
            "treatment": draw(st.lists(st.sampled_from(TREATMENTS), min_size=1, unique=True)),
            "effect": effect,
            **({"until": "the day it has passed"} if effect == "defer" else {}),
        },
        "refer": {"to": draw(st.sampled_from(DESTINATIONS)), "stance": draw(st.sampled_from(("instead", "beside")))},
        "alert": {"urgency": draw(st.sampled_from(URGENCIES))},
        "note": {"about": "timing"},
    }
    return {
        "id": f"random.rule-{number}",
        "title": "A rule made at random",
        "when": draw(conditions(known, unanswered=conclusion == "alert")),
        conclusion: drawn[conclusion],
        "because": "It was made at random.",
        "sources": ["seed"],
        "jurisdictions": draw(st.just([]) | st.lists(st.sampled_from(JURISDICTIONS), min_size=1, max_size=5, unique=True)),
    }


@st.composite
def rules_at_random(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few rules as written, about the words of ``few_answers``."""
    texts: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 7))):
        texts.append(draw(rule_texts(number, tuple(text["find"] for text in texts if "find" in text))))
    return texts


def rule_base_of(texts: list[dict[str, Any]]) -> RuleBase:
    """A rule base of rules as written; an offer that would be made to the person as a whole becomes a note."""
    rules = _with_scopes([_rule(text) for text in texts])
    misplaced = {rule.id for rule in rules if rule.scope == "person" and rule.text.offer is not None}
    mended = [{**text, "offer": None, "note": {"about": "timing"}} if text["id"] in misplaced else text for text in texts]
    return RuleBase(
        rules=tuple(_with_scopes([_rule(text) for text in mended])),
        reference=shipped().reference,
        on=date(2026, 1, 1),
        jurisdiction="other",
        fingerprint="sha256:made-at-random",
    )


def _rule(text: dict[str, Any]) -> Rule:
    def report(path: Any, message: str, *_: Any) -> None:
        raise AssertionError(f"{path}: {message} in {text}")

    return Rule(RuleText.model_validate(text), read_condition(text["when"], ("when",), report), "person", "random.yaml:1")


#: what stands where an answer should: every kind of value that YAML and JSON can bring, none of them a known word
WRONG = (
    st.none()
    | st.integers(min_value=121)
    | st.integers(max_value=-1)
    | st.floats()
    | st.text(max_size=8).map(lambda text: f"{text}?")
    | st.sampled_from(("\ud800", "\x00", "YES", "Yes ", ""))
    | st.lists(st.integers(), max_size=2).map(lambda found: [found])
    | st.dictionaries(st.text(max_size=4).map(lambda text: f"{text}!"), st.integers(), min_size=1, max_size=2)
    | st.dates()
    | st.binary(max_size=4)
)


@st.composite
def broken_documents(draw: st.DrawFn) -> dict[Any, Any]:
    """Answers documents with at least one fault: a wrong value, an unknown key, a missing or a misspelt one."""
    broken = deepcopy(draw(answers_documents()))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(_places(broken, ()))))
        parent = broken
        for part in path[:-1]:
            parent = parent[part]
        parent[path[-1]] = draw(WRONG)
    spoil = draw(st.sampled_from(("unknown key", "number as key", "misspelt", "no area", "wrong kind", "too old")))
    if spoil == "unknown key":
        broken[draw(st.text(min_size=1, max_size=10)) + "?"] = draw(WRONG)
    elif spoil == "number as key":
        broken[draw(st.integers())] = "yes"
    elif spoil == "misspelt":
        broken["histroy"] = {}
    elif spoil == "no area":
        broken["concerns"] = [{"kind": "lines"}]
    elif spoil == "wrong kind":
        broken["goals"] = draw(st.none() | st.lists(st.text()) | st.text() | st.integers())
    else:
        broken["person"] = {"age": draw(st.integers(min_value=121) | st.integers(max_value=-1))}
    return broken


def _places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Every place in a document at which something wrong may stand."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from _places(inner, (*path, key))
    if not path:
        yield ("surprise",)
