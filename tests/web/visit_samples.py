"""Made-up patients with visits in every state, for the pages that list them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from record_samples import BORN_ON, CONSENTED, NURSE, PRESCRIBER, SAFE, TOXIN, TREATED, answers, begun_before
from strategies import shipped

from recommender.documents.consultation import Aftercare, Consultation, FollowUp, Grading
from recommender.records.domain.workflow import begin, decide, record_findings, write
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patient, Patients

DAY = date.today() - timedelta(days=20)  # of every visit that is signed
NOW = datetime.combine(DAY, time(10), UTC)
CONTACT = "+44 20 7946 0000"  # of the numbers that are kept for made-up people
LOT = "LOT-1 a"


class Filled(NamedTuple):
    """``treated`` is locked and its follow-up overdue; ``again`` is a later draft of another patient, who has two visits."""

    treated: Kept
    waits_to_be_signed: Kept
    waits_for_a_decision: Kept
    declined: Kept
    first: Kept
    again: Kept

    @property
    def waiting(self) -> tuple[Kept, ...]:
        """Those that wait for a prescriber."""
        return self.waits_to_be_signed, self.waits_for_a_decision


class FilledFolder(NamedTuple):
    """A data folder with records in it, and which they are."""

    folder: Path
    filled: Filled


def fill(record_store: RecordStore) -> Filled:
    """Put all of them into the records; a follow-up is due five days ago, the others in a week."""
    visits = Consultations(record_store)
    ahead, past = date.today() + timedelta(days=7), date.today() - timedelta(days=5)
    treated = _signed(visits, _patient(record_store, "Treated"), _treated(past))
    treated = visits.co_sign(treated.id, treated.version, by=PRESCRIBER)
    twice = _patient(record_store, "Twice")
    first = _signed(visits, twice, _treated(ahead))
    first = visits.co_sign(first.id, first.version, by=PRESCRIBER)
    again = visits.begin(twice.id, _changed(), by=NURSE)
    declined = _signed(visits, _patient(record_store, "Declined"), _declined())
    to_sign = _signed(visits, _patient(record_store, "Signing"), _treated(ahead))
    review = begin(shipped(), answers(history={**SAFE, "bleeding_disorder": "yes"}), by=NURSE)
    to_decide = visits.begin(_patient(record_store, "Deciding").id, review, by=NURSE)
    return Filled(treated, to_sign, to_decide, declined, first, again)


def fill_with_pairs(record_store: RecordStore, pairs: Mapping[tuple[str, str], int]) -> None:
    """Put signed visits into the records: what the patient answered about diabetes and what the nurse found, so many times."""
    visits, patient = Consultations(record_store), _patient(record_store, "Often")
    for (given, found), times in pairs.items():
        draft = begin(shipped(), answers(concerns=[], history={**SAFE, "diabetes": given}), by=NURSE)
        finding = answers(respondent="nurse", concerns=[], history={**SAFE, "diabetes": found})
        draft = write(record_findings(draft, shipped(), findings=finding, by=NURSE), by=NURSE, injected="no")
        for _ in range(times):
            _signed(visits, patient, draft)


def fill_with_drafts(record_store: RecordStore, number: int) -> None:
    """Put so many drafts of one patient into the records."""
    visits, patient, draft = Consultations(record_store), _patient(record_store, "Often"), begin(shipped(), answers(), by=NURSE)
    for _ in range(number):
        visits.begin(patient.id, draft, by=NURSE)


def _patient(record_store: RecordStore, name: str) -> Patient:
    who = Identity(name=f"{name} Made-Up", born_on=BORN_ON, contact=CONTACT)
    return Patients(record_store).add(who, by=NURSE, anyway=True)


def _signed(visits: Consultations, patient: Patient, draft: Consultation) -> Kept:
    kept = visits.begin(patient.id, draft, by=NURSE)
    return visits.sign(kept.id, kept.version, by=NURSE, today=DAY)


def _treated(seen_again: date) -> Consultation:
    draft = begun_before(begin(shipped(), answers(), by=NURSE))
    draft = decide(draft, "agree", area="glabella", treatment="botulinum_toxin", by=NURSE, at=NOW)
    done = {
        **TREATED,
        "informed_on": DAY,
        "injected_on": DAY,
        "products": (TOXIN.model_copy(update={"expires_on": DAY + timedelta(days=300)}),),
        "consent": CONSENTED.model_copy(update={"signed_at": NOW}),
        "aftercare": Aftercare(how="both", leaflet="toxin 2", given_at=NOW),
        "follow_up": FollowUp(on=seen_again),
    }
    return write(draft, by=NURSE, **done)


def _declined() -> Consultation:
    draft = begun_before(begin(shipped(), answers(), by=NURSE))
    to = {"area": "glabella", "treatment": "botulinum_toxin", "by": NURSE, "at": NOW}
    draft = decide(draft, "decline", reason="does-not-align-preferences", **to)
    return write(draft, by=NURSE, injected="no")


def _changed() -> Consultation:
    """Another visit: lines at rest as well by now, and diabetes."""
    seen = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}
    draft = begun_before(begin(shipped(), answers(), by=NURSE))
    found = answers(respondent="nurse", concerns=[seen], history={**SAFE, "diabetes": "yes"})
    draft = record_findings(draft, shipped(), findings=found, by=NURSE)
    graded = Grading(area="glabella", kind="lines", at_rest="mild", on_movement="moderate")
    return write(draft, by=NURSE, gradings=(graded,))
