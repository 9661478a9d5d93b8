"""Load a rule base from its folder, or say everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel, ValidationError

from recommender.documents.assessment import TreatmentFacts
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RuleBaseError, shown, unknown_word
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction
from recommender.knowledge.certificate import certificate_beside
from recommender.knowledge.checks import Gaps, problems_across
from recommender.knowledge.conditions import ConcernTest, Condition, FindingTest, OtherConcern, leaves
from recommender.knowledge.consent_forms import ConsentForms
from recommender.knowledge.overlays import FOLDER as LANGUAGES
from recommender.knowledge.overlays import read_overlays
from recommender.knowledge.parsing import Path as Location
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.reference import CitedSource, ConsultationDuties, Edition, Label, Questions, Reference, Wording
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import CONCLUSIONS, FIELD_ORDER, Rule, RuleText, Signature, conclusions_in, text_hash
from recommender.knowledge.yaml_files import YamlFile, read_yaml
from recommender.languages import SHIPPED, SOURCE, is_known

#: the folder of what is proved of the rules; it holds none
PROPERTIES = "properties"
_Treatments = RootModel[tuple[TreatmentFacts, ...]]
_Labels = RootModel[tuple[Label, ...]]
_Signatures = RootModel[Mapping[str, Signature]]
_Sources = RootModel[Mapping[str, CitedSource]]
_REFERENCE: Mapping[str, type[BaseModel]] = {
    "rulebase.yaml": Edition,
    "signatures.yaml": _Signatures,
    "sources.yaml": _Sources,
    "treatments.yaml": _Treatments,
    "labels.yaml": _Labels,
    "questions.yaml": Questions,
    "wording.yaml": Wording,
    "consultation.yaml": ConsultationDuties,
    "consent.yaml": ConsentForms,
}


def shipped_rules() -> Path:
    """The folder of the rules that come with the product: beside the package when installed, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def load_rules(
    folder: str | Path | None = None,
    *,
    on: date | None = None,
    jurisdiction: Jurisdiction = "other",
    language: str = SOURCE,
) -> RuleBase:
    """The rule base in ``folder`` (default: the one shipped) as in force on a day (default: today).

    ``jurisdiction`` stands in where an answers document names none; ``language`` is that of the texts, English where a
    translation has none. Raises RuleBaseError with every problem, each as file:line, what was found, what is allowed and
    the nearest known word; what is wrong with a translation is told by ``rules check`` alone.
    """
    root = Path(folder) if folder is not None else shipped_rules()
    if not root.is_dir():
        raise RuleBaseError([Problem(str(root), "is not a folder of rules")])
    if jurisdiction not in JURISDICTIONS:
        raise RuleBaseError([unknown_word("jurisdiction", "word", jurisdiction, JURISDICTIONS)])
    if not is_known(language):
        raise RuleBaseError([unknown_word("language", "word", language, SHIPPED)])
    problems: list[Problem] = []
    reference = _read_reference(root, problems)
    rules: list[Rule] = []
    unreadable: list[Any] = []
    misnamed = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.yml"))
    problems += [Problem(name, "is not read: the name of a rule file ends in .yaml") for name in misnamed]
    for path in sorted(
        path for path in root.glob("*/**/*.yaml") if path.relative_to(root).parts[0] not in (LANGUAGES, PROPERTIES)
    ):
        file = read_yaml(path, path.relative_to(root).as_posix())
        rules += _read_rules(file, problems, unreadable)
    gaps = Gaps.left_by(unreadable)
    rules = _signed(_with_scopes(rules), reference, problems, gaps)
    problems += problems_across(rules, reference, gaps=gaps)
    if not rules and not problems:
        problems.append(Problem(str(root), "holds no rule"))
    if problems or reference is None:
        raise RuleBaseError(sorted(set(problems), key=_by_place))
    day = on or date.today()
    fingerprint = _fingerprint(rules, reference, day)
    loaded = RuleBase(
        rules=tuple(sorted((r for r in rules if r.in_force(day)), key=lambda r: r.id)),
        reference=reference,
        on=day,
        jurisdiction=jurisdiction,
        fingerprint=fingerprint,
        certificate=certificate_beside(root, fingerprint),
        out_of_force=tuple(sorted((r for r in rules if not r.in_force(day)), key=lambda r: r.id)),
        overlays=read_overlays(root, rules, reference),
    )
    return loaded.in_language(language)


def _by_place(problem: Problem) -> tuple[str, int, str]:
    file, _, line = problem.where.partition(":")
    return file, int(line) if line.isdigit() else 0, problem.message


def _fingerprint(rules: list[Rule], reference: Reference, on: date) -> str:
    """A hash of everything that can change an assessment: the rules in force and what stands beside them.

    What a visit keeps to and what is consented to change none: a record holds the duties and the form of its day itself.
    Labels change none either: the rules are checked against them.
    """
    texts = sorted((r.text for r in rules if r.in_force(on)), key=lambda t: t.id)
    content = [
        [text.model_dump(mode="json", exclude={"examples"}) for text in texts],
        reference.model_dump(mode="json", exclude={"consultation", "consent", "labels"}),
    ]
    return "sha256:" + hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read_reference(root: Path, problems: list[Problem]) -> Reference | None:
    read: dict[str, Any] = {}
    known = tuple(_REFERENCE)
    problems += [unknown_word(p.name, "file", p.name, known) for p in sorted(root.glob("*.yaml")) if p.name not in known]
    for name, model in _REFERENCE.items():
        file = read_yaml(root / name, name)
        problems += file.problems
        if file.data is None and not file.problems:
            problems.append(Problem(name, "is empty"))
        elif file.data is not None:
            try:
                read[name] = model.model_validate(file.data)
            except ValidationError as error:
                problems += problems_of(error, model, at=file.where)
    if len(read) < len(_REFERENCE):
        return None
    parts = {name.removesuffix(".yaml"): getattr(part, "root", part) for name, part in read.items()}
    return Reference(identity=parts.pop("rulebase"), **parts)


