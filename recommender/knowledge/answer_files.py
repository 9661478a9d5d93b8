"""Answers documents as files: JSON or YAML, one document or one a line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from recommender.documents.problems import AnswersError, Problem, shown
from recommender.knowledge.yaml_files import parse_yaml


def parse_answers(text: str, name: str) -> Mapping[str, Any]:
    """The mapping in ``text``, JSON or YAML; raises AnswersError naming the line of what cannot be read."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return parse_json(text.lstrip("\ufeff"), name)
    file = parse_yaml(text.lstrip("\ufeff"), name)
    if file.problems:
        raise AnswersError(file.problems)
    return _mapping(file.data, name)


def parse_json(text: str, name: str) -> Mapping[str, Any]:
    """The JSON object in ``text``; a key that stands twice is refused, because one of the two would be lost."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.extend(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return found

    try:
        data = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise AnswersError([Problem(f"{name}:{error.lineno}", f"not JSON: {error.msg} at column {error.colno}")]) from None
    except (RecursionError, ValueError) as error:
        raise AnswersError([Problem(name, f"not JSON that can be read: {error}")]) from None
    if twice:
        raise AnswersError([Problem(name, f"{shown(key)} stands twice") for key in sorted(set(twice))])
    return _mapping(data, name)


def _mapping(data: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise AnswersError([Problem(name, f"expected an answers document (a mapping of fields), found {shown(data)}")])
    return data
