"""The interview: what to ask next, derived from the rules, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from recommender.documents.answer_path import AGE, CONCERN, AnswerPath, natural, with_answer
from recommender.documents.answers import Answers, Person, read_answers
from recommender.documents.vocabulary import TREATMENTS, Effect, Jurisdiction, Treatment
from recommender.inference.possibilities import Relevance
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import HoldOn


class Interview:
    """One person asked question by question: only what can still change what they are told, until nothing can.

    The age comes first, then details of concerns, then the order of ``groups`` in questions.yaml. "I don't know" is an answer:
    what was answered so is not asked again. What only a nurse is asked is not asked of a patient. An answer never makes
    another matter that did not matter before, so what is settled stays settled and ``at_most_left`` never grows.
    Where the age alone rules out every treatment, nothing is asked but what could raise an alert: a child is not asked about
    its health to be told whom else to see. ``left_open`` are the paths that the person leaves out: they stay not known, and
    are not asked.
    """

    def __init__(
        self, rules: RuleBase, answers: Answers | Mapping[str, Any], *, left_open: Collection[str] = frozenset()
    ) -> None:
        self._rules = rules
        self._left_open = left_open
        self._relevance = Relevance(rules, read_answers(answers), left_open=left_open)
        self.answers = read_answers(answers)
        self._alerts_alone = ruled_out(rules, self.answers)
        self._left = _in_order(rules, self._relevance.unanswered)
        self.asked = 0

    @property
    def at_most_left(self) -> int:
        """How many questions there are still to ask, at most."""
        return len(self._left)

    def next_question(self) -> str | None:
        """The path of the next question; None where no answer can change anything any more."""
        while self._left and not self._matters(self._left[0]):
            del self._left[0]
        return self._left[0] if self._left else None

    def every_question(self) -> tuple[str, ...]:
        """The paths of all the questions that matter now, in order."""
        if self._alerts_alone:
            self._left = [path for path in self._left if self._matters(path)]
        else:
            matter = self._relevance.which_matter(self._left)
            self._left = [path for path in self._left if path in matter]
        return tuple(self._left)

    def asks(self, path: str) -> bool:
        """Whether one question, not asked yet, matters now: it is one of ``every_question``, found without the others."""
        return path in self._left and self._matters(path)

    def answer(self, path: str, value: str | int) -> None:
        """Take the answer to a question; raises AnswersError if it is none of the allowed ones, and then nothing is taken."""
        self.answers = read_answers(with_answer(self.answers.document(), path, value))
        self._relevance = Relevance(self._rules, self.answers, left_open=self._left_open)
        self._alerts_alone = ruled_out(self._rules, self.answers) if path == AGE else self._alerts_alone
        if path in self._left:
            self._left.remove(path)
            self.asked += 1

    def _matters(self, path: str) -> bool:
        return self._relevance.could_alert(path) if self._alerts_alone else self._relevance.matters(path)


def needed(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of the questions not asked yet that could still change the result, in the order of the interview."""
    return Interview(rules, answers).every_question()


def ruled_out(rules: RuleBase, answers: Answers) -> bool:
    """Whether what is known of the person alone, their age, rules out every treatment: then no place need be named."""
    known: dict[tuple[Person, Jurisdiction | None], bool] = rules.kept.setdefault(ruled_out, {})  # as many as ages
    about = (answers.person, answers.jurisdiction)
    if about not in known:
        known[about] = _rules_out(rules, answers)
    return known[about]


def _rules_out(rules: RuleBase, answers: Answers) -> bool:
    known = Answers(person=answers.person, jurisdiction=answers.jurisdiction)
    return _holds_every_treatment(rules, known, {"hard_stop"})


def nothing_now(rules: RuleBase, answers: Answers) -> bool:
    """Whether what is known of the person holds back every treatment for now, whatever is seen on the face."""
    return _holds_every_treatment(rules, answers, {"hard_stop", "refer", "defer"})


def _holds_every_treatment(rules: RuleBase, answers: Answers, effects: Collection[Effect]) -> bool:
    reading = rules.reading(rules.facts(answers))
    held: set[Treatment] = set()
    for rule in rules.concluding["hold"]:
        hold = rule.concludes
        if rule.scope == "person" and isinstance(hold, HoldOn) and hold.effect in effects and not hold.products:
            held.update(hold.treatment if reading.rule(rule, None) else ())
    return held.issuperset(TREATMENTS)


def _in_order(rules: RuleBase, paths: Sequence[str]) -> list[str]:
    pages = (path for group in rules.reference.questions.groups for path in group.questions)
    order = {path: place for place, path in enumerate(pages)}
    asked = (path for path in paths if path in order or AnswerPath.parse(path).group == CONCERN)
    return sorted(asked, key=lambda path: (path != AGE, path in order, order.get(path, 0), natural(path)))
