"""Which answers can still make a difference to one person's assessment."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Collection

from recommender.documents.answer_path import natural
from recommender.documents.answers import Answers
from recommender.documents.assessment import OpenQuestion
from recommender.inference.choices import Known
from recommender.inference.possibilities import Possibilities
from recommender.knowledge.conditions import UNSURE
from recommender.knowledge.fields import Facts
from recommender.knowledge.rulebase import RuleBase
from recommender.lazy import lazy_property

_KEPT = 64  # about 0.6 MB each
_kept: weakref.WeakKeyDictionary[RuleBase, OrderedDict[Known, Possibilities]] = weakref.WeakKeyDictionary()
_keeping = threading.Lock()


def possibilities_of(rules: RuleBase, known: Known) -> Possibilities:
    """What can be concluded of people like that, the same in every language: built once, kept while among those used last."""
    rules = rules.english
    with _keeping:
        kept = _kept.setdefault(rules, OrderedDict())
        found = kept.get(known)
    built = found or Possibilities(rules, known)  # nobody waits for what is built for somebody else
    with _keeping:
        found = kept.setdefault(known, built)
        kept.move_to_end(known)
        while len(kept) > _KEPT:
            kept.popitem(last=False)
        return found


class Relevance:
    """Which answers that are not known could still change what is concluded from these, however the others are answered.

    An answer matters if there are two ways to go on – answering others or leaving them – that differ in it alone and come to
    something different. What only a nurse is asked stays as it is where a patient answers, and so does what is ``left_open``
    and what follows from another answer.
    """

    def __init__(
        self, rules: RuleBase, answers: Answers, *, facts: Facts | None = None, left_open: Collection[str] = frozenset()
    ) -> None:
        facts = facts or rules.facts(answers)
        self._possible = possibilities_of(rules, Known.of(facts))
        asked_of = rules.reference.questions.asked_of
        given = {path: self._possible.given(path, facts) for path in self._possible.items}
        left = [path for path, value in given.items() if value is None]
        settled = {fact.path() for fact in facts.followed}.union(left_open)
        self.unanswered = tuple(p for p in left if asked_of(answers.respondent, p) and p not in settled)
        self._stays = set(left).difference(self.unanswered)
        self._answered = self._possible.answered(facts, never_answered=self._stays)
        self._unsure = tuple(path for path, value in given.items() if value == UNSURE)

    @lazy_property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Each answer not known (not given, or "unsure") that could change an option's status or add an alert, and which."""
        changes = self._possible.could_change((*self.unanswered, *self._unsure), self._answered)
        return tuple(OpenQuestion(path=path, could_change=changes[path]) for path in sorted(changes, key=natural))

    def matters(self, path: str) -> bool:
        """Whether one answer could change anything that is told: a status or an alert, or else an offer, a hold, a referral
        or a note about what is on the table.
        """
        return path not in self._stays and self._possible.matters(path, self._answered)

    def which_matter(self, paths: Collection[str]) -> frozenset[str]:
        """Those of these answers of which ``matters`` is true."""
        return self._possible.which_matter(set(paths) - self._stays, self._answered)

    def could_alert(self, path: str) -> bool:
        """Whether one answer could add an alert, or take one away."""
        if path in self._stays:
            return False
        targets = self._possible.could_change((path,), self._answered).get(path, ())
        return any(name.startswith("alert/") for name in targets)
