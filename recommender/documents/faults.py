"""What pydantic finds wrong with data, as Problems: where, what was found, what is allowed there, the nearest known word."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from recommender.documents.problems import MOST_SAID, Problem, and_more, shown, unknown_word

ErrorPath = tuple[int | str, ...]

#: pydantic's kind of fault → what should be there instead, in words for the author of a file
_SHOULD = {
    "model_type": "a mapping of fields",
    "dict_type": "a mapping of fields",
    "mapping_type": "a mapping of fields",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_type": "text (in quotes, if it is a number, a day, true or false)",
    "string_unicode": "text that can be written",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "date_type": "a date such as 2026-01-31",
    "date_parsing": "a date such as 2026-01-31",
    "date_from_datetime_parsing": "a date such as 2026-01-31",
    "date_from_datetime_inexact": "a date such as 2026-01-31, without a time",
}


def problems_of(
    error: ValidationError, model: type[BaseModel], *, at: Callable[[ErrorPath], str] | None = None
) -> tuple[Problem, ...]:
    """The faults pydantic found in data for ``model``, in its order: the first of them, and how many more there are.

    ``at`` says where in a file a place is; without it a problem is at the place itself.
    """
    every = error.errors(include_url=False)
    found = [_at(_problem(dict(detail), model), detail["loc"], at) for detail in every[:MOST_SAID]]
    left = [and_more(found[-1].where, len(every) - MOST_SAID)] if len(every) > MOST_SAID else []
    return (*found, *left)


def _at(problem: Problem, place: ErrorPath, at: Callable[[ErrorPath], str] | None) -> Problem:
    if at is None:
        return problem
    said = f"{problem.where}: {problem.message}" if problem.where else problem.message
    return problem._replace(where=at(place), message=said)


def _problem(detail: dict[str, Any], model: type[BaseModel]) -> Problem:
    kind, place, found, limits = detail["type"], detail["loc"], detail.get("input"), detail.get("ctx", {})
    if kind != "extra_forbidden" and place and place[-1] == "[key]":  # pydantic's mark for the key itself
        place = place[:-1]
    where = path_text(place)
    match kind:
        case "extra_forbidden":
            return unknown_word(where, "field", place[-1], _fields_at(model, place[:-1]))
        case "literal_error":
            allowed = tuple(word.strip("'") for word in str(limits["expected"]).replace(" or ", ", ").split(", "))
            return unknown_word(where, "word", found, allowed)
        case "missing":
            return Problem(where, "is missing")
        case "invalid_key":
            return Problem(where, f"a key should be one word, found {shown(found)}")
        case "string_too_short" | "too_short":
            return Problem(where, "should not be empty")
        case "too_long":
            return Problem(where, f"should have at most {limits['max_length']} entries, found {limits['actual_length']}")
        case "greater_than_equal":
            return Problem(where, f"should be {limits['ge']} or more, found {shown(found)}")
        case "less_than_equal":
            return Problem(where, f"should be {limits['le']} or less, found {shown(found)}")
        case _:
            should = f"should be {_SHOULD[kind]}" if kind in _SHOULD else detail["msg"].removeprefix("Value error, ")
            return Problem(where or "document", f"{should}, found {shown(found)}")


def path_text(place: ErrorPath) -> str:
    """('concerns', 0, 'area') as ``concerns[0].area``."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if part.isprintable() and len(part) <= 80 else shown(part)
            text += f".{name}" if text else name
    return text


def _fields_at(model: type[BaseModel], place: ErrorPath) -> tuple[str, ...]:
    """The field names known at a place inside ``model``."""
    current: Any = model
    for part in place:
        current = _one_step_in(current, part)
    inner = next((kind for kind in _kinds(current) if _is_model(kind)), None)
    return tuple(field.alias or name for name, field in inner.model_fields.items()) if inner else ()


def _one_step_in(annotation: object, part: int | str) -> object:
    for kind in _kinds(annotation):
        if _is_model(kind):
            return next((f.annotation for name, f in kind.model_fields.items() if part in (name, f.alias)), None)
        origin = get_origin(kind)
        if origin in (dict, Mapping):
            return get_args(kind)[1]
        if origin in (tuple, list):
            return get_args(kind)[0]
    return None


def _kinds(annotation: object) -> Iterator[Any]:
    """What an annotation stands for: its alternatives, without what pydantic adds to it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for alternative in get_args(annotation):
            yield from _kinds(alternative)
    elif isinstance(annotation, type) and issubclass(annotation, RootModel):
        yield from _kinds(annotation.model_fields["root"].annotation)
    else:
        yield annotation


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
