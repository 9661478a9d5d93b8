"""How long one assessment takes, and loading the rules: ``python -m benchmarks.assess``."""

from __future__ import annotations

import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from recommender import RuleBase, assess, load_rules
from recommender.documents.answers import HISTORY_KEYS, read_answers
from recommender.inference.assess import assess_plainly, network_of

RUNS = 300

FULL_ANSWERS = {
    "respondent": "patient",
    "person": {"age": 44},
    "concerns": [
        {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"},
        {"area": "lips", "kind": "fuller"},
        {"area": "under_eye", "kind": "hollow", "puffiness_too": "no", "loose_skin_too": "no"},
    ],
    "history": {key: "yes" if key in ("cold_sores_history", "blood_thinners") else "no" for key in HISTORY_KEYS[:40]},
}
PLACES = (
    ("glabella", "lines"),
    ("lips", "fuller"),
    ("under_eye", "hollow"),
    ("cheek", "volume_loss"),
    ("forehead", "lines"),
    ("chin", "dimpling"),
    ("neck", "bands"),
    ("jawline", "sagging"),
)
COMBINATIONS = tuple(combinations(PLACES, 3))


def milliseconds(run: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """Median and 95th percentile of one run, in milliseconds."""
    run()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def in_turn(one: Callable[[], object], other: Callable[[], object], *, times: int = 30) -> float:
    """How much processor time one takes for each that the other takes: the median of the ratios of batches run in turn."""

    def taken(run: Callable[[], object]) -> float:
        start = time.process_time()
        for _ in range(10):
            run()
        return time.process_time() - start

    return statistics.median(taken(one) / taken(other) for _ in range(times))


def first_and_later(rules: RuleBase) -> tuple[float, float]:
    """Processor seconds of the first assessment of a combination of places, and of a later one: medians."""
    first, later = [], []
    for seen in COMBINATIONS:
        answers = {**FULL_ANSWERS, "concerns": [{"area": area, "kind": kind} for area, kind in seen]}
        for taken in (first, later, later):
            start = time.process_time()
            assess(rules, answers)
            taken.append(time.process_time() - start)
    return statistics.median(first), statistics.median(later)


def blown_up(rules: RuleBase, size: int) -> RuleBase:
    """A rule base of ``size`` rules: the shipped ones, and copies of them under new ids."""
    more = list(rules.rules)
    while len(more) < size:
        source = rules.rules[len(more) % len(rules.rules)]
        text = source.text.model_copy(update={"id": f"{source.id}-copy{len(more)}"})
        more.append(replace(source, text=text))
    return replace(rules, rules=tuple(sorted(more, key=lambda rule: rule.id)))


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}; {RUNS} runs; 3 concerns, 40 history answers")
    for _ in range(2):  # the first load also warms the file cache
        start = time.perf_counter()
        rules = load_rules()
        loaded = time.perf_counter() - start
    print(f"load the rule base ({len(rules.rules)} rules)        {loaded:6.2f} s        (target: at most 1 s)")
    for size, target in ((len(rules.rules), 15), (300, 25)):
        base = blown_up(rules, size)
        start = time.perf_counter()
        network_of(base)
        compiled = time.perf_counter() - start
        median, late = milliseconds(lambda base=base: assess(base, FULL_ANSWERS), runs=RUNS)
        print(f"compile {size} rules once                    {1000 * compiled:6.0f} ms")
        print(f"assess, {size} rules: median {median:5.1f} ms, p95 {late:5.1f} ms       (target: median at most {target} ms)")
    median, late = milliseconds(lambda: assess_plainly(rules, FULL_ANSWERS), runs=RUNS)
    print(f"the same by plain reading: median {median:5.1f} ms, p95 {late:5.1f} ms")
    network, facts = network_of(rules), rules.facts(read_answers(FULL_ANSWERS))
    ratio = in_turn(lambda: assess(rules, FULL_ANSWERS), lambda: network.run(facts))
    print(f"assess / experta alone, in turn: {ratio:4.2f}                  (target: at most 1.5)")
    first, later = first_and_later(rules)
    print(f"first / later assessment of {len(COMBINATIONS)} combinations of places: {first / later:4.2f}  (target: at most 2)")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
