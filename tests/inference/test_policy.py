"""The policy: what many conclusions at once come to, on rule bases of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from rule_texts import alert, hold, offer, refer, rule

from recommender import Assessment, RuleBase, assess
from recommender.documents.vocabulary import EFFECTS, LEFT_TO_A_PRESCRIBER, MAKES_NO_OPTION

RulesOf = Callable[[str], RuleBase]
TOXIN, FILLER = "botulinum_toxin", "dermal_filler"
LIPS, CHEEK, CHIN = ({"area": area, "kind": "fuller"} for area in ("lips", "cheek", "chin"))
STATUS = {"caution": "suggested", "review": "review", "defer": "deferred", "refer": "referred", "hard_stop": "withdrawn"}
FILLS = rule("fills", "{concern: {kind: fuller}}", offer(FILLER))


def statuses(assessment: Assessment) -> dict[str, str]:
    """Each option as place/treatment, with its status."""
    return {f"{option.area}/{option.treatment}": option.status for option in assessment.options}


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_hold_sets_the_status_of_the_option_that_it_defeats(rules_of: RulesOf, effect: str) -> None:
    rules = rules_of(FILLS + rule("speaks-against", "{history: {hiv: yes}}", hold(effect)))

    assessment = assess(rules, {"concerns": [LIPS], "history": {"hiv": "yes"}})

    (option,) = assessment.options
    assert option.status == STATUS[effect]
    assert [(defeat.rule, defeat.effect, defeat.scope) for defeat in option.defeats] == [
        ("test.speaks-against", effect, "person")
    ]
    assert assessment.holds == option.defeats


@pytest.mark.parametrize("area", ["lips", None])
@pytest.mark.parametrize("effect", EFFECTS)
def test_the_outcome_says_whether_a_hold_leaves_anything_to_discuss(rules_of: RulesOf, effect: str, area: str | None) -> None:
    rules = rules_of(FILLS + rule("speaks-against", "{history: {hiv: yes}}", hold(effect)))

    assessment = assess(rules, {"concerns": [LIPS] if area else [], "history": {"hiv": "yes"}})

    if effect in MAKES_NO_OPTION:
        assert assessment.outcome in ("defer", "refer", "stop")
    elif effect in LEFT_TO_A_PRESCRIBER:
        assert assessment.outcome == "review"
    else:
        assert assessment.outcome == ("discuss" if area else "nothing_found")


@pytest.mark.parametrize(("weaker", "stronger"), list(combinations(EFFECTS, 2)))
def test_the_strongest_hold_decides_and_every_one_is_listed(rules_of: RulesOf, weaker: str, stronger: str) -> None:
    rules = rules_of(
        FILLS + rule("a", "{history: {hiv: yes}}", hold(weaker)) + rule("b", "{history: {diabetes: yes}}", hold(stronger))
    )

    (option,) = assess(rules, {"concerns": [LIPS], "history": {"hiv": "yes", "diabetes": "yes"}}).options

    assert option.status == STATUS[stronger]
    assert [defeat.effect for defeat in option.defeats] == [stronger, weaker]


def test_a_hold_on_one_treatment_leaves_the_other_alone(rules_of: RulesOf) -> None:
    rules = rules_of(
        FILLS
        + rule("relaxes", "{concern: {kind: fuller}}", offer(TOXIN))
        + rule("no", "{history: {hiv: yes}}", hold("hard_stop"))
    )

    assessment = assess(rules, {"concerns": [LIPS], "history": {"hiv": "yes"}})

    assert statuses(assessment) == {"lips/botulinum_toxin": "suggested", "lips/dermal_filler": "withdrawn"}
    assert assessment.outcome == "discuss"


def test_one_withdrawn_place_never_makes_the_whole_result_stop(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("not-here", "{concern: {area: lips}}", hold("hard_stop")))

    assessment = assess(rules, {"concerns": [LIPS, CHEEK]})

    assert statuses(assessment) == {"cheek/dermal_filler": "suggested", "lips/dermal_filler": "withdrawn"}
    assert assessment.outcome == "discuss"
    assert assessment.holds == ()


def test_a_withdrawn_option_stays_with_what_defeated_it(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("not-here", "{concern: {area: lips}}", hold("hard_stop")))

    (option,) = assess(rules, {"concerns": [LIPS]}).options

    assert option.status == "withdrawn"
    assert [(reason.rule, reason.because) for reason in option.reasons] == [("test.fills", "The reason of fills.")]
    assert [(defeat.rule, defeat.scope, defeat.area) for defeat in option.defeats] == [("test.not-here", "concern", "lips")]
    assert [(seen.path, seen.value) for seen in option.defeats[0].evidence] == [("concerns[0].area", "lips")]


def test_a_hold_on_the_person_stands_even_where_there_is_no_option(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("no", "{history: {hiv: yes}}", hold("defer", TOXIN, FILLER)))

    assessment = assess(rules, {"history": {"hiv": "yes"}})

    assert assessment.options == ()
    assert [(h.rule, h.treatments, h.effect, h.until) for h in assessment.holds] == [
        ("test.no", (TOXIN, FILLER), "defer", "it has passed")
    ]
    assert assessment.outcome == "defer"


def test_a_hold_on_some_products_says_which(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("some", "{history: {hiv: yes}}", hold("review", products="hyaluronic_acid")))

    (option,) = assess(rules, {"concerns": [LIPS], "history": {"hiv": "yes"}}).options

    assert option.defeats[0].products == ("hyaluronic_acid",)


SITUATIONS = (
    FILLS
    + rule("both", "{history: {hiv: yes}}", hold("hard_stop", TOXIN, FILLER))
    + rule("filler", "{history: {diabetes: yes}}", hold("hard_stop", FILLER))
    + rule("wait", "{history: {pregnant: yes}}", hold("defer", TOXIN, FILLER))
    + rule("ask", "{history: {heart_disease: yes}}", hold("refer", TOXIN, FILLER))
    + rule("weigh", "{history: {blood_thinners: yes}}", hold("review", TOXIN, FILLER))
    + rule("moves", "{concern: {kind: lines}}", offer(TOXIN))
    + rule("maybe", "{concern: {kind: lines, on_movement: yes}}", offer(FILLER))
    + rule("skin", "{concern: {kind: texture}}", refer("skin_consultation"))
    + rule("nothing", "{concern: {kind: prevention}}", refer("not_needed"))
    + rule("mind", "{history: {appearance_distress: yes}}", refer("psychological"))
    + rule("doctor", "{history: {feeling_unwell: yes}}", refer("medical"))
    + rule("doctor-beside", "{history: {overfilled: yes}}", refer("medical", "beside"))
    + rule("no-chin", "{concern: {area: chin}}", hold("hard_stop", TOXIN, FILLER))
    + rule("e", "{symptoms: {vision_change: yes}}", alert("emergency"))
    + rule("s", "{symptoms: {fever: yes}}", alert("same_day"))
    + rule("c", "{symptoms: {early_lump: yes}}", alert("contact_injector"))
    + rule("h", "{symptoms: {mild_headache: yes}}", alert("self_care"))
)


def _after(*symptoms: str, **more: Any) -> dict[str, Any]:
    return {"after_treatment": {"symptoms": dict.fromkeys(symptoms, "yes")}, **more}


def _history(*keys: str) -> dict[str, Any]:
    return {"history": dict.fromkeys(keys, "yes")}


LINES = {"area": "glabella", "kind": "lines"}
TEXTURE, PREVENTION = {"area": "skin", "kind": "texture"}, {"area": "lips", "kind": "prevention"}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        # alerts come first, the most urgent of them
        (_after("vision_change", "fever", "early_lump", "mild_headache"), "emergency"),
        (_after("fever", "early_lump"), "same_day"),
        (_after("early_lump", "mild_headache"), "contact_injector"),
        (_after("vision_change", concerns=[LIPS]) | _history("hiv"), "emergency"),
        (_after("early_lump", concerns=[LIPS]), "contact_injector"),
        # what is expected after an injection is said last
        (_after("mild_headache"), "self_care"),
        (_after("mild_headache", concerns=[LIPS]), "discuss"),
        (_after("mild_headache", concerns=[LIPS]) | _history("hiv"), "stop"),
        # holds on the person that leave no option
        ({"concerns": [LIPS, LINES]} | _history("hiv"), "stop"),
        ({"concerns": [LIPS]} | _history("diabetes"), "stop"),
        ({"concerns": [LIPS, LINES]} | _history("diabetes"), "discuss"),
        ({"concerns": [LIPS]} | _history("pregnant"), "defer"),
        ({"concerns": [LIPS]} | _history("heart_disease"), "refer"),
        ({"concerns": [LIPS]} | _history("pregnant", "heart_disease"), "refer"),
        ({"concerns": [LIPS]} | _history("pregnant", "heart_disease", "hiv"), "stop"),
        (_history("hiv"), "stop"),
        (_history("pregnant"), "defer"),
        # a person to be seen by somebody else, whatever could be offered
        ({"concerns": [LIPS]} | _history("appearance_distress"), "refer"),
        ({"concerns": [LIPS]} | _history("feeling_unwell"), "refer"),
        ({"concerns": [LIPS]} | _history("feeling_unwell", "overfilled"), "refer"),
        # unless they are to be seen beside it; with nothing offered that is what is left
        ({"concerns": [LIPS]} | _history("overfilled"), "discuss"),
        (_history("overfilled"), "refer"),
        # something to discuss, or for a prescriber
        ({"concerns": [LIPS]}, "discuss"),
        ({"concerns": [LIPS, TEXTURE]}, "discuss"),
        ({"concerns": [LIPS]} | _history("blood_thinners"), "review"),
        ({"concerns": [LIPS, CHIN]}, "discuss"),
        # referrals alone
        ({"concerns": [TEXTURE]}, "refer"),
        ({"concerns": [PREVENTION]}, "not_needed"),
        ({"concerns": [TEXTURE, PREVENTION]}, "refer"),
        # nothing at all is an answer too
        ({}, "nothing_found"),
        ({"concerns": [{"area": "hands", "kind": "redness"}]}, "nothing_found"),
    ],
)
def test_one_word_for_the_person_by_the_order_of_the_policy(rules_of: RulesOf, answers: dict[str, Any], outcome: str) -> None:
    assert assess(rules_of(SITUATIONS), answers).outcome == outcome


@pytest.mark.parametrize(
    ("history", "stance"),
    [(("overfilled",), "beside"), (("overfilled", "hiv"), "instead"), (("overfilled", "blood_thinners"), "beside")],
)
def test_whom_the_person_sees_beside_an_injection_stands_instead_where_none_is_left(
    rules_of: RulesOf, history: tuple[str, ...], stance: str
) -> None:
    assessment = assess(rules_of(SITUATIONS), {"concerns": [LIPS]} | _history(*history))

    assert [(referral.to, referral.stance) for referral in assessment.referrals] == [("medical", stance)]


def test_an_open_option_counts_as_something_to_discuss(rules_of: RulesOf) -> None:
    rules = rules_of(rule("maybe", "{concern: {kind: lines, on_movement: yes}}", offer(TOXIN)))

    assessment = assess(rules, {"concerns": [LINES]})

    (option,) = assessment.options
    assert (option.status, option.deciding) == ("open", ("concerns[0].on_movement",))
    assert assessment.outcome == "discuss"
    assert [question.path for question in assessment.open_questions] == ["concerns[0].on_movement"]


@pytest.mark.parametrize(
    ("role", "refers", "stance", "outcome"),
    [
        # a second choice that is no offer yet softens nothing
        ("second_line", refer("surgical_opinion"), "instead", "refer"),
        ("second_line", refer("surgical_opinion", "beside"), "instead", "refer"),
        ("second_line", refer("not_needed"), "instead", "discuss"),
        ("first_line", refer("surgical_opinion"), "beside", "discuss"),
        ("first_line", refer("surgical_opinion", "beside"), "beside", "discuss"),
    ],
)
def test_an_open_second_choice_softens_no_referral(
    rules_of: RulesOf, role: str, refers: str, stance: str, outcome: str
) -> None:
    rules = rules_of(
        rule("maybe", "{concern: {kind: lines, on_movement: yes}}", offer(TOXIN, role))
        + rule("see", "{concern: {kind: lines}}", refers)
    )

    assessment = assess(rules, {"concerns": [LINES]})

    assert ([option.status for option in assessment.options], assessment.outcome) == (["open"], outcome)
    assert [referral.stance for referral in assessment.referrals] == [stance]


@pytest.mark.parametrize(
    ("when", "concern", "answers", "status"),
    [
        ("{concern: {kind: lines, on_movement: yes}}", {}, {}, "open"),
        ("{concern: {kind: lines, on_movement: yes}}", {"on_movement": "unsure"}, {}, "open"),
        ("{concern: {kind: lines, on_movement: yes}}", {"on_movement": "no"}, {}, None),
        ("{concern: {kind: lines, on_movement: yes}}", {"on_movement": "yes"}, {}, "suggested"),
        ("{concern: {kind: lines}, history: {hiv: no}}", {}, {}, None),
        ("{concern: {kind: lines, on_movement: yes}, history: {hiv: no}}", {}, {}, None),
        ("{concern: {kind: lines, on_movement: yes}, history: {hiv: no}}", {}, {"hiv": "no"}, "open"),
        ("{any: [{concern: {kind: lines, on_movement: yes}}, {concern: {at_rest: yes}}]}", {}, {}, "open"),
    ],
)
def test_an_offer_is_open_for_want_of_its_concerns_own_details_alone(
    rules_of: RulesOf, when: str, concern: dict[str, str], answers: dict[str, str], status: str | None
) -> None:
    rules = rules_of(rule("maybe", when, offer(TOXIN)))

    options = assess(rules, {"concerns": [LINES | concern], "history": answers}).options

    assert [option.status for option in options] == ([] if status is None else [status])


def test_an_open_option_that_would_be_withdrawn_anyway_is_left_out(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("maybe", "{concern: {kind: lines, on_movement: yes}}", offer(TOXIN))
        + rule("never", "{concern: {area: glabella}}", hold("hard_stop", TOXIN))
    )

    assert assess(rules, {"concerns": [LINES]}).options == ()
    assert statuses(assess(rules, {"concerns": [LINES | {"on_movement": "yes"}]})) == {"glabella/botulinum_toxin": "withdrawn"}


def test_a_firm_offer_leaves_nothing_open(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("maybe", "{concern: {kind: lines, on_movement: yes}}", offer(TOXIN))
        + rule("usual", "{concern: {kind: lines}}", offer(TOXIN))
    )

    (option,) = assess(rules, {"concerns": [LINES]}).options

    assert (option.status, option.deciding, [r.rule for r in option.reasons]) == ("suggested", (), ["test.usual"])


def test_two_concerns_at_one_place_with_the_same_treatment_are_one_option(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("first", "{concern: {kind: fuller}}", offer(FILLER, "second_line"))
        + rule("second", "{concern: {kind: volume_loss}}", offer(FILLER, "first_line"))
    )

    assessment = assess(rules, {"concerns": [LIPS, {"area": "lips", "kind": "volume_loss"}, CHEEK]})

    assert [(o.area, o.kinds, o.role, [r.rule for r in o.reasons]) for o in assessment.options] == [
        ("cheek", ("fuller",), "second_line", ["test.first"]),
        ("lips", ("volume_loss", "fuller"), "first_line", ["test.first", "test.second"]),
    ]


def test_what_is_listed_stands_in_one_order(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("z", "{concern: {kind: fuller}}", offer(TOXIN, "second_line"))
        + rule("y", "{concern: {kind: fuller}}", offer(FILLER, "first_line"))
        + rule("b", "{history: {hiv: yes}}", hold("caution"))
        + rule("a", "{history: {hiv: yes}}", hold("review"))
        + rule("n2", "{history: {hiv: yes}}")
        + rule("n1", "{history: {hiv: yes}}")
    )

    assessment = assess(rules, {"concerns": [LIPS, CHEEK], "history": {"hiv": "yes"}})

    assert list(statuses(assessment)) == [
        "cheek/dermal_filler",
        "cheek/botulinum_toxin",
        "lips/dermal_filler",
        "lips/botulinum_toxin",
    ]
    assert [h.rule for h in assessment.holds] == ["test.a", "test.b"]
    assert [n.rule for n in assessment.notes] == ["test.n1", "test.n2"]


@pytest.mark.parametrize("effect", [effect for effect in EFFECTS if effect != "caution"])
def test_an_unsure_contraindication_asks_for_a_review(rules_of: RulesOf, effect: str) -> None:
    rules = rules_of(FILLS + rule("fears", "{history: {hiv: yes}}", hold(effect)))

    assessment = assess(rules, {"concerns": [LIPS], "history": {"hiv": "unsure"}})

    (stands,) = assessment.holds
    assert (stands.effect, stands.in_doubt, stands.until) == ("review", True, None)
    assert [(seen.path, seen.value) for seen in stands.evidence] == [("history.hiv", "unsure")]
    assert statuses(assessment) == {"lips/dermal_filler": "review"}
    assert assessment.outcome == "review"


def test_unsure_about_what_is_no_more_than_a_caution_changes_nothing(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("fears", "{history: {hiv: yes}}", hold("caution")))

    assessment = assess(rules, {"concerns": [LIPS], "history": {"hiv": "unsure"}})

    assert assessment.holds == ()
    assert statuses(assessment) == {"lips/dermal_filler": "suggested"}
    assert assessment.open_questions == ()


def test_a_contraindication_not_asked_is_an_open_question_and_no_hold(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("fears", "{history: {hiv: yes}}", hold("hard_stop")))

    assessment = assess(rules, {"concerns": [LIPS]})

    assert statuses(assessment) == {"lips/dermal_filler": "suggested"}
    assert [(q.path, q.could_change) for q in assessment.open_questions] == [("history.hiv", ("lips/dermal_filler",))]


def test_what_is_certain_is_never_weakened_by_what_is_unsure_beside_it(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("fears", "{any: [{history: {hiv: yes}}, {history: {diabetes: yes}}]}", hold("hard_stop")))

    (stands,) = assess(rules, {"concerns": [LIPS], "history": {"hiv": "unsure", "diabetes": "yes"}}).holds

    assert (stands.effect, stands.in_doubt) == ("hard_stop", False)


def test_an_unsure_answer_is_no_evidence_for_what_is_certain_without_it(rules_of: RulesOf) -> None:
    rules = rules_of(
        FILLS
        + rule("one", "{history: {hiv: yes}}", "find: weak")
        + rule("two", "{history: {diabetes: yes}}", "find: weak")
        + rule("fears", "{finding: weak}", hold("hard_stop"))
    )

    (certain,) = assess(rules, {"concerns": [LIPS], "history": {"hiv": "yes", "diabetes": "unsure"}}).holds
    (in_doubt,) = assess(rules, {"concerns": [LIPS], "history": {"diabetes": "unsure"}}).holds

    assert [(e.path, e.value) for e in certain.evidence] == [("history.hiv", "yes")]
    assert [(e.path, e.value) for e in in_doubt.evidence] == [("history.diabetes", "unsure")]


def test_a_place_is_ruled_out_for_certain_if_one_of_its_concerns_says_so(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("moves", "{concern: {kind: [lines, sagging]}}", offer(TOXIN))
        + rule("lids", "{concern: {heavy_lids: yes}}", hold("refer", TOXIN))
    )
    sure, unsure = {"kind": "lines", "heavy_lids": "yes"}, {"kind": "sagging", "heavy_lids": "unsure"}

    (both,) = assess(rules, {"concerns": [{"area": "forehead"} | sure, {"area": "forehead"} | unsure]}).options
    (doubt,) = assess(rules, {"concerns": [{"area": "forehead"} | unsure]}).options

    assert (both.status, [(d.effect, d.in_doubt) for d in both.defeats]) == ("referred", [("refer", False)])
    assert (doubt.status, [(d.effect, d.in_doubt) for d in doubt.defeats]) == ("review", [("review", True)])


@pytest.mark.parametrize(
    ("urgency", "in_doubt"),
    [("emergency", "same_day"), ("same_day", "contact_injector"), ("contact_injector", "contact_injector")],
)
def test_an_unsure_sign_is_one_step_milder_and_never_silent(rules_of: RulesOf, urgency: str, in_doubt: str) -> None:
    rules = rules_of(rule("sign", "{symptoms: {fever: yes}}", alert(urgency)))

    certain = assess(rules, {"after_treatment": {"symptoms": {"fever": "yes"}}})
    unsure = assess(rules, {"after_treatment": {"symptoms": {"fever": "unsure"}}})

    assert [(a.urgency, a.in_doubt) for a in certain.alerts] == [(urgency, False)]
    assert [(a.urgency, a.in_doubt) for a in unsure.alerts] == [(in_doubt, True)]
    assert (certain.outcome, unsure.outcome) == (urgency, in_doubt)


def test_a_sign_that_is_denied_or_unasked_raises_no_alert(rules_of: RulesOf) -> None:
    rules = rules_of(rule("sign", "{symptoms: {fever: yes}}", alert("emergency")))

    denied = assess(rules, {"after_treatment": {"symptoms": {"fever": "no"}}})
    unasked = assess(rules, {"after_treatment": {}})
    elsewhere = assess(rules, {})

    assert (denied.alerts, unasked.alerts, elsewhere.alerts) == ((), (), ())
    assert [question.path for question in unasked.open_questions] == ["after_treatment.symptoms.fever"]
    assert (denied.open_questions, elsewhere.open_questions) == ((), ())


def test_a_pair_that_no_rule_knows_ends_in_a_note_that_says_so(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS)

    assessment = assess(rules, {"concerns": [LIPS, {"area": "hands", "kind": "redness"}]})

    (note,) = assessment.notes
    assert note.rule == "policy.nothing-concluded"
    assert note.because == rules.reference.wording.nothing_concluded
    assert [(seen.path, seen.value) for seen in note.evidence] == [
        ("concerns[1].area", "hands"),
        ("concerns[1].kind", "redness"),
    ]


def test_a_finding_stands_among_the_reasons_with_the_answers_behind_it(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("moves", "{concern: {kind: lines, on_movement: yes}}", "find: moves")
        + rule("relaxes", "{finding: moves}", offer(TOXIN))
    )

    (option,) = assess(rules, {"concerns": [LINES | {"on_movement": "yes"}]}).options

    assert [(r.rule, [(e.path, e.value) for e in r.evidence]) for r in option.reasons] == [
        ("test.relaxes", []),
        ("test.moves", [("concerns[0].kind", "lines"), ("concerns[0].on_movement", "yes")]),
    ]
    assert [source.id for source in assess(rules, {"concerns": [LINES]}).sources if source.id == "seed"] == ["seed"]


def test_a_branch_that_does_not_hold_is_no_evidence(rules_of: RulesOf) -> None:
    rules = rules_of(FILLS + rule("either", "{any: [{history: {hiv: yes}}, {history: {diabetes: yes}}]}", hold("review")))

    (stands,) = assess(rules, {"concerns": [LIPS], "history": {"hiv": "no", "diabetes": "yes"}}).holds

    assert [(seen.path, seen.value) for seen in stands.evidence] == [("history.diabetes", "yes")]
