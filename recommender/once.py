"""A part of an object that is worked out once, when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self, TypeVar, overload

_T = TypeVar("_T")


class once(cached_property[_T]):  # noqa: N801 (used as a decorator, like what it is made of)
    """``functools.cached_property`` as Python 3.12 has it: in 3.11 one lock holds up all objects of a class.

    For an object of one run alone: where two threads ask the same object at once, each may work the part out.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _T: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | _T:
        if instance is None:
            return self
        found = vars(instance)[self.attrname or ""] = self.func(instance)
        return found
