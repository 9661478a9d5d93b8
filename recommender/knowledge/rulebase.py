"""A loaded rule base: the rules in force on a day, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from recommender.documents.answer_path import AnswerPath
from recommender.documents.answers import Answers
from recommender.documents.assessment import RuleBaseIdentity
from recommender.documents.problems import shown
from recommender.documents.vocabulary import TREATMENTS, Jurisdiction, Respondent, Treatment
from recommender.knowledge.certificate import Certificate
from recommender.knowledge.conditions import ConcernTest, FindingTest, Leaf, Test, fold, tests_of
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.fields import AREA, DERIVED, FIELDS, KIND, Facts, Field
from recommender.knowledge.overlays import PSEUDO_OVERLAY, Overlay
from recommender.knowledge.reading import Finders, OnePerson, Reading, finders_of, leaves_behind
from recommender.knowledge.reference import Reference
from recommender.knowledge.rules import CONCLUSIONS, HoldOn, Rule
from recommender.knowledge.voice import Voice
from recommender.languages import PSEUDO, SOURCE
from recommender.logic.logics import subsets


def refuse_others(given: object, wanted: type, name: str) -> None:
    """Raise TypeError where what is given is no rule base, or whatever else is wanted."""
    if not isinstance(given, wanted):
        raise TypeError(f"{name} should be of the class {wanted.__name__}, found {shown(given)}")


def stretches_of(tests: Iterable[Test]) -> Mapping[Field, tuple[int, ...]]:
    """For each number that is tested, the least of each stretch between the bounds of these tests."""
    bounds: dict[Field, set[int]] = {}
    for test in (test for test in tests if test.field.is_number):
        found = bounds.setdefault(test.field, {0})
        found.update(n for n in (test.at_least, test.below) if isinstance(n, int) and n > 0)
    return {field: tuple(sorted(points)) for field, points in bounds.items()}


@dataclass(frozen=True, eq=False, repr=False)
class RuleBase:
    """Rules in force on ``on``, sorted by id. ``jurisdiction`` stands in where an answers document names none.

    ``certificate`` is what was proved of exactly these, where that is known. ``language`` is that of its texts.
    In another language the rules are the same, and so is their fingerprint.
    """

    rules: tuple[Rule, ...]
    reference: Reference
    on: date
    jurisdiction: Jurisdiction
    fingerprint: str
    out_of_force: tuple[Rule, ...] = ()
    overlays: Mapping[str, Overlay] = field(default_factory=dict)
    language: str = SOURCE
    certificate: Certificate | None = None
    _english: RuleBase | None = None

    def __repr__(self) -> str:
        return f"RuleBase({len(self.rules)} rules, version {self.reference.identity.version!r}, {self.fingerprint[:19]!r})"

    def __getstate__(self) -> Mapping[str, object]:
        """What is pickled: the rules, and nothing that was worked out from them."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def english(self) -> RuleBase:
        """The same rules as they were written: whatever is worked out from what decides is kept with these."""
        return self._english or self

    def in_language(self, language: str) -> RuleBase:
        """The same rules with the texts of another language, made once; English where there is no translation."""
        if language == self.language:
            return self
        if language == SOURCE:
            return self.english
        return self.english._in_other_language(language)  # noqa: SLF001 (its own kind)

    @cached_property
    def _in_other_language(self) -> Callable[[str], RuleBase]:
        return cache(self._translated)

    def _translated(self, language: str) -> RuleBase:
        overlay = PSEUDO_OVERLAY if language == PSEUDO else self.overlays.get(language, Overlay(language, {}))
        return replace(
            self,
            rules=overlay.rules(self.rules),
            out_of_force=overlay.rules(self.out_of_force),
            reference=overlay.reference(self.reference),
            language=language,
            _english=self,
        )

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What is worked out of these rules elsewhere, by what does so, to be kept as long as they are."""
        return {}

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules in force by their id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def concluding(self) -> Mapping[str, tuple[Rule, ...]]:
        """Each of the six conclusions → the rules that draw it."""
        return {name: tuple(rule for rule in self.rules if rule.conclusion == name) for name in CONCLUSIONS}

    @cached_property
    def finders(self) -> Finders:
        """Finding → the rules that conclude it; none where its finder is out of force: then it is never concluded."""
        return finders_of(self.rules)

    @cached_property
    def doubtable(self) -> frozenset[str]:
        """The ids of the rules that an "unsure" must not pass by."""
        return frozenset(rule.id for rule in doubtable(self.rules))

    def reach(self, rule: Rule) -> tuple[frozenset[str], frozenset[str]]:
        """The places and the kinds of concern about which a rule may hold; about no other does it."""
        if rule.id not in self._reaches:
            self._reaches[rule.id] = self._reach(rule, AREA), self._reach(rule, KIND)
        return self._reaches[rule.id]

    @cached_property
    def _reaches(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        return {}

    def with_changed(self, changed: Mapping[str, Rule | None], touched: Collection[str]) -> RuleBase:
        """These rules with some of them changed, or taken away; ``touched`` are the ids of all that read otherwise by it."""
        found = (changed.get(rule.id, rule) for rule in self.rules)
        other = replace(self, rules=tuple(rule for rule in found if rule is not None), certificate=None)
        other._reaches.update((name, reach) for name, reach in self._reaches.items() if name not in touched)  # noqa: SLF001 (its own kind)
        return other

    def _reach(self, rule: Rule, fact: Field) -> frozenset[str]:
        every = frozenset(fact.words)

        def leaf(leaf: Leaf) -> frozenset[str]:
            match leaf:
                case ConcernTest(tests):
                    about = [test for test in tests if test.field == fact]
                    return frozenset(word for word in every if all(test.accepts(word, "possible") for test in about))
                case FindingTest(names):
                    return frozenset().union(*(self._reach(f, fact) for name in names for f in self.finders[name]))
                case _:
                    return every

        return fold(rule.when, subsets(every), leaf)

    @cached_property
    def fields_read(self) -> frozenset[Field]:
        """Every fact some rule in force reads."""
        return frozenset(test.field for rule in self.rules for test in tests_of(rule.when)) - DERIVED

    @cached_property
    def stretches(self) -> Mapping[Field, tuple[int, ...]]:
        """For each number that is read, the least of each stretch between the bounds that some rule tests."""
        return stretches_of(test for rule in self.rules for test in tests_of(rule.when))

    def could_stop(self, path: str) -> tuple[Treatment, ...]:
        """The treatments that a hard stop can rest on this answer for, by rules that read it themselves or by a finding."""
        about = AnswerPath.parse(path)
        found = self._behind_stops.get(FIELDS[about.group][about.name], frozenset())
        return tuple(treatment for treatment in TREATMENTS if treatment in found)

    @cached_property
    def _behind_stops(self) -> Mapping[Field, frozenset[Treatment]]:
        behind: dict[Field, frozenset[Treatment]] = {}
        for rule in self.rules:
            if isinstance(rule.concludes, HoldOn) and rule.concludes.effect == "hard_stop":
                for fact in {test.field for leaf in leaves_behind(rule, self.finders) for test in tests_of(leaf)}:
                    behind[fact] = behind.get(fact, frozenset()).union(rule.concludes.treatment)
        return behind

    @property
    def identity(self) -> RuleBaseIdentity:
        """What an assessment says of the rules behind it."""
        signed = all(rule.signature is not None for rule in self.rules)
        return RuleBaseIdentity(
            version=self.reference.identity.version, fingerprint=self.fingerprint, status="signed" if signed else "draft"
        )

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """The rules in force and those out of force, by id."""
        return tuple(sorted((*self.rules, *self.out_of_force), key=lambda rule: rule.id))

    def review_by(self, rule: Rule) -> date:
        """The day by which a rule is to be reviewed: its own, or that of the rule base."""
        return rule.text.review_by or self.reference.identity.review_by

    @cached_property
    def voice(self) -> Callable[[Respondent, Jurisdiction], Voice]:
        """The words for one kind of reader in one jurisdiction; made once."""
        return cache(partial(Voice, self.reference))

    def facts(self, answers: Answers) -> Facts:
        """The facts that rules test, from an answers document."""
        return Facts.of(answers, self.jurisdiction, self.follows)

    @cached_property
    def follows(self) -> Mapping[Field, Field]:
        """Each fact whose "no" follows from the "no" of another, and that other."""
        fields_of = {fact.path(): fact for fact in FIELDS["history"].values()}
        asked = self.reference.questions.questions
        return {fields_of[path]: fields_of[words.follows] for path, words in asked.items() if words.follows is not None}

    def reading(self, facts: Facts) -> Reading[bool]:
        """These rules read about one person."""
        return Reading(OnePerson(facts), self.finders)
