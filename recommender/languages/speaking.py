"""Which language is spoken now, by whoever runs: each thread and each task has its own."""

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
    """The language now spoken."""
    return _now.get()


def speak(language: str) -> None:
    """Speak a language from here on, in this thread or task; one that is not known is English."""
    _now.set(language if is_known(language) else SOURCE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while; one that is not known is English."""
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
    """Whatever is written from a document is written in the document's language, not in that of whoever looks at it."""

    @wraps(write)
    def written(document: Document, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Written:
        with speaking(document.language):
            return write(document, *args, **kwargs)

    return written
