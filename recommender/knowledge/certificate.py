"""What was proved of exact rules: read beside them, and refused where it is of others."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from recommender.documents.base import FrozenModel, Text
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RuleBaseError

#: beside the rules
FILE = "certificate.json"
_PROPERTIES = "properties"
_MOST = 1_000_000  # characters


class Proved(FrozenModel):
    """Something that holds for everybody, however many places they name: ``places`` are enough to decide it."""

    id: Text
    title: Text
    hazards: tuple[str, ...] = ()
    places: int = Field(ge=0)


class Excepted(FrozenModel):
    """What was let stand: by which check, of what, of whom alone (as rules write it), and why."""

    check: Text
    of: tuple[Text, ...]
    when: Any = None
    because: Text


class Certificate(FrozenModel):
    """The result for the rules of one fingerprint, and the properties and labels of another."""

    schema_: Literal["rules-certificate/1"] = Field(default="rules-certificate/1", alias="schema")
    version: Text
    fingerprint: Text
    properties_fingerprint: Text
    rules: int = Field(ge=1)
    proved_on: date
    solvers: tuple[Text, ...] = Field(min_length=2)
    solver_library: Text
    properties: tuple[Proved, ...] = Field(min_length=1)
    any_rules: tuple[Proved, ...]
    checks: tuple[Text, ...]
    exceptions: tuple[Excepted, ...]


def properties_fingerprint(root: Path) -> str:
    """A hash of what rules are checked against: the properties, the exceptions and the labels."""
    found = hashlib.sha256()
    for path in (*sorted((root / _PROPERTIES).glob("*.yaml")), root / "labels.yaml"):
        content = path.read_bytes() if path.is_file() else b""
        found.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return f"sha256:{found.hexdigest()}"


def read_certificate(file: Path, *, fingerprint: str, properties: str) -> Certificate:
    """The certificate in a file; raises RuleBaseError where it cannot be read, or is of other rules or properties."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleBaseError([Problem(str(file), f"cannot be read: {error}")]) from None
    try:
        found = Certificate.model_validate_json(text[:_MOST])
    except ValidationError as error:
        raise RuleBaseError(problems_of(error, Certificate, at=lambda _: str(file))) from None
    for what, has, wanted in (
        ("rules", found.fingerprint, fingerprint),
        ("properties", found.properties_fingerprint, properties),
    ):
        if has != wanted:
            raise RuleBaseError([Problem(str(file), f"is of other {what}: {has}, and these are {wanted}")])
    return found


def certificate_beside(root: Path, fingerprint: str) -> Certificate | None:
    """The certificate that stands beside the rules, where there is one and it is theirs."""
    if not (root / FILE).is_file():
        return None
    try:
        return read_certificate(root / FILE, fingerprint=fingerprint, properties=properties_fingerprint(root))
    except RuleBaseError:
        return None
