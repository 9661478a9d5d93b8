"""One person questioned step by step: what is next, what an answer does, and how it is taken back. No terminal is in it."""

from __future__ import annotations

from typing import Any, Final, Literal, cast

from recommender.documents.answer_path import AGE, PARTS, AnswerPath, Seen, seen_in, seen_when_read, with_answer
from recommender.documents.answers import Answers, read_answers
from recommender.documents.assessment import Assessment
from recommender.documents.base import FrozenModel
from recommender.documents.problems import AnswersError
from recommender.documents.vocabulary import AREAS, Area
from recommender.inference import assess
from recommender.interview import Interview, ruled_out
from recommender.knowledge.conditions import AFTER_TREATMENT
from recommender.knowledge.rulebase import RuleBase

Value = str | int | tuple[str, ...]

COUNTRY: Final = "jurisdiction"
START: Final = "start"
PLACES: Final = "places"
SEEN: Final = "seen."
BEFORE: Final = "before"
AFTER: Final = "after"


class Asked(FrozenModel):
    """How far the questioning has come, where the answers document cannot say it.

    ``steps`` in the order they were asked, the ``places`` that were named, and the paths ``left_open`` for good.
    """

    steps: tuple[str, ...] = ()
    places: tuple[Area, ...] = ()
    left_open: tuple[str, ...] = ()


class Questioning:
    """What the person is asked now (``step``; None when it is over), and ``answers``, ``asked`` and ``assessment`` so far.

    A step is ``jurisdiction`` (with ``asks_country``, where the answers name none), ``start`` (before an injection, or after
    one), ``places``, ``seen.<area>`` or the path of an answer. After an
    injection its signs come first and, where no place was named, are all that is asked. An emergency ends it; help needed the
    same day leaves only what could still raise an emergency. An answers document from elsewhere is gone on with as it is.
    """

    def __init__(self, rules: RuleBase, answers: Answers, asked: Asked, *, asks_country: bool = False) -> None:
        self._rules = rules
        self._asks_country = asks_country
        self._now(answers, asked)

    def _now(self, answers: Answers, asked: Asked) -> None:
        self.answers, self.asked = answers, asked
        self.assessment: Assessment = assess(self._rules, answers)
        self._left = self._still_asked()
        self.step = self._next()

    @property
    def at_most_left(self) -> int:
        """How many questions of the interview are left, at most."""
        return len(self._left)

    @property
    def urgency(self) -> Literal["emergency", "same_day"] | None:
        """Whether an answer calls for help now, or today."""
        raised = {alert.urgency for alert in self.assessment.alerts}
        return "emergency" if "emergency" in raised else "same_day" if "same_day" in raised else None

    @property
    def answered(self) -> int:
        """How many answers there are; a place, and a thing seen there, is one each."""
        return sum(_leaves(part) for name, part in self.answers.document().items() if name in PARTS)

    def take(self, value: Value) -> None:
        """Take the answer to the step; raises AnswersError if it is none of the allowed ones, and then nothing is taken."""
        assert self.step is not None
        document, asked = self.answers.document(), self.asked
        if self.step == COUNTRY:
            document[COUNTRY] = value
        elif self.step == START:
            document |= {"after_treatment": {}} if value == AFTER else {}
        elif self.step == PLACES:
            places = tuple(area for area in AREAS if area in cast("tuple[str, ...]", value))
            asked = asked.model_copy(update={"places": places})
        elif self.step.startswith(SEEN):
            area = self.step.removeprefix(SEEN)
            seen = [{"area": area, "kind": kind} for kind in cast("tuple[str, ...]", value)]
            document["concerns"] = [*document["concerns"], *seen]
        else:
            document = with_answer(document, self.step, cast("str | int", value))
        self._read(document, _after_step(asked, self.step))

    def leave(self) -> None:
        """Leave the question of the step open for good: what it asks about stays not known."""
        assert self.step is not None
        asked = self.asked.model_copy(update={"left_open": (*self.asked.left_open, self.step)})
        self._now(self.answers, _after_step(asked, self.step))

    def take_back(self) -> bool:
        """Take back what was answered last, so that it is asked again; False where nothing was answered here."""
        if not self.asked.steps:
            return False
        *earlier, step = self.asked.steps
        document: dict[str, Any] = self.answers.document()
        changed: dict[str, Any] = {"steps": tuple(earlier), "left_open": tuple(p for p in self.asked.left_open if p != step)}
        if step == COUNTRY:
            document.pop(COUNTRY, None)
        elif step == START:
            document.pop("after_treatment", None)
        elif step == PLACES:
            changed["places"] = ()
        elif step.startswith(SEEN):
            document["concerns"] = [seen for seen in document["concerns"] if seen["area"] != step.removeprefix(SEEN)]
        else:
            document = with_answer(document, step, None)
        self._read(document, self.asked.model_copy(update=changed))
        return True

    def _read(self, document: dict[str, Any], asked: Asked) -> None:
        """Go on with a document. Its concerns are sorted anew: the steps then name each thing by the place it has now."""
        answers = read_answers(document)
        before, now = seen_in(self.answers.document()), seen_when_read(document)

        def renamed(steps: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(_renamed(step, before, now) for step in steps)

        self._now(answers, asked.model_copy(update={"steps": renamed(asked.steps), "left_open": renamed(asked.left_open)}))

    def _still_asked(self) -> tuple[str, ...]:
        """The paths that the interview still asks, about an injection that was had before everything else."""
        matter = Interview(self._rules, self.answers, left_open=self.asked.left_open).every_question()
        if self.answers.after_treatment is not None:
            about = tuple(path for path in matter if AnswerPath.parse(path).group in AFTER_TREATMENT)
            matter = (*about, *(path for path in matter if path not in about)) if self.answers.concerns else about
        match self.urgency:
            case "emergency":
                return ()
            case "same_day":
                raising = {q.path for q in self.assessment.open_questions if "alert/emergency" in q.could_change}
                return tuple(path for path in matter if path in raising)
            case _:
                return matter

    def _next(self) -> str | None:
        if self.urgency is None and self._asks_country and self.answers.jurisdiction is None:
            return COUNTRY
        if self.urgency is None and self.answers.after_treatment is None:
            answers = self.answers
            if START not in self.asked.steps and not self._has(*PARTS):
                return START
            if answers.person.age is None:
                return AGE
            if ruled_out(self._rules, answers):
                return None
            if (step := self._next_place()) is not None:
                return step
        return self._left[0] if self._left else None

    def _next_place(self) -> str | None:
        """Naming the places, then what is seen at each."""
        told = {concern.area for concern in self.answers.concerns}
        steps = self.asked.steps
        if PLACES not in steps and not self._has(*(part for part in PARTS if part != "person")):
            return PLACES
        to_tell = (area for area in self.asked.places if area not in told and SEEN + area not in steps)
        area = next(to_tell, None)
        return None if area is None else SEEN + area

    def _has(self, *groups: str) -> bool:
        """Whether anything is answered in some of these groups."""
        document = self.answers.document()
        return any(document.get(group) for group in groups)


def _after_step(asked: Asked, step: str) -> Asked:
    return asked.model_copy(update={"steps": (*asked.steps, step)})


def _renamed(step: str, before: tuple[Seen, ...], now: tuple[Seen, ...]) -> str:
    try:
        return AnswerPath.parse(step, before).text(now)
    except AnswersError:  # no question of the interview: it has no other name
        return step


def _leaves(value: Any) -> int:
    if isinstance(value, dict | list):
        return sum(map(_leaves, value.values() if isinstance(value, dict) else value))
    return 1
