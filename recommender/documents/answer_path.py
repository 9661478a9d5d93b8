"""The address of an answer: which question it answers, and about which thing seen. It is parsed and printed here alone.

In an answers document the number in ``concerns[0].at_rest`` says which thing of that document it is. The key of a draft
(``detail.glabella.lines.at_rest``) and the row of a table over several documents (``glabella/lines.at_rest``) name the thing
itself. All other addresses are written alike everywhere: ``history.pregnant``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel

from recommender.documents.answers import Answers, Concern, order_of
from recommender.documents.problems import AnswersError, Problem
from recommender.documents.vocabulary import AREAS, KINDS, Area, Kind


class Group(NamedTuple):
    """Answers that stand together: where in a document, and the words that may answer each; none for a whole number."""

    where: str
    words: Mapping[str, tuple[str, ...]]


CONCERN: Final = "concern"
_DETAIL: Final = re.compile(r"concerns\[(\d{0,6})\]\.(\w+)", re.ASCII)
_KEY: Final = re.compile(rf"detail\.({'|'.join(AREAS)})\.({'|'.join(KINDS)})\.(?!(?:area|kind)$)(\w+)", re.ASCII)
_ROW: Final = re.compile(rf"({'|'.join(AREAS)})/({'|'.join(KINDS)})(?:\.(\w+))?", re.ASCII)


def _leaves(annotation: Any) -> tuple[Any, ...]:
    return tuple(leaf for part in get_args(annotation) for leaf in _leaves(part)) or (annotation,)


def _models(annotation: Any) -> tuple[type[BaseModel], ...]:
    return tuple(leaf for leaf in _leaves(annotation) if isinstance(leaf, type) and issubclass(leaf, BaseModel))


def _groups(model: type[BaseModel], start: str = "") -> Iterator[tuple[str, Group]]:
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            asked = {key: _leaves(one.annotation) for key, one in inner.model_fields.items() if not _models(one.annotation)}
            words = {key: tuple(leaf for leaf in leaves if isinstance(leaf, str)) for key, leaves in asked.items()}
            yield CONCERN if inner is Concern else name, Group(f"{start}{name}", words)
            yield from _groups(inner, f"{start}{name}.")


#: every group of answers, by the name that rules have for it, in the order of a document
GROUPS: Final[Mapping[str, Group]] = dict(_groups(Answers))
#: the fields of a document that hold answers
PARTS: Final = tuple(group.where for group in GROUPS.values() if "." not in group.where)
_GROUP_AT: Final = {group.where: name for name, group in GROUPS.items() if name != CONCERN}


class Seen(NamedTuple):
    """One thing seen: its place, its kind and, of several alike, which. It stays the same wherever the thing is listed."""

    area: Area
    kind: Kind
    which: int = 0


def seen_in(document: Mapping[str, Any]) -> tuple[Seen, ...]:
    """The things seen in a document as plain data, in the order in which they stand there."""
    named = [(concern["area"], concern["kind"]) for concern in document.get("concerns", ())]
    alike: dict[tuple[Area, Kind], Iterator[int]] = {thing: count() for thing in named}
    return tuple(Seen(*thing, next(alike[thing])) for thing in named)


def seen_when_read(document: Mapping[str, Any]) -> tuple[Seen, ...]:
    """The things seen in a document, in the order that they have once it is read."""
    concerns = [Concern.model_validate(one) for one in document.get("concerns", ())]
    seen = seen_in(document)
    return tuple(seen[number] for number in sorted(range(len(seen)), key=lambda number: order_of(concerns[number])))


@dataclass(frozen=True, order=True, slots=True)
class AnswerPath:
    """The address of one answer. A detail without ``seen`` is the question, whatever thing it is asked about.

    The name of an answer is not looked up: a document says what is wrong with one that it does not know.
    """

    group: str
    name: str
    seen: Seen | None = None

    @classmethod
    def parse(cls, text: str, seen: Sequence[Seen] | None = None) -> AnswerPath:
        """The address as a document has it, of a detail with its thing where these are ``seen``; raises AnswersError."""
        if (plain := _plain(text)) is not None:
            return plain
        detail = _DETAIL.fullmatch(text)
        if detail is None:
            raise AnswersError([Problem(text, "is no address of an answer, such as history.pregnant or concerns[0].at_rest")])
        if seen is None:
            return _path(CONCERN, detail[2])
        if not detail[1] or int(detail[1]) >= len(seen):
            raise AnswersError([Problem(text, f"is about a thing that is not in the document: it has {len(seen)}")])
        return _path(CONCERN, detail[2], seen[int(detail[1])])

    @classmethod
    def of_key(cls, key: str) -> AnswerPath | None:
        """The address that is the key of a draft, or None for the key of something else."""
        detail = _KEY.fullmatch(key)
        return _named(detail) if detail else _plain(key)

    @classmethod
    def of_row(cls, row: str) -> AnswerPath:
        """The address that is the row of a table; that of a thing itself (``glabella/lines``) is where it is seen."""
        detail = _ROW.fullmatch(row)
        return _named(detail) if detail else cls.parse(row)

    def text(self, seen: Sequence[Seen] = ()) -> str:
        """As it stands in a document where these things are ``seen``; raises AnswersError where its thing is not."""
        return address(self.group, self.name, None if self.seen is None else self._number(seen))

    def _number(self, seen: Sequence[Seen]) -> int:
        if self.seen is None or self.seen not in seen:
            raise AnswersError([Problem(self.key, "is about a thing that is not in the document")])
        return seen.index(self.seen)

    @property
    def key(self) -> str:
        """Its key in a draft, where things alike are one."""
        return self.text() if self.seen is None else f"detail.{self.seen.area}.{self.seen.kind}.{self.name}"

    @property
    def row(self) -> str:
        """Its row in a table over several documents, where things alike are one."""
        if self.seen is None:
            return self.text()
        thing = f"{self.seen.area}/{self.seen.kind}"
        return thing if self.name == "area" else f"{thing}.{self.name}"

    @property
    def question(self) -> str:
        """The name of its question, which is the same for every thing: ``at_rest``, ``history.pregnant``."""
        return self.name if self.group == CONCERN else self.text()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may answer it; none for a whole number, and where nothing is asked."""
        return GROUPS[self.group].words.get(self.name, ())

    def get(self, document: Mapping[str, Any]) -> Any:
        """The answer in a document as plain data, or None."""
        return dict(_standing(self.group, document)).get(self.seen, {}).get(self.name)

    def put(self, document: dict[str, Any], value: str | int | None) -> None:
        """Write the answer into a document as plain data; None takes it back. Raises AnswersError where its thing is not."""
        answers: Any = document
        if self.group == CONCERN:
            answers = document["concerns"][self._number(seen_in(document))]
        else:
            for part in GROUPS[self.group].where.split("."):
                answers = answers.setdefault(part, {})
        answers.pop(self.name, None)
        if value is not None:
            answers[self.name] = value


