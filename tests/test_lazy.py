"""A part that is worked out once holds up no other object."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from recommender.lazy import lazy_property

PATIENCE = 30


class Slow:
    def __init__(self, *, until: Event) -> None:
        self._until = until
        self.times = 0

    @lazy_property
    def part(self) -> int:
        """A number, when it may be told."""
        assert self._until.wait(PATIENCE)
        self.times += 1
        return self.times


def test_a_part_is_worked_out_once_and_can_be_forgotten() -> None:
    may = Event()
    may.set()
    thing = Slow(until=may)

    assert (thing.part, thing.part) == (1, 1)
    vars(thing).pop("part")
    assert thing.part == 2
    assert isinstance(Slow.part, lazy_property)


def test_no_object_waits_for_the_part_of_another() -> None:
    later, now = Event(), Event()
    now.set()

    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(lambda: Slow(until=later).part)
        assert Slow(until=now).part == 1
        assert not waiting.done()
        later.set()
        assert waiting.result(PATIENCE) == 1
