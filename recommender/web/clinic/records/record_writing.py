"""Saves the fields that a page changed into the record as it is stored now, field by field.

A field is named by its path: ``informed_on``, ``products[0].lot``, ``consent.items[3].accepted``. What somebody else wrote
into another field meanwhile stays; what they wrote into the same one is not written over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.records.domain import workflow
from recommender.records.domain.permissions import NotAllowed
from recommender.records.visits.consultations import Conflict, Kept
from recommender.web.clinic.stores import consultations
from recommender.web.state.write_lock import write_lock

ABSENT: Final = object()
_TRIES: Final = 20
_TOKEN: Final = re.compile(r"(\w+)|\[(\d+)\]", re.ASCII)


class Clash(NamedTuple):
    """Two values of one field. ``stands`` is whether the field is still the one that was shown, so that mine may go there."""

    mine: Any
    theirs: Any
    stands: bool


class Written(NamedTuple):
    """The record as it is stored now, by path what was not written because somebody else had, and what cannot be written."""

    kept: Kept
    clashes: Mapping[str, Clash]
    refused: Mapping[str, str]


def value_at(consultation: Consultation, path: str) -> Any:
    """What a record holds at a path; ABSENT where it has no such place."""
    found: Any = consultation
    for token in _tokens(path):
        if isinstance(token, int):
            if token >= len(found):
                return ABSENT
            found = found[token]
        elif found is None:
            return ABSENT
        else:
            found = getattr(found, token)
    return found


def write_changes(identifier: str, shown: Consultation, changes: Mapping[str, Any], *, by: Staff) -> Written:
    """Write the fields that a page changed since it showed ``shown``; raises NotAllowed where the record is no draft any more.

    A field that somebody else has changed since then, to something else, is not written: it is among the ``clashes``.
    """
    clashes: dict[str, Clash] = {}
    refused: dict[str, str] = {}

    def merged(stored: Consultation) -> Mapping[str, Any]:
        clashes.clear()
        refused.clear()
        fields: dict[str, Any] = {}
        for path, mine in changes.items():
            theirs, stands = value_at(stored, path), same_place(path, stored, shown)
            if stands and theirs == mine:
                continue
            if not stands or theirs != value_at(shown, path):
                clashes[path] = Clash(mine, theirs, stands)
                continue
            first, *rest = _tokens(path)
            root = str(first)
            try:
                wanted = _replaced(fields.get(root, getattr(stored, root)), rest, mine)
                Consultation.model_validate({**dict(stored), root: wanted})
            except ValidationError as error:
                refused[path] = error.errors()[0]["msg"]
            else:
                fields[root] = wanted
        return fields

    return Written(write_step(identifier, merged, by=by), clashes, refused)


def write_step(identifier: str, step: Callable[[Consultation], Mapping[str, Any]], *, by: Staff) -> Kept:
    """Write the fields that ``step`` makes of the record as it is stored now, by itself in this process.

    Where another process was first, the step is taken again with what that one wrote. Raises what the step raises,
    NotAllowed, and Conflict where it is never the first.
    """
    with write_lock():
        for _ in range(_TRIES):
            with suppress(Conflict):
                return _written(identifier, step, by)
        return _written(identifier, step, by)


def _written(identifier: str, step: Callable[[Consultation], Mapping[str, Any]], by: Staff) -> Kept:
    kept = consultations().get(identifier, by=by)
    fields = step(kept.consultation)
    if not fields:
        return kept
    return consultations().save(identifier, kept.version, workflow.write(kept.consultation, by=by, **fields), by=by)


def unchanged(stored: Consultation, shown: Consultation, path: str, otherwise: str) -> None:
    """Refuse a step, with NotAllowed, where what it is about is not what the page showed any more."""
    if value_at(stored, path) != value_at(shown, path):
        raise NotAllowed([Problem(path, otherwise)])


def same_place(path: str, stored: Consultation, shown: Consultation) -> bool:
    """Whether a path leads to the same thing in both: the same product, the same form that can still be answered."""
    root, *rest = _tokens(path)
    if root == "products" and rest:
        # a product is known by its treatment and its lot: without these nobody could tell one from another that took its place
        same = zip(shown.products, stored.products, strict=False)
        known = all(now.treatment == then.treatment and then.lot in ("", now.lot) for then, now in same)
        return known and len(stored.products) >= len(shown.products)
    if root == "consent" and rest:
        then, now = shown.consent, stored.consent
        if then is None or now is None or now.signed_at is not None:
            return False
        return now.fingerprint == then.fingerprint
    return True


def _replaced(value: Any, tokens: list[str | int], new: Any) -> Any:
    if not tokens:
        return new
    first, *rest = tokens
    if isinstance(first, int):
        return (*value[:first], _replaced(value[first], rest, new), *value[first + 1 :])
    part: BaseModel = value
    return type(part).model_validate({**dict(part), first: _replaced(getattr(part, first), rest, new)})


def _tokens(path: str) -> list[str | int]:
    return [int(number) if number else name for name, number in _TOKEN.findall(path)]
