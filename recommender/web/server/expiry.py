"""Deletes what has expired in the background, whether or not there are visitors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from recommender.records.errors import RecordsError
from recommender.web.state.installation import delete_expired

_EVERY: Final = 60.0  # seconds


@asynccontextmanager
async def delete_expired_periodically(every: float = _EVERY) -> AsyncIterator[None]:
    """While the block runs: delete what has expired, at once and from time to time."""
    sweeping = asyncio.create_task(_sweep(every))
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping


async def _sweep(every: float) -> None:
    said = ""
    while True:
        try:
            await asyncio.to_thread(delete_expired)
            said = ""
        except RecordsError as error:  # tried again the next time; logged once
            if str(error) != said:
                print(error, flush=True)  # noqa: T201 (the log of the server)
            said = str(error)
        await asyncio.sleep(every)
