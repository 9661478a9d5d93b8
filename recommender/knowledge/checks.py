"""What can only be seen across rules: errors that stop loading, and issues that a clinical lead should mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, get_args

from recommender.documents.answers import HISTORY_KEYS
from recommender.documents.problems import AnswersError, Problem, unknown_word
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.conditions import UNANSWERED, Truth, findings_of, fold, tests_of
from recommender.knowledge.doubt import sentences_missing
from recommender.knowledge.fields import DERIVED, FIELDS
from recommender.knowledge.overlays import FOLDER as LANGUAGES
from recommender.knowledge.reading import Finders, finders_of, reading_of, truth
from recommender.knowledge.reference import Reference
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Example, HoldOn, Offer, Raise, Refer, Rule
from recommender.knowledge.voice import phrases_unused, unsayable_texts
from recommender.logic.logics import Joining

_TRUTH = {Truth.YES: "fires", Truth.NO: "silent", Truth.UNKNOWN: "unknown"}
#: in how many ways a condition may hold: experta compiles each of them, and they multiply
MOST_WAYS = 200
#: so short is a reason in the short answer
MOST_WORDS_IN_SHORT = 8


@dataclass(frozen=True)
class Gaps:
    """What rules that cannot be read would have concluded and read: nothing is said of what hangs on them."""

    rules: frozenset[str] = frozenset()
    concluded: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    anything: bool = False

    @classmethod
    def left_by(cls, unreadable: Sequence[Any]) -> Gaps:
        """The gaps that unreadable rules leave, each as it stands in its file; None is a whole file."""
        return cls(
            rules=frozenset(str(raw["id"]) for raw in unreadable if isinstance(raw, Mapping) and "id" in raw),
            concluded=frozenset(str(raw["find"]) for raw in unreadable if isinstance(raw, Mapping) and "find" in raw),
            read=frozenset(name for raw in unreadable for name in _names_read(raw)),
            anything=None in unreadable,
        )


def _names_read(raw: Any) -> Iterator[str]:
    if isinstance(raw, Mapping):
        for key, inner in raw.items():
            if key == "finding":
                yield from map(str, inner if isinstance(inner, list) else [inner])
            else:
                yield from _names_read(inner)
    elif isinstance(raw, list):
        for inner in raw:
            yield from _names_read(inner)


def problems_across(rules: Sequence[Rule], reference: Reference | None, *, gaps: Gaps = Gaps()) -> Iterator[Problem]:
    """Errors between rules: these stop loading. What hangs on a rule that cannot be read is not held against another."""
    yield from _twice(rules)
    cycles = list(_cycles(rules))
    yield from cycles
    yield from _sizes(rules)
    if reference is not None:
        yield from _references(rules, reference)
    if not gaps.anything:
        whole = _without_gaps(rules, gaps)
        yield from _findings(rules, gaps)
        yield from _scopes(whole)
        if not cycles:
            yield from sentences_missing(whole, read_by_others=gaps.read)
            yield from _examples(whole)


def _without_gaps(rules: Sequence[Rule], gaps: Gaps) -> Sequence[Rule]:
    """The rules that rest on no finding of an unreadable rule, not even by way of others."""
    doubtful, before = gaps.concluded, frozenset[str]()
    while doubtful != before:
        before = doubtful
        doubtful |= {r.finds for r in rules if r.finds is not None and findings_of(r.when) & doubtful}
    return [rule for rule in rules if not findings_of(rule.when) & doubtful and rule.finds not in gaps.concluded]


def _twice(rules: Iterable[Rule]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for rule in rules:
        if rule.id in first:
            yield Problem(rule.where, f"the id '{rule.id}' is taken: it stands first at {first[rule.id]}")
        first.setdefault(rule.id, rule.where)


def _cycles(rules: Sequence[Rule]) -> Iterator[Problem]:
    needs: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        if rule.finds is not None:
            needs[rule.finds] |= findings_of(rule.when)
    for name, finders in finders_of(rules).items():
        trail = _way_back(name, needs)
        if trail:
            yield Problem(finders[0].where, f"findings go round in a circle: {' needs '.join(trail)}")


def _way_back(start: str, needs: Mapping[str, set[str]]) -> list[str]:
    """The shortest chain of findings from ``start`` back to itself; empty if there is none."""
    trails = [[start, name] for name in sorted(needs.get(start, ()))]
    seen: set[str] = set()
    while trails:
        trail = trails.pop(0)
        if trail[-1] == start:
            return trail
        if trail[-1] not in seen:
            seen.add(trail[-1])
            trails += [[*trail, name] for name in sorted(needs.get(trail[-1], ()))]
    return []


def _findings(rules: Sequence[Rule], gaps: Gaps) -> Iterator[Problem]:
    finders = finders_of(rules)
    for rule in rules:
        for name in sorted(findings_of(rule.when)):
            if name not in finders and name not in gaps.concluded:
                yield unknown_word(rule.where, "finding", name, sorted(finders))
    read = frozenset().union(*(findings_of(rule.when) for rule in rules)) if rules else frozenset()
    for name, concluding in finders.items():
        if name not in read | gaps.read:
            yield Problem(concluding[0].where, f"the finding '{name}' is concluded but no rule reads it")
        other = next((rule for rule in concluding if rule.scope != concluding[0].scope), None)
        if other is not None and name not in gaps.concluded:
            about = {concluding[0].scope: concluding[0].where, other.scope: other.where}
            yield Problem(
                concluding[0].where,
                f"the finding '{name}' is about a concern at {about['concern']} and about the person at {about['person']}",
            )


#: counts in how many ways a condition can hold: each is a branch of its own when the rule is compiled
_WAYS: Joining[int] = Joining(prod, sum)


def _sizes(rules: Sequence[Rule]) -> Iterator[Problem]:
    for rule in rules:
        if (count := fold(rule.when, _WAYS, lambda _: 1)) > MOST_WAYS:
            yield Problem(
                rule.where, f"'when' can hold in {count} ways, at most {MOST_WAYS}: let a finding stand for a part of it"
            )


def _scopes(rules: Sequence[Rule]) -> Iterator[Problem]:
    for rule in rules:
        if isinstance(rule.concludes, Offer) and rule.scope == "person":
            yield Problem(rule.where, "an offer is made for a place: its 'when' must test a concern or a finding about one")
        tested = [test for test in tests_of(rule.when) if UNANSWERED in test.words]
        names_somebody = isinstance(rule.concludes, Raise | Refer)
        if any(not names_somebody or test.negated or test.field.group == "concern" for test in tested):
            yield Problem(
                rule.where,
                f"'{UNANSWERED}' is tested by alerts and referrals alone, of an answer about the person, and never negated",
            )


def _references(rules: Sequence[Rule], reference: Reference) -> Iterator[Problem]:
    products = {product.id for facts in reference.treatments for product in facts.products}
    for rule in rules:
        for source in rule.text.sources:
            if source not in reference.sources:
                yield unknown_word(rule.where, "source", source, reference.sources)
        for product in rule.concludes.products if isinstance(rule.concludes, HoldOn) else ():
            if product not in products:
                yield unknown_word(rule.where, "product class", product, sorted(products))
    for file, cited in reference.cited.items():
        for source in sorted(cited - set(reference.sources)):
            yield unknown_word(file, "source", source, reference.sources)
    yield from reference.consent.problems()
    yield from reference.questions.problems()


def _examples(rules: Sequence[Rule]) -> Iterator[Problem]:
    finders = finders_of(rules)
    for rule in rules:
        for example in rule.text.examples:
            try:
                found = example_truth(rule, example, finders)
            except AnswersError as error:
                for problem in error.problems:
                    yield problem._replace(
                        where=rule.where, message=f"example '{example.say}': {problem.where}: {problem.message}"
                    )
                continue
            if found != example.expect:
                yield Problem(
                    rule.where, f"example '{example.say}' contradicts its rule: expected {example.expect}, found {found}"
                )


def example_truth(rule: Rule, example: Example, finders: Finders) -> str:
    """What a rule makes of an example: "fires", "silent" or "unknown"."""
    reading = reading_of(example.given, rule.home, finders)
    return _TRUTH[max((truth(reading, rule, concern) for concern in reading.concerns_of(rule)), default=Truth.NO)]


def issues(rules: RuleBase) -> tuple[Problem, ...]:
    """What loads but should be mended; empty for a clean rule base."""
    english = rules.english
    own = (*_unshown(english), *_short(english), *_unread(english), *_unasked(english), *_uncited(english), *_overdue(english))
    return (*own, *_labels(english.reference), *_unsayable(english), *_in_translations(english))


def _unshown(rules: RuleBase) -> Iterator[Problem]:
    for rule in (*rules.rules, *rules.out_of_force):
        expected = {example.expect for example in rule.text.examples}
        for wanted in ("fires", "silent"):
            if wanted not in expected:
                yield Problem(rule.where, f"'{rule.id}' has no example in which it {'is ' * (wanted == 'silent')}{wanted}")


def _short(rules: RuleBase) -> Iterator[Problem]:
    """The reasons of the short answer: each rule that it can rest on has one, no other has, and each is short."""
    for rule in rules.every_rule:
        if rule.decides and rule.text.in_short is None:
            fault = (
                f"needs 'in_short', at most {MOST_WORDS_IN_SHORT} words after 'because', such as 'movement makes these lines'"
            )
            yield Problem(rule.where, f"'{rule.id}' {fault}")
        elif not rule.decides and rule.text.in_short is not None:
            yield Problem(rule.where, f"'{rule.id}' has an 'in_short', and the short answer never rests on it")
        elif (count := len((rule.text.in_short or "").split())) > MOST_WORDS_IN_SHORT:
            yield Problem(rule.where, f"'{rule.id}': 'in_short' has {count} words, at most {MOST_WORDS_IN_SHORT}")


def _unread(rules: RuleBase) -> Iterator[Problem]:
    for fields in FIELDS.values():
        for field in fields.values():
            if field not in rules.fields_read | DERIVED:
                yield Problem(field.path(), "no rule reads this answer: it would be needless personal data")


def _unasked(rules: RuleBase) -> Iterator[Problem]:
    questions = rules.reference.questions
    grouped = {path for group in questions.groups for path in group.questions}
    for field in sorted(rules.fields_read):
        if field.group == "concern":
            if field.name not in ("area", "kind") and field.name not in questions.details:
                yield Problem(f"questions.yaml: details.{field.name}", "a rule reads this answer, and no wording asks for it")
        elif field.path() not in questions.questions or field.path() not in grouped:
            yield Problem(f"questions.yaml: {field.path()}", "a rule reads this answer, and no page asks for it")
    known = {field.path() for fields in FIELDS.values() for field in fields.values() if field.group != "concern"}
    for path in sorted(grouped | set(questions.questions)):
        if path not in known:
            yield unknown_word("questions.yaml", "question", path, sorted(known))
        elif path not in {field.path() for field in rules.fields_read if field.group != "concern"}:
            yield Problem(f"questions.yaml: {path}", "is asked, and no rule reads it")


def _uncited(rules: RuleBase) -> Iterator[Problem]:
    cited = {source for rule in (*rules.rules, *rules.out_of_force) for source in rule.text.sources}
    for source in sorted(set(rules.reference.sources).difference(cited, *rules.reference.cited.values())):
        yield Problem(f"sources.yaml: {source}", "is cited by nothing")


def _labels(reference: Reference) -> Iterator[Problem]:
    products = sorted(product.id for facts in reference.treatments for product in facts.products)
    for label in reference.labels:
        if label.product not in products:
            yield unknown_word("labels.yaml", "product class", label.product, products)
        unknown = [answer for answer in label.not_with if answer not in HISTORY_KEYS]
        yield from (
            unknown_word(f"labels.yaml: {label.product}", "answer about health", answer, HISTORY_KEYS) for answer in unknown
        )


def _overdue(rules: RuleBase) -> Iterator[Problem]:
    for rule in rules.every_rule:
        if rules.review_by(rule) < rules.on:
            yield Problem(rule.where, f"'{rule.id}' was due for review by {rules.review_by(rule)}")


def _unsayable(rules: RuleBase) -> Iterator[Problem]:
    """What the public may not be told where it would be told it, and wording that stands in for nothing."""
    phrases = [phrase for entry in rules.reference.wording.public for phrase in entry.instead]
    yield from _said_to_the_public(rules, phrases)


def _in_translations(rules: RuleBase) -> Iterator[Problem]:
    """What is wrong with each translation, and what it says that the public may not be told."""
    for language, overlay in sorted(rules.overlays.items()):
        yield from overlay.problems
        for problem in _said_to_the_public(rules.in_language(language), overlay.phrases):
            yield problem._replace(where=f"{LANGUAGES}/{language}/{problem.where}")


def _said_to_the_public(rules: RuleBase, phrases: Iterable[str]) -> Iterator[Problem]:
    for jurisdiction in get_args(Jurisdiction):
        for where, what in unsayable_texts(rules.every_rule, rules.reference, jurisdiction):
            yield Problem(where, f"may not be said to the public in '{jurisdiction}': {what}")
    for phrase in phrases_unused(rules.every_rule, rules.reference, phrases=phrases):
        yield Problem("wording.yaml", f"says something instead of '{phrase}', and no text has it")
