"""The records as a command opens them: those that the environment names, closed again at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recommender.extras import need

if TYPE_CHECKING:
    from recommender.records.archive import Archive


def need_the_records() -> None:
    """Raise NotInstalledError, before a command begins, where the libraries of the records are not installed."""
    need("sqlalchemy", extra="web")


@contextmanager
def opened(*, to_restore: bool = False) -> Iterator[Archive]:
    """The records of this installation; ``to_restore`` where they may be gone, for they are put back."""
    from recommender.records.archive import Archive  # noqa: PLC0415 (the database is loaded by the commands that need it)

    archive = Archive.at_home(to_restore=to_restore)
    try:
        yield archive
    finally:
        archive.engine.dispose()
