"""How long the whole explanation of one assessment takes: ``python -m benchmarks.explain``."""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from recommender import assess, explain, load_rules

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from test_interview_whole import complete

PEOPLE = 300


def left_out(whole: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same person with between none and all of the answers about health and details left out."""
    share = chance.random()
    kept = {name: said for name, said in whole["history"].items() if chance.random() > share}
    concerns = [
        {name: said for name, said in one.items() if name in ("area", "kind") or chance.random() > share}
        for one in whole["concerns"]
    ]
    return whole | {"history": kept, "concerns": concerns}


def main() -> None:
    rules = load_rules()
    for respondent in ("patient", "nurse"):
        first, again = [], []
        for seed in range(PEOPLE):
            chance = random.Random(seed)
            whole = complete(rules, chance, ordinary=chance.random() < 0.5)
            assessment = assess(rules, left_out(whole, chance) | {"respondent": respondent})
            for taken in (first, again):
                begun = time.perf_counter()
                explain(rules, assessment)
                taken.append(1000 * (time.perf_counter() - begun))
        for name, taken in (("explained", first), ("explained again", again)):
            late = statistics.quantiles(taken, n=20)[-1]
            print(f"{PEOPLE} people, {respondent}, {name}: median {statistics.median(taken):.0f} ms, p95 {late:.0f} ms", end="")
            print("   (target: p95 at most 100 ms)")


if __name__ == "__main__":
    main()
