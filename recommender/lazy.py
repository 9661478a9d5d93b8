"""An attribute that is computed when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Self, TypeVar, overload

_T = TypeVar("_T")


class lazy_property(cached_property[_T]):  # noqa: N801 (a decorator, like cached_property)
    """``functools.cached_property`` as Python 3.12 has it: in 3.11 one lock holds up all objects of a class.

    For an object of one run: two threads that ask the same object at once may both compute it.
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
