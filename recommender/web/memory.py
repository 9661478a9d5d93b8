"""Memory that is free goes back to the system: C's allocator would keep it for each thread that ever ran."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

_EVERY: Final = 30.0  # seconds
_ARENA_MAX: Final = -8  # the name of the setting in glibc's malloc.h
_ARENAS: Final = 2  # one for each of the two sorts of threads: the loop, and the runs of pages


@asynccontextmanager
async def given_back() -> AsyncIterator[None]:
    """While the block runs: collect garbage, which no run of a page does, and give back what is free, from time to time."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if library is not None and hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, _ARENAS)
    giving = asyncio.create_task(_give_back(library))
    try:
        yield
    finally:
        giving.cancel()
        with suppress(asyncio.CancelledError):
            await giving


async def _give_back(library: ctypes.CDLL | None) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        gc.collect()
        if library is not None and hasattr(library, "malloc_trim"):  # glibc's; other systems give back by themselves
            library.malloc_trim(0)
