"""Opens the records that the environment names for one command, and closes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recommender.extras import need

if TYPE_CHECKING:
    from recommender.records.storage.record_store import RecordStore


def need_the_records() -> None:
    """Raise NotInstalledError, before a command begins, where the libraries of the records are not installed."""
    need("sqlalchemy", extra="web")


@contextmanager
def opened(*, to_restore: bool = False) -> Iterator[RecordStore]:
    """The records of this installation; ``to_restore`` where they may be gone, for they are put back."""
    from recommender.records.opening import open_records  # noqa: PLC0415 (the database is loaded by commands that need it)

    store = open_records(to_restore=to_restore)
    try:
        yield store
    finally:
        store.engine.dispose()
