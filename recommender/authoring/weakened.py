"""How good are the properties? Every change of a rule that weakens safety is shown to them alone, all in one circuit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recommender.authoring.mutants import Mutant, mutants
from recommender.documents.vocabulary import EFFECTS, URGENCIES
from recommender.inference.choices import Known, everybody
from recommender.inference.policy import Policy
from recommender.inference.statements import Statement, statement_of, statements
from recommender.knowledge.conditions import tests_of
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase, stretches_of
from recommender.knowledge.rules import Conclusion, HoldOn, Raise, Rule
from recommender.logic.circuit import Circuit
from recommender.proofs.everybody import Everybody, ReadBy
from recommender.proofs.one_changed import OneChanged
from recommender.proofs.proof import broken_by
from recommender.proofs.properties import Property

#: the people whom they are shown name at most so many places: who names more may notice more
_PLACES = 2


@dataclass(frozen=True)
class Noticed:
    """The changes that weaken safety, and those of them that break no property."""

    tried: tuple[Mutant, ...]
    missed: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """How many of a hundred are noticed."""
        return 100 * (len(self.tried) - len(self.missed)) / len(self.tried) if self.tried else 100.0


def weakened(rules: RuleBase) -> Iterator[Mutant]:
    """Every change that takes a hold or an alert away, makes it milder, or makes it speak of fewer people or things."""
    circuit = Circuit()
    spoken = [rule for rule in rules.rules if isinstance(rule.concludes, HoldOn | Raise)]
    found = {rule.id: tuple(mutants(rule)) for rule in spoken}
    every = [mutant.changed.when for several in found.values() for mutant in several if mutant.changed is not None]
    told_apart = stretches_of(test for when in every for test in tests_of(when))
    reading = Reading(everybody(circuit, rules, Known(_PLACES), stretches=told_apart), rules.finders)
    for rule in spoken:
        concern = 0 if rule.scope == "concern" else None
        before = reading.condition(rule.when, concern)
        for mutant in found[rule.id]:
            if mutant.changed is None or _says_less(rule, mutant.changed):
                yield mutant
            elif mutant.changed.when is not rule.when:
                after = reading.condition(mutant.changed.when, concern)
                if after != before and circuit.possible([before, -after]) and not circuit.possible([after, -before]):
                    yield mutant


def _says_less(rule: Rule, changed: Rule) -> bool:
    """Whether a rule of the same condition says it milder, of fewer treatments or products, or in fewer countries."""
    if changed.text.jurisdictions != rule.text.jurisdictions:
        return bool(changed.text.jurisdictions)
    match rule.concludes, changed.concludes:
        case Raise(urgency=before), Raise(urgency=after):
            return URGENCIES.index(after) > URGENCIES.index(before)
        case HoldOn() as before, HoldOn() as after if before != after:
            milder = EFFECTS.index(after.effect) < EFFECTS.index(before.effect)
            fewer = set(after.treatment) < set(before.treatment)
            return milder or fewer or (bool(after.products) and set(after.products) < set(before.products))
        case _:
            return False


def noticed_by(rules: RuleBase, properties: Iterable[Property]) -> Noticed:
    """Which of the changes that weaken safety some property notices, for somebody with few places."""
    properties, tried = tuple(properties), tuple(weakened(rules))
    conditions = [mutant.changed.when for mutant in tried if mutant.changed is not None]
    conditions += [*(rule.when for rule in rules.rules), *(one.when for one in properties)]
    everyone = Everybody(rules, _PLACES, conditions, checked=False)
    circuit, read = everyone.circuit, everyone.read_by(rules)
    coded = [circuit.fresh() for _ in range(len(tried).bit_length())]
    is_it = [
        circuit.all_of(bit if number >> place & 1 else -bit for place, bit in enumerate(coded)) for number in range(len(tried))
    ]
    reads: dict[str, list[tuple[int, Rule | None]]] = {}
    says: dict[str, list[tuple[int, Rule]]] = {}
    for mutant, chosen in zip(tried, is_it, strict=True):
        if mutant.changed is not None and mutant.changed.concludes != mutant.rule.concludes:
            says.setdefault(mutant.rule.id, []).append((chosen, mutant.changed))
        else:
            reads.setdefault(mutant.rule.id, []).append((chosen, mutant.changed))
    reading = OneChanged(read.people, rules.finders, reads)
    policy = Policy(read.people, list(_said(reading, rules, says)))
    broken = circuit.any_of(broken_by(ReadBy(read.people, read.reading, policy), one) for one in properties)
    left = set(range(len(tried)))
    circuit.require(*is_it)
    while left and circuit.possible([broken]):
        number = sum(1 << place for place, bit in enumerate(coded) if circuit.holds(bit))
        left.discard(number)
        circuit.require(-is_it[number])
    return Noticed(tried, tuple(tried[number] for number in sorted(left)))


def _said(
    reading: Reading[int], rules: RuleBase, says: Mapping[str, Sequence[tuple[int, Rule]]]
) -> Iterator[Statement[int, Conclusion]]:
    """Every statement, and beside each that may be made otherwise the other, where it is chosen."""
    all_of = reading.logic.all_of
    for statement in statements(reading, rules):
        others = says.get(statement.rule.id, ())
        yield _where(statement, all_of(-chosen for chosen, _ in others), reading)
        for chosen, changed in others:
            yield _where(statement_of(reading, rules, changed, statement.concern), chosen, reading)


def _where(statement: Statement[int, Conclusion], so: int, reading: Reading[int]) -> Statement[int, Conclusion]:
    both = reading.logic.all_of
    return replace(
        statement,
        certain=both((so, statement.certain)),
        doubted=both((so, statement.doubted)),
        waits=both((so, statement.waits)),
        undecided=both((so, statement.undecided)),
    )
