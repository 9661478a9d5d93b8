"""The findings of a record as the nurse's page works with them: a draft that is read from the record and saved into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recommender.documents.consultation import Consultation, Grading
from recommender.documents.staff import Staff
from recommender.knowledge.rulebase import RuleBase
from recommender.records import life
from recommender.records.consultations import Kept
from recommender.records.errors import NotFound
from recommender.web.clinic.archive import consultations
from recommender.web.draft import GRADED, Draft, grading_key
from recommender.web.patient_file import draft_of


class RecordDrafts:
    """The records of visits, seen as a store of drafts: the same calls as ``DraftStore``, and what they keep is the record."""

    def __init__(self, staff: Staff, rules: RuleBase) -> None:
        self._staff = staff
        self._rules = rules

    def load(self, identifier: str) -> dict[str, Any] | None:
        """The findings of a record, or None where there is no such record."""
        try:
            kept = consultations().get(identifier, by=self._staff)
        except NotFound:
            return None
        return content_of(kept.consultation)

    def save(self, identifier: str, content: Mapping[str, Any]) -> None:
        """Make these the findings of a record; raises NotAllowed where it is signed, Conflict if it changed just now."""
        kept = consultations().get(identifier, by=self._staff)
        consultations().save(identifier, kept.version, self._found(kept, Draft(content)), by=self._staff)

    def _found(self, kept: Kept, draft: Draft) -> Consultation:
        answers = draft.answers()
        if answers.model_copy(update={"jurisdiction": kept.consultation.jurisdiction}) != kept.consultation.nurse.answers:
            found = life.find(kept.consultation, self._rules, findings=answers, by=self._staff)
        else:
            found = kept.consultation
        return life.write(found, by=self._staff, gradings=gradings_of(draft))


def content_of(consultation: Consultation) -> dict[str, Any]:
    """The findings of a record as the content of a draft."""
    draft = draft_of(consultation.nurse.answers)
    for grading in consultation.gradings:
        for side in GRADED:
            draft.put(grading_key(grading.area, grading.kind, side), getattr(grading, side))
    return draft.content()


def gradings_of(draft: Draft) -> tuple[Grading, ...]:
    """What a nurse graded of what is seen now."""
    graded = []
    for area, kind in draft.concerns():
        values = {side: draft.get(grading_key(area, kind, side)) for side in GRADED}
        if any(values.values()):
            graded.append(Grading(area=area, kind=kind, **values))
    return tuple(graded)
