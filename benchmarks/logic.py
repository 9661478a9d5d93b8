"""The rules read for everybody, as literals, and for a million people, as planes of bits: ``python -m benchmarks.logic``."""

from __future__ import annotations

import random
import resource
import time

from recommender import RuleBase, load_rules
from recommender.documents.vocabulary import JURISDICTIONS, TREATMENTS
from recommender.inference.choices import Choices, Known, everybody, inputs, items_of, planes, values_of
from recommender.inference.policy import Policy
from recommender.inference.statements import statements
from recommender.knowledge.conditions import Test
from recommender.knowledge.fields import AREA, FIELDS, KIND
from recommender.knowledge.reading import Reading
from recommender.logic.circuit import Circuit
from recommender.logic.logics import Planes, T

PEOPLE = 1_000_000
BATCH = 50_000  # planes of this size stay in the processor's cache
PLACES = 3


def policy_of(rules: RuleBase, people: Choices[T]) -> Policy[T]:
    """The policy over everything that the rules say of these people, worked out."""
    policy = Policy(people, statements(Reading(people, rules.finders), rules))
    for option in policy.options.values():
        policy.statuses(option)
    _ = policy.outcomes, [policy.named(referral) for referral in policy.referrals]
    return policy


def for_everybody(rules: RuleBase, places: int) -> None:
    """Build the circuit of everybody with at most so many places, and ask it one question about all of them."""
    start = time.perf_counter()
    circuit = Circuit()
    people = everybody(circuit, rules, Known(places))
    policy = policy_of(rules, people)
    built = time.perf_counter() - start
    offered = [policy.statuses(o)["suggested"] for (_, t), o in policy.options.items() if t in TREATMENTS]
    pregnant = people.says(Test(FIELDS["history"]["pregnant"], frozenset({"yes"})), None, "certain")
    question = [pregnant, circuit.any_of(offered)]
    circuit.possible([])  # what the solver is told is not part of the question
    start = time.perf_counter()
    possible = circuit.possible(question)
    asked = time.perf_counter() - start
    answer = "possible" if possible else "impossible"
    print(
        f"everybody with at most {places} places: built in {built:5.2f} s, {circuit.size:6,} gates; "
        f"pregnant and something suggested: {answer}, {1000 * asked:5.1f} ms"
    )


def with_known_places(rules: RuleBase) -> None:
    """What is known of somebody put in, in two ways: in the reading, and into the gates of everybody."""
    circuit = Circuit()
    everyone = everybody(circuit, rules, Known(PLACES))
    policy = policy_of(rules, everyone)
    gates = circuit.below(so for option in policy.options.values() for so in policy.statuses(option).values())
    seen = (("glabella", "lines"), ("lips", "fuller"), ("under_eye", "hollow"))
    known = Known(seen, after_treatment=False, jurisdiction="uk")
    read, restricted = [], []
    for _ in range(20):
        start = time.process_time()
        small = Circuit()
        these = Policy((people := everybody(small, rules, known)), statements(Reading(people, rules.finders), rules))
        for option in these.options.values():
            these.statuses(option)
        read.append(time.process_time() - start)
        start = time.process_time()
        other = Circuit()
        circuit.over(other, inputs(everyone, everybody(other, rules, known)), gates)
        restricted.append(time.process_time() - start)
    print(
        f"three places known: put in as the rules are read {1000 * min(read):.1f} ms, {small.size} gates; "
        f"into the {len(gates):,} gates of everybody {1000 * min(restricted):.1f} ms, {other.size} gates"
    )


def at_random(rules: RuleBase, count: int) -> Choices[int]:
    """So many people with three places, each answer at random."""

    def column(values: int) -> bytes:
        wheel = bytes(byte % values for byte in range(256))
        return random.randbytes(count).translate(wheel)

    chosen = {item: values_of(rules, item[0]) for item in items_of(rules, Known(PLACES))}
    chosen |= {(fact, number): fact.words for fact in (AREA, KIND) for number in range(PLACES)}
    logic = Planes(count)
    return Choices(
        logic,
        {item: planes(values, column(len(values))) for item, values in chosen.items()},
        there=[logic.true] * PLACES,
        after_treatment=planes((0, 1), column(2))[1],
        jurisdictions=planes(JURISDICTIONS, column(len(JURISDICTIONS))),  # type: ignore[arg-type]
        follows=rules.follows,
    )


def for_a_population(rules: RuleBase) -> None:
    """Send a million people through the gates of everybody, in batches."""
    circuit = Circuit()
    everyone = everybody(circuit, rules, Known(PLACES))
    policy = policy_of(rules, everyone)
    wanted = [*policy.outcomes.values(), *(so for o in policy.options.values() for so in policy.statuses(o).values())]
    gates = circuit.below(wanted)
    making = reading = 0.0
    emergencies = 0
    for _ in range(PEOPLE // BATCH):
        start = time.perf_counter()
        people = at_random(rules, BATCH)
        making += time.perf_counter() - start
        start = time.perf_counter()
        plane = circuit.over(people.logic, inputs(everyone, people), gates)
        emergencies += plane(policy.outcomes["emergency"]).bit_count()
        reading += time.perf_counter() - start
    print(f"{PEOPLE:,} people with {PLACES} places: made in {making:.1f} s, through {len(gates):,} gates in {reading:.1f} s")
    print(f"of these, made up at random, {emergencies:,} are told to call for help now")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    rules = load_rules()
    for places in range(1, 5):
        for_everybody(rules, places)
    with_known_places(rules)
    for_a_population(rules)


if __name__ == "__main__":
    main()
