"""YAML with memory: plain data, the line each value stands on, and a refusal of duplicate keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from recommender.documents.problems import Problem

Location = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class YamlFile:
    """One file as data, with the line of every value."""

    name: str
    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, location: Location) -> str:
        """``file:line`` of a value, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return f"{self.name}:{self.lines.get(location, 1)}"


def read_yaml(path: Path, name: str) -> YamlFile:
    """The file at ``path``; what is wrong with it is in its ``problems``, never an exception."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return YamlFile(name, problems=[Problem(name, f"cannot be read: {error}")])
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """The YAML in ``text`` as plain data with lines."""
    file = YamlFile(name)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is not None:
                file.data = _plain(node, (), file, loader, frozenset())
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        file.problems.append(Problem(f"{name}:{line}", f"not YAML: {getattr(error, 'problem', None) or error}"))
    return file


def _plain(node: yaml.Node, at: Location, file: YamlFile, loader: Any, above: frozenset[int]) -> Any:
    file.lines.setdefault(at, node.start_mark.line + 1)
    if id(node) in above:
        file.problems.append(Problem(file.where(at), "a value refers to itself"))
        return None
    above = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, file, loader, above)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), file, loader, above) for i, item in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(node: yaml.MappingNode, at: Location, file: YamlFile, loader: Any, above: frozenset[int]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None:
            file.problems.append(Problem(f"{file.name}:{line}", "a key must be one word"))
        elif key in found:
            first = file.lines[(*at, key)]
            file.problems.append(Problem(f"{file.name}:{line}", f"'{key}' stands twice: first on line {first}"))
        else:
            file.lines[(*at, key)] = line
            found[key] = _plain(value_node, (*at, key), file, loader, above)
    return found


def as_yaml(data: Any) -> str:
    """Plain data as YAML, keys in the order given."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
