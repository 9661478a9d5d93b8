"""The age of a patient whose day of birth is known: it is computed, never typed."""

from __future__ import annotations

from datetime import date, datetime

from recommender.documents.answer_path import AGE
from recommender.documents.answers import Answers, age_on
from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.languages import clinic_time, translate
from recommender.records.domain.permissions import NotAllowed


def age_at_visit(born_on: date | None, begun_at: datetime, consultation: Consultation) -> int | None:
    """The age on the day the visit was begun, or of the injection where that was earlier; None without a day of birth."""
    if born_on is None:
        return None
    begun_on = clinic_time.local(begun_at).date()
    return max(0, age_on(min(begun_on, consultation.injected_on or begun_on), born_on))


def of_age(answers: Answers, age: int | None) -> Answers:
    """The answers with this age, where it is known."""
    return answers if age is None else answers.model_copy(update={"person": answers.person.model_copy(update={"age": age})})


def age_problem(consultation: Consultation, age: int | None) -> Problem | None:
    """The problem of findings with another age than the day of birth gives, if they have one."""
    said = consultation.nurse.answers.person.age
    if age is None or said == age:
        return None
    found = translate("the findings do not have it") if said is None else translate("the findings say {said}").format(said=said)
    told = translate("{found}, and by the day of birth it is {age}: look at the findings again")
    return Problem(AGE, told.format(found=found, age=age))


def refuse_another_age(before: Consultation | None, after: Consultation, age: int | None) -> None:
    """Refuse, with NotAllowed, findings that change to another age than the day of birth gives."""
    said = after.nurse.answers.person.age
    if said is None or (before is not None and before.nurse.answers.person.age == said):
        return
    if problem := age_problem(after, age):
        raise NotAllowed([problem])
