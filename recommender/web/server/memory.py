"""Memory and open files of the process: returns free memory to the system, and raises the limit of open files."""

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
_ARENAS: Final = 2  # one for the event loop, one for reruns


@asynccontextmanager
async def release_memory_periodically() -> AsyncIterator[None]:
    """While the block runs: collect garbage, which no rerun does, and return free memory to the system, periodically."""
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
        if library is not None and hasattr(library, "malloc_trim"):  # glibc's; other systems return it by themselves
            library.malloc_trim(0)


def open_many_files() -> None:
    """Raise the soft limit of open files to the hard one: each session holds four, up to two minutes after it ends."""
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # a system that has no limit at all may not take it as one
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
