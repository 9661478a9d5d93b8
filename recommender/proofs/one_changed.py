"""Rules read about everybody where one rule at a time is otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recommender.inference.choices import Choices
from recommender.knowledge.conditions import Mode
from recommender.knowledge.reading import Finders, Reading
from recommender.knowledge.rules import Rule


class OneChanged(Reading[int]):
    """Each rule as it is, or as what is chosen of it: a literal with the rule that then stands in its place, None for none."""

    def __init__(self, people: Choices[int], finders: Finders, chosen: Mapping[str, Sequence[tuple[int, Rule | None]]]) -> None:
        super().__init__(people, finders)
        self._chosen = chosen

    def rule(self, rule: Rule, concern: int | None, mode: Mode = "certain") -> int:
        """Whether the condition holds of the rule that stands in its place."""
        key = (rule.id, concern if rule.scope == "concern" else None, mode)
        if rule.id in self._chosen and key not in self._rules:
            chosen, all_of = self._chosen[rule.id], self.logic.all_of
            unchanged = all_of((super().rule(rule, concern, mode), *(-is_it for is_it, _ in chosen)))
            otherwise = [
                all_of((is_it, *self._parts(changed, key[1], mode))) for is_it, changed in chosen if changed is not None
            ]
            self._rules[key] = self.logic.any_of((unchanged, *otherwise))
        return super().rule(rule, concern, mode)
