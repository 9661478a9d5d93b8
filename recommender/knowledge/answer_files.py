"""Answers documents as files: JSON or YAML, one document or one a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from pydantic import ValidationError

from recommender.documents.answers import Answers
from recommender.documents.faults import ErrorPath, problems_of
from recommender.documents.problems import AnswersError, Problem, shown
from recommender.knowledge.yaml_files import parse_yaml

LARGEST: Final = 500_000  # characters; a person with every place and every answer makes about 100,000


def answers_of(text: str, name: str) -> Answers:
    """The answers document in ``text``, JSON or YAML; raises AnswersError with every problem by ``name``, line and path."""
    data, at = _read(text, name)
    return _checked(data, at)


def checked(data: object, name: str) -> Answers:
    """An answers document as plain data; raises AnswersError with every problem by ``name`` and path."""
    return _checked(_mapping(data, name), lambda _: name)


def _checked(data: Mapping[str, Any], at: Callable[[ErrorPath], str]) -> Answers:
    try:
        return Answers.model_validate(dict(data))
    except ValidationError as error:
        raise AnswersError(problems_of(error, Answers, at=at)) from None


def _read(text: str, name: str) -> tuple[Mapping[str, Any], Callable[[ErrorPath], str]]:
    """The mapping in ``text``, JSON or YAML, and where in the file a place of it is."""
    text = text.lstrip("\ufeff")
    _refuse_too_large(text, name)
    if _is_json(text, name):
        return parse_json(text, name), lambda _: name
    file = parse_yaml(text, name)
    if file.problems:
        raise AnswersError(file.problems)
    return _mapping(file.data, name), file.where


def _is_json(text: str, name: str) -> bool:
    """Whether a text is read as JSON: it begins so, and its file is not named as YAML."""
    return PurePath(name).suffix.lower() not in (".yaml", ".yml") and text.lstrip(" \t\r\n").startswith(("{", "["))


def parse_json(text: str, name: str) -> Mapping[str, Any]:
    """The JSON object in ``text``; a key that stands twice is refused, because one of the two would be lost."""
    _refuse_too_large(text, name)
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return found

    try:
        data = json.loads(text, object_pairs_hook=once) if text.strip() else None
    except json.JSONDecodeError as error:
        raise AnswersError([Problem(f"{name}:{error.lineno}", f"not JSON: {error.msg} at column {error.colno}")]) from None
    except RecursionError:
        raise AnswersError([Problem(name, "not JSON that can be read: it is nested too deep")]) from None
    except ValueError:  # Python reads no number of more digits
        raise AnswersError([Problem(name, "not JSON that can be read: it holds a number of thousands of digits")]) from None
    if twice:
        raise AnswersError([Problem(name, f"{shown(key)} stands twice") for key in sorted(set(twice))])
    return _mapping(data, name)


def _refuse_too_large(text: str, name: str) -> None:
    if len(text) > LARGEST:
        raise AnswersError([Problem(name, f"it has more than {LARGEST:,} characters, too many for the answers of one person")])


def _mapping(data: Any, name: str) -> Mapping[str, Any]:
    if data is None:
        raise AnswersError([Problem(name, "is empty: expected an answers document (a mapping of fields)")])
    if not isinstance(data, Mapping):
        raise AnswersError([Problem(name, f"expected an answers document (a mapping of fields), found {shown(data)}")])
    return data
