"""Which answers can still make a difference to one person's assessment."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping

from recommender.documents.answers import Answers
from recommender.documents.assessment import OpenQuestion
from recommender.inference.derivation import natural
from recommender.inference.world import Shape
from recommender.inference.worlds import Worlds
from recommender.knowledge.conditions import UNSURE
from recommender.knowledge.fields import Value
from recommender.knowledge.rulebase import RuleBase
from recommender.once import once

_SHAPES_KEPT = 64  # about 0.6 MB each
_kept: weakref.WeakKeyDictionary[RuleBase, OrderedDict[Shape, Worlds]] = weakref.WeakKeyDictionary()
_keeping = threading.Lock()


def worlds_of(rules: RuleBase, shape: Shape) -> Worlds:
    """The logic of a shape, the same in every language: built once and kept while it is among those used last."""
    rules = rules.english
    with _keeping:
        kept = _kept.setdefault(rules, OrderedDict())
        found = kept.get(shape)
    built = found or Worlds(rules, shape)  # nobody waits for a shape of somebody else
    with _keeping:
        found = kept.setdefault(shape, built)
        kept.move_to_end(shape)
        while len(kept) > _SHAPES_KEPT:
            kept.popitem(last=False)
        return found


class Relevance:
    """Which answers that are not known could still change what is concluded from these, however the others are answered.

    An answer matters if there are two ways to go on – answering others or leaving them – that differ in it alone and come to
    something different. What only a nurse is asked stays as it is where a patient answers, and so does what is ``left_open``
    and what follows from another answer.
    """

    def __init__(self, rules: RuleBase, answers: Answers, *, left_open: Collection[str] = frozenset()) -> None:
        facts = rules.facts(answers)
        self._worlds = worlds_of(rules, Shape.of(facts))
        asked_of = rules.reference.questions.asked_of
        given = {path for path in self._worlds.items if self._worlds.given(path, facts) is not None}
        left = [path for path in self._worlds.items if path not in given]
        settled = {fact.path() for fact in facts.followed}.union(left_open)
        self.unanswered = tuple(p for p in left if asked_of(answers.respondent, p) and p not in settled)
        self._stays = set(left).difference(self.unanswered)
        self._known = self._worlds.assumed(facts, never_answered=self._stays)
        self._unsure = tuple(path for path in given if self._worlds.given(path, facts) == UNSURE)

    @once
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Each answer not known (not given, or "unsure") that could change an option's status or add an alert, and which."""
        return tuple(sorted(self._open(), key=lambda question: natural(question.path)))

    def _open(self) -> Iterator[OpenQuestion]:
        for path in (*self.unanswered, *self._unsure):
            changes = self._worlds.could_change(path, self._known)
            if changes:
                yield OpenQuestion(path=path, could_change=changes)

    def matters(self, path: str) -> bool:
        """Whether one answer could change anything that is told: a status or an alert, or else an offer, a hold, a referral
        or a note about what is on the table.
        """
        return path not in self._stays and self._worlds.matters(path, self._known)

    def could_alert(self, path: str) -> bool:
        """Whether one answer could add an alert, or take one away."""
        if path in self._stays:
            return False
        return any(name.startswith("alert/") for name in self._worlds.could_change(path, self._known))

    def two_ways(self, path: str) -> tuple[Mapping[str, Value], ...] | None:
        """The proof that an answer matters: two ways to answer everything (by path), alike but for this answer, of which
        something different is told. None where it does not matter.
        """
        return self._worlds.two_ways(path, self._known)
