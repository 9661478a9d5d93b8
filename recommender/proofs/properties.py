"""Properties as clinicians write them: of whom, what is never or always said of them, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError, model_validator

from recommender.documents.base import FrozenModel, Text
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RuleBaseError, shown, unknown_word
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.conditions import Condition, findings_of
from recommender.knowledge.loading import PROPERTIES, speaks_of_concern
from recommender.knowledge.parsing import Path as Location
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Identifier
from recommender.knowledge.yaml_files import YamlFile, read_yaml
from recommender.proofs.claims import Claim
from recommender.proofs.waivers import FILE as WAIVERS

#: the folder of a rule base that holds them
FOLDER = PROPERTIES


class PropertyText(FrozenModel):
    """A property as written; ``in`` names the countries where it has to hold, all of them if it names none.

    Of several claims under ``never`` none is so; under ``always`` every one is.
    """

    id: Identifier
    title: Text
    when: Any
    in_: Annotated[tuple[Jurisdiction, ...], Field(alias="in")] = ()
    never: tuple[Claim, ...] = ()
    always: tuple[Claim, ...] = ()
    because: Text
    sources: tuple[str, ...] = ()
    hazards: tuple[Annotated[str, StringConstraints(pattern=r"^H\d\d$")], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> PropertyText:
        if bool(self.never) == bool(self.always):
            raise ValueError("says what is never or what is always so: one of 'never' and 'always'")
        return self


@dataclass(frozen=True, eq=False)
class Property:
    """A property ready to be decided: its text, its condition, and whether it is about something seen or the person."""

    text: PropertyText
    when: Condition
    about_concern: bool
    where: str

    @classmethod
    def of(cls, text: PropertyText, when: Condition, rules: RuleBase, *, where: str) -> Property:
        """A property of these rules, as written in this place."""
        findings = {rule.finds for rule in rules.rules if rule.finds is not None and rule.scope == "concern"}
        return cls(text, when, speaks_of_concern(when, findings), where)

    @property
    def id(self) -> str:
        """Its identifier."""
        return self.text.id


def read_properties(folder: Path, rules: RuleBase) -> tuple[Property, ...]:
    """The properties beside these rules, by id; raises RuleBaseError with every problem and its place."""
    problems: list[Problem] = []
    found: dict[str, Property] = {}
    for path in sorted(path for path in (folder / FOLDER).glob("*.yaml") if path.name != WAIVERS):
        file = read_yaml(path, path.relative_to(folder).as_posix())
        problems += file.problems
        if not isinstance(file.data, list):
            problems.append(Problem(f"{file.name}:1", f"expected a list of properties, found {shown(file.data)}"))
            continue
        for index, data in enumerate(file.data):
            one = _read(data, (index,), file, rules, problems)
            if one is not None and one.id in found:
                problems.append(Problem(one.where, f"the id '{one.id}' is used twice, also at {found[one.id].where}"))
            elif one is not None:
                found[one.id] = one
    if not found and not problems:
        problems.append(Problem(f"{folder / FOLDER}", "holds no property"))
    if problems:
        raise RuleBaseError(problems)
    return tuple(found[name] for name in sorted(found))


def _read(data: Any, at: Location, file: YamlFile, rules: RuleBase, problems: list[Problem]) -> Property | None:
    if not isinstance(data, Mapping):
        problems.append(Problem(file.where(at), f"expected a property, found {shown(data)}"))
        return None
    before = len(problems)
    try:
        text = PropertyText.model_validate(dict(data))
    except ValidationError as error:
        problems += problems_of(error, PropertyText, at=lambda place: file.where((*at, *place)))
        text = None

    def report(path: Location, message: str, allowed: tuple[str, ...], near: str | None) -> None:
        problems.append(Problem(file.where(path), message, allowed, near))

    condition = read_condition(data["when"], (*at, "when"), report) if "when" in data else None
    if condition is not None:
        unknown = sorted(findings_of(condition) - rules.finders.keys())
        problems += [unknown_word(file.where((*at, "when")), "finding", name, sorted(rules.finders)) for name in unknown]
    if text is not None:
        cited = [source for source in text.sources if source not in rules.reference.sources]
        problems += [unknown_word(file.where((*at, "sources")), "source", s, sorted(rules.reference.sources)) for s in cited]
    if text is None or condition is None or len(problems) > before:
        return None
    return Property.of(text, condition, rules, where=file.where(at))
