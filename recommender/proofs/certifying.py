"""Makes the certificate of exact rules, once all of it is proved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from recommender.documents.problems import Problem, RuleBaseError
from recommender.knowledge.certificate import Certificate, Excepted, Proved, properties_fingerprint
from recommender.knowledge.rulebase import RuleBase
from recommender.logic.circuit import SECOND_SOLVER, SOLVER
from recommender.proofs.exact import CHECKS, exact_issues, names_of
from recommender.proofs.general import GENERAL, AnyRules, enough
from recommender.proofs.proof import enough_places, prove
from recommender.proofs.properties import read_properties
from recommender.proofs.report_page import page, table
from recommender.proofs.waivers import read_waivers


def certify(folder: Path, rules: RuleBase, *, on: date) -> Certificate:
    """What is proved of these rules on a day; raises RuleBaseError with what is not."""
    properties, waivers = read_properties(folder, rules), read_waivers(folder, names_of(rules))
    of_any = AnyRules(rules, waivers)
    problems = [
        Problem(verdict.about.where, f"{verdict.about.id} is broken: {verdict.answers_text}")
        for verdict in prove(rules, properties)
        if not verdict.proved
    ]
    problems += [
        Problem(one.about.where, f"{one.about.id} is broken by {one.name}: {one.answers_text}") for one in of_any.broken()
    ]
    problems += [Problem(waiver.where, "lets stand what nothing needs") for waiver in of_any.needless()]
    problems += exact_issues(rules, waivers)
    if problems:
        raise RuleBaseError(problems)
    places = enough(rules)
    return Certificate(
        version=rules.identity.version,
        fingerprint=rules.fingerprint,
        properties_fingerprint=properties_fingerprint(folder),
        rules=len(rules.rules),
        proved_on=on,
        solvers=(SOLVER, SECOND_SOLVER),
        solver_library=f"python-sat {version('python-sat')}",
        properties=tuple(
            Proved(id=one.id, title=one.text.title, hazards=one.text.hazards, places=enough_places(rules, one))
            for one in properties
        ),
        any_rules=tuple(Proved(id=one.id, title=one.title, hazards=one.hazards, places=places) for one in GENERAL),
        checks=CHECKS,
        exceptions=tuple(
            Excepted(check=waiver.text.check, of=waiver.text.of, when=waiver.text.when, because=waiver.text.because.strip())
            for waiver in waivers
        ),
    )


def as_html(found: Certificate) -> str:
    """The certificate as one page."""
    return page("What is proved of these rules", "\n".join(_page(found)))


def _page(found: Certificate) -> Iterator[str]:
    yield "# What is proved of these rules\n"
    yield "The rules keep to these sentences for everybody. That does not say that the sentences, or the rules, are right."
    yield "Who reviewed a rule signs it apart.\n"
    rows = [
        ("Rules", f"{found.rules}, version {found.version}"),
        ("Fingerprint", f"`{found.fingerprint}`"),
        ("Fingerprint of the properties", f"`{found.properties_fingerprint}`"),
        ("Proved on", found.proved_on.isoformat()),
        ("Each by", f"{' and '.join(found.solvers)} ({found.solver_library})"),
    ]
    yield table(("", ""), rows)
    columns = ("Id", "What holds for everybody", "Hazards", "Decided with places")
    for title, proved in (("Properties", found.properties), ("Of any rules", found.any_rules)):
        yield f"\n## {title}\n"
        yield table(columns, ((f"`{one.id}`", one.title, ", ".join(one.hazards), str(one.places)) for one in proved))
    yield "\n## Checks that found nothing else\n"
    yield ", ".join(f"`{check}`" for check in found.checks) + "\n"
    yield "\n## Exceptions\n"
    rows_of = ((f"`{one.check}`", ", ".join(one.of), _whom(one.when), one.because) for one in found.exceptions)
    yield table(("Check", "Of", "Where", "Why"), rows_of)


def _whom(when: object) -> str:
    return "everybody" if when is None else f"`{json.dumps(when)}`"
