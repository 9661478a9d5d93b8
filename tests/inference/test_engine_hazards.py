"""What experta does when it is left to itself, each with the test that holds it off."""

from __future__ import annotations

import collections
import functools
import gc
import json
import logging
import os
import random
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from rule_texts import alert, hold, offer, refer, rule
from strategies import of_the_whole, sampled

from recommender import RuleBase, assess, load_rules
from recommender.documents import read_answers
from recommender.inference.assess import network_of
from recommender.inference.network import ConcernFact, FindingFact, Network, PersonFact

CHECKOUT = Path(__file__).parent.parent.parent
#: rules with every kind of pattern: places, findings, neighbours, absences, numbers, jurisdictions, doubt
RULES = (
    rule("moves", "{concern: {kind: lines, on_movement: yes}}", "find: moves")
    + rule("toxin", "{finding: moves}", offer("botulinum_toxin"))
    + rule("filler", "{any: [{concern: {kind: [fuller, hollow]}}, {concern: {at_rest: yes}}]}", offer())
    + rule("weak", "{any: [{history: {hiv: yes}}, {history: {immunosuppressed: yes}}]}", "find: weak")
    + rule("stop", "{finding: weak}", hold("hard_stop"))
    + rule("young", "{person: {age: {below: 18}}}", hold("hard_stop", "dermal_filler", "botulinum_toxin"))
    + rule("same", "{concern: {kind: lines}, same_area: {kind: fuller}}")
    + rule("alone", "{concern: {kind: lines}, not: {same_area: {kind: fuller}}}", hold("review"))
    + rule("none", "{not: {anywhere: {area: lips}}}")
    + rule("uk", "{history: {pregnant: yes}}", refer("medical"), "jurisdictions: [uk]")
    + rule("fever", "{symptoms: {fever: yes}, after_treatment: {days_ago: {below: 3}}}", alert("same_day"))
)


@pytest.fixture
def small(rules_folder: Callable[..., Path]) -> RuleBase:
    return load_rules(rules_folder(small=RULES))


def mixed_cases(count: int) -> list[dict[str, Any]]:
    """Answers documents of every sort, the same ones every time."""
    chance = random.Random(11)
    three = ("yes", "no", "unsure")
    return [
        {
            "jurisdiction": chance.choice(("uk", "us")),
            "person": {"age": chance.randint(16, 60)},
            "concerns": [
                {
                    "area": chance.choice(("lips", "glabella", "cheek")),
                    "kind": chance.choice(("lines", "fuller", "hollow")),
                    "on_movement": chance.choice(three),
                    "at_rest": chance.choice(three),
                }
                for _ in range(chance.randint(0, 4))
            ],
            "history": {
                name: chance.choice(three) for name in ("hiv", "immunosuppressed", "pregnant") if chance.random() < 0.6
            },
            "after_treatment": {"days_ago": chance.randint(0, 6), "symptoms": {"fever": chance.choice(three)}},
        }
        for _ in range(count)
    ]


def _python(script: str, *arguments: str, **environment: str) -> str:
    """What a fresh interpreter prints for a script."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
    ).stdout


def test_it_imports_on_this_python_and_leaves_nothing_behind_in_collections() -> None:
    script = "import recommender, collections; print(sorted(set(vars(collections)) & {'Mapping', 'Callable', 'Iterable'}))"

    assert _python(script).strip() == "[]"
    assert not hasattr(collections, "Mapping")


def test_by_itself_it_would_not_import_on_this_python() -> None:
    script = "\ntry:\n    import experta\nexcept AttributeError as error:\n    print(error)"

    assert "has no attribute 'Mapping'" in _python(script)


@pytest.mark.parametrize(
    ("before", "handlers", "level"),
    [
        ("", [], logging.WARNING),
        ("logging.root.addHandler(logging.NullHandler()); logging.root.setLevel(7)", ["NullHandler"], 7),
    ],
    ids=["a program without logging", "a program with logging of its own"],
)
def test_it_leaves_the_root_logger_as_it_found_it(before: str, handlers: list[str], level: int) -> None:
    script = f"""
