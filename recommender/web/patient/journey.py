"""The order of the form: which pages this person has, and what each of them asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.answer_path import AGE, AnswerPath
from recommender.documents.vocabulary import Area
from recommender.interview import Interview, nothing_now, ruled_out
from recommender.knowledge.conditions import AFTER_TREATMENT
from recommender.knowledge.reference import QuestionGroup
from recommender.knowledge.rulebase import RuleBase
from recommender.lazy import lazy_property
from recommender.web.state.draft import UNSURE, Draft, detail_key, kinds_key

PageKind = Literal["start", "country", "group", "places", "seen", "check", "result", "how", "consultation", "clinic"]
Part = Literal["after", "you", "face", "health", "check", ""]
START: Final = "start"
COUNTRY: Final = "country"
PLACES: Final = "places"
CHECK: Final = "check"
RESULT: Final = "result"
_PREGNANT: Final = "history.pregnant"  # its page comes before the face: it decides most


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One page: its name in the address (which tells nothing of an answer), its kind, and what it is about."""

    name: str
    kind: PageKind
    part: Part = ""
    title: str = ""
    groups: tuple[QuestionGroup, ...] = ()
    area: Area = "whole_face"

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions of its groups."""
        return tuple(question for group in self.groups for question in group.questions)


#: how this works: reached from every page, outside their order
HOW: Final = JourneyStep("how", "how")
#: the nurse's page, outside the order; a nurse's draft has no other
CONSULTATION: Final = JourneyStep("consultation", "consultation")


class DraftResult:
    """What the rules conclude from a draft's answers; what takes long is computed when it is asked for.

    A page with a question needs neither the assessment nor whether questions of other pages matter. It is kept from page to
    page, so it holds plain answers and none of the logic that found them.
    """

    def __init__(self, rules: RuleBase, draft: Draft) -> None:
        self.rules = rules
        self._answers = draft.answers()
        self._concerns = draft.concerns()
        self.stopped = ruled_out(rules, self._answers)
        self._matters: dict[str, bool] = {}
        self._all: frozenset[str] | None = None  # the keys of all that matter, once they were asked for

    @lazy_property
    def assessment(self) -> Assessment:
        """What the rules conclude from the answers."""
        return assess(self.rules, self._answers)

    @lazy_property
    def nothing_now(self) -> bool:
        """Whether the answers hold back every treatment for now, whatever is seen on the face."""
        return nothing_now(self.rules, self._answers)

    @lazy_property
    def emergencies(self) -> frozenset[str]:
        """The keys of the answers for which help must be called now."""
        if not self._is_emergency():
            return frozenset()
        urgent = (alert for alert in self.assessment.alerts if alert.urgency == "emergency")
        reasons = (reason for alert in urgent for reason in alert.reasons)
        return frozenset(AnswerPath.parse(item.path, self._concerns).key for reason in reasons for item in reason.evidence)

    def _is_emergency(self) -> bool:
        """Whether some alert is an emergency. An "unsure" never makes one (``policy.IN_DOUBT``), so the answers are enough."""
        reading = self.rules.reading(self.rules.facts(self._answers))
        urgent = (rule for rule in self.rules.concluding["alert"] if rule.decides)
        return any(reading.rule(rule, about) for rule in urgent for about in reading.concerns_of(rule))

    def let_go(self) -> None:
        """Release the memory of the assessment; it is computed again when needed."""
        self.__dict__.pop("assessment", None)

    def asks(self, key: str, interview: Callable[[], Interview]) -> bool:
        """Whether the question of a key matters; each is found out once."""
        if self._all is not None:
            return key in self._all
        if key not in self._matters:
            at = AnswerPath.of_key(key)
            is_asked = at is not None and at.seen in (None, *self._concerns) and interview().asks(at.text(self._concerns))
            self._matters[key] = is_asked
        return self._matters[key]

    def needed(self, interview: Callable[[], Interview]) -> frozenset[str]:
        """The keys of all questions that matter: faster at once than one by one."""
        if self._all is None:
            self._all = frozenset(AnswerPath.parse(path, self._concerns).key for path in interview().every_question())
        return self._all

    def interview(self) -> Interview:
        """The interview with these answers, made anew: it holds the logic that a session does not keep."""
        return Interview(self.rules, self._answers)


class Journey:
    """The pages of one person, from what they chose so far. It reads the rules and decides nothing itself.

    ``concluded`` is what the rules said of the same answers before, where they were asked already. With ``asks_country``
    the first page asks for the country.
    """

    def __init__(
        self, rules: RuleBase, draft: Draft, *, concluded: DraftResult | None = None, asks_country: bool = False
    ) -> None:
        self._questions = rules.voice("patient", draft.country or rules.jurisdiction).reference.questions
        self._draft = draft
        self._asks_country = asks_country
        self.concluded = concluded or DraftResult(rules, draft)
        self._possible = tuple(self._possible_steps())
        self._told = tuple(self._steps_told())

    @property
    def stopped(self) -> bool:
        """Whether the age alone rules out every treatment."""
        return self.concluded.stopped

    @property
    def emergencies(self) -> frozenset[str]:
        """The keys of the answers for which help must be called now."""
        return self.concluded.emergencies

    @property
    def assessment(self) -> Assessment:
        """What the rules conclude from the answers."""
        return self.concluded.assessment

    @property
    def needed(self) -> frozenset[str]:
        """The keys of all questions not asked yet that could still change something."""
        return self.concluded.needed(lambda: self._interview)

    @lazy_property
    def steps(self) -> tuple[JourneyStep, ...]:
        """Every page that there is now: those in order, then the side pages."""
        return tuple(filter(self._is_there, (*self._possible, *self._told)))

    @lazy_property
    def in_order(self) -> tuple[JourneyStep, ...]:
        """The pages that there are now, in their order, without the side pages."""
        return tuple(filter(self._is_there, self._possible))

    @property
    def first(self) -> JourneyStep:
        """The page that follows the start; the country is asked once."""
        known = self._draft.country is not None
        return next(step for step in self._possible[1:] if self._is_there(step) and not (known and step.kind == "country"))

    @lazy_property
    def _interview(self) -> Interview:
        return self.concluded.interview()

    def _matters(self, key: str) -> bool:
        return self.concluded.asks(key, lambda: self._interview)

    def _possible_steps(self) -> Iterator[JourneyStep]:
        """The pages in their order, also those whose questions may all be irrelevant."""
        yield JourneyStep(START, "start")
        if self._asks_country:
            yield JourneyStep(COUNTRY, "country", "after" if self._draft.after else "you")
        pages = [JourneyStep(name, "group", "health", title, groups) for name, title, groups in self._questions.on_pages()]
        if self._draft.after:
            yield from (replace(page, part="after") for page in pages if is_after(page))
            yield JourneyStep(RESULT, "result")
            return
        knows_age = self._draft.get(AGE) is not None
        yield from (replace(page, part="you") for page in pages if AGE in page.questions)
        if not self.stopped and knows_age:
            first = [page for page in pages if _PREGNANT in page.questions]
            yield from (replace(page, part="you") for page in first)
            yield JourneyStep(PLACES, PLACES, "face")
            for number, area in enumerate(self._draft.places, start=1):
                yield JourneyStep(f"place-{number}", "seen", "face", area=area)
            yield from (page for page in pages if not is_after(page) and AGE not in page.questions and page not in first)
            yield JourneyStep(CHECK, "check", "check")
        if knows_age:
            yield JourneyStep(RESULT, "result")

    def _steps_told(self) -> Iterator[JourneyStep]:
        """Side pages, reached only from the check: signs after an injection that were answered before still count."""
        if self._draft.has_signs and not self._draft.after:
            pages = (JourneyStep(name, "group", "after", title, groups) for name, title, groups in self._questions.on_pages())
            yield from filter(is_after, pages)

    def _is_there(self, step: JourneyStep) -> bool:
        """Whether a page has anything to ask; a page that asks nothing always exists."""
        if step.kind != "group":
            return True
        keys = tuple(self.every_key(step))
        return any(map(self._is_settled, keys)) or any(map(self._is_asked, keys))  # what was answered needs no logic

    def keys(self, step: JourneyStep, *, also: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """What a page asks: what is needed now, was answered already or is in ``also``, in its fixed order."""
        kept = {key for key in also if not self._waits(key)}
        return tuple(key for key in self.every_key(step) if key in kept or self._is_asked(key))

    def _is_settled(self, key: str) -> bool:
        return key == AGE or self._draft.get(key) is not None

    def _is_asked(self, key: str) -> bool:
        return self._is_settled(key) or (not self._waits(key) and self._matters(key))

    def _waits(self, key: str) -> bool:
        """Whether a question follows another one, which is not answered or denied."""
        said = self._questions.questions.get(key)
        return said is not None and said.follows is not None and self._draft.get(said.follows) not in ("yes", UNSURE)

    def every_key(self, step: JourneyStep) -> Iterator[str]:
        """Everything that a page could ask."""
        yield from step.questions
        if step.kind == "seen":
            said = self._questions.kinds
            for kind in self._draft.kinds(step.area):
                yield from (detail_key(step.area, kind, name) for name in said[kind].details)

    def nothing_before(self, step: JourneyStep) -> bool:
        """Whether what other pages than this one say holds back every treatment for now."""
        if not self.concluded.nothing_now:
            return False
        others = Draft(self._draft.content())
        for key in self.every_key(step):
            others.put(key, None)
        return nothing_now(self.concluded.rules, others.answers())

    def at(self, name: str) -> JourneyStep:
        """The page of a name in the address; where there is none (any more), the check of the answers or the start."""
        named = {step.name: step for step in (*self._possible, *self._told)}
        if name in named and self._is_there(named[name]):
            return named[name]
        return self._possible[-1] if self.stopped else named.get(CHECK) or self._possible[0]

    def before(self, step: JourneyStep) -> JourneyStep | None:
        """The page that Back leads to."""
        if step in self._told:
            return self.at(CHECK)
        index = self._index(step.name)
        earlier = filter(self._is_there, reversed(self._possible[:index]))
        if step.kind == "result" and self.emergencies:
            return next(s for s in earlier if s.kind == "start" or self._draft.shown.intersection(self.keys(s)))
        return next(earlier, None)

    def after(self, name: str, *, checking: bool = False) -> JourneyStep:
        """The page that Continue leads to; an emergency and a stop are told at once, before any further question.

        When changing an answer (``checking``), and after a side page: the next page with a question not shown
        yet, else the check.
        """
        if self.stopped or self.emergencies:
            return self._possible[-1]
        index = self._index(name)
        later = filter(self._is_there, self._possible[(index if self._is_there(self._possible[index]) else 0) + 1 :])
        if not checking and name not in [step.name for step in self._told]:
            return next(later, self._possible[-1])
        unseen = filter(self._has_unseen, later)
        return next(unseen, None) or next(step for step in self._possible if step.name in (CHECK, RESULT))

    @property
    def left_off(self) -> JourneyStep:
        """The page to go on at: the first that was not shown whole, else the check of the answers or the result."""
        return self.after(START, checking=True) if self._draft.shown else self.first

    def _index(self, name: str) -> int:
        return next((index for index, step in enumerate(self._possible) if step.name == name), 0)

    def _has_unseen(self, step: JourneyStep) -> bool:
        if step.kind == "places":
            return PLACES not in self._draft.shown
        if step.kind == "seen" and kinds_key(step.area) not in self._draft.shown:
            return True
        unseen = (key for key in self.every_key(step) if key not in self._draft.shown)
        return any(self._matters(key) and not self._waits(key) for key in unseen)


def is_after(asks: JourneyStep | QuestionGroup) -> bool:
    """Whether a page or a group is about an injection that was had."""
    return all(AnswerPath.parse(question).group in AFTER_TREATMENT for question in asks.questions)
