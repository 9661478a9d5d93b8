"""What can still make a difference, found by trying every way to go on: the measure for what the solver says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from recommender import Assessment, RuleBase
from recommender.documents.answer_path import with_answer
from recommender.documents.answers import SYMPTOM_KEYS, Answers, read_answers
from recommender.documents.vocabulary import EFFECTS, STATUS_OF, TREATMENTS
from recommender.inference.assess import concluded as conclude_from
from recommender.inference.conclusions import Conclusions
from recommender.inference.plain import fired_plainly
from recommender.knowledge.conditions import tests_of
from recommender.knowledge.fields import DERIVED, FIELDS, Field

LEFT = None  # an answer left as it is


def concluded(rules: RuleBase, answers: Answers) -> Conclusions:
    """Everything concluded, by reading the rules over one person."""
    facts = rules.facts(answers)
    return conclude_from(rules, answers, facts, fired_plainly(rules, facts))


def standings(found: Conclusions | Assessment, answers: Answers | None = None) -> dict[str, Any]:
    """The status of every option on the table, and which alerts there are; without a place, how each treatment is held."""
    answers = answers or (found.answers if isinstance(found, Assessment) else None)
    assert answers is not None
    status: dict[str, Any] = {f"{o.area}/{o.treatment}": o.status for o in found.options if o.status != "withdrawn"}
    if not answers.concerns and answers.after_treatment is None:
        held = {t: [hold.effect for hold in found.holds if t in hold.treatments] for t in TREATMENTS}
        strongest = {treatment: max(effects, key=EFFECTS.index) for treatment, effects in held.items() if effects}
        status |= {treatment: STATUS_OF[effect] for treatment, effect in strongest.items() if effect != "caution"}
    return status | {f"alert/{alert.urgency}": True for alert in found.alerts}


def told(rules: RuleBase, answers: Answers, found: Conclusions) -> dict[str, Any]:
    """The one word for the person, who else to see, and all that they are told of what is on the table: standings, offers and
    holds by rule, whether an option is no more than an open one, notes.
    """
    live = [option for option in found.options if option.status != "withdrawn"]
    stopped = {t for hold in found.holds if hold.effect == "hard_stop" for t in hold.treatments}
    of = {name: {rule.id for rule in rules.rules if rule.conclusion == name} for name in ("offer", "refer")}
    whole: dict[str, Any] = standings(found, answers)
    for option in live:
        name = f"{option.area}/{option.treatment}"
        whole[f"offers {name}"] = {reason.rule for reason in option.reasons} & of["offer"]
        whole[f"depends {name}"] = bool(option.deciding)
        whole[f"holds {name}"] = {(hold.rule, hold.effect, hold.in_doubt) for hold in option.defeats}
    whole["outcome"] = found.outcome
    whole["referrals"] = {
        (r.to, r.area, reason.rule) for r in found.referrals for reason in r.reasons if reason.rule in of["refer"]
    }
    on_the_table = bool(live)
    if not answers.concerns:
        whole |= {f"stopped {t}": t in stopped for t in TREATMENTS}
        whole["against"] = {(h.rule, h.effect, h.in_doubt, t) for h in found.holds for t in h.treatments if t not in stopped}
        on_the_table = stopped < set(TREATMENTS)
    if on_the_table:
        whole["notes"] = {note.rule for note in found.notes} - {"policy.nothing-concluded"}
    return whole


def unknown_items(rules: RuleBase, document: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Every answer that some rule reads, or that one follows from, that this respondent is asked and that is not known, with
    its values.
    """
    found: dict[str, tuple[Any, ...]] = {}
    reads = {test.field for rule in rules.rules for test in tests_of(rule.when)}
    if FIELDS["after_treatment"]["symptoms_described"] in reads:
        reads |= set(FIELDS["symptoms"].values())
    reads |= {rules.follows[field] for field in reads if field in rules.follows}
    followed = rules.facts(read_answers(document)).followed
    for field in sorted(reads - DERIVED - set(followed)):
        places: list[tuple[str, Any]] = []
        if field.group == "concern":
            if field.name not in ("area", "kind"):
                places = [(field.path(i), concern) for i, concern in enumerate(document["concerns"])]
        elif field.group == "symptoms":
            places = [(field.path(), document["after_treatment"]["symptoms"])] if "after_treatment" in document else []
        elif field.group != "after_treatment" or "after_treatment" in document:
            places = [(field.path(), document.get(field.group, {}))]
        for path, place in places:
            said = place.get(field.name)
            asked = rules.reference.questions.asked_of(document["respondent"], path)
            if said == "unsure" or (said is None and asked):
                found[path] = values(field, rules)
    return found


def values(field: Field, rules: RuleBase) -> tuple[Any, ...]:
    """The values of an answer; of a number, those beside each bound."""
    if field.words:
        return field.words
    tests = [test for rule in rules.rules for test in tests_of(rule.when) if test.field == field]
    bounds = {bound for test in tests for bound in (test.at_least, test.below) if isinstance(bound, int)}
    most = {"age": 120, "dcq_score": 21, "cops_score": 72}.get(field.name, 36500)
    beside = {number for bound in bounds for number in (bound - 1, bound) if 0 <= number <= most}
    return tuple(sorted(beside or {0}))


def differences(rules: RuleBase, document: dict[str, Any]) -> tuple[dict[str, set[str]], set[str]]:
    """By trying every way to go on: the standings that each answer can change, and the answers that change anything told."""
    items = unknown_items(rules, document)
    seen: dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, Any]]] = {}
    for way in product(*((LEFT, *domain) for domain in items.values())):
        more = document
        for path, value in zip(items, way, strict=True):
            if value is not LEFT:
                more = with_answer(more, path, value)
        answers = read_answers(more)
        found = concluded(rules, answers)
        seen[way] = standings(found, answers), told(rules, answers, found)
    changes: dict[str, set[str]] = {path: set() for path in items}
    matter: set[str] = set()
    for place, path in enumerate(items):
        for first, second in _pairs(seen, place):
            changes[path] |= {name for name in first[0].keys() | second[0].keys() if first[0].get(name) != second[0].get(name)}
            if first[1] != second[1]:
                matter.add(path)
    return {path: names for path, names in changes.items() if names}, matter


def _pairs(seen: Mapping[tuple[Any, ...], Any], place: int) -> Iterator[tuple[Any, Any]]:
    """Each two ways that differ at one place alone."""
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for way, found in seen.items():
        alike.setdefault((*way[:place], *way[place + 1 :]), []).append(found)
    for same in alike.values():
        yield from ((same[0], other) for other in same[1:])


def symptoms_denied(document: dict[str, Any], *, but: set[str]) -> None:
    """Deny every sign that is not to stay open."""
    if "after_treatment" in document:
        said = document["after_treatment"].setdefault("symptoms", {})
        for name in SYMPTOM_KEYS:
            if name not in but:
                said.setdefault(name, "no")
