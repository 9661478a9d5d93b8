"""The lock for changes of drafts and records, shared by all processes of one data folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from recommender.records.storage.failures import storage_errors
from recommender.records.storage.settings import data_folder

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows, where one process serves (``recommender serve --processes``)
    flock = None  # type: ignore[assignment]

_here: Final = threading.RLock()  # reentrant: a change may be made within another one
_depth = 0


@contextmanager
def write_lock() -> Iterator[None]:
    """Keep every other rerun, in this process or another, from changing a draft or a record meanwhile."""
    global _depth  # noqa: PLW0603 (guarded by the lock)
    with _here:
        held = _locked() if _depth == 0 else None  # where that fails nothing is locked or counted
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1
            if held is not None:
                held.close()  # which releases the lock; so does the end of the process


def _locked() -> IO[bytes] | None:
    """The lock file, locked; waits for it, and raises StorageError where it cannot be locked."""
    if flock is None:
        return None
    lock = data_folder() / "turns.lock"
    with storage_errors(str(lock)):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("ab")
        try:
            flock(file, LOCK_EX)
        except BaseException:
            file.close()
            raise
    return file
