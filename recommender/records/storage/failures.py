"""Errors of SQLite, PostgreSQL and the file system as one kind of error, which says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from psycopg import OperationalError
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.exc import TimeoutError as NoneIsFree

from recommender.atomic_write import FileError, NameTaken
from recommender.documents.problems import Problem
from recommender.records.errors import StorageError

_FULL: Final = "the disk is full, and nothing was changed: make room, then try again"
_READ_ONLY: Final = "cannot be written: see that its file and folder belong to whoever runs this"
_FAILED: Final = "the disk does not read or write: look after it, then put back the latest back-up if something is missing"
_BUSY: Final = "is locked by another program: try again, and end that program if it stays so"
_UNREACHABLE: Final = "the database is out of reach: start it, or correct DATABASE_URL"
_OTHER: Final = "the database refused: 'recommender records verify' says what is wrong with it"
#: SQLite's own codes, which stay the same in every language and version
_BY_CODE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _FAILED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: "is damaged: move it away, then 'recommender records restore' puts back the latest back-up",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: see that its folder is there and belongs to whoever runs this",
    sqlite3.SQLITE_NOTADB: "is not a database: name another file, or move this one away",
}
#: by the first characters of PostgreSQL's SQLSTATE
_BY_STATE: Final[Mapping[str, str]] = {
    "53100": _FULL,
    "55P03": _BUSY,
    "40": _BUSY,
    "25006": _READ_ONLY,
    "42501": "refuses this user: grant it the schema and its tables",
    "XX": "is damaged: name another database in DATABASE_URL, then 'recommender records restore' puts back the latest back-up",
}
_FULL_NUMBERS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY_NUMBERS: Final = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def storage_errors(where: str = "records") -> Iterator[None]:
    """Raise StorageError about ``where`` for whatever the database or file system fails with in this block.

    Nothing that was written or queried is quoted: it may name a patient.
    """
    try:
        yield
    except NameTaken:
        raise
    except FileError as error:
        raise StorageError(error.problems) from None
    except (DBAPIError, NoneIsFree, NoResultFound, sqlite3.Error, OSError) as error:
        raise StorageError([Problem(where, _message(error))]) from None


def _message(error: Exception) -> str:
    if isinstance(error, DBAPIError) and isinstance(error.orig, Exception):
        return _message(error.orig)
    if isinstance(error, sqlite3.Error):
        return _BY_CODE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _OTHER)
    if isinstance(error, OSError):
        known = _FULL if error.errno in _FULL_NUMBERS else _READ_ONLY if error.errno in _READ_ONLY_NUMBERS else ""
        return known or f"cannot be used: {error.strerror or type(error).__name__}"
    if isinstance(error, NoneIsFree):
        return _UNREACHABLE
    return _message_of_postgresql(error)


def _message_of_postgresql(error: Exception) -> str:
    state = getattr(error, "sqlstate", None)
    if isinstance(error, OperationalError) and state is None:  # the connection failed
        return f"{_UNREACHABLE} ({str(error).partition(chr(10))[0]})"
    known = (text for start, text in _BY_STATE.items() if (state or "").startswith(start))
    return next(known, _UNREACHABLE if isinstance(error, OperationalError) else _OTHER)