import json, logging
{before}
from recommender import assess, load_rules
import recommender.inference.engine_library
print(json.dumps([[type(h).__name__ for h in logging.root.handlers], logging.root.level]))
"""

    assert json.loads(_python(script)) == [handlers, level]


def _facts_of_people() -> Iterator[Any]:
    """Every fact alive that was declared in a run; the patterns of the rules were never declared."""
    gc.collect()
    return (o for o in gc.get_objects() if isinstance(o, PersonFact | ConcernFact | FindingFact) and o.__factid__ is not None)


def test_nothing_of_a_person_is_alive_after_the_run(small: RuleBase) -> None:
    answers = read_answers(mixed_cases(20)[-1] | {"person": {"age": 117}})
    facts = small.facts(answers)
    watched = [weakref.ref(answers), weakref.ref(facts), weakref.ref(assess(small, answers))]

    network_of(small).run(facts)
    del answers, facts
    gc.collect()

    assert [ref() for ref in watched] == [None, None, None]
    assert list(_facts_of_people()) == []


def test_an_idle_engine_holds_no_answer(small: RuleBase) -> None:
    network = network_of(small)
    for answers in mixed_cases(20):
        network.run(small.facts(read_answers(answers)))

    (engine,) = network._idle

    assert [type(fact).__name__ for fact in engine.facts.values()] == ["InitialFact"]
    assert all(
        {type(fact).__name__ for fact in activation.facts} == {"InitialFact"} for activation in engine.agenda.activations
    )
    assert engine.record is None


def _caches() -> dict[str, int]:
    """How much each of the caches that live as long as the process holds."""
    checks = sys.modules["experta.matchers.rete.check"]
    found = {name: len(vars(checks)[name]._instances) for name in ("TypeCheck", "FactCapture", "FeatureCheck", "WhereCheck")}
    for module in [module for name, module in sys.modules.items() if name.startswith("experta")]:
        for owner in [module, *(thing for thing in vars(module).values() if isinstance(thing, type))]:
            for name, thing in vars(owner).items():
                if isinstance(thing, functools._lru_cache_wrapper):
                    found[f"{owner.__name__}.{name}"] = thing.cache_info().currsize
    return found


def test_the_caches_that_are_watched_are_there() -> None:
    assert {"FactCapture", "FeatureCheck", "DepthStrategy.get_key", "ReteMatcher._get_conflict_set_nodes"} <= set(_caches())


def test_the_caches_that_would_keep_answers_and_engines_stay_empty(small: RuleBase) -> None:
    for answers in mixed_cases(20):
        assess(small, answers)

    caches = _caches()

    assert caches["DepthStrategy.get_key"] == 0
    assert caches["ReteMatcher._get_conflict_set_nodes"] == 0


@pytest.mark.slow
def test_nothing_grows_over_two_thousand_runs(small: RuleBase) -> None:
    network, people = network_of(small), [small.facts(read_answers(answers)) for answers in mixed_cases(50)]
    for facts in people:
        network.run(facts)
    gc.collect()
    caches, objects = _caches(), len(gc.get_objects())

    for _ in range(40):
        for facts in people:
            network.run(facts)

    gc.collect()
    assert _caches() == caches
    assert len(gc.get_objects()) - objects < 200


def test_compiling_the_same_rules_again_adds_next_to_nothing(small: RuleBase) -> None:
    Network(small.rules)
    before = _caches()

    networks = [Network(small.rules) for _ in range(10)]

    after = _caches()
    assert after | {"FactCapture": 0} == before | {"FactCapture": 0}
    assert after["FactCapture"] - before["FactCapture"] <= len(networks)  # experta's own InitialFact, which has no name


def test_a_rule_base_that_is_let_go_is_gone_with_its_network(rules_folder: Callable[..., Path]) -> None:
    rules = load_rules(rules_folder(small=RULES))
    assess(rules, {})
    watched = [weakref.ref(rules), weakref.ref(network_of(rules))]

    del rules
    gc.collect()

    assert [ref() for ref in watched] == [None, None]


@contextmanager
def threads_that_interrupt_each_other() -> Iterator[ThreadPoolExecutor]:
    """Eight threads that take turns as often as they can."""
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            yield pool
    finally:
        sys.setswitchinterval(switching)


def test_a_network_is_compiled_once_for_a_rule_base_however_many_ask(small: RuleBase) -> None:
    together = Barrier(8)

    def ask(_: int) -> Network:
        together.wait()
        return network_of(small)

    with threads_that_interrupt_each_other() as pool:
        networks = set(pool.map(ask, range(8)))

    assert len(networks) == 1


def _wrong_in_any_thread(right: list[Any], answer: Callable[[int], Any]) -> list[int]:
    """The cases that come out differently when eight threads go through all of them, each in an order of its own."""
    orders = [random.Random(seed).sample(range(len(right)), len(right)) for seed in range(8)]
    with threads_that_interrupt_each_other() as pool:
        wrong = pool.map(lambda order: [number for number in order if answer(number) != right[number]], orders)
        return [number for numbers in wrong for number in numbers]


@pytest.mark.sampled
def test_eight_threads_with_many_cases_each_are_right_every_time(small: RuleBase) -> None:
    network, people = network_of(small), [small.facts(read_answers(answers)) for answers in mixed_cases(sampled(200))]
    right = [network.run(facts) for facts in people]

    wrong = _wrong_in_any_thread(right, lambda number: network.run(people[number]))

    assert wrong == []


@pytest.mark.slow
def test_eight_threads_are_right_on_the_shipped_rules(rules: RuleBase) -> None:
    cases = mixed_cases(of_the_whole(200))
    right = [assess(rules, answers).json_text() for answers in cases]

    wrong = _wrong_in_any_thread(right, lambda number: assess(rules, cases[number]).json_text())

    assert wrong == []


def test_an_engine_is_never_lent_twice_at_once(small: RuleBase) -> None:
    lent, network = [], Network(small.rules)
    people = [small.facts(read_answers(answers)) for answers in mixed_cases(40)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(network.run, people))
        lent.extend(network._idle)

    assert len({id(engine) for engine in lent}) == len(lent) <= 9


SAME_BYTES = """
import hashlib, json, sys
from recommender import assess, load_rules
rules = load_rules(jurisdiction="uk")
for answers in json.loads(sys.argv[1]):
    print(hashlib.sha256(assess(rules, answers).json_text().encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_answers_give_the_same_bytes_in_every_process() -> None:
    concerns = [
        {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"},
        {"area": "lips", "kind": "fuller"},
        {"area": "under_eye", "kind": "dark_circles"},
    ]
    history = {"blood_thinners": "yes", "cold_sores_history": "yes", "autoimmune_disease": "unsure", "pregnant": "no"}
    cases = [{"concerns": concerns, "history": history}, *mixed_cases(6)]

    printed = {_python(SAME_BYTES, json.dumps(cases), PYTHONHASHSEED=seed) for seed in ("0", "1")}

    assert len(printed) == 1
    assert len(printed.pop().split()) == 7


def test_the_order_of_concerns_changes_no_byte(rules: RuleBase) -> None:
    concerns = [
        {"area": "glabella", "kind": "lines", "on_movement": "yes"},
        {"area": "glabella", "kind": "lines", "on_movement": "unsure"},
        {"area": "lips", "kind": "fuller"},
        {"area": "cheek", "kind": "volume_loss"},
    ]

    found = {assess(rules, {"concerns": list(order)}).json_text() for order in permutations(concerns)}

    assert len(found) == 1
