"""Atomic writes: a file is written whole or not at all, and never over what it was made from."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from recommender.documents.problems import Problem, RecommenderError

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows
    flock = None  # type: ignore[assignment]

_OWNER_ALONE: Final = 0o600
_DEVICES: Final = ("/dev/", "/proc/")


class FileError(RecommenderError):
    """A file cannot be written."""

    heading = "This cannot be written"


class NameTaken(FileError):  # noqa: N818
    """There is a file of this name, which is not to be overwritten."""


@contextmanager
def atomic_write(file: Path, *, overwrite: bool = True, private: bool = True, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A temporary file to write, which is renamed to ``file`` when the block ends; where the block fails, nothing changes.

    Raises FileError where the file cannot be written, and NameTaken where it exists and is not to be overwritten. A ``private``
    file is readable by its owner alone; another keeps the mode of the file before. ``inputs`` are files and folders that the
    content is made from: they are never overwritten. A link stays a link; a device is written to directly.
    """
    if not overwrite and os.path.lexists(file):
        raise _name_taken(file)
    _refuse_inputs(file, inputs)
    with _as_file_error(file), ExitStack() as stack:
        device = overwrite and _is_device(file)
        target = Path(os.path.realpath(file)) if overwrite else file
        if overwrite and target.is_dir():
            raise IsADirectoryError(None, "Is a directory")
        folder = stack.enter_context(TemporaryDirectory(prefix=".writing-", dir=None if device else target.parent))
        written = _created(Path(folder), _OWNER_ALONE if private else 0o666)
        yield written
        if device:
            with written.open("rb") as whole, file.open("wb") as sink:
                shutil.copyfileobj(whole, sink)
            return
        _flush(written)
        if not private and target.exists():
            written.chmod(stat.S_IMODE(target.stat().st_mode))
        if overwrite:
            written.replace(target)
        else:
            _rename_to_new(written, target)
        _flush(target.parent)


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """A lock on a folder, held for the block: other processes that ask for it wait. Windows has none."""
    if flock is None:
        yield
        return
    with _as_file_error(folder):
        held = os.open(folder, os.O_RDONLY)
    try:
        flock(held, LOCK_EX)
        yield
    finally:
        os.close(held)


def _refuse_inputs(file: Path, inputs: Iterable[Path]) -> None:
    """Raise FileError where a file to write is one of these, or in one of these folders, under whatever name."""
    with suppress(OSError):
        written = file.stat()
        for given in inputs:
            every = (given, *given.rglob("*")) if given.is_dir() else (given,)
            if stat.S_ISREG(written.st_mode) and any(one.exists() and one.samefile(file) for one in every):
                raise FileError([Problem(str(file), "is what is read here, and is not written over: name another file")])


@contextmanager
def _as_file_error(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError([Problem(str(file), f"cannot be written: {error.strerror or error}")]) from None


def _is_device(file: Path) -> bool:
    """Whether the name is a terminal, a pipe or a device such as /dev/null, which cannot be replaced."""
    if str(file).startswith(_DEVICES):
        return True
    return file.exists() and not (file.is_file() or file.is_dir())


def _created(folder: Path, mode: int) -> Path:
    written = folder / "whole"
    os.close(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    return written


def _rename_to_new(written: Path, file: Path) -> None:
    """Give a written file its name, unless somebody has taken it meanwhile."""
    try:
        try:
            os.link(written, file)
        except FileExistsError:
            raise
        except OSError:  # a disk without hard links
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
            written.replace(file)
    except FileExistsError:
        raise _name_taken(file) from None


def _flush(path: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name_taken(file: Path) -> NameTaken:
    return NameTaken([Problem(str(file), "is there already, and is not written over: name another file")])
