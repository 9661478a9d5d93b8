"""The plain three-valued reading of a rule base: every rule's truth for one person, and what each is waiting for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from recommender.knowledge.conditions import ConcernTest, FindingTest, Reading, Test, Truth, View, leaves
from recommender.knowledge.fields import Facts
from recommender.knowledge.rules import Rule


class Evaluation:
    """Rules read against facts in one reading, in no order: each truth is worked out once, when asked for."""

    def __init__(self, finders: Mapping[str, Sequence[Rule]], facts: Facts, *, reading: Reading = "certain") -> None:
        self.facts = facts
        self.finders = finders
        self.reading = reading
        self._truths: dict[tuple[str, int | None], Truth] = {}

    def with_changed(self, changed: Collection[str], finders: Mapping[str, Sequence[Rule]]) -> Evaluation:
        """The same facts where some rules, by their ids, have changed: of the others the truths are kept."""
        again = Evaluation(finders, self.facts, reading=self.reading)
        again._truths = {key: truth for key, truth in self._truths.items() if key[0] not in changed}
        return again

    def concerns_of(self, rule: Rule) -> Sequence[int | None]:
        """The concerns a rule is read for; a rule about the person is read once, for None."""
        return range(len(self.facts.concerns)) if rule.scope == "concern" else (None,)

    def truth(self, rule: Rule, concern: int | None) -> Truth:
        """The truth of a rule's condition, about one concern or the person."""
        key = (rule.id, concern)
        found = self._truths.get(key)
        if found is None:
            found = self.view(concern).truth(rule.when) if rule.applies_in(self.facts.jurisdiction) else Truth.NO
            self._truths[key] = found
        return found

    def finding(self, name: str, concern: int | None) -> Truth:
        """Whether a finding has been concluded about a concern (or, for a finding about the person, at all)."""
        return max(
            (self.truth(rule, concern if rule.scope == "concern" else None) for rule in self.finders[name]), default=Truth.NO
        )

    def unknowns(self, rule: Rule, concern: int | None) -> frozenset[str]:
        """The paths of the answers for want of which the rule is not known; empty where it is known."""
        if self.truth(rule, concern) is not Truth.UNKNOWN:
            return frozenset()
        found: set[str] = set()
        for path in self.view(concern).unknowns(rule.when):
            if path.startswith("finding:"):
                for finder in self.finders[path.removeprefix("finding:")]:
                    found |= self.unknowns(finder, concern if finder.scope == "concern" else None)
            else:
                found.add(path)
        return frozenset(found)

    def concern_tests(self, rule: Rule) -> Iterator[Test]:
        """The tests a rule makes of its own concern, those of the findings it builds on included."""
        return own_tests(rule, self.finders)

    def view(self, concern: int | None) -> View:
        """The facts as a rule about one concern, or about the person, sees them."""
        return View(self.facts, concern, self.finding, self.reading)


def own_tests(rule: Rule, finders: Mapping[str, Sequence[Rule]]) -> Iterator[Test]:
    """The tests a rule makes of its own concern, those of the findings it builds on included."""
    for leaf in leaves(rule.when):
        match leaf:
            case ConcernTest(tests):
                yield from tests
            case FindingTest(names):
                for name in names:
                    for finder in finders[name]:
                        yield from own_tests(finder, finders)
            case _:
                pass
