"""What a patient saved or handed over, read as a nurse's draft: only the answers are taken, and every one is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recommender.documents import Answers, AnswersError, Problem, read_answers
from recommender.documents.answer_path import given, seen_in
from recommender.documents.faults import path_text
from recommender.documents.problems import shown
from recommender.knowledge.answer_files import parse_json
from recommender.web.handover.shown_result import shown_result_in
from recommender.web.state.draft import AFTER, PLACES, RESPONDENT, Draft, kinds_key

_NAME: Final = "the file"


def read_file(text: str, *, name: str = _NAME) -> Draft:
    """The draft of a nurse that begins with the answers of a file: an answers document, or an assessment that carries one.

    What an assessment concludes is concluded anew; what a patient saw of it is kept to be compared and for nothing else.
    Raises AnswersError naming every problem by its place.
    """
    found = parse_json(text, name)
    if "answers" not in found:
        return draft_of(read_answers(found))
    try:
        answers = read_answers(found["answers"])
        draft = draft_of(answers)
    except AnswersError as error:
        raise AnswersError(problem._replace(where=_inside(problem.where)) for problem in error.problems) from None
    if answers.respondent == "patient" and "outcome" in found:
        seen = shown_result_in(found)
        draft.handed = {"then": None if seen is None else seen.model_dump(mode="json")}
    return draft


def _inside(where: str) -> str:
    return where if where == "answers" else f"answers.{where}"


def draft_of(answers: Answers) -> Draft:
    """A nurse's draft with these answers; raises AnswersError where one thing at one place stands twice, said differently."""
    draft = Draft({RESPONDENT: "nurse", AFTER: answers.after_treatment is not None})
    document = answers.document()
    if answers.respondent == "patient":
        draft.given = document
    _refuse_twice(document["concerns"])
    for seen in seen_in(document):
        draft.put(PLACES, [*draft.places, seen.area])
        draft.put(kinds_key(seen.area), [*draft.kinds(seen.area), seen.kind])
    for at, value in given(document):
        if at.seen is None or at.name not in ("area", "kind"):
            draft.put(at.key, value)
            if draft.given is not None:
                draft.leave_unread(at.key)
    return draft


def _refuse_twice(concerns: list[Mapping[str, Any]]) -> None:
    first: dict[tuple[str, str], Mapping[str, Any]] = {}
    for number, concern in enumerate(concerns):
        area, kind = concern["area"], concern["kind"]
        if first.setdefault((area, kind), concern) != concern:
            said = f"{shown(kind)} at {shown(area)} stands twice, with other details"
            raise AnswersError([Problem(path_text(("concerns", number)), said)])
