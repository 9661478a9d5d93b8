"""The current language: each thread and each task has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

SOURCE: Final = "en"
#: a made-up language for tests: English with other letters, longer and in brackets
PSEUDO: Final = "en-XA"
#: language → what it calls itself; in this order they are offered
OWN_NAMES: Final[Mapping[str, str]] = {SOURCE: "English", "es": "Español"}
SHIPPED: Final = tuple(OWN_NAMES)
_now: Final[ContextVar[str]] = ContextVar("language", default=SOURCE)


def is_known(language: str) -> bool:
    """Whether something can be said in a language: one that is shipped, or the one for tests."""
    return language in OWN_NAMES or language == PSEUDO


def current() -> str:
    """The current language."""
    return _now.get()


def speak(language: str) -> None:
    """Set the current language of this thread or task; an unknown one is English."""
    _now.set(language if is_known(language) else SOURCE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Set the current language while the block runs; an unknown one is English."""
    before = _now.set(language if is_known(language) else SOURCE)
    try:
        yield
    finally:
        _now.reset(before)


class InALanguage(Protocol):
    """A document that says in which language it is written."""

    @property
    def language(self) -> str:
        """The language of every text in it."""


Document = TypeVar("Document", bound=InALanguage)
Arguments = ParamSpec("Arguments")
Written = TypeVar("Written")


def in_its_language(
    write: Callable[Concatenate[Document, Arguments], Written],
) -> Callable[Concatenate[Document, Arguments], Written]:
    """Decorates a function that writes a document: it runs in the document's language, not the reader's."""

    @wraps(write)
    def written(document: Document, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Written:
        with speaking(document.language):
            return write(document, *args, **kwargs)

    return written
