"""The address of an answer: which question it answers, and about which thing seen. It is parsed and printed here alone.

In an answers document the number in ``concerns[0].at_rest`` is the place of the thing in that document. The key of a draft
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
_ITSELF: Final = ("area", "kind")
_DETAIL: Final = re.compile(r"concerns\[(\d{0,6})\]\.(\w+)", re.ASCII)
_KEY: Final = re.compile(r"detail\.(\w+)\.(\w+)\.(\w+)", re.ASCII)
_ROW: Final = re.compile(r"(\w+)/(\w+)(?:\.(\w+))?", re.ASCII)


def _leaves(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    if not inner:
        yield annotation
    for part in inner:
        yield from _leaves(part)


def _groups(model: type[BaseModel], start: str = "") -> Iterator[tuple[str, Group]]:
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            words = {key: _words(one.annotation) for key, one in inner.model_fields.items() if not _models(one.annotation)}
            yield CONCERN if inner is Concern else name, Group(f"{start}{name}", words)
            yield from _groups(inner, f"{start}{name}.")


def _models(annotation: Any) -> tuple[type[BaseModel], ...]:
    return tuple(one for one in _leaves(annotation) if isinstance(one, type) and issubclass(one, BaseModel))


def _words(annotation: Any) -> tuple[str, ...]:
    return tuple(one for one in _leaves(annotation) if isinstance(one, str))


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
    return tuple(seen[place] for place in sorted(range(len(seen)), key=lambda place: order_of(concerns[place])))


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
        group, name, place = _parsed(text)
        if group != CONCERN or seen is None:
            return _path(group, name)
        if place is None or place >= len(seen):
            raise AnswersError([Problem(text, f"names a thing that is not seen: {len(seen)} are")])
        return _path(group, name, seen[place])

    @classmethod
    def of_key(cls, key: str) -> AnswerPath | None:
        """The address that is the key of a draft, or None for the key of something else."""
        return _of_key(key)

    @classmethod
    def of_row(cls, row: str) -> AnswerPath:
        """The address that is the row of a table; that of a thing itself (``glabella/lines``) is of its place."""
        found = _ROW.fullmatch(row)
        return _path(CONCERN, found[3] or "area", _seen(row, found[1], found[2])) if found else cls.parse(row)

    def text(self, seen: Sequence[Seen] = ()) -> str:
        """As it stands in a document where these things are ``seen``; raises AnswersError where its thing is not."""
        if self.seen is not None and self.seen not in seen:
            raise AnswersError([Problem(self.key, "is about a thing that is not seen")])
        return address(self.group, self.name, None if self.seen is None else seen.index(self.seen))

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
        """Write the answer into a document as plain data; None takes it back. Raises AnswersError if its thing is not seen."""
        place: Any = document
        if self.group == CONCERN:
            seen = seen_in(document)
            if self.seen not in seen:
                raise AnswersError([Problem(self.key, "is about a thing that is not seen")])
            place = document["concerns"][seen.index(self.seen)]
        else:
            for part in GROUPS[self.group].where.split("."):
                place = place.setdefault(part, {})
        place.pop(self.name, None)
        if value is not None:
            place[self.name] = value


_path = lru_cache(maxsize=8192)(AnswerPath)  # the same ones for everybody


@lru_cache(maxsize=8192)
def _parsed(text: str) -> tuple[str, str, int | None]:
    detail = _DETAIL.fullmatch(text)
    if detail is not None:
        return CONCERN, detail[2], int(detail[1]) if detail[1] else None
    where, _, name = text.rpartition(".")
    if where not in _GROUP_AT or not name.isidentifier():
        raise AnswersError([Problem(text, "is no address of an answer, such as history.pregnant or concerns[0].at_rest")])
    return _GROUP_AT[where], name, None


@lru_cache(maxsize=8192)  # a key may come from an old draft: not every text there can be is kept
def _of_key(key: str) -> AnswerPath | None:
    detail = _KEY.fullmatch(key)
    try:
        if detail is not None:
            return None if detail[3] in _ITSELF else AnswerPath(CONCERN, detail[3], _seen(key, detail[1], detail[2]))
        path = AnswerPath.parse(key)
    except AnswersError:
        return None
    return path if path.group != CONCERN else None


def _seen(text: str, area: str, kind: str) -> Seen:
    if area not in AREAS or kind not in KINDS:
        raise AnswersError([Problem(text, "names no place and kind of thing seen")])
    return Seen(area, kind)


@lru_cache(maxsize=8192)
def address(group: str, name: str, concern: int | None = None) -> str:
    """The address in a document, of a detail by the place of its thing: ``concerns[].at_rest`` without one."""
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
