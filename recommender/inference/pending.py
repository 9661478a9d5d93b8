"""What is still undecided: the rules that wait for an answer, and what that answer could change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recommender.documents.assessment import Hold, Option
from recommender.documents.vocabulary import EFFECTS, TREATMENTS
from recommender.knowledge.evaluation import Evaluation
from recommender.knowledge.rules import Rule


@dataclass(frozen=True)
class Pending:
    """A rule that is not known, the paths it waits for, and the options or alerts it could change.

    ``changes_status`` is false where it could add only a caution, a referral or a note: worth asking, but no open question.
    """

    rule: Rule
    paths: frozenset[str]
    could_change: tuple[str, ...]
    changes_status: bool


def target(area: str, treatment: str) -> str:
    """The name of an option in ``could_change``: ``glabella/botulinum_toxin``."""
    return f"{area}/{treatment}"


def pending(
    rules: Iterable[Rule], evaluation: Evaluation, options: Iterable[Option], holds: Iterable[Hold]
) -> Iterator[Pending]:
    """Every rule that waits for an answer and could still change something, given what is concluded so far."""
    situation = _Situation(evaluation, tuple(options), tuple(holds))
    for rule in rules:
        for concern in evaluation.concerns_of(rule):
            paths = evaluation.unknowns(rule, concern)
            if paths:
                yield from situation.of(rule, concern, paths)


class _Situation:
    def __init__(self, evaluation: Evaluation, options: tuple[Option, ...], holds: tuple[Hold, ...]) -> None:
        self._concerns = evaluation.facts.concerns
        self._options = options
        self._stopped = {t for hold in holds if hold.scope == "person" and hold.effect == "hard_stop" for t in hold.treatments}

    def of(self, rule: Rule, concern: int | None, paths: frozenset[str]) -> Iterator[Pending]:
        area = self._concerns[concern]["area"] if concern is not None else None
        text = rule.text
        if text.alert is not None:
            yield Pending(rule, paths, (f"alert/{text.alert.urgency}",), changes_status=True)
        elif self._stopped.issuperset(TREATMENTS):
            return
        elif text.offer is not None and area is not None:
            if text.offer.treatment not in self._stopped and not self._is_offered(area, text.offer.treatment):
                yield Pending(rule, paths, (target(area, text.offer.treatment),), changes_status=True)
        elif text.hold is not None:
            yield from self._hold(rule, area, paths)
        elif text.note is not None:
            if any(option.status != "withdrawn" for option in self._options):
                yield Pending(rule, paths, ("notes",), changes_status=False)
        elif text.refer is not None:
            yield Pending(rule, paths, (f"referral/{text.refer.to}",), changes_status=False)

    def _is_offered(self, area: str, treatment: str) -> bool:
        return any(o.area == area and o.treatment == treatment and o.status != "open" for o in self._options)

    def _hold(self, rule: Rule, area: str | None, paths: frozenset[str]) -> Iterator[Pending]:
        hold = rule.text.hold
        assert hold is not None
        touched = [o for o in self._options if o.treatment in hold.treatment and area in (None, o.area)]
        strength = EFFECTS.index(hold.effect)
        stronger = [o for o in touched if strength > _strongest(o) and hold.effect != "caution"]
        if stronger:
            yield Pending(rule, paths, tuple(sorted(target(o.area, o.treatment) for o in stronger)), changes_status=True)
        elif any(o.status != "withdrawn" for o in touched):
            yield Pending(rule, paths, tuple(sorted(target(o.area, o.treatment) for o in touched)), changes_status=False)
        elif area is None and hold.effect == "hard_stop" and set(hold.treatment) == set(TREATMENTS) and not self._concerns:
            # before a place is named, only what would stop every treatment matters
            yield Pending(rule, paths, tuple(sorted(hold.treatment)), changes_status=False)


def _strongest(option: Option) -> int:
    return max((EFFECTS.index(defeat.effect) for defeat in option.defeats), default=-1)
