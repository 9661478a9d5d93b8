"""The counts of a population as one HTML page: options by place, holds by reason, who else to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from jinja2 import Environment

from recommender.documents.vocabulary import AREAS, TREATMENTS
from recommender.knowledge.rulebase import RuleBase
from recommender.population.files import Run

_PAGE: Final = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ title }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
:root { color-scheme: light dark }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #d5dade; vertical-align: top }
td.count { text-align: right; white-space: nowrap }
td.bar { width: 40% } meter { width: 100%; height: 1rem }
</style></head>
<body><h1>{{ title }}</h1>
<p>{{ people }} people, {{ rejected }} rows rejected. Rules {{ fingerprint }}: a draft, not signed by a clinician.</p>
{% for heading, rows in parts %}<h2>{{ heading }}</h2>
<table><tr><th scope="col">What</th><th scope="col">People</th><th scope="col">Share</th></tr>
{% for name, count in rows %}<tr><th scope="row">{{ name }}</th><td class="count">{{ "{:,}".format(count) }}</td>
<td class="bar"><meter min="0" max="{{ most }}" value="{{ count }}">{{ count }}</meter></td></tr>
{% endfor %}</table>
{% endfor %}</body></html>
"""


def summary_html(rules: RuleBase, run: Run, name: str) -> str:
    """The page; every table is ordered by how many people it is about."""
    questions = rules.reference.questions
    titles = {rule.id: rule.text.title for rule in rules.every_rule}
    holds = {rule.id for rule in rules.concluding["hold"]}
    deciding = run.counts.get("rules", {})
    treatments = {facts.treatment: facts.name for facts in rules.reference.treatments}
    options = [
        (f"{questions.areas[area].label} – {treatments[treatment]}: {status}", count)
        for area in AREAS
        for treatment in TREATMENTS
        for status, count in _of(run.counts.get("options", {}), f"{area}/{treatment}/")
    ]
    parts = [
        ("Outcomes", _ordered(run.counts.get("outcomes", {}).items())),
        ("Options by place", options),
        ("Holds by reason", _ordered((f"{titles[rule]} ({rule})", count) for rule, count in deciding.items() if rule in holds)),
        ("Alerts", _ordered((_alert(alert), count) for alert, count in run.counts.get("alerts", {}).items())),
        ("Who else to see", _ordered(run.counts.get("referrals", {}).items())),
    ]
    template = Environment(autoescape=True).from_string(_PAGE)
    return template.render(
        title=f"What the rules conclude of {name}",
        people=f"{run.people:,}",
        rejected=f"{run.rejected:,}",
        fingerprint=rules.identity.fingerprint,
        parts=[(heading, rows) for heading, rows in parts if rows],
        most=max(run.people, 1),
    )


def _alert(name: str) -> str:
    urgency, _, in_doubt = name.partition("/")
    return f"{urgency}, in doubt" if in_doubt == "True" else urgency


def _of(counts: Mapping[str, int], begins: str) -> Iterable[tuple[str, int]]:
    return [(name.removeprefix(begins), count) for name, count in counts.items() if name.startswith(begins)]


def _ordered(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(found, key=lambda one: (-one[1], one[0]))
