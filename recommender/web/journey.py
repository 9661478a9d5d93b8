"""The way through the form: which pages there are for this person, in which order, and what each of them asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.vocabulary import Area
from recommender.interview import needed, ruled_out
from recommender.knowledge.reference import QuestionGroup
from recommender.knowledge.rulebase import RuleBase
from recommender.web.draft import Draft, detail_key, kinds_key

PageKind = Literal["start", "group", "places", "seen", "details", "check", "result", "how", "consultation", "clinic"]
Part = Literal["after", "you", "face", "health", "check", ""]
START: Final = "start"
PLACES: Final = "places"
CHECK: Final = "check"
RESULT: Final = "result"
AGE: Final = "person.age"


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its name in the address (which tells nothing of an answer), its kind, and what it is about."""

    name: str
    kind: PageKind
    part: Part = ""
    group: QuestionGroup | None = None
    area: Area = "whole_face"


#: the page beside the way: how this works, reached from every other page and leading back to it
HOW: Final = Step("how", "how")
#: the nurse's page beside the way; a draft of a nurse has no other
CONSULTATION: Final = Step("consultation", "consultation")


class Journey:
    """The pages of one person, from what they chose so far. It reads the rules and decides nothing itself."""

    def __init__(self, rules: RuleBase, draft: Draft) -> None:
        self._rules = rules
        self._questions = rules.voice("patient", rules.jurisdiction).reference.questions
        self._draft = draft
        self.assessment: Assessment = assess(rules, draft.answers())
        self.needed = frozenset(draft.key_of(path) for path in needed(rules, draft.answers()))
        self.stopped = ruled_out(rules, draft.answers())
        self.emergencies = frozenset(self._emergencies())
        self.steps: tuple[Step, ...] = tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        yield Step(START, "start")
        groups = self._questions.groups
        if self._draft.after:
            after = (Step(group.id, "group", "after", group) for group in groups if is_after(group))
            yield from (step for step in after if self.keys(step))
            yield Step(RESULT, "result")
            return
        yield from (Step(g.id, "group", "you", g) for g in groups if AGE in g.questions)
        if not self.stopped and self._draft.get(AGE) is not None:
            yield Step(PLACES, PLACES, "face")
            for number, area in enumerate(self._draft.places, start=1):
                yield Step(f"place-{number}", "seen", "face", area=area)
                details = Step(f"place-{number}-more", "details", "face", area=area)
                if self.keys(details):
                    yield details
            for group in groups:
                step = Step(group.id, "group", "health", group)
                if not is_after(group) and AGE not in group.questions and self.keys(step):
                    yield step
            yield Step(CHECK, "check", "check")
        if self._draft.get(AGE) is not None:
            yield Step(RESULT, "result")

    def keys(self, step: Step, *, also: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """What a page asks: what is needed now, was answered already or is in ``also``, in its fixed order."""
        return tuple(key for key in self.every_key(step) if key in also or self._is_asked(key))

    def _is_asked(self, key: str) -> bool:
        return key == AGE or key in self.needed or self._draft.get(key) is not None

    def every_key(self, step: Step) -> Iterator[str]:
        """Everything that a page could ask."""
        if step.group is not None:
            yield from step.group.questions
        elif step.kind == "details":
            said = self._questions.kinds
            for kind in self._draft.kinds(step.area):
                yield from (detail_key(step.area, kind, name) for name in said[kind].details)

    def at(self, name: str) -> Step:
        """The page of a name in the address; where there is none (any more), the check of the answers or the start."""
        named = {step.name: step for step in self.steps}
        if self.stopped and name not in named and name != START:
            return self.steps[-1]
        return named.get(name) or named.get(CHECK) or self.steps[0]

    def before(self, step: Step) -> Step | None:
        """The page that Back leads to."""
        earlier = self.steps[: self.steps.index(step)]
        if step.kind == "result" and self.emergencies:
            earlier = tuple(s for s in earlier if s.kind == "start" or self._draft.shown.intersection(self.keys(s)))
        return earlier[-1] if earlier else None

    def after(self, name: str, *, checking: bool = False) -> Step:
        """The page that Continue leads to; an emergency and a stop are told at once, before any further question.

        When changing an answer (``checking``): the next page with a question not shown yet, else the check.
        """
        if self.stopped or self.emergencies:
            return self.steps[-1]
        index = next((i for i, step in enumerate(self.steps) if step.name == name), 0)
        later = self.steps[index + 1 :] or self.steps[-1:]
        if not checking:
            return later[0]
        unseen = (step for step in later if self._has_unseen(step))
        return next(unseen, next(step for step in self.steps if step.name in (CHECK, RESULT)))

    def _has_unseen(self, step: Step) -> bool:
        if step.kind == "seen":
            return kinds_key(step.area) not in self._draft.shown
        return any(key in self.needed and key not in self._draft.shown for key in self.keys(step))

    def _emergencies(self) -> Iterator[str]:
        """The keys of the answers for which help must be called now."""
        for alert in self.assessment.alerts:
            if alert.urgency == "emergency":
                yield from (self._draft.key_of(item.path) for reason in alert.reasons for item in reason.evidence)


def is_after(group: QuestionGroup) -> bool:
    """Whether a group is about an injection that was had."""
    return all(question.startswith("after_treatment.") for question in group.questions)
