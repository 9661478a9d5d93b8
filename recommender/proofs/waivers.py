"""What a clinical lead has looked at and let stand: a check, the rule or the answer that it speaks of, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from recommender.documents.base import FrozenModel, Text
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RuleBaseError, shown, unknown_word
from recommender.knowledge.conditions import Condition
from recommender.knowledge.loading import PROPERTIES
from recommender.knowledge.parsing import Path as Location
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.rules import one_or_more
from recommender.knowledge.yaml_files import YamlFile, read_yaml

#: the file, beside the properties
FILE = "waivers.yaml"


class WaiverText(FrozenModel):
    """A waiver as written: ``of`` names rules or answers such as ``history.pregnant``, ``when`` limits it to some people."""

    check: Text
    of: Annotated[tuple[Text, ...], BeforeValidator(one_or_more), Field(min_length=1)]
    when: Any = None
    because: Text


@dataclass(frozen=True, eq=False)
class Waiver:
    """A waiver ready for use."""

    text: WaiverText
    when: Condition | None
    where: str


def read_waivers(folder: Path, of: Mapping[str, Collection[str]]) -> tuple[Waiver, ...]:
    """The waivers beside these rules, ``of`` what each check can speak of; raises RuleBaseError with every problem."""
    path = folder / PROPERTIES / FILE
    if not path.exists():
        return ()
    file = read_yaml(path, path.relative_to(folder).as_posix())
    problems = list(file.problems)
    if not isinstance(file.data, list):
        problems.append(Problem(f"{file.name}:1", f"expected a list of waivers, found {shown(file.data)}"))
    given = enumerate(file.data) if isinstance(file.data, list) else ()
    read = [_read(data, (index,), file, of, problems) for index, data in given]
    if problems:
        raise RuleBaseError(problems)
    return tuple(waiver for waiver in read if waiver is not None)


def _read(data: Any, at: Location, file: YamlFile, of: Mapping[str, Collection[str]], problems: list[Problem]) -> Waiver | None:
    if not isinstance(data, Mapping):
        problems.append(Problem(file.where(at), f"expected a waiver, found {shown(data)}"))
        return None
    try:
        text = WaiverText.model_validate(dict(data))
    except ValidationError as error:
        problems += problems_of(error, WaiverText, at=lambda place: file.where((*at, *place)))
        return None

    def report(path: Location, message: str, allowed: tuple[str, ...], near: str | None) -> None:
        problems.append(Problem(file.where(path), message, allowed, near))

    if text.check not in of:
        problems.append(unknown_word(file.where((*at, "check")), "check", text.check, sorted(of)))
    names = of.get(text.check, text.of)
    unknown = [name for name in text.of if name not in names]
    problems += [unknown_word(file.where((*at, "of")), "rule or answer", name, sorted(names)) for name in unknown]
    condition = None if text.when is None else read_condition(text.when, (*at, "when"), report)
    return Waiver(text, condition, file.where(at))
