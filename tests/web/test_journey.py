"""The pages follow from the rules: what can matter is asked, what cannot is not, and nothing stands before a stop."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from strategies import further

from recommender import RuleBase, assess
from recommender.documents.answer_path import AnswerPath, given
from recommender.documents.vocabulary import AREAS
from recommender.interview import needed as every_question
from recommender.knowledge.regions import REGIONS
from recommender.web import words
from recommender.web.patient.journey import CHECK, RESULT, START, Journey
from recommender.web.state.draft import Draft, choices


def draft_of(*, after: bool = False, **values: Any) -> Draft:
    draft = Draft()
    draft.after = after
    for key, value in values.items():
        assert draft.put(key.replace("__", "."), value), key
    return draft


def everything(rules: RuleBase, **given: Any) -> Draft:
    """All that the form can offer, chosen."""
    draft = draft_of(person__age=42, places=list(AREAS), **given)
    for area, said in rules.reference.questions.areas.items():
        draft.put(f"kinds.{area}", list(said.kinds))
    return draft


@pytest.fixture(scope="module")
def everywhere(rules: RuleBase) -> Journey:
    """The way of somebody who chose all that the form can offer."""
    return Journey(rules, everything(rules))


def names(journey: Journey) -> list[str]:
    return [step.name for step in journey.steps]


def test_before_the_age_is_known_nothing_else_is_asked(rules: RuleBase) -> None:
    assert names(Journey(rules, Draft())) == [START, "age"]


def test_under_age_there_is_the_age_and_the_result_alone(rules: RuleBase) -> None:
    journey = Journey(rules, draft_of(person__age=17, places=["lips"], kinds__lips=["fuller"]))

    assert names(journey) == [START, "age", RESULT]
    assert journey.after("age").name == RESULT
    assert [journey.at(name).name for name in ("places", "pregnancy_and_feeding", CHECK)] == [RESULT] * 3


@pytest.mark.slow
def test_no_page_of_the_form_asks_what_only_a_nurse_is_asked(everywhere: Journey) -> None:
    asked = [key for step in everywhere.steps for key in everywhere.keys(step)]

    assert "history.appearance_distress" in asked
    assert [key for key in asked if key.startswith("screening.")] == []


def test_on_the_eighteenth_birthday_the_form_goes_on(rules: RuleBase) -> None:
    journey = Journey(rules, draft_of(person__age=18))

    assert not journey.stopped
    assert [journey.after(name).name for name in ("age", "pregnancy_and_feeding")] == ["pregnancy_and_feeding", "places"]


def test_each_place_has_a_page_with_its_details_only_where_a_rule_needs_them(rules: RuleBase) -> None:
    draft = draft_of(person__age=42, places=["glabella", "lips"], kinds__glabella=["lines"], kinds__lips=["fuller"])
    journey = Journey(rules, draft)

    assert names(journey)[:6] == [START, "age", "pregnancy_and_feeding", "places", "place-1", "place-2"]
    lines = ("detail.glabella.lines.on_movement", "detail.glabella.lines.at_rest")
    assert [journey.keys(journey.at(name)) for name in ("place-1", "place-2")] == [lines, ()]
    assert names(journey)[-2:] == [CHECK, RESULT]


@pytest.mark.slow
def test_health_takes_five_pages_at_most(everywhere: Journey) -> None:
    about_health = [step.name for step in everywhere.steps if any(group.none for group in step.groups)]

    assert about_health[0] == "pregnancy_and_feeding"
    assert len(about_health) == 5


def test_health_pages_ask_only_what_is_needed_or_was_answered(rules: RuleBase) -> None:
    draft = draft_of(person__age=42, places=["lips"], kinds__lips=["fuller"], history__pregnant="no")
    journey = Journey(rules, draft)

    asked = [key for step in journey.steps if step.groups for key in journey.keys(step) if key != "person.age"]

    assert "history.pregnant" in asked
    assert set(asked) <= journey.needed | {"history.pregnant"}
    assert not [key for key in asked if key.startswith("after_treatment.")]


@pytest.mark.parametrize(("before", "asked"), [("yes", True), ("unsure", True), ("no", False), (None, False)])
def test_what_follows_an_answer_is_asked_once_that_is_given(rules: RuleBase, before: str | None, *, asked: bool) -> None:
    draft = draft_of(person__age=42, places=["lips"], kinds__lips=["fuller"])
    draft.put("history.previous_filler", before)
    journey = Journey(rules, draft)

    keys = journey.keys(journey.at("illnesses_and_treatments"), also=frozenset({"history.overfilled"}))

    assert ("history.overfilled" in keys) == asked
    assert "history.toxin_works_less" not in keys


def test_an_answer_that_another_contradicts_stays_in_sight(rules: RuleBase) -> None:
    said = {"history__previous_filler": "no", "history__overfilled": "yes"}
    journey = Journey(rules, draft_of(person__age=42, places=["lips"], kinds__lips=["fuller"], **said))

    keys = journey.keys(journey.at("illnesses_and_treatments"))
    assert [key for key in keys if key in ("history.overfilled", "history.filler_moved")] == ["history.overfilled"]


@pytest.mark.slow
def test_every_question_the_rules_need_stands_on_some_page(rules: RuleBase, everywhere: Journey) -> None:
    had = {f"history__{name}": "yes" for name in ("previous_filler", "previous_toxin", "autoimmune_disease")}
    before = Journey(rules, everything(rules, **had))
    assert before.needed - everywhere.needed == set()
    for after, journey in ((False, before), (True, Journey(rules, everything(rules, after=True)))):
        on_pages = {key for step in journey.steps for key in journey.keys(step)}
        wanted = {key for key in journey.needed if key.startswith("after_treatment.") == after}

        assert wanted - on_pages == set()


def test_after_an_injection_the_urgent_signs_come_first_and_an_emergency_ends_the_questions(rules: RuleBase) -> None:
    calm = Journey(rules, draft_of(after=True))
    alarmed = Journey(rules, draft_of(after=True, after_treatment__symptoms__vision_change="yes"))

    assert names(calm)[1] == "after_treatment_urgent"
    assert calm.after("after_treatment_urgent").name == "after_treatment_what"
    assert alarmed.after("after_treatment_urgent").name == RESULT
    assert alarmed.emergencies == {"after_treatment.symptoms.vision_change"}


def test_an_emergency_is_told_at_once_on_the_other_way_too(rules: RuleBase) -> None:
    journey = Journey(rules, draft_of(person__age=42, after_treatment__symptoms__vision_change="yes"))

    assert journey.after("age").name == RESULT


def test_back_from_an_early_result_leads_to_the_last_page_that_was_shown(rules: RuleBase) -> None:
    draft = draft_of(after=True, after_treatment__symptoms__vision_change="yes")
    draft.shown.add("after_treatment.symptoms.vision_change")
    journey = Journey(rules, draft)

    before = journey.before(journey.at(RESULT))

    assert before is not None
    assert before.name == "after_treatment_urgent"


def test_a_changed_answer_leads_back_to_the_check_past_what_was_shown(rules: RuleBase) -> None:
    draft = draft_of(person__age=42, places=["lips"], kinds__lips=["fuller"])
    draft.shown.update(Journey(rules, draft).needed | {"person.age", "places", "kinds.lips"})

    assert Journey(rules, draft).after("place-1", checking=True).name == CHECK

    draft.put("places", ["glabella", "lips"])
    assert Journey(rules, draft).after("places", checking=True).name == "place-1"


def test_a_name_that_is_no_page_leads_to_the_start_or_the_check(rules: RuleBase) -> None:
    assert Journey(rules, Draft()).at("nonsense").name == START
    assert Journey(rules, draft_of(person__age=42)).at("place-7").name == CHECK


def test_no_page_about_a_place_is_named_after_it(everywhere: Journey) -> None:
    pages = [step.name for step in everywhere.steps if step.part == "face"]

    assert len(pages) > len(AREAS)
    assert not [page for page in pages if not re.fullmatch(r"places|place-\d+", page)]


def test_every_question_can_be_answered_on_its_page(rules: RuleBase) -> None:
    questions = rules.reference.questions

    for path in questions.questions:
        if questions.asked_of("patient", path):
            assert choices(path) or path in words.NUMBERS, path
    for detail in questions.details:
        assert choices(f"detail.glabella.lines.{detail}"), detail


@pytest.mark.parametrize(("place", "moves"), [("glabella", "Frown."), ("crows_feet", "Smile."), ("hands", None)])
def test_the_self_test_of_movement_has_the_grimace_of_the_place_alone(rules: RuleBase, place: str, moves: str | None) -> None:
    questions = rules.reference.questions
    at = AnswerPath.of_key(f"detail.{place}.lines.on_movement")
    assert at is not None

    assert [step for step in questions.test_of(at) if "mirror" not in step and "Let go" not in step] == [moves] * bool(moves)
    every = {kind for kind, said in questions.kinds.items() if "on_movement" in said.details}
    assert [area for area, said in questions.areas.items() if every.intersection(said.kinds) and not said.moves] == []


def test_the_list_beside_the_face_names_every_place_once() -> None:
    listed = [area for areas in REGIONS.values() for area in areas]

    assert sorted(listed) == sorted(AREAS)


@pytest.mark.parametrize("age", [0, 12, 17])
def test_no_answer_lifts_the_stop_for_a_child(rules: RuleBase, age: int) -> None:
    draft = draft_of(person__age=age, goals__avoid_surgery="yes", history__pregnant="no")

    assert Journey(rules, draft).stopped


def somebody(rules: RuleBase, chance: random.Random) -> Draft:
    """A draft with answers made at random, somewhere on its way."""
    draft = draft_of(after=chance.random() < 0.4, person__age=chance.choice([15, 18, 42, 80]))
    for area in chance.sample(AREAS, chance.randint(0, 2)):
        draft.put("places", [*draft.places, area])
        kinds = rules.reference.questions.areas[area].kinds
        draft.put(f"kinds.{area}", chance.sample(kinds, min(2, len(kinds))))
    keys = [key for step in Journey(rules, draft)._possible for key in Journey(rules, draft).every_key(step)]
    for key in chance.sample(keys, chance.randint(0, len(keys))):
        if key not in words.NUMBERS:
            draft.put(key, chance.choice(["no", "no", "no", *choices(key)]))
    draft.shown.update(chance.sample(keys, len(keys) // 2))
    return draft


@pytest.mark.parametrize("seed", further(range(40), *range(10)))
def test_what_is_worked_out_page_by_page_is_what_the_whole_says(rules: RuleBase, seed: int) -> None:
    draft = somebody(rules, random.Random(seed))

    journey, whole = Journey(rules, draft), Journey(rules, draft)

    steps, needed = whole.steps, {draft.key_of(path) for path in every_question(rules, draft.answers())}
    assert whole.needed == needed
    told = set(draft.content()["values"])
    follows = {path: said.follows for path, said in rules.reference.questions.questions.items() if said.follows}
    waits = {path for path, before in follows.items() if draft.get(before) not in ("yes", "unsure")} - told
    asked = (needed - waits) | {"person.age"} | told
    for step in steps:
        assert journey.at(step.name) == step
        assert journey.keys(step) == tuple(key for key in journey.every_key(step) if key in asked)
        if not journey.stopped and not journey.emergencies:
            assert [journey.after(step.name)] == list(steps[steps.index(step) + 1 :][:1] or steps[-1:])
        if not journey.emergencies:
            assert [journey.before(step)] == [*([None] if step == steps[0] else steps[: steps.index(step)][-1:])]
    told = [alert for alert in assess(rules, draft.answers()).alerts if alert.urgency == "emergency"]
    reasons = [reason for alert in told for reason in alert.reasons]
    assert journey.emergencies == {draft.key_of(item.path) for reason in reasons for item in reason.evidence}


def test_some_of_the_people_made_at_random_need_help_now(rules: RuleBase) -> None:
    alarmed = [bool(Journey(rules, somebody(rules, random.Random(seed))).emergencies) for seed in range(40)]

    assert 5 < sum(alarmed) < 35


def test_a_sign_told_before_the_way_was_left_can_be_found_and_changed_from_the_check(rules: RuleBase) -> None:
    signs = {"after_treatment.symptoms.vision_change": "yes", "after_treatment.treatment": "dermal_filler"}
    draft = draft_of(person__age=40, places=["lips"], kinds__lips=["fuller"])
    draft.shown.update(["person.age", "places", "kinds.lips"])
    for path, value in signs.items():
        draft.put(path, value)
    journey = Journey(rules, draft)

    listed = {key: step for step in journey.steps for key in journey.keys(step)}

    assert assess(rules, draft.answers()).outcome == "emergency"
    assert set(signs) <= set(listed)
    for step in {listed[path].name: listed[path] for path in signs}.values():
        assert step.part in words.CHECK_PARTS
        assert journey.at(step.name) == step
        assert journey.before(step) == journey.at(CHECK)

    draft.put("after_treatment.symptoms.vision_change", "no")
    assert Journey(rules, draft).after(listed["after_treatment.symptoms.vision_change"].name, checking=True).name != START


def test_the_check_lists_every_answer_that_counts(rules: RuleBase) -> None:
    draft = draft_of(person__age=40, places=["under_eye"], kinds__under_eye=["hollow"])
    for path in rules.reference.questions.questions:
        if not path.startswith(("screening.", "person.")) and "unsure" in choices(path):
            assert draft.put(path, "unsure"), path
    journey = Journey(rules, draft)

    shown = {key for step in journey.steps if step.part in words.CHECK_PARTS for key in journey.keys(step)}

    said = {at.key for at, _ in given(draft.answers().document())}
    assert said - {"detail.under_eye.hollow.area", "detail.under_eye.hollow.kind"} <= shown


def test_who_comes_back_goes_on_at_the_first_page_not_shown_whole(rules: RuleBase) -> None:
    draft = draft_of(person__age=42, places=["glabella"], kinds__glabella=["lines"])
    pregnancy = next(group for group in rules.reference.questions.groups if "history.pregnant" in group.questions)
    details = ("detail.glabella.lines.on_movement", "detail.glabella.lines.at_rest")
    found = []
    for shown in ([], ["person.age"], pregnancy.questions, ["places"], ["kinds.glabella"], details):
        draft.shown.update(shown)
        found.append(Journey(rules, draft).left_off.name)
    draft.shown.update(key for step in Journey(rules, draft).steps for key in Journey(rules, draft).every_key(step))

    assert found == ["age", "pregnancy_and_feeding", "places", "place-1", "place-1", "nerves_and_allergies"]
    assert Journey(rules, draft).left_off.name == CHECK


def test_who_comes_back_to_a_stop_or_an_emergency_is_told_it_again(rules: RuleBase) -> None:
    young, urgent = draft_of(person__age=17), draft_of(after=True, after_treatment__symptoms__vision_change="yes")
    for draft in (young, urgent):
        draft.shown.update(draft.content()["values"])

        assert Journey(rules, draft).left_off.name == RESULT
