"""How many questions the interview takes, and how long each takes to find: ``python -m benchmarks.interview``."""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from recommender import RuleBase, load_rules
from recommender.interview import Interview

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from test_interview_whole import complete, given, start

PEOPLE = 300


def form_length(rules: RuleBase, whole: dict[str, object]) -> int:
    """How many questions the whole form has for somebody: every question of its pages, and every detail of what they see."""
    pages = [path for group in rules.reference.questions.groups for path in group.questions]
    asked = [path for path in pages if "after_treatment" in whole or not path.startswith("after_treatment.")]
    asked = [path for path in asked if rules.reference.questions.asked_of("patient", path)]
    kinds = rules.reference.questions.kinds
    return len(asked) + sum(len(kinds[concern["kind"]].details) for concern in whole["concerns"])  # type: ignore[attr-defined]


def main() -> None:
    rules = load_rules()
    for name, ordinary in (("ordinary people, who say yes to one question in twenty", True), ("answers at random", False)):
        counts, shares, taken = [], [], []
        for seed in range(PEOPLE):
            whole = complete(rules, random.Random(seed), ordinary=ordinary)
            interview = Interview(rules, start(whole))
            while True:
                begun = time.perf_counter()
                path = interview.next_question()
                taken.append(1000 * (time.perf_counter() - begun))
                if path is None:
                    break
                interview.answer(path, given(whole, path))
            counts.append(interview.asked)
            shares.append(100 * interview.asked / form_length(rules, whole))
        late = statistics.quantiles(counts, n=20)[-1]
        print(f"{PEOPLE} {name}")
        print(f"  questions: median {statistics.median(counts):.0f}, p95 {late:.0f}")
        print(f"  of the whole form: median {statistics.median(shares):.0f} %      (target: at most 55 %)")
        slow = statistics.quantiles(taken, n=20)[-1]
        print(f"  finding the next question: median {statistics.median(taken):.1f} ms, p95 {slow:.1f} ms")


if __name__ == "__main__":
    main()
