"""Properties of any rules at all, decided for everybody: two people who differ in one answer, and what is owed to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment, Option
from recommender.documents.vocabulary import ON_THE_TABLE, TREATMENTS, URGENCIES, Status, Treatment
from recommender.inference.assess import assess
from recommender.inference.choices import Choices, Item, Known, items_of
from recommender.inference.policy import OptionState, Policy
from recommender.inference.statements import statements
from recommender.knowledge.conditions import AFTER_TREATMENT, UNSURE, tests_of
from recommender.knowledge.fields import AREA, FIELDS, KIND, Field, Value
from recommender.knowledge.reading import leaves_behind
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import HoldOn, Offer, Raise, Refer, Rule, Tell
from recommender.logic.circuit import FALSE, TRUE
from recommender.proofs.claims import HoldClaim, held
from recommender.proofs.everybody import Everybody
from recommender.proofs.places import enough_for, none_other, others
from recommender.proofs.waivers import Waiver

#: how strong an option stands, from the weakest on; below all of them there is none
_STRENGTH: tuple[Status, ...] = ("withdrawn", "referred", "deferred", "open", "review", "suggested")
#: the place of the first thing that somebody names, whichever it is
_HERE = "here"
#: with one of these alerts somebody else looks at all of it
_SEEN_TO = URGENCIES[:3]


@dataclass(frozen=True)
class General:
    """A property of any rules at all, with the hazards that it controls."""

    id: str
    title: str
    because: str
    hazards: tuple[str, ...]
    where: str = "any rules"


UNKNOWN = General(
    "any.unknown-is-no-stronger",
    "An answer not given, or 'unsure', never gives a stronger option than the strongest of its known values",
    "Nobody gains by leaving something open.",
    ("H08", "H09"),
)
CONTRAINDICATION = General(
    "any.contraindication-never-strengthens",
    "A 'yes' on which a hold rests never makes an option stronger",
    "What speaks against a treatment does not speak for one.",
    ("H08",),
)
WORSE_SIGN = General(
    "any.worse-sign-never-lowers-an-alert",
    "A sign after an injection that is there, or may be, never makes the strongest alert milder",
    "One more sign is no reason to wait longer.",
    ("H07", "H08"),
)
NAMED = General(
    "any.what-is-named-ends-somewhere",
    "Everything that somebody names has an option, the hold that rules it out, a referral, a note or an alert",
    "Nobody is sent away without an answer.",
    ("H40",),
)
LABEL = General(
    "any.label-is-kept",
    "A product that its own label rules out is held, for a prescriber at least, wherever it could be offered",
    "The label is the maker's own word on whom the product is not for.",
    ("H38",),
)
REFERRED = General(
    "any.who-is-referred-is-told-to-whom",
    "A hold that refers never stands without a referral or an alert",
    "Nobody is sent away and told of nobody to see.",
    ("H40",),
)
GENERAL = (UNKNOWN, CONTRAINDICATION, WORSE_SIGN, NAMED, LABEL, REFERRED)


@dataclass(frozen=True)
class Broken:
    """Whom a general property fails for: their answers, those of others to compare with, and what it is about.

    ``confirmed`` is what the engine says of them.
    """

    about: General
    name: str
    answers: Answers
    compared: tuple[Answers, ...] = ()
    confirmed: bool = False

    @property
    def answers_text(self) -> str:
        """These answers as a document on one line."""
        return self.answers.model_dump_json(by_alias=True, exclude_none=True)


def answer_name(fact: Field) -> str:
    """An answer as rules write it, such as ``history.pregnant``."""
    return f"{fact.group}.{fact.name}"


def names_of(rules: RuleBase) -> Mapping[str, frozenset[str]]:
    """What a waiver of each general property can be of: an answer, a thing seen, or what a label names."""
    answers = frozenset(answer_name(fact) for group in FIELDS.values() for fact in group.values())
    labels = frozenset(f"{label.product}.{name}" for label in rules.reference.labels for name in label.not_with)
    return {
        **dict.fromkeys((UNKNOWN.id, CONTRAINDICATION.id, WORSE_SIGN.id), answers),
        NAMED.id: frozenset(f"kind.{kind}" for kind in KIND.words),
        LABEL.id: labels,
        REFERRED.id: frozenset(rule.id for rule in rules.concluding["hold"]),
    }


class _AtFirst(Choices[int]):
    """The same people, who name one place more: that of the first thing they see."""

    def names(self, concern: int, fact: Field, word: str) -> int:
        if word != _HERE:
            return super().names(concern, fact, word)
        return TRUE if concern == 0 else self.alike(AREA, 0, concern)


class AnyRules:
    """The general properties of some rules, each decided for everybody who names at most so many places."""

    def __init__(self, rules: RuleBase, waivers: Sequence[Waiver] = (), *, places: int | None = None) -> None:
        self._rules, self._waivers = rules, waivers
        most = max(2, places if places is not None else enough(rules))
        conditions = [*(rule.when for rule in rules.rules), *(w.when for w in waivers if w.when is not None)]
        self._everyone = everyone = Everybody(rules, most, conditions)
        self._circuit, read = everyone.circuit, everyone.read_by(rules)
        self._reading, self._people = read.reading, read.people
        parts = {one.name: getattr(read.people, one.name) for one in fields(Choices) if one.init}
        self._policy = Policy(_AtFirst(**parts), list(statements(read.reading, rules)))
        self._options = {treatment: self._at_least(treatment) for treatment in TREATMENTS}
        self._alerts = self._added_up(self._policy.raised[urgency] for urgency in URGENCIES)
        self._gates = self._circuit.below(literal for found in (*self._options.values(), self._alerts) for literal in found)
        self._items = [item for item in items_of(rules, Known(most)) if item[1] in (None, 0) and item in self._people.values]
        self._changed: dict[tuple[Item, Value | None], Mapping[int, int]] = {}

    def _at_least(self, treatment: Treatment) -> Sequence[int]:
        """For each strength, where an option at the place of the first thing is at least so strong."""
        option = self._option(treatment)
        stands = self._policy.statuses(option)
        known = {**stands, "withdrawn": self._circuit.all_of((stands["withdrawn"], option.firm))}
        return self._added_up(known[status] for status in reversed(_STRENGTH))

    def _option(self, treatment: Treatment) -> OptionState[int]:
        return self._policy.option_at(_HERE, treatment)

    def _added_up(self, strongest_first: Iterable[int]) -> Sequence[int]:
        found, so_far = [], FALSE
        for literal in strongest_first:
            so_far = self._circuit.any_of((so_far, literal))
            found.append(so_far)
        return found[::-1]

    def broken(self) -> Iterator[Broken]:
        """What is not so: of each property the smallest person for whom it fails, for each answer or label that it is about."""
        for about, found in self._all():
            waived = self._waived(about)
            left = [(name, self._circuit.all_of((so, -waived.get(name, FALSE))), compared) for name, so, compared in found]
            while self._circuit.possible([self._circuit.any_of(so for _, so, _ in left)]):
                index = next(index for index, (_, so, _) in enumerate(left) if self._circuit.holds(so))
                name, so, compared = left.pop(index)
                answers = self._everyone.smallest(so)
                if answers is not None:
                    others = tuple(self._everyone.found(otherwise) for otherwise in compared)
                    one = Broken(about, name, answers, others)
                    yield Broken(about, name, answers, others, confirmed=self._confirmed(one))

    def needless(self) -> Iterator[Waiver]:
        """The waivers without which nothing more would be broken."""
        of_whom = {(about.id, name): so for about, found in self._all() for name, so, _ in found}
        for waiver in self._waivers:
            excused = [
                self._circuit.all_of((of_whom.get((waiver.text.check, name), FALSE), self._said_of(waiver)))
                for name in waiver.text.of
            ]
            if waiver.text.check in {one.id for one in GENERAL} and not all(self._circuit.possible([so]) for so in excused):
                yield waiver

    def _waived(self, about: General) -> Mapping[str, int]:
        found: dict[str, list[int]] = {}
        for waiver in self._waivers:
            if waiver.text.check == about.id:
                for name in waiver.text.of:
                    found.setdefault(name, []).append(self._said_of(waiver))
        return {name: self._circuit.any_of(so) for name, so in found.items()}

    def _said_of(self, waiver: Waiver) -> int:
        return TRUE if waiver.when is None else self._reading.condition(waiver.when, 0)

    _Found = Iterator[tuple[str, int, tuple[Mapping[Item, Value | None], ...]]]

    def _all(self) -> Iterator[tuple[General, _Found]]:
        yield UNKNOWN, self._by_answer(self._unknown_is_stronger, lambda item: [*map(_to(item), self._known_values(item))])
        resting = _contraindications(self._rules)
        yes: Callable[[Item], Any] = lambda item: [{item: "yes"}]  # noqa: E731
        yield CONTRAINDICATION, self._by_answer(self._yes_is_stronger, yes, lambda item: item[0] in resting)
        worse: Callable[[Item], Any] = lambda item: [{item: "yes"}, {item: UNSURE}]  # noqa: E731
        yield WORSE_SIGN, self._by_answer(self._sign_is_milder, worse, lambda item: item[0].group == "symptoms")
        yield NAMED, self._named()
        yield LABEL, self._labels()
        yield REFERRED, self._referred()

    def _by_answer(
        self,
        is_broken: Callable[[Item], int],
        compared: Callable[[Item], Sequence[Mapping[Item, Value | None]]],
        wanted: Callable[[Item], bool] = lambda _: True,
    ) -> _Found:
        """For each answer that is wanted, where it is broken by it, and with whom that compares."""
        for item in filter(wanted, self._items):
            context = [self._people.there[0]] if item[1] is not None else []
            context += [self._people.after_treatment] if item[0].group in AFTER_TREATMENT else []
            yield answer_name(item[0]), self._circuit.all_of([*context, is_broken(item)]), tuple(compared(item))

    def _with(self, item: Item, value: Value | None) -> Callable[[int], int]:
        """What literals come to where one answer has this value."""
        if (item, value) not in self._changed:
            fixed = {literal: TRUE if one == value else FALSE for one, literal in self._people.values[item].items()}
            self._changed[item, value] = self._circuit.known(self._gates, fixed)
        changed = self._changed[item, value]
        return lambda literal: changed.get(literal, literal)

    def _known_values(self, item: Item) -> Sequence[Value]:
        return [value for value in self._people.values[item] if value is not None and value != UNSURE]

    def _unknown_is_stronger(self, item: Item) -> int:
        """Where an answer that is not known gives an option as strong as none of its known values does."""
        found = []
        known = [self._with(item, value) for value in self._known_values(item)]
        values = self._people.values[item]
        follows = self._people.values[self._rules.follows[item[0]], None]["no"] if item[0] in self._rules.follows else FALSE
        for unknown in (value for value in (None, UNSURE) if value in values):
            one = self._with(item, unknown)
            so = [
                self._circuit.all_of((one(strong), *(-other(strong) for other in known)))
                for levels in self._options.values()
                for strong in levels
            ]
            not_settled = -follows if unknown is None else TRUE
            found.append(self._circuit.all_of((values[unknown], not_settled, self._circuit.any_of(so))))
        return self._circuit.any_of(found)

    def _yes_is_stronger(self, item: Item) -> int:
        yes = self._with(item, "yes")
        return self._circuit.any_of(
            self._circuit.all_of((self._people.values[item][value], yes(strong), -self._with(item, value)(strong)))
            for levels in self._options.values()
            for strong in levels[1:]
            for value in ("no", UNSURE, None)
        )

    def _sign_is_milder(self, item: Item) -> int:
        no = self._with(item, "no")
        worse = (self._with(item, value) for value in ("yes", UNSURE))
        milder = [self._circuit.all_of((no(raised), -other(raised))) for other in worse for raised in self._alerts]
        return self._circuit.all_of((self._people.values[item]["no"], self._circuit.any_of(milder)))

    def _named(self) -> _Found:
        """For each thing seen, where the form asks for it and nothing is told of it."""
        policy, people, all_of = self._policy, self._people, self._circuit.all_of
        told = [policy.raised[urgency] for urgency in _SEEN_TO]
        told += [so for option in map(self._option, TREATMENTS) for so in (option.firm, option.open)]
        for referral in policy.referrals:
            told.append(all_of((policy.named(referral), self._of_first(referral.concern))))
        for note in policy.notes:
            if note.concern is not None:
                told.append(all_of((policy.told(note), self._of_first(note.concern))))
        nothing = -self._circuit.any_of(told)
        for kind in KIND.words:
            asked = [area for area, words in self._rules.reference.questions.areas.items() if kind in words.kinds]
            there = self._circuit.any_of(people.names(0, AREA, area) for area in asked)
            yield f"kind.{kind}", all_of((people.there[0], there, people.names(0, KIND, kind), nothing)), ()

    def _of_first(self, concern: int | None) -> int:
        if concern in (None, 0):
            return TRUE
        return self._circuit.all_of(self._people.alike(fact, 0, concern) for fact in (AREA, KIND))

    def _labels(self) -> _Found:
        """For each answer that a label names, where its product could be offered and nothing holds it."""
        treatment_of = {p.id: facts.treatment for facts in self._rules.reference.treatments for p in facts.products}
        for label in self._rules.reference.labels:
            treatment = treatment_of.get(label.product)
            for name in label.not_with if treatment is not None else ():
                fact = FIELDS["history"].get(name)
                if treatment is None or fact is None:
                    continue
                option = self._option(treatment)
                stands = self._policy.statuses(option)
                claim = HoldClaim(treatment=treatment, effect="review", product=label.product)
                here = [self._people.there[0], self._people.values[fact, None]["yes"]]
                here += [self._circuit.any_of(self._people.names(0, AREA, area) for area in label.places)] * bool(label.places)
                here += [self._people.lives_in(label.jurisdictions)] * bool(label.jurisdictions)
                table = self._circuit.any_of(stands[status] for status in ON_THE_TABLE)
                so = self._circuit.all_of((*here, table, -held(claim, self._policy, _HERE)))  # type: ignore[arg-type]
                yield f"{label.product}.{name}", so, ()

    def _referred(self) -> _Found:
        """For each hold that refers, where it stands and nobody to see is named of the same thing, or of the person."""
        policy, any_of = self._policy, self._circuit.any_of
        alerts = [so for alert in policy.alerts for so in (alert.certain, alert.doubted)]
        for hold in policy.holds:
            if hold.concludes.effect == "refer" and hold.concern in (None, 0):
                about = [r.certain for r in policy.referrals if hold.concern is None or r.concern in (None, 0)]
                shown = TRUE if hold.concern is None else any_of(map(self._is_shown, hold.concludes.treatment))
                yield hold.rule.id, self._circuit.all_of((hold.certain, shown, -any_of((*about, *alerts)))), ()

    def _is_shown(self, treatment: Treatment) -> int:
        """Where a treatment at the place of the first thing is an option, with what holds it."""
        option = self._option(treatment)
        return self._circuit.any_of((option.firm, self._circuit.all_of((option.open, -option.held["hard_stop"]))))

    def _confirmed(self, one: Broken) -> bool:
        """Whether the engine says the same of them."""
        found = assess(self._rules, one.answers)
        others = [assess(self._rules, answers) for answers in one.compared]
        if one.about is UNKNOWN:
            return any(all(strong > _strong(other, at) for other in others) for at, strong in _options(found).items())
        if one.about is CONTRAINDICATION:
            return any(strong > max(0, _strong(found, at)) for other in others for at, strong in _options(other).items())
        if one.about is WORSE_SIGN:
            return any(_urgent(found) > _urgent(other) for other in others)
        if one.about is REFERRED:
            at_places = [hold for option in found.options for hold in option.defeats]
            places = {referral.area for referral in found.referrals}
            named = found.alerts or None in places or (places and any(h.rule == one.name for h in found.holds))
            return any(hold.rule == one.name for hold in (*found.holds, *at_places)) and not named
        area = found.answers.concerns[0].area if found.answers.concerns else None
        if one.about is NAMED:
            return (
                not found.holds and not any(option.area == area for option in found.options) and found.outcome not in _SEEN_TO
            )
        return any(_is_bare(found, option, one.name.partition(".")[0]) for option in found.options)


def _is_bare(found: Assessment, option: Option, product: str) -> bool:
    """Whether an option is on the table with no hold on this product that is for a prescriber at least."""
    holds = [h for h in (*found.holds, *option.defeats) if option.treatment in h.treatments and h.effect != "caution"]
    return option.status in ON_THE_TABLE and not any(not hold.products or product in hold.products for hold in holds)


def _to(item: Item) -> Callable[[Value], Mapping[Item, Value | None]]:
    return lambda value: {item: value}


def _options(found: Assessment) -> Mapping[tuple[str, str], int]:
    return {(option.area, option.treatment): _STRENGTH.index(option.status) for option in found.options}


def _strong(found: Assessment, at: tuple[str, str]) -> int:
    return _options(found).get(at, -1)


def _urgent(found: Assessment) -> int:
    return max((len(URGENCIES) - URGENCIES.index(alert.urgency) for alert in found.alerts), default=0)


def _contraindications(rules: RuleBase) -> frozenset[Field]:
    """The answers about safety on whose "yes" a hold rests, and not on their "no"."""
    holds = (rule for rule in rules.rules if isinstance(rule.concludes, HoldOn))
    tests = (test for rule in holds for leaf in leaves_behind(rule, rules.finders) for test in tests_of(leaf))
    return frozenset(
        t.field for t in tests if t.field.unsure_counts and t.accepts("yes", "certain") and not t.accepts("no", "certain")
    )


def enough(rules: RuleBase) -> int:
    """With how many places they are decided: what makes of two people an option at one place so strong, and so weak.

    Of what an answer is compared in, an offer and, for each of its values, a hold that reads it; a label and what is named
    weigh fewer. All of them speak of one place, or of the person. Where a rule tests that there is *no* other thing, two of
    the things left out keep it false: a thing is no other than itself.
    """
    weighed = [rule for rule in rules.rules if isinstance(rule.concludes, Offer | HoldOn)]
    here = [[rule for rule in weighed if rule.scope == "person" or area in rules.reach(rule)[0]] for area in AREA.words]
    told = enough_for(rules, (Refer, Raise, Tell), 2)
    return 1 + max(told, *(_made(found, rules) + _kept_false(found, rules) for found in here))


def _made(found: Sequence[Rule], rules: RuleBase) -> int:
    """With how many things of one place an offer and the holds that one answer can bring are made."""
    needed = {rule.id: int(rule.scope == "concern") + others(rule.when, rules) for rule in found}
    offers = max((needed[rule.id] for rule in found if isinstance(rule.concludes, Offer)), default=0)
    reading: dict[Field, int] = {}
    for rule in found:
        for fact in {test.field for leaf in leaves_behind(rule, rules.finders) for test in tests_of(leaf)}:
            if isinstance(rule.concludes, HoldOn):
                reading[fact] = max(reading.get(fact, 0), needed[rule.id])
    values = {
        fact: len(rules.stretches.get(fact, ())) if fact.is_number else len(set(fact.words) - {UNSURE}) for fact in reading
    }
    return offers + max((most * values[fact] for fact, most in reading.items() if fact not in (AREA, KIND)), default=0)


def _kept_false(found: Sequence[Rule], rules: RuleBase) -> int:
    return 2 * len({leaf for rule in found for leaf in none_other(rule.when, rules)})
