"""Scenarios: whole people as a nurse tells of them, each with everything that must be concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment, Referral
from recommender.documents.base import FrozenModel
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RuleBaseError
from recommender.documents.vocabulary import Outcome
from recommender.inference.conclusions import Conclusions
from recommender.knowledge.yaml_files import read_yaml


class Expectation(FrozenModel):
    """Everything concluded, exactly; what is left out is empty.

    Compared only where given: ``notes``; ``defeats``, the rules that hold an option with their effect and products; ``open``
    and ``closed``, paths that must and must not be open questions.
    """

    outcome: Outcome
    options: Mapping[str, str] = {}
    holds: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    alerts: Mapping[str, tuple[str, ...]] = {}
    notes: tuple[str, ...] | None = None
    defeats: Mapping[str, tuple[str, ...]] | None = None
    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


class Scenario(FrozenModel):
    """One person: the story, the answers, and what they must come to."""

    say: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    answers: Answers
    expect: Expectation


def read_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """Every scenario in the YAML files of a folder; raises RuleBaseError naming file and line of what is wrong."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        file = read_yaml(path, path.name)
        problems += file.problems
        for index, data in enumerate(file.data or ()):
            for one in _each(data):
                try:
                    found.append(Scenario.model_validate(one))
                except ValidationError as error:
                    problems += [p._replace(where=f"{file.where((index,))}: {p.where}") for p in problems_of(error, Scenario)]
    if not found and not problems:
        problems.append(Problem(str(folder), "holds no scenario"))
    if problems:
        raise RuleBaseError(problems)
    return tuple(found)


def _each(data: Any) -> Iterator[Any]:
    """A scenario told ``each: {area: [lips, chin]}`` is one scenario for each word, which stands for {area} in it."""
    if not isinstance(data, dict) or "each" not in data:
        yield data
        return
    told = {key: value for key, value in data.items() if key != "each"}
    ((name, words),) = data["each"].items()
    for word in words:
        yield _filled(told, f"{{{name}}}", word)


def _filled(data: Any, placeholder: str, word: str) -> Any:
    if isinstance(data, str):
        return data.replace(placeholder, word)
    if isinstance(data, dict):
        return {_filled(key, placeholder, word): _filled(value, placeholder, word) for key, value in data.items()}
    return [_filled(item, placeholder, word) for item in data] if isinstance(data, list) else data


def differences(expect: Expectation, assessment: Assessment) -> Mapping[str, tuple[Any, Any]]:
    """What is expected and what was found, for each thing that differs; empty where everything is as expected."""
    still_open = {question.path for question in assessment.open_questions}
    different = dict(differences_concluded(expect, assessment))
    if not set(expect.open) <= still_open:
        different["open"] = (sorted(expect.open), sorted(still_open))
    if set(expect.closed) & still_open:
        different["closed"] = (sorted(expect.closed), sorted(still_open))
    return different


def differences_concluded(expect: Expectation, found: Assessment | Conclusions) -> Mapping[str, tuple[Any, Any]]:
    """The same for what is concluded, leaving out what is still open."""
    concluded = _found(found, expect)
    both = {name: (_in_order(getattr(expect, name)), said) for name, said in concluded.items()}
    return {name: (wanted, said) for name, (wanted, said) in both.items() if wanted is not None and wanted != said}


def _in_order(wanted: Any) -> Any:
    if isinstance(wanted, Mapping):
        return {key: _in_order(inner) for key, inner in wanted.items()}
    return sorted(wanted) if isinstance(wanted, tuple) else wanted


def _found(assessment: Assessment | Conclusions, expect: Expectation) -> dict[str, Any]:
    alerts: dict[str, list[str]] = {}
    for alert in assessment.alerts:
        alerts.setdefault(alert.urgency, []).extend(reason.rule for reason in alert.reasons)
    return {
        "outcome": assessment.outcome,
        "options": {f"{o.area}/{o.treatment}": f"{o.status} ({o.role})" for o in assessment.options},
        "holds": sorted(hold.rule for hold in assessment.holds),
        "referrals": sorted(_referral(made) for made in assessment.referrals),
        "alerts": {urgency: sorted(rules) for urgency, rules in alerts.items()},
        "notes": sorted(note.rule for note in assessment.notes),
        "defeats": {
            option: sorted(
                _defeat(hold.rule, hold.effect, hold.products)
                for o in assessment.options
                if f"{o.area}/{o.treatment}" == option
                for hold in o.defeats
            )
            for option in expect.defeats or ()
        },
    }


def _referral(made: Referral) -> str:
    return " ".join(filter(None, (f"{made.to}/{made.stance}", made.area)))


def _defeat(rule: str, effect: str, products: tuple[str, ...]) -> str:
    return " ".join((rule, effect, *sorted(products)))
