"""The findings of a record as a draft: the nurse's page reads it from the record and saves it into the record."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from recommender.documents.answer_path import AGE
from recommender.documents.consultation import Consultation, Grading, Unsaved
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area
from recommender.knowledge.rulebase import RuleBase
from recommender.records.domain import workflow
from recommender.records.domain.ages import of_age
from recommender.records.domain.permissions import NotAllowed
from recommender.records.errors import NotFound
from recommender.records.visits.consultations import Kept
from recommender.web.clinic.records.record_writing import write_step
from recommender.web.clinic.stores import age_of, consultations
from recommender.web.handover.patient_file import draft_of
from recommender.web.state.draft import GRADED, PLACES, Draft, grading_key
from recommender.web.state.session_values import SessionValue

#: places that were pointed at and have nothing to be seen yet, by the record
_POINTED: Final = SessionValue[list[Area]]("pointed")


class RecordDrafts:
    """The records of visits behind the interface of ``DraftStore``.

    A place at which nothing is seen yet is no finding, so only this session remembers that it was chosen.
    """

    def __init__(self, staff: Staff, rules: RuleBase) -> None:
        self._staff = staff
        self._rules = rules

    def load(self, identifier: str) -> dict[str, Any] | None:
        """The findings of a record, or None where there is no such record."""
        try:
            kept = consultations().get(identifier, by=self._staff)
        except NotFound:
            return None
        draft = draft_from(kept.consultation)
        if (age := age_of(kept, by=self._staff)) is not None:
            draft.put(AGE, age)
        pointed = _POINTED.get([], of=identifier)
        draft.put(PLACES, [*draft.places, *(place for place in pointed if place not in draft.places)])
        return draft.content()

    def update(self, identifier: str, content: Mapping[str, Any]) -> bool:
        """Make these the findings of a record; raises NotAllowed where it is signed, Conflict if it changed just now."""
        draft, kept = Draft(content), consultations().get(identifier, by=self._staff)
        consultations().save(identifier, kept.version, self._found(kept, draft), by=self._staff)
        _POINTED.put([place for place in draft.places if not draft.kinds(place)], of=identifier)
        return True  # a record is not deleted

    def _found(self, kept: Kept, draft: Draft) -> Consultation:
        answers = of_age(draft.answers(), age_of(kept, by=self._staff))
        if answers.model_copy(update={"jurisdiction": kept.consultation.jurisdiction}) != kept.consultation.nurse.answers:
            found = workflow.record_findings(
                kept.consultation, self._rules.in_language(kept.consultation.language), findings=answers, by=self._staff
            )
        else:
            found = kept.consultation
        return workflow.write(found, by=self._staff, gradings=gradings_of(draft), unread=tuple(sorted(draft.unread)))


def note_refused(identifier: str, told: Mapping[str, str], *, by: Staff) -> None:
    """Save in a record what was typed into its findings and is no valid answer; an empty text removes such an entry."""
    typed = tuple(Unsaved(path=key, typed=text) for key, text in told.items() if text)

    def step(stored: Consultation) -> Mapping[str, Any]:
        unsaved = (*(one for one in stored.unsaved if one.path not in told), *typed)
        return {"unsaved": unsaved} if unsaved != stored.unsaved else {}

    with suppress(NotAllowed):  # signed meanwhile
        write_step(identifier, step, by=by)


def draft_from(consultation: Consultation) -> Draft:
    """The findings of a record as a nurse's draft."""
    draft = draft_of(consultation.nurse.answers)
    for grading in consultation.gradings:
        for side in GRADED:
            draft.put(grading_key(grading.area, grading.kind, side), getattr(grading, side))
    for key in consultation.unread:
        draft.leave_unread(key)
    return draft


def gradings_of(draft: Draft) -> tuple[Grading, ...]:
    """What a nurse graded of what is seen now."""
    graded = []
    for area, kind, _ in draft.concerns():
        values = {side: draft.get(grading_key(area, kind, side)) for side in GRADED}
        if any(values.values()):
            graded.append(Grading(area=area, kind=kind, **values))
    return tuple(graded)
