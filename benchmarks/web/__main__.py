"""Every figure about the speed of the web form with its target: ``python -m benchmarks.web [PART …] [--minutes N]``.

The parts are ``browser`` (one person on a slow telephone), ``crowd`` (50 people at once) and ``soak`` (the memory while
people come and go). What was not measured is said to be so. How busy the machine was stands beside each part.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice

from benchmarks.web.browser import CHROMIUM, Waited, visits
from benchmarks.web.crowd import Measured, crowd
from benchmarks.web.server import Server
from benchmarks.web.soak import IDLE, Soaked, soak

PEOPLE, WARM_UP = 50, 10.0  # people, seconds
MEGABYTE, KILOBYTE = 1e6, 1e3


def row(name: str, found: str, target: str = "", *, met: bool | None = None) -> None:
    """One figure; where it has a target, whether it was met."""
    is_met = "" if met is None else "met" if met else "MISSED"
    print(f"  {name:58} {found:>14}   {f'(target: {target})':34} {is_met}" if target else f"  {name:58} {found:>14}")


def busy() -> str:
    """How many processes wanted a processor during the last minute, this measurement among them."""
    return f"load over the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def most(name: str, found: float, target: float, unit: str, *, digits: int = 1) -> None:
    row(name, f"{found:.{digits}f} {unit}", f"at most {target:g} {unit}", met=found <= target)


def measure_browser(server: Server, options: argparse.Namespace) -> None:
    """One person on a slow telephone."""
    print("One person, 1.6 Mbit/s, 150 ms, processor 4 times slower")
    if CHROMIUM is None:
        row("not measured: no Chromium on this machine", "")
        return
    cold, warm = visits(server.address, options.times)
    middle = statistics.median

    def each(what: Callable[[Waited], float], found: Sequence[Waited]) -> float:
        return middle(map(what, found))

    row("start page, cold", f"{each(lambda w: w.start_page, cold):.1f} s")
    most("first question, cold (start page, Start pressed at once)", each(lambda w: w.first_question, cold), 6.5, "s")
    row("the form behind it, cold: now Continue leads on", f"{each(lambda w: w.form, cold):.1f} s")
    row("start page, warm", f"{each(lambda w: w.start_page, warm):.1f} s")
    most("first question, warm", each(lambda w: w.first_question, warm), 2, "s")
    row("the form behind it, warm", f"{each(lambda w: w.form, warm):.1f} s")
    steps = [step for one in (*cold, *warm) for step in one.steps]
    most(f"a step: Continue to the next heading, median of {len(steps)}", middle(steps), 0.7, "s", digits=2)
    row("a step, slowest", f"{max(steps):.2f} s")
    row("fetched until the form stands, cold", f"{each(lambda w: w.bytes_first, cold) / MEGABYTE:.2f} MB")
    most("fetched by five pages, cold", each(lambda w: w.bytes_all, cold) / MEGABYTE, 1.25, "MB", digits=2)
    row("fetched by five pages, warm", f"{each(lambda w: w.bytes_all, warm) / MEGABYTE:.2f} MB")
    print(f"  medians of {len(cold)} visits; {busy()}\n")


def measure_crowd(server: Server, options: argparse.Namespace) -> None:
    """Many people at once."""
    print(f"{options.people} people at once, answering whole forms without a pause for {options.seconds:g} s")
    asyncio.run(crowd(server.address, options.people, WARM_UP, seed=7))
    used = server.processor_seconds()
    met = asyncio.run(crowd(server.address, options.people, options.seconds))
    tell_crowd(met, server)
    later = server.processor_seconds()
    if used is not None and later is not None:
        row("processor time of the server for a step", f"{1000 * (later - used) / len(met.steps):.1f} ms")
        row("processors that the server had", f"{(later - used) / met.seconds:.2f}")
    print(f"  a step: a choice or a button, until the page has come whole; {busy()}\n")


def tell_crowd(met: Measured, server: Server) -> None:
    row("steps, and whole forms to the result", f"{len(met.steps):,} / {met.forms}")
    row("steps a second", f"{met.a_second:.0f}", "at least 100", met=met.a_second >= 100)
    row("a step, median", f"{met.late(50):.0f} ms")
    most("a step, 95th percentile", met.late(95), 500, "ms", digits=0)
    errors = len(met.errors) + server.failures()
    row("errors, of the visitors and in the server's log", f"{errors}", "none", met=errors == 0)
    for error in islice(dict.fromkeys(met.errors), 3):
        print(f"    {error}")


def measure_soak(server: Server, options: argparse.Namespace) -> None:
    """Memory."""
    print(f"{options.soakers} people at once, coming and going for {options.minutes:g} minutes")
    if server.memory() is None:
        row("not measured: this system does not tell the memory of a process", "")
        return
    found = asyncio.run(soak(server, options.soakers, options.minutes))
    tell_soak(found)
    errors = len(found.crowd.errors) + server.failures()
    row("errors", f"{errors}", "none", met=errors == 0)
    print(f"  {found.crowd.forms} whole forms, {len(found.crowd.steps):,} steps; {busy()}\n")


def tell_soak(found: Soaked) -> None:
    readings = found.readings
    for at, memory in readings[:: max(1, len(readings) // 10)]:
        row(f"memory after {at / 60:.1f} minutes", f"{memory / MEGABYTE:.0f} MB")
    third = len(readings) // 3
    second, last = (statistics.median(m for _, m in part) for part in (readings[third : 2 * third], readings[2 * third :]))
    row("growth from the middle third to the last", f"{(last - second) / MEGABYTE:+.1f} MB", "flat after warm-up")
    row("memory when all have gone, after the time Streamlit keeps them", f"{found.afterwards / MEGABYTE:.0f} MB", "given back")
    each = (found.with_sessions - found.before_sessions) / IDLE / KILOBYTE
    if each <= 0:
        row("memory of a session: not told, for other memory was given back meanwhile", "")
    else:
        most(f"memory of a session ({IDLE} opened at the first question)", each, 200, "kB", digits=0)


PARTS = {"browser": measure_browser, "crowd": measure_crowd, "soak": measure_soak}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART", help="browser, crowd, soak; all if none is named"
    )
    parser.add_argument("--minutes", type=float, default=2, help="how long the soak lasts (30 before a release)")
    parser.add_argument("--seconds", type=float, default=60, help="how long the crowd answers")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many are in the crowd")
    parser.add_argument("--soakers", type=int, default=10, help="how many come and go in the soak")
    parser.add_argument("--processes", type=int, default=1, help="how many processes serve on the one port")
    parser.add_argument("--times", type=int, default=3, help="how many cold and warm visits")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {busy()}\n")
    for name in options.parts or PARTS:
        with Server(options.processes) as server:  # each part has a server that met nobody yet
            time.sleep(5)  # it makes its scripts small after it has begun to answer
            PARTS[name](server, options)


if __name__ == "__main__":
    main()
