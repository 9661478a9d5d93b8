"""What the server takes of the system: memory that is free goes back to it, and as many files may be open as it allows."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

_EVERY: Final = 30.0  # seconds
_ARENA_MAX: Final = -8  # the name of the setting in glibc's malloc.h
_ARENAS: Final = 2  # one for each of the two sorts of threads: the loop, and the runs of pages


@asynccontextmanager
async def release_memory_periodically() -> AsyncIterator[None]:
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


def open_many_files() -> None:
    """Let as many files be open as the system lets this process have: each visit holds four, up to two minutes longer."""
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # a system that has no limit at all may not take it as one
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
