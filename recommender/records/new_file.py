"""A new file with what the records hold: its owner's alone, whole or not there, and never over another one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError


class Taken(RecordsError):  # noqa: N818
    """There is a file of this name already."""


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """Where to write what is put in the place of ``file`` once all of it is written; raises RecordsError if that is taken."""
    if os.path.lexists(file):
        raise _taken(file)
    try:
        folder = Path(mkdtemp(prefix=".writing-", dir=file.parent))  # beside it, so that it is moved as a whole
    except OSError as error:
        raise RecordsError([Problem(str(file), f"cannot be written: {error.strerror}")]) from None
    try:
        written = folder / "whole"
        os.close(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield written
        _put(written, file)
    except OSError as error:
        raise RecordsError([Problem(str(file), f"cannot be written: {error.strerror}")]) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(written: Path, file: Path) -> None:
    with written.open("rb+") as whole:
        os.fsync(whole.fileno())
    try:
        os.link(written, file)  # whole from the first moment that the name is there
    except FileExistsError:
        raise _taken(file) from None
    except OSError:  # a disk without links, such as a memory stick: the name is taken first
        try:
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise _taken(file) from None
        written.replace(file)
    fsync_folder(file.parent)


def fsync_folder(folder: Path) -> None:
    """See that the names in a folder outlive a failure of power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _taken(file: Path) -> Taken:
    return Taken([Problem(str(file), "is there already, and is not written over: name another file")])
