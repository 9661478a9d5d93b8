"""Standard streams that work when they are closed, full or in another encoding, and that escape control characters."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, TextIO

import recommender

STANDARD_OUTPUT: Final = "standard output"

#: control characters of terminals and of the reading direction; a new line and a tab are none
_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def visible(text: str) -> str:
    """A text with control characters escaped, as Python writes them."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def unfiltered(stream: TextIO) -> TextIO:
    """The stream itself, for what sets its own colours and has made the rest of its text visible."""
    return stream.stream if isinstance(stream, _Visible) else stream


class _Visible:
    """A text stream that escapes control characters, and raises FileError where it cannot be written."""

    def __init__(self, stream: Any, name: str) -> None:
        self.stream = stream
        self._name = name

    def write(self, text: str) -> int:
        with written_to(self._name):
            return int(self.stream.write(visible(text)))

    def flush(self) -> None:
        with written_to(self._name):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def written_to(name: str) -> Iterator[None]:
    """Where a stream is written to; raises FileError if it cannot be, and BrokenPipeError if its reader went away."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        from recommender.atomic_write import FileError  # noqa: PLC0415
        from recommender.documents.problems import Problem  # noqa: PLC0415 (help and --version load no documents)

        said = "is closed" if error.errno == errno.EBADF else f"cannot be written: {error.strerror or error}"
        raise FileError([Problem(name, said)]) from None


@contextmanager
def usable_streams() -> Iterator[None]:
    """Standard streams for the time of one command; a signal to end lets it tidy up."""
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())
    sys.stdout = _Visible(_lenient(sys.stdout or _closed(1)), STANDARD_OUTPUT)
    sys.stderr = _Visible(_lenient(sys.stderr or io.TextIOWrapper(io.BytesIO())), "standard error")
    handlers = {sign: signal.signal(sign, _end) for sign in _ENDING if signal.getsignal(sign) is signal.SIG_DFL}
    try:
        yield
    finally:
        for sign, handler in handlers.items():
            signal.signal(sign, handler)
        for number, stream in ((1, sys.stdout), (2, sys.stderr)):
            _let_go(number, stream)
        sys.stdin, sys.stdout, sys.stderr = before


def _let_go(number: int, stream: TextIO | _Visible) -> None:
    """Flush a stream; one that cannot be written is replaced, so that Python does not try again at exit."""
    try:
        stream.flush()
    except (OSError, recommender.RecommenderError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _closed(number: int) -> TextIO:
    """A stream that was closed before the command began: whatever is written to it fails, and no file gets its number."""
    handle = os.open(os.devnull, os.O_RDONLY)
    if handle != number:
        os.dup2(handle, number)
    return os.fdopen(number, "w", closefd=False)


def _lenient(stream: TextIO) -> TextIO:
    """The stream with a sign for each character that its encoding lacks; ASCII alone is taken for UTF-8, as Python does."""
    if isinstance(stream, io.TextIOWrapper):
        narrow = codecs.lookup(stream.encoding).name == "ascii"
        stream.reconfigure(encoding="utf-8" if narrow else None, errors="replace")
    return stream


def _end(sign: int, _frame: object) -> NoReturn:
    sys.exit(128 + sign)
