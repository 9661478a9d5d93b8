"""Authorised before it is injected: what is asked, answered, treated by a prescriber herself, and what went beyond it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from record_samples import LEAD, NOW, NURSE, PRESCRIBER, SAFE, TODAY, TOXIN, TREATED, answers, whole
from strategies import shipped

from recommender.documents.authorisation import Planned
from recommender.documents.consultation import Consultation
from recommender.documents.staff import Staff
from recommender.records.domain import authorising, workflow
from recommender.records.domain.authorising import NotAuthorised, agreed_plan, is_open
from recommender.records.domain.completeness import completeness
from recommender.records.domain.permissions import NotAllowed

FROWN_TOXIN = (Planned(treatment="botulinum_toxin", areas=("glabella",)),)
SEEN: dict[str, Any] = {"seen": "in_person", "seen_on": TODAY, "valid_until": TODAY + timedelta(days=14)}


def decided(jurisdiction: str = "uk", *areas: str) -> Consultation:
    """Frown lines with toxin agreed on, as it is begun now."""
    given = answers(respondent="nurse", jurisdiction=jurisdiction)
    draft = workflow.record_findings(workflow.begin(shipped(), given, by=NURSE), shipped(), findings=given, by=NURSE)
    for area in areas or ("glabella",):
        reason = None if area == "glabella" else "other"
        to: dict[str, Any] = {"area": area, "treatment": "botulinum_toxin", "by": NURSE, "at": NOW}
        draft = workflow.decide(draft, "agree", reason=reason, note="Made up.", **to)
    return draft


def asked(jurisdiction: str = "uk", *areas: str) -> Consultation:
    draft = decided(jurisdiction, *areas)
    return authorising.ask(draft, agreed_plan(draft), by=NURSE, at=NOW)


def authorised(draft: Consultation | None = None, plan: tuple[Planned, ...] = FROWN_TOXIN, **said: Any) -> Consultation:
    return authorising.authorise(draft or asked(), plan, by=PRESCRIBER, at=NOW, **{**SEEN, **said})


def treated(draft: Consultation, **changed: Any) -> Consultation:
    return workflow.write(draft, by=NURSE, **{**TREATED, **changed})


def missing(draft: Consultation, today: date = TODAY, by: Staff = NURSE) -> dict[str, str]:
    return {problem.where: problem.message for problem in completeness(draft, today, by=by)}


def test_what_a_nurse_sends_waits_for_a_prescriber_and_opens_the_treatment_once_it_is_authorised() -> None:
    waiting, answered = asked(), authorised()

    assert [is_open(one) for one in (decided(), waiting, answered)] == [False, False, True]
    assert [one.stage for one in (decided(), waiting, answered)] == ["", "asked", "authorised"]
    assert [workflow.waits_for_prescriber(one) for one in (waiting, answered)] == [True, False]
    assert waiting.authorisations[0].asked == FROWN_TOXIN
    assert missing(treated(answered)) == {}


def found(draft: Consultation, **history: str) -> Consultation:
    """The same draft with something found out afterwards."""
    given = answers(respondent="nurse", jurisdiction="uk", history={**SAFE, **history})
    return workflow.record_findings(draft, shipped(), findings=given, by=NURSE)


def test_where_the_findings_change_after_it_was_authorised_the_treatment_is_shut_until_it_is_sent_again() -> None:
    pregnant = found(authorised(), pregnant="yes")
    decided_again = workflow.decide(
        found(authorised(), bleeding_disorder="yes"),
        "agree",
        area="glabella",
        treatment="botulinum_toxin",
        by=PRESCRIBER,
        at=NOW + timedelta(hours=1),
        reason="other",
        note="Made up.",
    )

    assert [is_open(one) for one in (pregnant, decided_again, found(pregnant))] == [False, False, True]
    assert "the findings have changed since Prescriber One authorised it" in missing(treated(decided_again))["authorisation"]
    assert [authorising.stage_of(one) for one in (authorised(), pregnant, found(pregnant))] == ["authorised", "", "authorised"]
    again = authorising.ask(decided_again, agreed_plan(decided_again), by=NURSE, at=NOW + timedelta(hours=2))
    renewed = authorising.authorise(again, FROWN_TOXIN, by=PRESCRIBER, at=NOW + timedelta(hours=3), **SEEN)
    assert is_open(renewed)
    assert "authorisation" not in missing(treated(renewed))


def test_nothing_is_signed_that_nobody_authorised() -> None:
    found = missing(treated(decided()))

    assert found == {"authorisation": "botulinum_toxin is not authorised by a prescriber: send the plan to her"}
    assert "authorisation" in missing(treated(asked()))
    with pytest.raises(workflow.Incomplete, match="not authorised"):
        workflow.sign(treated(decided()), by=PRESCRIBER, at=NOW, today=TODAY)


def test_what_was_begun_before_there_was_that_duty_is_treated_and_signed_as_it_was() -> None:
    assert whole().duties.authorised_first == ()
    assert "authorised_first" not in whole().document()["duties"]
    assert is_open(whole())
    found = workflow.record_findings(whole(), shipped(), findings=whole().nurse.answers, by=NURSE)
    assert found.duties == whole().duties
    assert missing(found) == {}


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"products": (TOXIN.model_copy(update={"points": (TOXIN.points[0].model_copy(update={"area": "forehead"}),)}),)},
         "forehead/botulinum_toxin", "Prescriber One did not authorise it there"),
        ({"injected_on": TODAY + timedelta(days=15)}, "injected_on",
         "after the authorisation by Prescriber One ended (15 Mar 2027)"),
        ({"injected_on": TODAY - timedelta(days=1)}, "injected_on", "before Prescriber One authorised it (1 Mar 2027)"),
        ({"products": (TOXIN.model_copy(update={"product": "another kind"}),)}, "products[0].product", "(a kind)"),
    ],
    ids=["another place", "after its end", "before it", "another product"],
)  # fmt: skip
def test_what_was_injected_beyond_it_blocks_the_signature_by_name(changed: dict[str, Any], where: str, words: str) -> None:
    plan = (FROWN_TOXIN[0].model_copy(update={"product": "a kind"}),)
    draft = authorised(plan=plan, because="This one.")

    found = missing(treated(draft, **changed), today=TODAY + timedelta(days=20))

    assert words in found[where]


def test_another_treatment_than_the_authorised_one_blocks_the_signature() -> None:
    filler = TOXIN.model_copy(update={"treatment": "dermal_filler", "unit": "ml"})
    draft = decided("au")
    draft = authorising.ask(draft, agreed_plan(draft), by=NURSE, at=NOW)

    found = missing(treated(authorised(draft), products=(TOXIN, filler)))

    assert "did not authorise it there" in found["glabella/dermal_filler"]


def test_what_was_injected_before_anybody_authorised_it_is_no_dead_end_and_is_kept_as_afterwards() -> None:
    before = treated(asked(), injected_on=TODAY - timedelta(days=1), informed_on=TODAY - timedelta(days=1))
    assert "authorisation" in missing(before)

    after = authorised(before)

    assert after.authorisation is not None
    assert after.authorisation.afterwards
    assert not authorised().authorisations[0].afterwards
    assert "injected_on" not in missing(after)


def test_a_plan_that_is_changed_says_what_and_a_refusal_says_why() -> None:
    two = asked("uk", "glabella", "forehead")
    with pytest.raises(NotAuthorised, match="say what you changed"):
        authorised(two)
    with pytest.raises(NotAuthorised, match="say why it is refused"):
        authorising.refuse(two, because="", by=PRESCRIBER, at=NOW)

    changed = authorised(two, because="Not the forehead: her brows are low.")
    refused = authorising.refuse(changed, because="She called: pregnant.", by=PRESCRIBER, at=NOW)

    assert (changed.stage, changed.authorisations[0].because) == ("changed", "Not the forehead: her brows are low.")
    assert changed.authorisations[0].asked == agreed_plan(two)
    assert (refused.stage, refused.authorisation, is_open(refused)) == ("refused", None, False)
    assert [one.answer for one in refused.authorisations] == ["changed", "refused"]


@pytest.mark.parametrize(
    ("country", "said", "words"),
    [
        ("uk", {"seen": None, "seen_on": None}, "say how and on which day you saw the patient"),
        ("uk", {"seen": "video"}, "is not enough in this country"),
        ("au", {"seen": "in_person", "seen_on": None}, "say how and on which day you saw the patient"),
        ("us", {"seen": None, "seen_on": None}, "say how and on which day you saw the patient"),
        ("uk", {"seen_on": TODAY + timedelta(days=1)}, "is still to come"),
        ("uk", {"valid_until": None}, "say until which day it is good"),
        ("uk", {"valid_until": TODAY - timedelta(days=1)}, "has passed"),
        ("au", {"valid_until": TODAY + timedelta(days=183)}, "182 days at most"),
    ],
)
def test_how_the_patient_was_seen_and_until_when_it_is_good_are_said_as_the_country_wants_it(
    country: str, said: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotAuthorised, match=words):
        authorised(asked(country), **said)


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("au", {"seen": "video", "valid_until": TODAY + timedelta(days=182)}),
        ("eu", {"seen": None, "seen_on": None, "valid_until": TODAY + timedelta(days=400)}),
        ("uk", {"seen_on": TODAY - timedelta(days=40)}),
    ],
)
def test_no_more_is_asked_than_a_source_says(country: str, said: dict[str, Any]) -> None:
    assert authorised(asked(country), **said).stage == "authorised"


def test_a_prescriber_who_treats_herself_authorises_by_that_and_signs_herself() -> None:
    own = authorising.treat_oneself(decided(), by=PRESCRIBER, at=NOW)

    assert is_open(own)
    assert own.authorisation is not None
    assert (own.authorisation.by, own.authorisation.herself, own.authorisation.asked_by) == (PRESCRIBER, True, None)
    assert own.stage == ""  # nobody waits to be told
    assert missing(treated(own), by=PRESCRIBER) == {}
    assert workflow.sign(treated(own), by=PRESCRIBER, at=NOW, today=TODAY).state == "locked"
    assert "Prescriber One said that she treats the patient herself" in missing(treated(own))["authorisation"]
    with pytest.raises(workflow.Incomplete, match="treats the patient herself"):
        workflow.sign(treated(own), by=NURSE, at=NOW, today=TODAY)


def test_an_emergency_waits_for_nobody_and_lets_nothing_else_through() -> None:
    draft = authorising.record_emergency(decided(), "hyaluronidase", because="Blanching lip.", by=NURSE, at=NOW)

    assert is_open(draft)
    assert (draft.emergencies[0].medicine, draft.emergencies[0].by) == ("hyaluronidase", NURSE)
    assert "authorisation" in missing(treated(draft))
    assert missing(workflow.write(draft, by=NURSE, injected="no")) == {}


def test_a_visit_on_which_nothing_is_injected_needs_nobody() -> None:
    nothing = workflow.write(decided(), by=NURSE, injected="no")

    assert is_open(nothing)
    assert missing(nothing) == {}
    assert not is_open(workflow.write(decided(), by=NURSE, injected="yes"))


def test_a_new_plan_takes_the_place_of_one_that_waits_and_what_was_authorised_holds_meanwhile() -> None:
    wider = (FROWN_TOXIN[0].model_copy(update={"areas": ("forehead", "glabella")}),)

    again = authorising.ask(asked(), wider, by=NURSE, at=NOW)
    later = authorising.ask(authorised(), wider, by=NURSE, at=NOW)

    assert [one.asked for one in again.authorisations] == [wider]
    assert (later.stage, is_open(later)) == ("asked", True)
    assert missing(treated(later)) == {}


def test_what_was_authorised_for_another_patient_is_asked_for_again() -> None:
    def moved(draft: Consultation) -> Consultation:
        later = NOW + timedelta(minutes=1)
        return workflow.move(draft, shipped(), source="p1", age=44, because="Wrong file.", by=NURSE, at=later)

    assert (moved(asked()).stage, moved(authorised()).stage) == ("", "")
    assert not is_open(moved(authorised()))
    assert "authorisation" in missing(treated(moved(authorised())))
    again = authorising.ask(moved(authorised()), FROWN_TOXIN, by=NURSE, at=NOW + timedelta(minutes=2))
    assert again.stage == "asked"


def test_an_authorisation_ends_with_its_day_unless_it_was_used_before() -> None:
    ended, used = authorised(valid_until=TODAY), treated(authorised(valid_until=TODAY))

    assert ended.authorisation is not None
    assert authorising.has_ended(ended.authorisation, ended.model_copy(update={"injected_on": TODAY + timedelta(days=1)}))
    assert used.authorisation is not None
    assert not authorising.has_ended(used.authorisation, used)


def test_only_what_a_prescriber_authorises_here_is_asked_for() -> None:
    filler = (Planned(treatment="dermal_filler", areas=("lips",)),)

    for plan in ((), filler, FROWN_TOXIN * 2):
        with pytest.raises(NotAuthorised, match="nothing is agreed on that a prescriber authorises"):
            authorising.ask(decided(), plan, by=NURSE, at=NOW)
    with pytest.raises(NotAllowed, match="lead"):
        authorising.ask(decided(), FROWN_TOXIN, by=LEAD, at=NOW)
