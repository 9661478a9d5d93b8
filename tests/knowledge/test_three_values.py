"""Three-valued truth, table by table: yes, no, and not known."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from recommender.documents import read_answers
from recommender.knowledge.conditions import All, AnswerTest, AnyOf, Condition, Truth, leaves
from recommender.knowledge.fields import FIELDS, Facts
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.reading import OnePerson, Reading

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
#: what is known of "pregnant", "hiv" and "diabetes" for each truth of a test that asks for yes
SAID: Mapping[Truth, dict[str, str]] = {YES: {"": "yes"}, NO: {"": "no"}, UNKNOWN: {}}


def _condition(when: dict[str, Any]) -> Condition:
    problems: list[str] = []
    condition = read_condition(when, ("when",), lambda path, message, *_: problems.append(f"{path}: {message}"))
    assert problems == []
    return condition


def _truth(when: dict[str, Any], answers: dict[str, Any], *, about: int | None = None) -> Truth:
    reading, condition = Reading(OnePerson(Facts.of(read_answers(answers), "other")), {}), _condition(when)
    if reading.condition(condition, about):
        return YES
    return UNKNOWN if reading.condition(condition, about, "possible") else NO


def _person(**truths: Truth) -> dict[str, Any]:
    """Answers that make ``history: {name: yes}`` come out as asked; not known is not asked at all."""
    return {"history": {name: value for name, truth in truths.items() for value in SAID[truth].values()}}


def _asks(name: str) -> dict[str, Any]:
    return {"history": {name: "yes"}}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (UNKNOWN, YES, UNKNOWN, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NO, NO, UNKNOWN),
        (NO, YES, NO, YES),
        (NO, UNKNOWN, NO, UNKNOWN),
        (NO, NO, NO, NO),
    ],
)
def test_all_is_the_least_and_any_the_greatest(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    answers = _person(pregnant=left, hiv=right)

    assert _truth({"all": [_asks("pregnant"), _asks("hiv")]}, answers) is both
    assert _truth({"any": [_asks("pregnant"), _asks("hiv")]}, answers) is either
    assert _truth({"history": {"pregnant": "yes", "hiv": "yes"}}, answers) is both


@pytest.mark.parametrize(("said", "denied"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_the_negation_of_not_known_is_not_known(said: Truth, denied: Truth) -> None:
    answers = _person(pregnant=said)

    assert _truth({"not": _asks("pregnant")}, answers) is denied
    assert _truth({"not": {"not": _asks("pregnant")}}, answers) is said


@pytest.mark.parametrize(("left", "right"), list(product(Truth, Truth)))
def test_a_negation_over_several_parts_is_the_negation_of_each(left: Truth, right: Truth) -> None:
    answers = _person(pregnant=left, hiv=right)
    parts = [_asks("pregnant"), _asks("hiv")]

    assert _truth({"not": {"all": parts}}, answers) is max(left.inverse, right.inverse)
    assert _truth({"not": {"any": parts}}, answers) is min(left.inverse, right.inverse)
    assert _truth({"not": {"history": {"pregnant": "yes", "hiv": "yes"}}}, answers) is max(left.inverse, right.inverse)


@pytest.mark.parametrize(("one", "two", "three"), list(product(Truth, repeat=3)))
def test_nested_conditions_follow_the_same_tables(one: Truth, two: Truth, three: Truth) -> None:
    answers = _person(pregnant=one, hiv=two, diabetes=three)
    when = {"any": [{"all": [_asks("pregnant"), {"not": _asks("hiv")}]}, {"not": {"any": [_asks("diabetes"), _asks("hiv")]}}]}

    assert _truth(when, answers) is max(min(one, two.inverse), min(three.inverse, two.inverse))


def test_negation_stands_at_the_leaves_alone() -> None:
    when = {"not": {"all": [_asks("pregnant"), {"any": [_asks("hiv"), {"not": _asks("diabetes")}]}]}}

    condition = _condition(when)

    asked = {leaf.test.field.name: leaf.test.negated for leaf in leaves(condition) if isinstance(leaf, AnswerTest)}
    assert isinstance(condition, AnyOf)
    assert isinstance(condition.parts[1], All)
    assert asked == {"pregnant": True, "hiv": True, "diabetes": False}


@pytest.mark.parametrize(
    ("tested", "answer", "truth"),
    [
        ("yes", "yes", YES),
        ("yes", "no", NO),
        ("yes", "unsure", UNKNOWN),
        ("yes", None, UNKNOWN),
        ("no", "yes", NO),
        ("no", "no", YES),
        ("no", "unsure", UNKNOWN),
        ("no", None, UNKNOWN),
        ("unsure", "yes", NO),
        ("unsure", "no", NO),
        ("unsure", "unsure", YES),
        ("unsure", None, UNKNOWN),
        (["yes", "unsure"], "yes", YES),
        (["yes", "unsure"], "no", NO),
        (["yes", "unsure"], "unsure", YES),
        (["yes", "unsure"], None, UNKNOWN),
        (["yes", "no"], "unsure", UNKNOWN),
        (["yes", "no", "unsure"], None, UNKNOWN),
    ],
)
@pytest.mark.parametrize("group", ["history", "goals", "symptoms", "concern", "same_area", "anywhere"])
def test_every_kind_of_fact_follows_the_same_table(group: str, tested: object, answer: str | None, truth: Truth) -> None:
    name = {"history": "pregnant", "goals": "avoid_surgery", "symptoms": "fever"}.get(group, "at_rest")
    said = {} if answer is None else {name: answer}
    lips, other = {"area": "lips", "kind": "lines"}, {"area": "lips", "kind": "fuller"}
    answers: dict[str, dict[str, Any]] = {
        "history": {"history": said},
        "goals": {"goals": said},
        "symptoms": {"after_treatment": {"symptoms": said}},
        "concern": {"concerns": [lips | said]},
        "same_area": {"concerns": [lips, other | said]},
        "anywhere": {"concerns": [lips | said]},
    }
    when = {group: {name: tested}}

    assert _truth(when, answers[group], about=0) is truth
    assert _truth({"not": when}, answers[group], about=0) is truth.inverse


@pytest.mark.parametrize(
    ("tested", "answer", "truth"),
    [
        (["lips", "chin"], "lips", YES),
        (["lips", "chin"], "chin", YES),
        (["lips", "chin"], "cheek", NO),
        ("lips", "chin", NO),
    ],
)
def test_a_list_is_one_of_its_words(tested: object, answer: str, truth: Truth) -> None:
    assert _truth({"concern": {"area": tested}}, {"concerns": [{"area": answer, "kind": "lines"}]}, about=0) is truth


@pytest.mark.parametrize(
    ("bounds", "age", "truth"),
    [
        ({"at_least": 18}, 17, NO),
        ({"at_least": 18}, 18, YES),
        ({"below": 18}, 17, YES),
        ({"below": 18}, 18, NO),
        ({"at_least": 18, "below": 65}, 17, NO),
        ({"at_least": 18, "below": 65}, 18, YES),
        ({"at_least": 18, "below": 65}, 64, YES),
        ({"at_least": 18, "below": 65}, 65, NO),
        ({"at_least": 0}, 0, YES),
        ({"at_least": 18}, None, UNKNOWN),
    ],
)
def test_a_number_is_compared_on_both_sides_of_its_bound(bounds: dict[str, int], age: int | None, truth: Truth) -> None:
    answers = {"person": {} if age is None else {"age": age}}

    assert _truth({"person": {"age": bounds}}, answers) is truth
    assert _truth({"not": {"person": {"age": bounds}}}, answers) is truth.inverse


@pytest.mark.parametrize(
    ("bounds", "truths"),
    [
        ({"at_least": "moderate"}, {"none": NO, "mild": NO, "moderate": YES, "severe": YES, None: UNKNOWN}),
        ({"below": "moderate"}, {"none": YES, "mild": YES, "moderate": NO, "severe": NO, None: UNKNOWN}),
        ({"at_least": "mild", "below": "severe"}, {"none": NO, "mild": YES, "moderate": YES, "severe": NO, None: UNKNOWN}),
    ],
)
def test_severity_has_an_order(bounds: dict[str, str], truths: dict[str | None, Truth]) -> None:
    for word, truth in truths.items():
        concern = {"area": "lips", "kind": "lines"} | ({} if word is None else {"severity": word})

        assert _truth({"concern": {"severity": bounds}}, {"concerns": [concern]}, about=0) is truth
        assert _truth({"not": {"concern": {"severity": bounds}}}, {"concerns": [concern]}, about=0) is truth.inverse


@pytest.mark.parametrize("when", [{"symptoms": {"fever": "no"}}, {"after_treatment": {"days_ago": {"below": 3}}}])
def test_what_followed_an_injection_is_a_plain_no_where_none_is_asked_about(when: dict[str, Any]) -> None:
    assert _truth(when, {}) is NO
    assert _truth({"not": when}, {}) is NO
    assert _truth(when, {"after_treatment": {}}) is UNKNOWN


@pytest.mark.parametrize(
    ("symptoms", "described"),
    [
        ({}, NO),
        ({"fever": "no"}, NO),
        ({"fever": "unsure"}, YES),
        ({"fever": "yes"}, YES),
        ({"fever": "no", "tooth_pain": "yes"}, YES),
    ],
)
def test_symptoms_are_described_once_one_may_be_there(symptoms: dict[str, str], described: Truth) -> None:
    answers = {"after_treatment": {"symptoms": symptoms}}

    assert _truth({"after_treatment": {"symptoms_described": "yes"}}, answers) is described


def test_symptoms_are_described_where_every_one_of_them_is_denied() -> None:
    answers = {"after_treatment": {"symptoms": dict.fromkeys(FIELDS["symptoms"], "no")}}

    assert _truth({"after_treatment": {"symptoms_described": "yes"}}, answers) is YES


@pytest.mark.parametrize(
    ("others", "here", "on_the_person"),
    [
        ([], NO, NO),
        ([{"area": "lips", "kind": "fuller", "at_rest": "yes"}], YES, YES),
        ([{"area": "lips", "kind": "fuller", "at_rest": "no"}], NO, NO),
        ([{"area": "lips", "kind": "fuller"}], UNKNOWN, UNKNOWN),
        ([{"area": "chin", "kind": "fuller", "at_rest": "yes"}], NO, YES),
        ([{"area": "lips", "kind": "fuller"}, {"area": "lips", "kind": "fuller", "at_rest": "yes"}], YES, YES),
        ([{"area": "lips", "kind": "fuller"}, {"area": "chin", "kind": "fuller", "at_rest": "yes"}], UNKNOWN, YES),
    ],
)
def test_another_concern_is_looked_for_at_this_place_or_anywhere(others: list[Any], here: Truth, on_the_person: Truth) -> None:
    answers = {"concerns": [{"area": "lips", "kind": "lines"}, *others]}
    about = [concern.kind for concern in read_answers(answers).concerns].index("lines")
    tests = {"kind": "fuller", "at_rest": "yes"}

    assert _truth({"same_area": tests}, answers, about=about) is here
    assert _truth({"anywhere": tests}, answers, about=about) is on_the_person
    assert _truth({"not": {"same_area": tests}}, answers, about=about) is here.inverse
    assert _truth({"not": {"anywhere": tests}}, answers, about=about) is on_the_person.inverse


def test_a_concern_is_no_other_concern_at_its_own_place_but_is_somewhere_on_the_person() -> None:
    answers = {"concerns": [{"area": "lips", "kind": "lines"}]}

    assert _truth({"same_area": {"kind": "lines"}}, answers, about=0) is NO
    assert _truth({"anywhere": {"kind": "lines"}}, answers, about=0) is YES


def test_two_concerns_alike_are_each_others_neighbour() -> None:
    answers = {"concerns": [{"area": "lips", "kind": "lines"}] * 2}

    assert _truth({"same_area": {"kind": "lines"}}, answers, about=0) is YES
    assert _truth({"same_area": {"kind": "lines"}}, answers, about=1) is YES


@pytest.mark.parametrize(
    ("answers", "truth"),
    [
        ({}, YES),
        ({"history": {"pregnant": "yes"}}, YES),
        ({"history": {"pregnant": "no"}}, NO),
        ({"history": {"pregnant": "unsure"}}, UNKNOWN),
    ],
)
def test_unanswered_by_name_is_true_of_what_was_not_asked(answers: dict[str, Any], truth: Truth) -> None:
    assert _truth({"history": {"pregnant": ["yes", "unanswered"]}}, answers) is truth
