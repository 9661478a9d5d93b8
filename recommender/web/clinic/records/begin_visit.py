"""Beginning the record of a visit from the draft that a nurse has opened or filled in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from recommender.documents.answer_path import AGE
from recommender.documents.answers import age_on, read_answers
from recommender.documents.problems import Problem
from recommender.languages import clinic_time, day_in_words
from recommender.records.domain import workflow
from recommender.records.domain.ages import of_age
from recommender.records.domain.known import Known
from recommender.records.errors import RecordsError
from recommender.records.visits.patients import Identity
from recommender.web.clinic import words as said
from recommender.web.clinic.records.record_drafts import gradings_of
from recommender.web.clinic.stores import consultations, known_of_patient, patients
from recommender.web.handover.patient_file import draft_of
from recommender.web.state.draft import Draft
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue

DAYS_VARIABLE: Final = "RECOMMENDER_DAYS_TO_THINK"
_MOST_DAYS: Final = 365
#: what a patient's own page had said of the answers that a visit began with, by the visit
HANDED: Final = SessionValue[Mapping[str, Any]]("handed")


def days_to_think() -> int:
    """The clinic's days to think before consent; raises RecordsError where the setting is no number of days."""
    given = os.environ.get(DAYS_VARIABLE, "0")
    if not (given.isascii() and given.isdigit() and int(given) <= _MOST_DAYS):
        raise RecordsError([Problem(DAYS_VARIABLE, f"is {given[:20]!r}: name a number of days", ("0", f"to {_MOST_DAYS}"))])
    return int(given)


def disagreeing_age(draft: Draft, identity: Identity) -> int | None:
    """The age by the day of birth, where the answers say another one; else None."""
    age = _age_today(identity)
    return age if age is not None and _others(draft, age) else None


def age_differs(draft: Draft, identity: Identity, age: int) -> str:
    """Both ages in a sentence, by name."""
    born = day_in_words(identity.born_on) if identity.born_on else ""
    return said.AGE_DIFFERS.format(said=_others(draft, age)[0], name=identity.name, day=born, age=age)


def _age_today(identity: Identity) -> int | None:
    return max(0, age_on(clinic_time.today(), identity.born_on)) if identity.born_on else None


def _others(draft: Draft, age: int) -> list[int]:
    """The ages in the answers that are not this one: as they stand now, and as a patient gave them."""
    given = draft_of(read_answers(draft.given)).get(AGE) if draft.given is not None else None
    return [one for one in (draft.get(AGE), given) if isinstance(one, int) and one != age]


def _answer_by_records(draft: Draft, records: Known) -> None:
    """Answer what the clinic's own injections show, unless a nurse has; what a patient said of it stays as it was given."""
    for path, fact in records.facts.items():
        if fact.product is not None and (draft.get(path) is None or path in draft.unread):
            draft.put(path, fact.answer)
            draft.unread.discard(path)


def keep_as_visit(visit: Visit, patient: str, *, sure_of: int | None = None) -> bool:
    """Make the nurse's draft a visit of a patient, with the patient's answers as they were given, and open it.

    Where the answers say another age than the day of birth gives, nothing is kept before somebody is ``sure_of`` that age:
    they may be another person's. Whether it was kept.
    """
    staff = visit.staff
    if staff is None:
        return False
    identity = patients().get(patient, by=staff).identity
    if disagreeing_age(visit.draft, identity) not in (None, sure_of):
        return False
    begun = workflow.begin(visit.rules, visit.draft.given, by=staff, clinic_days=days_to_think())
    _answer_by_records(visit.draft, known_of_patient(patient, visit.rules, on=clinic_time.today(), by=staff))
    found = workflow.record_findings(begun, visit.rules, findings=of_age(visit.draft.answers(), _age_today(identity)), by=staff)
    written = {"gradings": gradings_of(visit.draft), "unread": tuple(sorted(visit.draft.unread))}
    kept = consultations().begin(patient, workflow.write(found, by=staff, **written), by=staff)
    handed = visit.draft.handed
    visit.keep_as(kept.id, staff)
    if handed is not None:
        HANDED.put(handed, of=kept.id)
    return True
