"""YAML with memory: plain data, the line each value stands on, and a refusal of duplicate keys.

A word is read as the core schema of YAML 1.2 reads it: yes, no, on and off are words, and only true and false are truth
values. A day is a day. What could be read as two numbers (042, 1:30, 4_2) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from recommender.documents.problems import Problem, shown
from recommender.text_files import text_in

Location = tuple[str | int, ...]
_LARGEST: Final = 2_000_000  # bytes; the largest file of rules has 115,000
_LONGEST_NUMBER: Final = 1000  # digits
_TWO_NUMBERS: Final = "!two-numbers"
_DAY: Final = "tag:yaml.org,2002:timestamp"
_DIGITS: Final = list("-+0123456789")
#: what a word without quotes stands for → how it is written, and with which characters it starts
_WORDS: Final = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)", _DIGITS),
    ("tag:yaml.org,2002:float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", _DIGITS),
    # by eights, sixteens or twos in YAML 1.1, and by tens as people read them
    (_TWO_NUMBERS, r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:0|[1-9][0-9]*_)[0-9_]+)(?:\.[0-9_]*)?", _DIGITS),
    (_TWO_NUMBERS, r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", _DIGITS),  # by sixties, where people mean a time
)


#: what reads and what writes YAML take a word without quotes for, so that both agree
_READ_AS: Final = {
    start: [(tag, re.compile(f"(?:{pattern})\\Z")) for tag, pattern, starts in _WORDS if start in starts]
    + [kept for kept in yaml.SafeLoader.yaml_implicit_resolvers.get(start, ()) if kept[0] == _DAY]
    for start in ["", *"~nNtTfF-+0123456789"]
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers = _READ_AS


class _Dumper(yaml.SafeDumper):
    yaml_implicit_resolvers = _READ_AS


_DEEPEST = 40
_TOO_DEEP = f"is nested more than {_DEEPEST} deep"
_LIBRARYS_LIMIT = "exceeded maximum nesting depth"  # libyaml has one of its own, and meets it first where it reads ahead


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


def read_yaml(path: Path, name: str, *, what: str = "a file of rules") -> YamlFile:
    """The file at ``path``, which is to hold ``what``; what is wrong with it is in its ``problems``, never an exception."""
    text = text_in(path, name, most=_LARGEST, what=what)
    return YamlFile(name, problems=[text]) if isinstance(text, Problem) else parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """The YAML in ``text`` as plain data with lines; what is wrong with it is in its ``problems``, never an exception."""
    file = YamlFile(name)
    try:
        file.problems += _refused(text, name)
        if not file.problems:
            loader = _Loader(text)
            try:
                node = loader.get_single_node()
                file.data = _plain(node, (), file, loader) if node is not None else None
            finally:
                loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = ", ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None)))) or str(error)
        file.problems.append(Problem(f"{name}:{line}", _TOO_DEEP if _LIBRARYS_LIMIT in said else f"not YAML: {said}"))
    return file


def _refused(text: str, name: str) -> Iterator[Problem]:
    """What is YAML but is not read: control characters, aliases (a few lines of them can stand for billions), deep nesting."""
    control = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        yield Problem(f"{name}:{line}", f"not YAML: it holds the control character {shown(control.group())}")
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            yield Problem(f"{name}:{line}", f"the alias '*{event.anchor}' is not read here: write the value out")
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            yield Problem(f"{name}:{line}", f"the tag {shown(event.tag)} is not read here: leave it out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            yield Problem(f"{name}:{line}", _TOO_DEEP)
            return


def _plain(node: yaml.Node, at: Location, file: YamlFile, loader: Any) -> Any:
    line = node.start_mark.line + 1
    file.lines.setdefault(at, line)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, file, loader)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), file, loader) for i, item in enumerate(node.value)]
    if node.tag == _TWO_NUMBERS:
        how = "write it without leading zeros, letters, colons or underscores (in quotes it is text)"
        file.problems.append(Problem(f"{file.name}:{line}", f"{shown(node.value)} is no number here: {how}"))
        return node.value
    try:
        return loader.construct_object(node)
    except ValueError as error:  # a day such as 2026-13-45, a number of thousands of digits
        said = "it is a number of thousands of digits" if len(node.value) > _LONGEST_NUMBER else str(error)
        file.problems.append(Problem(f"{file.name}:{line}", f"cannot be read: {said}"))
        return None


def _mapping(node: yaml.MappingNode, at: Location, file: YamlFile, loader: Any) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            file.problems.append(Problem(f"{file.name}:{line}", "a key must be one word"))
        elif key_node.value in found:
            first = file.lines[*at, key_node.value]
            file.problems.append(Problem(f"{file.name}:{line}", f"'{key_node.value}' stands twice: first on line {first}"))
        else:
            file.lines[*at, key_node.value] = line
            found[key_node.value] = _plain(value_node, (*at, key_node.value), file, loader)
    return found


def as_yaml(data: Any) -> str:
    """Plain data as YAML, keys in the order given."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