def _read_rules(file: YamlFile, problems: list[Problem], unreadable: list[Any]) -> list[Rule]:
    """The rules of a file; what could not be read is added to ``unreadable`` as it stands, a whole file as None."""
    problems += file.problems
    if file.data is None and file.problems:
        unreadable.append(None)
        return []
    if not isinstance(file.data, list):
        wanted = "expected a list of rules, each starting with '- id:'"
        said = f"is empty: {wanted}" if file.data is None else f"{wanted}, found {shown(file.data)}"
        problems.append(Problem(f"{file.name}:1", said))
        unreadable.append(None)
        return []
    read = [_read_rule(data, (i,), file, problems) for i, data in enumerate(file.data)]
    unreadable += [data for data, rule in zip(file.data, read, strict=True) if rule is None]
    return [rule for rule in read if rule is not None]


def _read_rule(data: Any, at: Location, file: YamlFile, problems: list[Problem]) -> Rule | None:
    where = file.where(at)
    if not isinstance(data, Mapping):
        problems.append(Problem(where, f"expected a rule, found {shown(data)}"))
        return None
    before = len(problems)
    try:
        text = RuleText.model_validate(dict(data))
    except ValidationError as error:
        problems += problems_of(error, RuleText, at=lambda place: file.where((*at, *place)))
        text = None
    problems += _shape_problems(data, at, file)

    def report(path: Location, message: str, allowed: tuple[str, ...], near: str | None) -> None:
        problems.append(Problem(file.where(path), message, allowed, near))

    condition = read_condition(data["when"], (*at, "when"), report) if "when" in data else None
    if text is None or condition is None or len(problems) > before:
        return None
    return Rule(text=text, when=condition, scope="person", where=where)


def _shape_problems(data: Mapping[str, Any], at: Location, file: YamlFile) -> list[Problem]:
    """One conclusion; fields in their fixed order; dates that make sense; defer says until when."""
    found: list[Problem] = []
    drawn = conclusions_in(data)
    if len(drawn) != 1:
        what = "no conclusion" if not drawn else f"{len(drawn)} conclusions ({', '.join(drawn)})"
        found.append(Problem(file.where(at), f"a rule draws exactly one conclusion, found {what}", CONCLUSIONS))
    known = [name for name in data if name in FIELD_ORDER]
    wanted = sorted(known, key=FIELD_ORDER.index)
    for name, right in zip(known, wanted, strict=True):
        if name != right:
            found.append(Problem(file.where((*at, name)), f"'{name}' stands too early: '{right}' comes first", tuple(wanted)))
            break
    hold = data.get("hold")
    if isinstance(hold, Mapping) and (hold.get("effect") == "defer") != ("until" in hold):
        fault = "'until' goes with the effect 'defer' alone" if "until" in hold else "'defer' needs 'until': say when it lifts"
        found.append(Problem(file.where((*at, "hold")), fault))
    start, end = _day(data.get("in_force_from")), _day(data.get("in_force_until"))
    if start is not None and end is not None and end < start:
        found.append(Problem(file.where((*at, "in_force_until")), f"ends on {end}, before it starts on {start}"))
    return found


def _day(value: object) -> date | None:
    """The day a rule file names, as YAML's own date or in quotes; None where it names none."""
    if type(value) is date:  # not a datetime, which is one too and cannot be compared
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _with_scopes(rules: list[Rule]) -> list[Rule]:
    """The rules with their scope: a rule that tests a concern, or a finding about one, is about that concern."""
    about_concern: set[str] = set()
    while True:
        grown = about_concern | {r.finds for r in rules if r.finds is not None and speaks_of_concern(r.when, about_concern)}
        if grown == about_concern:
            break
        about_concern = grown
    return [replace(r, scope="concern" if speaks_of_concern(r.when, about_concern) else "person") for r in rules]


def _signed(rules: list[Rule], reference: Reference | None, problems: list[Problem], gaps: Gaps) -> list[Rule]:
    """The rules with the signatures that hold for their exact text."""
    signatures = reference.signatures if reference is not None else {}
    known = tuple(rule.id for rule in rules)
    unknown = [name for name in signatures if name not in known and name not in gaps.rules and not gaps.anything]
    problems += [unknown_word("signatures.yaml", "rule", name, known) for name in unknown]
    held = {rule.id: signatures.get(rule.id) for rule in rules}
    return [
        replace(rule, signature=found) if (found := held[rule.id]) is not None and found.text == text_hash(rule.text) else rule
        for rule in rules
    ]


def speaks_of_concern(condition: Condition, concern_findings: Collection[str]) -> bool:
    """Whether a condition is about something seen, by itself or by one of the findings that are."""
    for leaf in leaves(condition):
        match leaf:
            case ConcernTest() | OtherConcern(where="same_area"):
                return True
            case FindingTest(names):
                if set(concern_findings).intersection(names):
                    return True
            case _:
                pass
    return False
