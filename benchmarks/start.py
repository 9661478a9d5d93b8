"""How long a start takes, beside that of the libraries of the command line alone: ``python -m benchmarks.start``."""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
from collections.abc import Sequence

RUNS = 20
BASE = ("-c", "import typer, rich")
STARTS = {
    "import recommender": (("-c", "import recommender"), None),
    "recommender --help": (("-m", "recommender", "--help"), 1.5),
    "recommender --version": (("-m", "recommender", "--version"), None),
    "from recommender import load_rules": (("-c", "from recommender import load_rules"), None),
    "from recommender import assess": (("-c", "from recommender import assess"), None),
}


def milliseconds(arguments: Sequence[str]) -> float:
    """The processor time of one new process, in milliseconds: other work on the machine does not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time of a new process; the shortest of {RUNS}")
    every = {"import typer, rich": BASE, **{name: arguments for name, (arguments, _) in STARTS.items()}}
    taken: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(RUNS):  # in turn, so that a busy moment of the machine meets them all
        for name, arguments in every.items():
            taken[name].append(milliseconds(arguments))
    base = min(taken["import typer, rich"])
    print(f"{'import typer, rich':36} {base:5.0f} ms")
    for name, (_, target) in STARTS.items():
        goal = f"       (target: at most {target} ×)" if target else ""
        print(f"{name:36} {min(taken[name]):5.0f} ms  {min(taken[name]) / base:4.1f} ×{goal}")


if __name__ == "__main__":
    main()
