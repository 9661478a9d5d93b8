"""One change of a draft or a record at a time, in all processes that serve one data folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from recommender.records.home import data_folder
from recommender.records.storage import storage

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows, where one process serves (``recommender serve --processes``)
    flock = None  # type: ignore[assignment]

_here: Final = threading.RLock()  # a step that is taken while something is kept waits for nobody
_depth = 0


@contextmanager
def write_lock() -> Iterator[None]:
    """No other run of a page, of this process or another, changes a draft or a record meanwhile."""
    global _depth  # noqa: PLW0603 (guarded by the lock)
    with _here:
        held = _locked() if _depth == 0 else None  # where that fails there is no turn, and none is counted
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1
            if held is not None:
                held.close()  # which ends the lock; so does the end of the process


def _locked() -> IO[bytes] | None:
    """A file that this process alone has locked; it waits for its turn, and raises StorageError where there can be none."""
    if flock is None:
        return None
    lock = data_folder() / "turns.lock"
    with storage(str(lock)):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("ab")
        try:
            flock(file, LOCK_EX)
        except BaseException:
            file.close()
            raise
    return file
