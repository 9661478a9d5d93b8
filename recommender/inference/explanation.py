"""Why not, and what would change it: what came nearest to an offer, how far a hold reaches, which answers it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from recommender.documents.answer_path import AnswerPath, natural
from recommender.documents.assessment import Assessment, Evidence, Hold
from recommender.documents.explanation import Change, Explanation, Near, Reach, Stop, Unmet, WhyNot
from recommender.documents.vocabulary import EFFECTS, TREATMENTS, Area, Effect, Treatment
from recommender.inference.choices import Known
from recommender.inference.possibilities import Possibilities, possibilities_of
from recommender.inference.words import words_of_answers
from recommender.knowledge.conditions import (
    AnswerTest,
    ConcernTest,
    Condition,
    FindingTest,
    Leaf,
    OtherConcern,
    Test,
    Truth,
    fold,
)
from recommender.knowledge.fields import AREA, KIND, Facts, Value
from recommender.knowledge.phrases import Phrases
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase, refuse_others
from recommender.knowledge.rules import HoldOn, Offer
from recommender.languages import message, speaking, translate
from recommender.logic.logics import Joining

_MOST_RULES, _MOST_CHANGES = 2, 4
#: what it takes for a test to hold that failed or is not known, and its word; a place and what is seen there never change
_STANDS: Mapping[Truth, tuple[int, Literal["failed", "not_known"]]] = {Truth.UNKNOWN: (1, "not_known"), Truth.NO: (2, "failed")}
_ELSEWHERE = 100
#: a patient is never told which answer about themselves would bring a treatment
_ABOUT_THE_PERSON = message("Something about you and your health, which is as it is")


#: what is missing: how far it is, its words for sorting, and what is printed
_Unmet = list[tuple[int, str, Unmet]]


def explain(rules: RuleBase, assessment: Assessment) -> Explanation:
    """Why not, how far each hold reaches, and what would change it, in the language of the assessment. Pure, as that is.

    Raises ValueError if the assessment was made by other rules than these.
    """
    refuse_others(rules, RuleBase, "rules")
    refuse_others(assessment, Assessment, "assessment")
    if assessment.rules != rules.identity:
        raise ValueError(f"made by rules {assessment.rules.fingerprint}, not by {rules.identity.fingerprint}")
    rules = rules.in_language(assessment.language)
    with speaking(assessment.language):
        return _Explainer(rules, assessment).explanation()


class _Explainer:
    def __init__(self, rules: RuleBase, assessment: Assessment) -> None:
        self._rules = rules
        self._assessment = assessment
        self._facts: Facts = rules.facts(assessment.answers)
        self._reading: Reading[bool] = rules.reading(self._facts)
        self._possible: Possibilities = possibilities_of(rules, Known.of(self._facts))
        self._now = self._possible.standings_if(self._facts, {})
        respondent = assessment.answers.respondent
        self._voice = rules.voice(respondent, assessment.jurisdiction)
        self._phrases = Phrases(self._voice.reference.questions, {}, respondent)

    def explanation(self) -> Explanation:
        questions = self._voice.reference.questions
        passing = {p: said.passes for p, said in questions.questions.items() if said.passes and self._given(p) == "yes"}
        seen = {path: fact.words for path, (fact, concern) in self._possible.items.items() if concern is not None}
        why_not = tuple(self._why_not())
        with_time = tuple(self._changes(dict.fromkeys(passing, ("no",))))
        by_grading = tuple(self._changes(seen))
        nurse = self._assessment.answers.respondent == "nurse"
        sensitivity = tuple(self._sensitivity()) if nurse else ()
        told = self._assessment.aftercare_sources if self._assessment.tells_aftercare else ()
        listed = {source.id for source in (*self._assessment.sources, *told)}
        cited = {source for why in why_not for stop in why.against for source in stop.sources}
        unmet = [one.path for why in why_not for near in why.nearest for one in near.unmet if one.path]
        changed = [answer.path for change in (*with_time, *by_grading, *sensitivity) for answer in change.answers]
        return Explanation(
            why_not=why_not,
            reaches=tuple(self._reaches()),
            with_time=with_time,
            by_grading=by_grading,
            sensitivity=sensitivity,
            words=words_of_answers(questions, map(AnswerPath.parse, sorted({*unmet, *changed})))
            | {f"passes.{path}": said for path, said in passing.items()}
            | {f"answer.{path}.{first}": said for path in changed for first, said in self._possible.stretches(path)},
            sources=tuple(self._voice.cited(source) for source in sorted(cited - listed, key=natural)),
        )

    def _given(self, path: str) -> Value | None:
        return self._possible.given(path, self._facts) if path in self._possible.items else None

    # why not

    def _why_not(self) -> Iterator[WhyNot]:
        live = {
            (option.area, option.treatment, kind)
            for option in self._assessment.options
            if option.status != "withdrawn"
            for kind in option.kinds
        }
        for number, concern in enumerate(self._assessment.answers.concerns):
            for treatment in TREATMENTS:
                if (concern.area, treatment, concern.kind) not in live:
                    yield WhyNot(
                        area=concern.area,
                        kind=concern.kind,
                        treatment=treatment,
                        nearest=tuple(self._nearest(number, treatment)),
                        against=tuple(self._stops(concern.area, treatment)),
                    )

    def _stops(self, area: Area, treatment: Treatment) -> Iterator[Stop]:
        for rule in self._rules.rules:
            hold = rule.concludes
            if isinstance(hold, HoldOn) and hold.effect == "hard_stop" and treatment in hold.treatment:
                for concern in self._reading.concerns_of(rule):
                    here = concern is None or self._facts.concerns[concern]["area"] == area
                    if here and self._reading.rule(rule, concern):
                        known = self._reading.rule(rule, concern, "answered")
                        said = self._voice.said(rule.sentence(known=known))
                        yield Stop(rule=rule.id, because=said, sources=rule.text.sources)
                        break

    def _nearest(self, concern: int, treatment: Treatment) -> Iterator[Near]:
        found = []
        for rule in self._rules.concluding["offer"]:
            offers = isinstance(rule.concludes, Offer) and rule.concludes.treatment == treatment
            if offers and rule.applies_in(self._facts.jurisdiction):
                unmet = self._unmet(rule.when, concern)
                if _far(unmet) < _ELSEWHERE:
                    found.append((_far(unmet), rule.id, unmet))
        for _, identifier, unmet in sorted(found)[:_MOST_RULES]:
            title = self._voice.said(self._rules.by_id[identifier].text.title)
            yield Near(rule=identifier, title=title, unmet=tuple(one for _, _, one in unmet))

    def _unmet(self, condition: Condition, concern: int | None) -> _Unmet:
        """What is missing for a condition to hold, by the shortest way: how far each is, and in words."""
        return fold(condition, _SHORTEST, lambda leaf: self._unmet_leaf(leaf, concern))

    def _unmet_leaf(self, leaf: Leaf, concern: int | None) -> _Unmet:
        if self._reading.condition(leaf, concern):
            return []
        match leaf:
            case ConcernTest(tests):
                own = self._facts.concerns[concern] if concern is not None else {}
                every = ((test, test.truth(own.get(test.field.name))) for test in tests)
                return [self._one(test, truth, concern) for test, truth in every if truth is not Truth.YES]
            case AnswerTest(test):
                return [self._one(test, self._truth(leaf, None), None)]
            case FindingTest(names):
                every_finder = (finder for name in names for finder in self._rules.finders[name])
                finders = [finder for finder in every_finder if finder.applies_in(self._facts.jurisdiction)]
                ways = (self._unmet(f.when, concern if f.scope == "concern" else None) for f in finders)
                return min(ways, key=_far, default=[_missing(Truth.NO, ", ".join(names), elsewhere=True)])
            case OtherConcern():
                return [_missing(self._truth(leaf, concern), self._phrases.leaf(leaf))]

    def _truth(self, failed: Leaf, concern: int | None) -> Truth:
        return Truth.UNKNOWN if self._reading.condition(failed, concern, "possible") else Truth.NO

    def _one(self, test: Test, truth: Truth, concern: int | None) -> tuple[int, str, Unmet]:
        if self._assessment.answers.respondent == "patient" and test.field.group != "concern":
            return _missing(truth, translate(_ABOUT_THE_PERSON))
        elsewhere = test.field in (AREA, KIND)
        return _missing(truth, self._phrases.test(test), test.field.path(concern), elsewhere=elsewhere)

    # holds

    def _reaches(self) -> Iterator[Reach]:
        every = {(hold.rule, hold.area): hold for hold in self._assessment.holds}
        every |= {(h.rule, h.area): h for option in self._assessment.options for h in option.defeats}
        for key in sorted(every, key=str):
            hold = every[key]
            decides = [
                f"{option.area}/{option.treatment}"
                for option in self._assessment.options
                if hold in option.defeats and hold.effect != "caution" and hold.effect == _strongest(option.defeats)
            ]
            yield Reach(
                rule=hold.rule,
                area=hold.area,
                effect=hold.effect,
                decides=tuple(decides),
                lifts="answer" if hold.in_doubt else _LIFTS[hold.effect],
                until=hold.until,
            )

    # what would change it

    def _changes(self, free: Mapping[str, Sequence[Value]]) -> Iterator[Change]:
        for target in self._possible.targets if free else ():
            for changed in self._possible.least_changes(self._facts, free, target, most=_MOST_CHANGES):
                yield from (change for change in self._change(changed) if change.target == target)

    def _sensitivity(self) -> Iterator[Change]:
        followed = {fact.path() for fact in self._facts.followed}
        for path, value in self._possible.values():
            if path not in followed and value != self._given(path):
                yield from self._change({path: value})

    def _change(self, changed: Mapping[str, Value]) -> Iterator[Change]:
        then = self._possible.standings_if(self._facts, changed)
        answers = tuple(Evidence(path=path, value=value) for path, value in sorted(changed.items()))
        for target in sorted({*self._now, *then}):
            before, after = self._now.get(target, ""), then.get(target, "")
            if before != after:
                yield Change(target=target, now=before, then=after, answers=answers)


_LIFTS: Mapping[Effect, Literal["waiting", "decision", "referral", "never"]] = {
    "caution": "never",
    "review": "decision",
    "defer": "waiting",
    "refer": "referral",
    "hard_stop": "never",
}


def _strongest(holds: Sequence[Hold]) -> Effect:
    return max((hold.effect for hold in holds), key=EFFECTS.index)


def _far(unmet: _Unmet) -> int:
    return sum(weight for weight, _, _ in unmet)


#: what is missing: all of it, or the least of it
_SHORTEST: Joining[_Unmet] = Joining(lambda parts: list(chain.from_iterable(parts)), lambda parts: min(parts, key=_far))


def _missing(truth: Truth, said: str, path: str | None = None, *, elsewhere: bool = False) -> tuple[int, str, Unmet]:
    weight, stands = _STANDS[truth]
    return _ELSEWHERE if elsewhere else weight, said, Unmet(said=said, stands=stands, path=path)
