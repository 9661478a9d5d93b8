"""What the application does about its memory while it runs."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from recommender.web.server import memory


class Ring:
    """Something that only a collection of garbage finds to be free."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_collected_while_the_application_runs_and_not_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_EVERY", 0.01)

    async def run() -> tuple[bool, bool]:
        async with memory.release_memory_periodically():
            during = weakref.ref(Ring())
            for _ in range(100):
                await asyncio.sleep(0.02)
                if during() is None:
                    break
        after = weakref.ref(Ring())
        await asyncio.sleep(0.1)
        return during() is None, after() is None

    gc.disable()
    try:
        found = asyncio.run(run())
    finally:
        gc.enable()

    assert found == (True, False)
