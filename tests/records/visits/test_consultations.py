"""Records as kept: what is read is what was written, two writers lose nothing, and everything is found again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
    Clock,
    answers,
    begun,
    whole,
)
from sqlalchemy import text
from strategies import shipped

from recommender.documents.consultation import Consultation
from recommender.knowledge.rules import RuleText
from recommender.records.domain.authorising import agreed_plan
from recommender.records.domain.permissions import NotAllowed
from recommender.records.domain.workflow import Incomplete, begin, decide, write
from recommender.records.errors import NotFound
from recommender.records.maintenance.verification import verify
from recommender.records.reports.visits_csv import listed
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Conflict, Consultations, Kept
from recommender.records.visits.patients import Identity, PatientConflict, Patients

ANN = Identity(name="Änne Example-Person", born_on=date(1983, 2, 3), contact="anne@example.org")


@pytest.fixture
def visits(store: RecordStore) -> Consultations:
    return Consultations(store)


@pytest.fixture
def patients(store: RecordStore) -> Patients:
    return Patients(store)


@pytest.fixture
def visit(visits: Consultations, patients: Patients) -> Kept:
    """A draft of one patient."""
    return visits.begin(patients.add(ANN, by=NURSE).id, begun(), by=NURSE)


def _locked(visits: Consultations, visit: Kept, draft: Consultation | None = None) -> Kept:
    saved = visits.save(visit.id, visit.version, draft or whole(), by=NURSE)
    signed = visits.sign(saved.id, saved.version, by=NURSE, today=TODAY)
    return visits.co_sign(signed.id, signed.version, by=PRESCRIBER)


# one record


def test_a_record_is_read_as_it_was_written_by_another_process_too(
    visits: Consultations, visit: Kept, opened: Callable[[], RecordStore]
) -> None:
    saved = visits.save(visit.id, visit.version, whole(), by=NURSE)

    assert saved.consultation == whole()
    assert Consultations(opened()).get(visit.id, by=NURSE) == saved


def test_a_record_goes_from_draft_to_locked_and_is_then_added_to(visits: Consultations, visit: Kept) -> None:
    locked = _locked(visits, visit)

    added = visits.add_addendum(locked.id, locked.version, "Rang: all well.", by=NURSE)

    assert (locked.consultation.state, locked.version) == ("locked", 4)
    assert [one.text for one in visits.get(visit.id, by=NURSE).consultation.addenda] == ["Rang: all well."]
    with pytest.raises(NotAllowed, match="only a draft is changed"):
        visits.save(added.id, added.version, whole(), by=NURSE)


def test_a_record_given_back_is_a_draft_again(visits: Consultations, visit: Kept) -> None:
    saved = visits.save(visit.id, visit.version, whole(), by=NURSE)
    signed = visits.sign(saved.id, saved.version, by=NURSE, today=TODAY)

    returned = visits.give_back(signed.id, signed.version, because="Which saline?", by=PRESCRIBER)

    assert returned.consultation.state == "draft"


def test_what_is_refused_leaves_the_record_and_the_audit_as_they_were(
    store: RecordStore, visits: Consultations, visit: Kept
) -> None:
    before = verify(store)

    with pytest.raises(Incomplete):
        visits.sign(visit.id, visit.version, by=NURSE, today=TODAY)
    with pytest.raises(NotAllowed):
        visits.save(visit.id, visit.version, begun().model_copy(update={"patient": None}), by=NURSE)
    with pytest.raises(NotAllowed):
        visits.begin(visit.patient_id, _locked_document(), by=NURSE)
    for who in ("patient", "nurse"):
        with pytest.raises(NotAllowed, match=who):
            visits.begin(visit.patient_id, _with_an_invented_conclusion(who), by=NURSE)
    with pytest.raises(NotAllowed, match="nurse"):
        visits.save(visit.id, visit.version, _with_an_invented_conclusion("nurse"), by=NURSE)

    assert visits.get(visit.id, by=NURSE) == visit
    assert verify(store) == before


def _with_an_invented_conclusion(who: str) -> Consultation:
    """The answers are those of the record; what the rules are said to have made of them is not."""
    reading = getattr(begun(), who)
    text = reading.assessment.model_copy(update={"options": (), "alerts": ()}).json_text()
    return begun().model_copy(update={who: reading.model_copy(update={"text": text})})


def _locked_document() -> Consultation:
    from recommender.records.domain.workflow import co_sign, sign

    return co_sign(sign(whole(), by=NURSE, at=NOW, today=TODAY), by=PRESCRIBER, at=NOW)


def test_what_is_sent_is_authorised_refused_and_found_by_whoever_sent_it(
    store: RecordStore, visits: Consultations, visit: Kept
) -> None:
    draft = decide(
        begin(shipped(), answers(), by=NURSE), "agree", area="glabella", treatment="botulinum_toxin", by=NURSE, at=NOW
    )
    sent = visits.begin(visit.patient_id, draft, by=NURSE)
    plan, said = agreed_plan(draft), {"seen": "in_person", "seen_on": TODAY, "valid_until": TODAY}

    asked = visits.ask(sent.id, sent.version, plan, by=NURSE)
    waiting = ([line.id for line in visits.queue(by=PRESCRIBER)], visits.waiting(by=NURSE), visits.answered(by=NURSE))
    refused = visits.refuse(sent.id, asked.version, because="Grade it first.", by=PRESCRIBER)
    told = visits.answered(by=NURSE)
    again = visits.ask(sent.id, refused.version, plan, by=NURSE)
    with pytest.raises(Conflict):  # she looks at what was sent before
        visits.authorise(sent.id, asked.version, plan, by=PRESCRIBER, **said)
    answered = visits.authorise(sent.id, again.version, plan, by=PRESCRIBER, **said)
    listed = [line.stage for line in visits.answered(by=NURSE)]
    emergency = visits.record_emergency(sent.id, answered.version, "adrenaline", because="Faint.", by=NURSE)
    own = visits.treat_oneself(sent.id, emergency.version, by=PRESCRIBER)

    assert waiting == ([sent.id], 1, ())
    assert [(line.id, line.stage) for line in told] == [(sent.id, "refused")]
    assert listed == ["authorised"]
    assert visits.answered(by=OTHER_NURSE) == visits.answered(by=NURSE) == ()  # somebody else's, and treated by herself
    assert visits.waiting(by=PRESCRIBER) == 0
    acts = ["begun", "sent to a prescriber", "refused", "sent to a prescriber", "authorised", "emergency", "treats the patient"]
    with store.snapshot() as session:
        rows = session.execute(text("SELECT what FROM audit WHERE record = :id ORDER BY number"), {"id": own.id})
        assert [row.what for row in rows] == acts
    assert verify(store).problems == ()


def test_saving_what_has_not_changed_writes_nothing(store: RecordStore, visits: Consultations, visit: Kept) -> None:
    before = verify(store)

    assert visits.save(visit.id, visit.version, begun(), by=NURSE) == visit
    assert verify(store) == before


def test_a_signed_record_reads_the_same_after_the_rules_have_changed(visits: Consultations, visit: Kept) -> None:
    locked = _locked(visits, visit)
    text_before = locked.consultation.nurse.text
    rules = shipped()
    said = {reason.rule for reason in locked.consultation.nurse.assessment.options[0].reasons}
    reworded = tuple(
        replace(rule, text=RuleText.model_validate({**dict(rule.text), "because": "Something else."}))
        if rule.id in said
        else rule
        for rule in rules.rules
    )
    changed = replace(rules, rules=reworded, fingerprint="sha256:other")

    now = begin(changed, answers(), by=NURSE)

    read = visits.get(visit.id, by=NURSE).consultation
    assert now.nurse.text != text_before
    assert "Something else." in now.nurse.text
    assert (read.nurse.text, read.nurse.assessment) == (text_before, locked.consultation.nurse.assessment)


# two writers


def test_the_second_of_two_nurses_is_told_and_loses_nothing(visits: Consultations, visit: Kept) -> None:
    first = visits.save(visit.id, visit.version, write(begun(), by=NURSE, note="First."), by=NURSE)
    mine = write(begun(), by=OTHER_NURSE, note="Second.")

    with pytest.raises(Conflict) as told:
        visits.save(visit.id, visit.version, mine, by=OTHER_NURSE)

    assert (told.value.stored, told.value.wanted) == (first, mine)
    merged = write(told.value.stored.consultation, by=OTHER_NURSE, note="First. Second.")
    assert visits.save(visit.id, first.version, merged, by=OTHER_NURSE).consultation.note == "First. Second."


def test_the_second_of_two_who_correct_a_patient_is_told(patients: Patients) -> None:
    ann = patients.add(ANN, by=NURSE)
    first = patients.change(ann.id, ann.version, ANN.model_copy(update={"contact": "by post"}), by=NURSE)

    with pytest.raises(PatientConflict) as told:
        patients.change(ann.id, ann.version, ANN, by=OTHER_NURSE)

    assert (told.value.stored, told.value.wanted) == (first, ANN)


@pytest.mark.slow
def test_twenty_writers_at_once_lose_nothing(store: RecordStore, visits: Consultations, visit: Kept) -> None:
    def note_once(number: int) -> int:
        kept, tries = visits.get(visit.id, by=NURSE), 1
        while True:
            noted = write(kept.consultation, by=NURSE, note=f"{kept.consultation.note} {number}".strip())
            try:
                visits.save(visit.id, kept.version, noted, by=NURSE)
            except Conflict as told:
                kept, tries = told.stored, tries + 1
            else:
                return tries

    with ThreadPoolExecutor(20) as pool:
        tries = list(pool.map(note_once, range(20)))

    kept = visits.get(visit.id, by=NURSE)
    assert sorted(map(int, kept.consultation.note.split())) == list(range(20))
    assert kept.version == visit.version + 20
    assert max(tries) <= 20
    assert verify(store).problems == ()


# finding again


def test_a_patient_is_found_by_beginnings_of_words_of_the_name_and_the_day_of_birth(patients: Patients) -> None:
    ann = patients.add(ANN, by=NURSE)
    patients.add(Identity(name="Other Person"), by=NURSE)

    found = {
        words: patients.search(words, by=NURSE)
        for words in ("anne", "PERSON Änne", "example-person", "Anne Example Person", "ann", "anne other", "", "-")
    }

    assert {words for words, people in found.items() if people == (ann,)} == {
        "ann",
        "anne",
        "PERSON Änne",
        "example-person",
        "Anne Example Person",
    }
    assert {words for words, people in found.items() if not people} == {"anne other", "", "-"}
    assert patients.search(born_on=date(1983, 2, 3), by=NURSE) == (ann,)
    assert patients.search("anne", born_on=date(1983, 2, 4), by=NURSE) == ()


def test_a_patient_is_found_by_the_corrected_name_and_no_longer_by_the_old_one(patients: Patients) -> None:
    ann = patients.add(ANN, by=NURSE)

    patients.change(ann.id, ann.version, Identity(name="Änne Renamed"), by=NURSE)

    assert [one.identity.name for one in patients.search("anne renamed", by=NURSE)] == ["Änne Renamed"]
    assert patients.search("person", by=NURSE) == ()


@pytest.mark.slow
def test_the_latest_records_come_first_and_page_by_page(visits: Consultations, visit: Kept) -> None:
    begun_after = [visits.begin(visit.patient_id, begun(), by=NURSE) for _ in range(60)]
    _locked(visits, visit)

    first = visits.latest(by=NURSE)
    second = visits.latest(by=NURSE, after=first[-1])

    ids = [line.id for line in (*first, *second)]
    assert ids == [visit.id, *(one.id for one in reversed(begun_after))]
    assert [line.id for line in visits.latest(by=NURSE, state="locked")] == [visit.id]
    assert first[0].patient == ANN


def test_the_queue_holds_what_is_a_prescribers_the_longest_waiting_first(visits: Consultations, visit: Kept) -> None:
    review = begin(shipped(), answers(history={**SAFE, "neuromuscular_disorder": "unsure"}), by=NURSE)
    waiting = visits.begin(visit.patient_id, review, by=NURSE)
    saved = visits.save(visit.id, visit.version, whole(), by=NURSE)
    signed = visits.sign(saved.id, saved.version, by=NURSE, today=TODAY)

    before = visits.queue(by=PRESCRIBER)
    visits.co_sign(signed.id, signed.version, by=PRESCRIBER)

    assert [line.id for line in before] == [waiting.id, visit.id]
    assert [line.id for line in visits.queue(by=PRESCRIBER)] == [waiting.id]


def test_somebodys_own_records_of_a_product_are_those_they_signed_themselves_the_last_first(
    visits: Consultations, patients: Patients, visit: Kept
) -> None:
    signed = [_locked(visits, visit)]
    for nurse in (NURSE, OTHER_NURSE):
        draft = visits.begin(visit.patient_id, begun(), by=NURSE)
        draft = visits.save(draft.id, draft.version, whole(), by=NURSE)
        signed.append(visits.sign(draft.id, draft.version, by=nurse, today=TODAY))
    unsigned = visits.begin(patients.add(Identity(name="Other Person"), by=NURSE).id, begun(), by=NURSE)
    visits.save(unsigned.id, unsigned.version, whole(), by=NURSE)
    first, second, of_another = (one.consultation for one in signed)
    visits.add_addendum(signed[0].id, signed[0].version, "Made up.", by=NURSE)  # changed last, and signed first

    found = visits.signed_with(TOXIN.brand.upper(), by=NURSE)

    assert [one.signature for one in found] == [second.signature, first.signature]
    assert [one.signature for one in visits.signed_with(TOXIN.brand, by=OTHER_NURSE)] == [of_another.signature]
    assert visits.signed_with("another", by=NURSE) == ()
    with pytest.raises(NotAllowed):
        visits.signed_with(TOXIN.brand, by=ADMIN)


def test_one_lot_leads_to_all_its_patients_however_it_is_written(
    visits: Consultations, patients: Patients, visit: Kept
) -> None:
    other = visits.begin(patients.add(Identity(name="Other Person"), by=NURSE).id, begun(), by=NURSE)
    elsewhere = visits.begin(visit.patient_id, begun(), by=NURSE)
    for one, lot in ((visit, "LOT-1 a"), (other, "lot1A"), (elsewhere, "LOT-2")):
        draft = write(whole(), by=NURSE, products=(TOXIN.model_copy(update={"lot": lot}),))
        visits.save(one.id, one.version, draft, by=NURSE)

    found = visits.recall("Lot 1-A", by=NURSE)

    assert [(line.id, line.patient.name) for line in found] == [(visit.id, ANN.name), (other.id, "Other Person")]


def test_a_lot_that_was_corrected_is_found_no_more(visits: Consultations, visit: Kept) -> None:
    saved = visits.save(visit.id, visit.version, whole(), by=NURSE)

    visits.save(saved.id, saved.version, write(whole(), by=NURSE, products=()), by=NURSE)

    assert visits.recall(TOXIN.lot, by=NURSE) == ()


def test_follow_ups_are_due_on_their_day_until_the_patient_is_seen_again(visits: Consultations, visit: Kept) -> None:
    _locked(visits, visit)
    day = TODAY + timedelta(days=14)
    around = [(day + timedelta(days=first), day + timedelta(days=last)) for first, last in ((-9, -1), (-9, 0), (0, 9), (1, 9))]

    due = [[line.id for line in visits.due(first, last, by=NURSE)] for first, last in around]
    visits.begin(visit.patient_id, begun(), by=NURSE)

    assert due == [[], [visit.id], [visit.id], []]
    assert visits.due(day, day, by=NURSE) == ()


def test_a_long_list_comes_piece_by_piece_and_is_whole_for_a_spreadsheet(
    visits: Consultations, patients: Patients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.records.visits.visit_lists.MOST_LISTED", 2)
    for _ in range(5):
        patient = patients.add(Identity(name="Somebody Made-Up"), by=NURSE, anyway=True)
        _locked(visits, visits.begin(patient.id, begun(), by=NURSE))

    pieces = (visits.due(date.min, date.max, by=NURSE), visits.recall(TOXIN.lot, by=NURSE), visits.queue(by=PRESCRIBER))
    everything = list(listed(visits, by=NURSE, due_before=date.max))

    assert [len(piece) for piece in pieces] == [2, 2, 0]
    assert len({line.id for line in everything}) == len(everything) == 5


def test_a_draft_asks_for_no_follow_up(visits: Consultations, visit: Kept) -> None:
    visits.save(visit.id, visit.version, whole(), by=NURSE)

    assert visits.due(TODAY, TODAY + timedelta(days=99), by=NURSE) == ()


def test_rules_that_were_not_followed_are_counted_by_reason_in_signed_records(visits: Consultations, visit: Kept) -> None:
    declined = decide(
        begun(),
        "decline",
        area="glabella",
        treatment="botulinum_toxin",
        by=NURSE,
        at=NOW,
        reason="does-not-align-preferences",
    )
    draft = write(declined, by=NURSE, injected="no")
    others = [visits.begin(visit.patient_id, begun(), by=NURSE) for _ in range(2)]
    saved = [visits.save(one.id, one.version, draft, by=NURSE) for one in (visit, *others)]
    for one in saved[:2]:
        visits.sign(one.id, one.version, by=NURSE, today=TODAY)

    counted = visits.overrides(by=LEAD)

    rules = sorted(declined.decisions[0].against)
    assert [tuple(one) for one in counted] == [(rule, "decline", "does-not-align-preferences", 2) for rule in rules]


def test_one_patients_visits_come_in_their_order(visits: Consultations, patients: Patients, visit: Kept) -> None:
    second = visits.begin(visit.patient_id, begin(shipped(), answers(concerns=[FROWN, LIPS]), by=NURSE), by=NURSE)
    visits.begin(patients.add(Identity(name="Other Person"), by=NURSE).id, begun(), by=NURSE)

    assert visits.of_patient(visit.patient_id, by=NURSE) == (visit, second)


# who may, and what is not there


def test_an_admin_reads_no_record_and_no_patient(visits: Consultations, patients: Patients, visit: Kept) -> None:
    reads: tuple[Callable[[], Any], ...] = (
        lambda: visits.get(visit.id, by=ADMIN),
        lambda: visits.latest(by=ADMIN),
        lambda: visits.queue(by=ADMIN),
        lambda: visits.due(TODAY, TODAY, by=ADMIN),
        lambda: visits.recall("LOT-1", by=ADMIN),
        lambda: visits.overrides(by=ADMIN),
        lambda: visits.of_day(TODAY, by=ADMIN),
        lambda: visits.of_patient(visit.patient_id, by=ADMIN),
        lambda: patients.get(visit.patient_id, by=ADMIN),
        lambda: patients.search("anne", by=ADMIN),
    )

    for read in reads:
        with pytest.raises(NotAllowed, match=r"admin: may not (read records|review how the rules are followed)"):
            read()


def test_what_is_not_there_is_said_to_be_not_there(visits: Consultations, patients: Patients) -> None:
    with pytest.raises(NotFound, match="consultation: none has the id 'nothing'"):
        visits.get("nothing", by=NURSE)
    with pytest.raises(NotFound, match="patient: none has the id 'nobody'"):
        patients.get("nobody", by=NURSE)
    with pytest.raises(NotFound, match="patient: none has the id 'nobody'"):
        visits.begin("nobody", begun(), by=NURSE)


def test_erasing_a_patient_leaves_nothing_but_the_audit_that_says_so(
    store: RecordStore, visits: Consultations, patients: Patients, visit: Kept
) -> None:
    _locked(visits, visit)

    erased = patients.erase(visit.patient_id, by=LEAD)

    tables = ("patient", "patient_word", "consultation", "used_lot", "override")
    with store.snapshot() as session:
        left = {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables}
        said = session.execute(text("SELECT who, what, kind, after FROM audit ORDER BY number DESC LIMIT 2")).all()
    assert erased == 1
    assert left == dict.fromkeys(tables, 0)
    assert [tuple(row) for row in said] == [("l1", "erased", "patient", ""), ("l1", "erased", "consultation", "")]
    assert verify(store).problems == ()


def test_only_a_lead_erases(patients: Patients, visit: Kept) -> None:
    for by in (NURSE, PRESCRIBER, ADMIN):
        with pytest.raises(NotAllowed, match="may not erase a patient"):
            patients.erase(visit.patient_id, by=by)


def test_time_comes_from_the_clock_that_was_given(visits: Consultations, clock: Clock, visit: Kept) -> None:
    clock.now += timedelta(days=1)

    saved = visits.save(visit.id, visit.version, whole(), by=NURSE)

    assert saved.begun_at.date() == TODAY
    assert saved.changed_at.date() == TODAY + timedelta(days=1)