_path = lru_cache(maxsize=8192)(AnswerPath)  # the same ones for everybody


@lru_cache(maxsize=8192)
def _plain(text: str) -> AnswerPath | None:
    where, _, name = text.rpartition(".")
    return AnswerPath(_GROUP_AT[where], name) if where in _GROUP_AT and name.isidentifier() else None


def _named(detail: re.Match[Any]) -> AnswerPath:
    area, kind, name = detail.groups()
    return _path(CONCERN, name or "area", Seen(area, kind))


@lru_cache(maxsize=8192)
def address(group: str, name: str, concern: int | None = None) -> str:
    """The address in a document, of a detail with the number of its thing: ``concerns[].at_rest`` without one."""
    where = GROUPS[group].where
    return f"{where}.{name}" if group != CONCERN else f"{where}[{'' if concern is None else concern}].{name}"


AGE: Final = address("person", "age")


def given(document: Mapping[str, Any]) -> Iterator[tuple[AnswerPath, Any]]:
    """Every answer that was given in a document as plain data, in its order; the place and kind of a thing among them."""
    for group, (_, words) in GROUPS.items():
        for seen, answers in _standing(group, document):
            yield from ((_path(group, name, seen), value) for name, value in answers.items() if name in words)


def _standing(group: str, document: Mapping[str, Any]) -> Iterator[tuple[Seen | None, Mapping[str, Any]]]:
    """Where the answers of a group stand in a document: for what is seen, once for each thing."""
    where = GROUPS[group].where
    if group == CONCERN:
        yield from zip(seen_in(document), document.get(where, ()), strict=True)
        return
    found: Any = document
    for part in where.split("."):
        found = found.get(part, {})
    yield None, found


def answer_at(document: Mapping[str, Any], path: str) -> Any:
    """The answer at a path of a document as plain data, or None."""
    return AnswerPath.parse(path, seen_in(document)).get(document)


def with_answer(document: Mapping[str, Any], path: str, value: str | int | None) -> dict[str, Any]:
    """A document as plain data with one more answer; None takes one back. What is seen stands as it stood."""
    changed = deepcopy(dict(document))
    AnswerPath.parse(path, seen_in(changed)).put(changed, value)
    return changed


def every_path(seen: Iterable[Seen]) -> Iterator[AnswerPath]:
    """Every answer that there can be where these things are seen, in the order of a document."""
    for group, (_, words) in GROUPS.items():
        for thing in seen if group == CONCERN else (None,):
            yield from (_path(group, name, thing) for name in words)


@lru_cache(maxsize=8192)  # paths and ids: the same ones for everybody
def natural(text: str) -> tuple[object, ...]:
    """A sort key in which concerns[10] comes after concerns[9]."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text))
