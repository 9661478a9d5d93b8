"""Words for people: which texts of a model are read, by whom, and where each stands in a translation.

A field says so itself: ``label: ForAll[str]``. What is translated, said in other words to the public and checked for them is
every field that is marked so, and no other; a list or a mapping is marked for all that it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel

#: the names that lead to a text, as a translation has them; a number where the items of a list have no name
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Told:
    """Marks words for people: whether the public reads them as well as nurses, and whether a translation has its own.

    The public is shown words for nurses only where they say nothing that it may not be told (``Voice.quoted``).
    """

    public: bool = True
    translated: bool = True


class _Unnamed:
    """Marks a field that a translation does not name: what it holds stands under the name of its model."""


_T = TypeVar("_T")
_Model = TypeVar("_Model", bound=BaseModel)
ForAll = Annotated[_T, Told()]
ForNurses = Annotated[_T, Told(public=False)]
AsItIs = Annotated[_T, Told(translated=False)]
Unnamed = Annotated[_T, _Unnamed]


class ToldText(NamedTuple):
    """A text of a model: where it stands, what it says, and to whom."""

    place: Place
    text: str
    told: Told


#: the fields by which an item of a list is named
_NAMES = ("id", "form", "treatment")


def texts_in(model: BaseModel, at: Place = ()) -> list[ToldText]:
    """Every text of a model and of the models in it, in the order of their fields; ``at`` is the place of the model."""
    found: list[ToldText] = []

    def noted(text: ToldText) -> str:
        found.append(text)
        return text.text

    with_texts(model, noted, at)
    return found


def with_texts(model: _Model, say: Callable[[ToldText], str], at: Place = ()) -> _Model:
    """The same model with each text as ``say`` has it; whatever is no text is the very same, and nothing is validated."""
    changed = {}
    for name, told, named in _fields_with_texts(type(model)):
        changed[name] = _said(getattr(model, name), told, say, (*at, name) if named else at)
    return model.model_copy(update=changed) if changed else model


def _said(value: Any, told: Told | None, say: Callable[[ToldText], str], at: Place) -> Any:
    match value:
        case BaseModel():
            return with_texts(value, say, at)
        case str() if told is not None:
            return say(ToldText(at, value, told))
        case tuple():
            return tuple(_said(one, told, say, (*at, _name(one, number))) for number, one in enumerate(value))
        case Mapping():
            return {key: _said(one, told, say, (*at, key)) for key, one in value.items()}
        case _:
            return value


def _name(item: object, number: int) -> str | int:
    names = (name for name in _NAMES if isinstance(item, BaseModel) and name in type(item).model_fields)
    return next((str(getattr(item, name)) for name in names), number)


@cache
def _fields_with_texts(model: type[BaseModel]) -> tuple[tuple[str, Told | None, bool], ...]:
    """The fields that are texts or hold models with texts: name, mark, and whether a translation names the field."""
    found = []
    for name, field in model.model_fields.items():
        told = next((mark for mark in field.metadata if isinstance(mark, Told)), None)
        if told is not None or any(map(_fields_with_texts, models_in(field.annotation))):
            found.append((name, told, _Unnamed not in field.metadata))
    return tuple(found)


def models_in(annotation: object) -> frozenset[type[BaseModel]]:
    """The models that a field may hold by its annotation, itself or in a list or a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return frozenset({annotation})
    return frozenset().union(*map(models_in, get_args(annotation)))
