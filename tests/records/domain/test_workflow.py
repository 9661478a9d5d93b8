"""The workflow of a record: who may take which step, and what no step may change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from record_samples import (
    ADMIN,
    FROWN,
    LEAD,
    LIPS,
    NOW,
    NURSE,
    OTHER_NURSE,
    PRESCRIBER,
    SAFE,
    TODAY,
    TOXIN,
    answers,
    begun,
    whole,
)
from rule_texts import hold, offer, rule
from strategies import shipped

from recommender import RuleBase
from recommender.documents.consultation import AdverseEvent, AssessedAnswers, Consultation
from recommender.documents.staff import ROLES, Staff
from recommender.documents.vocabulary import EFFECTS, MAKES_NO_OPTION, ON_THE_TABLE
from recommender.records.domain import authorising, workflow
from recommender.records.domain.authorising import agreed_plan
from recommender.records.domain.completeness import completeness
from recommender.records.domain.decisions import advice_on, allowed_choices
from recommender.records.domain.draft_checks import refuse_forged_draft
from recommender.records.domain.permissions import ALLOWED, NotAllowed
from recommender.records.domain.workflow import (
    Incomplete,
    add_addendum,
    begin,
    co_sign,
    decide,
    give_back,
    record_findings,
    sign,
    write,
)

RulesOf = Callable[[str], RuleBase]
BROW_TOXIN: dict[str, Any] = {"area": "glabella", "treatment": "botulinum_toxin", "at": NOW}


def _signed() -> Consultation:
    return sign(whole(), by=NURSE, at=NOW, today=TODAY)


def _locked() -> Consultation:
    return co_sign(_signed(), by=PRESCRIBER, at=NOW)


def _found(**history: str) -> Consultation:
    return record_findings(begun(), shipped(), findings=answers(history={**SAFE, **history}), by=NURSE)


def test_a_draft_is_signed_then_signed_beside_then_locked_then_only_added_to() -> None:
    states = [
        whole().state,
        _signed().state,
        _locked().state,
        add_addendum(_locked(), "Rang: all well.", by=NURSE, at=NOW).state,
    ]

    assert states == ["draft", "signed", "locked", "locked"]


def test_a_prescriber_who_signs_herself_needs_nobody_beside_her() -> None:
    signed = sign(whole(), by=PRESCRIBER, at=NOW, today=TODAY)

    assert signed.state == "locked"


def test_a_visit_without_an_injection_is_locked_by_the_nurses_signature() -> None:
    draft = decide(begun(), "decline", by=NURSE, reason="does-not-align-preferences", **BROW_TOXIN)

    signed = sign(write(draft, by=NURSE, injected="no"), by=NURSE, at=NOW, today=TODAY)

    assert signed.state == "locked"


def test_an_incomplete_record_is_not_signed_and_says_everything_that_is_missing() -> None:
    draft = write(whole(), by=NURSE, aftercare=None, follow_up=None)

    with pytest.raises(Incomplete) as refused:
        sign(draft, by=NURSE, at=NOW, today=TODAY)

    assert [problem.where for problem in refused.value.problems] == ["aftercare", "follow_up"]


def test_a_signature_stands_for_exactly_what_was_signed() -> None:
    signed = _locked()
    assert workflow.signatures_hold(signed)

    changed = signed.model_copy(update={"note": "Something else."})

    assert not workflow.signatures_hold(changed)
    assert workflow.signatures_hold(add_addendum(signed, "Rang: all well.", by=NURSE, at=NOW))


def test_a_prescriber_gives_a_record_back_with_a_reason_and_it_is_a_draft_again() -> None:
    returned = give_back(_signed(), because="Which saline?", by=PRESCRIBER, at=NOW)

    assert (returned.state, returned.signature, [one.because for one in returned.returns]) == ("draft", None, ["Which saline?"])
    assert sign(returned, by=NURSE, at=NOW, today=TODAY).state == "signed"


def test_an_addendum_links_what_went_wrong_later_to_its_product() -> None:
    event = AdverseEvent(what="a low lid", seen_on=date(2027, 3, 10), product=0)

    added = add_addendum(_locked(), "Seen again.", by=NURSE, at=NOW, adverse_event=event)

    assert added.addenda[0].adverse_event == event
    with pytest.raises(NotAllowed, match="names a product that the record does not have"):
        add_addendum(_locked(), "Seen again.", by=NURSE, at=NOW, adverse_event=event.model_copy(update={"product": 1}))


def _decided() -> Consultation:
    """As it is begun now, with something agreed on that has to be authorised."""
    return decide(begin(shipped(), answers(), by=NURSE), "agree", by=NURSE, **BROW_TOXIN)


def _asked() -> Consultation:
    return authorising.ask(_decided(), agreed_plan(_decided()), by=NURSE, at=NOW)


def _authorise(draft: Consultation, by: Staff) -> Consultation:
    seen: dict[str, Any] = {"seen": "in_person", "seen_on": TODAY, "valid_until": TODAY}
    return authorising.authorise(draft, agreed_plan(draft), by=by, at=NOW, **seen)


def _emergency(draft: Consultation, by: Staff) -> Consultation:
    return authorising.record_emergency(draft, "adrenaline", because="x", by=by, at=NOW)


STEPS: dict[str, tuple[Callable[[], Consultation], Callable[[Consultation, Staff], Consultation], set[str]]] = {
    "begin": (whole, lambda _, by: begin(shipped(), by=by), {"nurse", "prescriber"}),
    "find": (whole, lambda one, by: record_findings(one, shipped(), findings=answers(), by=by), {"nurse", "prescriber"}),
    "write": (whole, lambda one, by: write(one, by=by, note="x"), {"nurse", "prescriber"}),
    "decide": (whole, lambda one, by: decide(one, "agree", by=by, **BROW_TOXIN), {"nurse", "prescriber"}),
    "ask": (_decided, lambda one, by: authorising.ask(one, agreed_plan(one), by=by, at=NOW), {"nurse"}),
    "authorise": (_decided, _authorise, {"prescriber"}),
    "refuse": (_asked, lambda one, by: authorising.refuse(one, because="x", by=by, at=NOW), {"prescriber"}),
    "treat oneself": (_decided, lambda one, by: authorising.treat_oneself(one, by=by, at=NOW), {"prescriber"}),
    "emergency": (whole, _emergency, {"nurse", "prescriber"}),
    "sign": (whole, lambda one, by: sign(one, by=by, at=NOW, today=TODAY), {"nurse", "prescriber"}),
    "co-sign": (_signed, lambda one, by: co_sign(one, by=by, at=NOW), {"prescriber"}),
    "give back": (_signed, lambda one, by: give_back(one, because="x", by=by, at=NOW), {"prescriber"}),
    "add": (_locked, lambda one, by: add_addendum(one, "x", by=by, at=NOW), {"nurse", "prescriber"}),
}


@pytest.mark.parametrize("by", [NURSE, PRESCRIBER, LEAD, ADMIN], ids=lambda by: by.role)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_taken_by_the_roles_that_may_and_refused_to_all_others(step: str, by: Staff) -> None:
    start, take, roles = STEPS[step]

    if by.role in roles:
        assert isinstance(take(start(), by), Consultation)
    else:
        with pytest.raises(NotAllowed, match=by.role):
            take(start(), by)


def test_every_role_is_given_what_it_may_do_and_everybody_sees_their_own_account_alone() -> None:
    assert set(ALLOWED) == set(ROLES)
    assert frozenset.intersection(*ALLOWED.values()) == {"see one's own account"}


@pytest.mark.parametrize("start", [_signed, _locked])
@pytest.mark.parametrize("step", ["find", "write", "decide", "emergency", "sign"])
def test_what_is_signed_is_not_changed_any_more(step: str, start: Callable[[], Consultation]) -> None:
    with pytest.raises(NotAllowed, match="only a draft is changed"):
        STEPS[step][1](start(), NURSE)


@pytest.mark.parametrize("start", [whole, _locked])
@pytest.mark.parametrize("step", ["co-sign", "give back"])
def test_a_prescriber_signs_beside_once_and_only_what_is_signed(step: str, start: Callable[[], Consultation]) -> None:
    with pytest.raises(NotAllowed, match="no prescriber's signature is waited for"):
        STEPS[step][1](start(), PRESCRIBER)


@pytest.mark.parametrize("start", [whole, _signed])
def test_an_addendum_is_for_a_locked_record(start: Callable[[], Consultation]) -> None:
    with pytest.raises(NotAllowed, match="an addendum is for a locked record"):
        add_addendum(start(), "x", by=NURSE, at=NOW)


def test_a_nurse_cannot_agree_to_what_is_stopped_whatever_she_says() -> None:
    stopped = _found(toxin_reaction="yes")

    with pytest.raises(NotAllowed, match=r"is stopped by .*: a prescriber decides this"):
        decide(stopped, "agree", by=NURSE, reason="other", note="I am sure.", confirmed=True, **BROW_TOXIN)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"reason": "other", "note": "", "confirmed": True}, "a reason in words and a second confirmation"),
        ({"reason": "other", "note": "Made up.", "confirmed": False}, "a reason in words and a second confirmation"),
        ({"note": "Made up.", "confirmed": True}, "say why it is done although it is held"),
    ],
)
def test_a_prescriber_overrides_a_stop_with_a_reason_in_words_and_a_second_confirmation(
    given: dict[str, Any], lacks: str
) -> None:
    with pytest.raises(NotAllowed, match=lacks):
        decide(_found(toxin_reaction="yes"), "agree", by=PRESCRIBER, **given, **BROW_TOXIN)


def test_an_override_names_the_rules_it_goes_against() -> None:
    stopped = _found(toxin_reaction="yes")

    decided = decide(stopped, "agree", by=PRESCRIBER, reason="other", note="Made up.", confirmed=True, **BROW_TOXIN)

    holds = {hold.rule for hold in stopped.nurse.assessment.options[0].defeats if hold.effect != "caution"}
    assert set(decided.decisions[-1].against) == holds != set()


def test_what_is_suggested_and_declined_names_the_rules_that_offered_it() -> None:
    decided = decide(begun(), "decline", by=NURSE, reason="does-not-align-preferences", **BROW_TOXIN)

    offered = {reason.rule for reason in begun().nurse.assessment.options[0].reasons}
    assert set(decided.decisions[-1].against) == offered != set()


@pytest.mark.parametrize("choice", ["decline", "otherwise"])
def test_what_is_suggested_is_not_followed_for_a_coded_reason(choice: Any) -> None:
    with pytest.raises(NotAllowed, match="say why it is not followed"):
        decide(begun(), choice, by=NURSE, **BROW_TOXIN)
    with pytest.raises(NotAllowed, match="the reason is “other”: say it in words"):
        decide(begun(), choice, by=NURSE, reason="other", **BROW_TOXIN)


@pytest.mark.parametrize("said", [{"pregnant": "yes"}, {"neuromuscular_disorder": "unsure"}])
def test_what_is_deferred_or_under_review_is_a_prescribers_to_agree_to(said: dict[str, str]) -> None:
    held = _found(**said)

    with pytest.raises(NotAllowed, match=r"is held by .*: a prescriber decides this"):
        decide(held, "agree", by=NURSE, reason="other", note="Made up.", **BROW_TOXIN)

    assert decide(held, "agree", by=PRESCRIBER, reason="other", note="Made up.", **BROW_TOXIN).decisions[-1].by == PRESCRIBER


def test_what_no_rule_offers_is_agreed_to_for_a_reason_and_never_past_what_speaks_against_the_person() -> None:
    elsewhere = {"area": "chin", "treatment": "dermal_filler", "at": NOW}

    with pytest.raises(NotAllowed, match="the findings do not point to this: say why it is done"):
        decide(begun(), "agree", by=NURSE, **elsewhere)
    with pytest.raises(NotAllowed, match="a prescriber decides this"):
        decide(_found(pregnant="yes"), "agree", by=NURSE, reason="other", note="Made up.", **elsewhere)

    assert decide(begun(), "agree", by=NURSE, reason="other", note="Asked for.", **elsewhere).decisions[-1].status is None


def test_what_an_answer_still_decides_is_agreed_to_by_nobody() -> None:
    draft = begin(shipped(), answers(concerns=[{"area": "whole_face", "kind": "lines"}]), by=NURSE)
    option = next(one for one in draft.nurse.assessment.options if one.status == "open")

    with pytest.raises(NotAllowed, match="find it out first"):
        decide(draft, "agree", area=option.area, treatment=option.treatment, by=PRESCRIBER, at=NOW)


def test_a_prescriber_signs_beside_what_a_prescriber_alone_could_decide_on() -> None:
    filler = TOXIN.model_copy(
        update={"treatment": "dermal_filler", "unit": "ml", "points": (TOXIN.points[0].model_copy(update={"area": "lips"}),)}
    )
    lips = {"area": "lips", "treatment": "dermal_filler", "at": NOW}
    draft = begin(shipped(), answers(concerns=[LIPS], history={**SAFE, "pregnant": "yes"}), by=NURSE)

    decided = decide(draft, "agree", by=PRESCRIBER, reason="other", note="Made up.", **lips)
    plain = begin(shipped(), answers(concerns=[LIPS]), by=NURSE)

    assert write(decided, by=NURSE, products=(filler,)).prescriber_due
    assert not write(decide(plain, "agree", by=NURSE, **lips), by=NURSE, products=(filler,)).prescriber_due


def test_options_under_review_wait_for_a_prescriber_until_they_are_decided() -> None:
    held = _found(neuromuscular_disorder="unsure")
    decided = decide(held, "agree", by=PRESCRIBER, reason="other", note="Made up.", **BROW_TOXIN)

    waiting = [workflow.waits_for_prescriber(one) for one in (begun(), held, decided, _signed(), _locked())]

    assert waiting == [False, True, False, True, False]


@pytest.mark.parametrize("effect", EFFECTS)
def test_what_is_still_to_be_discussed_waits_for_whoever_may_agree_to_it(rules_of: RulesOf, effect: str) -> None:
    rules = rules_of(rule("fills", "{concern: {kind: fuller}}", offer()) + rule("no", "{history: {hiv: yes}}", hold(effect)))
    draft = begin(rules, answers(concerns=[LIPS], history={"hiv": "yes"}), by=NURSE)

    (option,) = draft.nurse.assessment.options
    advice = advice_on(draft.nurse.assessment, "lips", "dermal_filler")
    nurse_agrees = "agree" in allowed_choices(advice, None, "nurse")
    undecided = any(problem.where == "lips/dermal_filler" for problem in completeness(draft, TODAY))

    assert undecided == (option.status in ON_THE_TABLE) == (effect not in MAKES_NO_OPTION)
    assert workflow.left_to_a_prescriber(draft) == ((option,) if undecided and not nurse_agrees else ())


def test_the_patients_answers_stay_as_given_whatever_the_nurse_finds() -> None:
    found = record_findings(begun(), shipped(), findings=answers(concerns=[FROWN, LIPS]), by=NURSE)

    assert found.patient == begun().patient
    assert found.patient is not None
    assert found.patient.answers == answers()
    assert [concern.area for concern in found.nurse.answers.concerns] == ["glabella", "lips"]


def _filled(treatments: str) -> Consultation:
    """A draft with a product of each treatment named."""
    draft = begin(shipped(), answers(concerns=[FROWN, LIPS]), by=NURSE)
    return write(draft, by=NURSE, products=[{"treatment": treatment} for treatment in treatments.split()])


@pytest.mark.parametrize(
    ("treatments", "days"),
    [("botulinum_toxin", 14), ("dermal_filler", 7), ("dermal_filler botulinum_toxin", 14)],
)
def test_the_follow_up_is_proposed_for_when_a_source_says_or_else_for_when_the_full_effect_shows(
    treatments: str, days: int
) -> None:
    assert workflow.proposed_follow_up(shipped(), _filled(treatments), TODAY) == TODAY + timedelta(days=days)


def test_a_sourced_day_to_be_seen_again_goes_before_that_of_the_full_effect() -> None:
    duties = shipped().reference.consultation
    later = duties.model_copy(update={"follow_up": (duties.follow_up[0].model_copy(update={"days": 21}),)})
    rules = replace(shipped(), reference=shipped().reference.model_copy(update={"consultation": later}))

    assert workflow.proposed_follow_up(rules, _filled("botulinum_toxin"), TODAY) == TODAY + timedelta(days=21)


def test_no_follow_up_is_proposed_where_nothing_was_used() -> None:
    assert workflow.proposed_follow_up(shipped(), begun(), TODAY) is None


FORGED: dict[str, Callable[[Consultation], dict[str, Any]]] = {
    "patient": lambda one: {"patient": one.nurse},
    "jurisdiction": lambda _: {"jurisdiction": "us"},
    "signature": lambda _: {"signature": _signed().signature},
    "co_signature": lambda _: {"co_signature": _locked().co_signature},
    "returns": lambda _: {"returns": give_back(_signed(), because="x", by=PRESCRIBER, at=NOW).returns},
    "addenda": lambda _: {"addenda": add_addendum(_locked(), "x", by=NURSE, at=NOW).addenda},
    "decisions": lambda _: {"decisions": ()},
    "authorisations": lambda _: {"authorisations": _authorise(_decided(), PRESCRIBER).authorisations},
    "emergencies": lambda _: {"emergencies": _emergency(_decided(), NURSE).emergencies},
    "nurse": lambda one: {"nurse": one.patient},
    "nurse of another country": lambda _: {"nurse": _elsewhere().nurse},
    "nurse whose words for the patient are of other answers": lambda one: {
        "nurse": AssessedAnswers(text=one.nurse.text, public_text=_found(pregnant="yes").nurse.public_text)
    },
    "nurse whose conclusion was written by hand": lambda one: {"nurse": _rewritten(one.nurse)},
    "nurse of whom no answer could stop anything": lambda _: {
        "nurse": _found(pregnant="yes").nurse.model_copy(update={"stop_questions": (), "public_text": ""})
    },
    "duties": lambda one: {"duties": one.duties.model_copy(update={"prescriber_signs": ()})},
    "duties of later": lambda _: {"duties": _decided().duties},
    "duties that no longer wait": lambda one: {
        "nurse": _found(pregnant="yes").nurse,
        "duties": one.duties.model_copy(update={"cooling_off_days": one.duties.cooling_off_days + 1}),
    },
}


def _rewritten(reading: AssessedAnswers) -> AssessedAnswers:
    """The same answers, with a conclusion that the rules have not drawn."""
    text = reading.assessment.model_copy(update={"options": (), "alerts": (), "notes": ()}).json_text()
    return reading.model_copy(update={"text": text})


def _elsewhere() -> Consultation:
    return begin(shipped(), {**answers().document(), "jurisdiction": "au"}, by=NURSE)


@pytest.mark.parametrize("what", FORGED)
def test_saving_changes_nothing_that_has_a_step_of_its_own(what: str) -> None:
    forged = whole().model_copy(update=FORGED[what](whole()))

    with pytest.raises(NotAllowed, match=what.partition(" ")[0]):
        refuse_forged_draft(whole(), forged, by=NURSE)


def test_a_decision_is_saved_by_whoever_took_it_and_only_if_it_was_theirs_to_take() -> None:
    stopped = _found(toxin_reaction="yes")
    overridden = decide(stopped, "agree", by=PRESCRIBER, reason="other", note="Made up.", confirmed=True, **BROW_TOXIN)
    pretended = overridden.model_copy(update={"decisions": (overridden.decisions[0].model_copy(update={"by": NURSE}),)})

    refuse_forged_draft(stopped, overridden, by=PRESCRIBER)

    with pytest.raises(NotAllowed, match="one is by Prescriber One, and saved by Nurse One"):
        refuse_forged_draft(stopped, overridden, by=NURSE)
    with pytest.raises(NotAllowed, match="a prescriber decides this"):
        refuse_forged_draft(stopped, pretended, by=NURSE)


def test_the_duty_to_have_it_authorised_is_not_written_away() -> None:
    without = _decided().model_copy(update={"duties": whole().duties})

    with pytest.raises(NotAllowed, match="duties"):
        refuse_forged_draft(_decided(), without, by=NURSE)


def test_two_nurses_may_write_one_draft_between_them() -> None:
    refuse_forged_draft(whole(), write(whole(), by=OTHER_NURSE, note="Handed over."), by=OTHER_NURSE)


def test_a_record_is_the_same_after_it_was_written_and_read() -> None:
    assert Consultation.model_validate_json(_locked().json_text()) == _locked()


def test_what_was_signed_before_a_record_had_words_for_the_patient_is_signed_still() -> None:
    locked = _locked()
    without = locked.nurse.model_copy(update={"public_text": ""})
    decided = (locked.decisions[0].model_copy(update={"place": ""}),)
    older = locked.model_copy(update={"nurse": without, "patient": None, "decisions": decided})
    content = older.model_dump(mode="json", by_alias=False, exclude={"signature", "co_signature", "returns", "addenda"})
    for late in ("unsaved", "unread", "moves", "voided", "authorisations", "emergencies"):  # as it was written then
        del content[late]
    for late in ("authorised_first", "seen_as", "valid_days"):
        del content["duties"][late]
    del content["nurse"]["public_text"]
    for late in ("expired_because", "recalled_because"):
        del content["products"][0][late]
    del content["decisions"][0]["place"]

    written = json.dumps(content, sort_keys=True, ensure_ascii=False)

    assert older.content_hash == "sha256:" + hashlib.sha256(written.encode()).hexdigest()
    assert locked.content_hash != older.content_hash
