"""Files that are written whole or not at all, and never over what they were made from."""

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


class Taken(FileError):  # noqa: N818
    """There is a file of this name already."""


@contextmanager
def whole_file(file: Path, *, private: bool = True, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """Where to write what then takes the place of ``file``, in one step; raises FileError, and what was there stands.

    ``private``: for its owner alone; else as readable as the file before it. ``inputs`` are files and folders that the content
    is made from: neither they nor what is in them is written over. A link stays one; a device is written to as it is.
    """
    refuse_inputs(file, inputs)
    with _said_of(file), ExitStack() as stack:
        device = _is_device(file)
        target = Path(os.path.realpath(file))
        if target.is_dir():
            raise IsADirectoryError(None, "Is a directory")
        folder = stack.enter_context(TemporaryDirectory(prefix=".writing-", dir=None if device else target.parent))
        written = _begun(Path(folder), _OWNER_ALONE if private else 0o666)
        yield written
        if device:
            with written.open("rb") as whole, file.open("wb") as sink:
                shutil.copyfileobj(whole, sink)
            return
        _flushed(written)
        if not private and target.exists():
            written.chmod(stat.S_IMODE(target.stat().st_mode))
        written.replace(target)
        _flushed(target.parent)


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """Where to write a file that is not there yet, for its owner alone; raises FileError, and Taken if the name is."""
    if os.path.lexists(file):
        raise _taken(file)
    with _said_of(file), TemporaryDirectory(prefix=".writing-", dir=file.parent) as folder:
        written = _begun(Path(folder), _OWNER_ALONE)
        yield written
        _flushed(written)
        try:
            _named(written, file)
        except FileExistsError:  # somebody was first
            raise _taken(file) from None
        _flushed(file.parent)


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """No other process that asks for it here changes the files of a folder meanwhile."""
    if flock is None:
        yield
        return
    with _said_of(folder):
        held = os.open(folder, os.O_RDONLY)
    try:
        flock(held, LOCK_EX)
        yield
    finally:
        os.close(held)


def refuse_inputs(file: Path, inputs: Iterable[Path]) -> None:
    """Raise FileError where a file to write is one of these, or in one of these folders, under whatever name."""
    with suppress(OSError):
        written = file.stat()
        for given in inputs:
            every = (given, *given.rglob("*")) if given.is_dir() else (given,)
            if stat.S_ISREG(written.st_mode) and any(one.exists() and one.samefile(file) for one in every):
                raise FileError([Problem(str(file), "is what is read here, and is not written over: name another file")])


@contextmanager
def _said_of(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError([Problem(str(file), f"cannot be written: {error.strerror or error}")]) from None


def _is_device(file: Path) -> bool:
    """Whether there is something at the name that is written to as it goes: a terminal, a pipe, /dev/null."""
    if str(file).startswith(_DEVICES):
        return True
    return file.exists() and not (file.is_file() or file.is_dir())


def _begun(folder: Path, mode: int) -> Path:
    written = folder / "whole"
    os.close(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    return written


def _named(written: Path, file: Path) -> None:
    """Give a file its name, if nobody has it, together with all of its content."""
    try:
        os.link(written, file)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
        written.replace(file)


def _flushed(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _taken(file: Path) -> Taken:
    return Taken([Problem(str(file), "is there already, and is not written over: name another file")])
