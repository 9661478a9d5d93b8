"""Rules as text, for rule bases written on the spot."""

from __future__ import annotations

import yaml

from recommender.knowledge.doubt import told_in_doubt
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.rules import Rule, RuleText

TELL = "note: {about: timing}"


def rule(name: str, when: str, conclusion: str = TELL, more: str = "") -> str:
    """One rule as it stands in a file; ``more`` is further fields, each on a line of its own."""
    lines = "".join(f"  {line}\n" for line in more.splitlines())
    return f"""
- id: test.{name}
  title: A rule
  when: {when}
  {conclusion}
  because: The reason of {name}.
  sources: [seed]
{lines}"""


def with_sentences_in_doubt(text: str) -> str:
    """The same rules, each that is told in doubt with its sentence for that; what is written otherwise stays as it is."""
    told = told_in_doubt([_rule(data) for data in yaml.safe_load(text) or ()]) if text.startswith("\n- id: test.") else ()
    for name in (identifier.removeprefix("test.") for identifier in told):
        because = f"  because: The reason of {name}.\n"
        text = text.replace(because, f"{because}  if_not_known: If so, the reason of {name}.\n")
    return text


def _rule(data: dict[str, object]) -> Rule:
    return Rule(RuleText.model_validate(data), read_condition(data["when"], (), lambda *_: None), "person", "")


def offer(treatment: str = "dermal_filler", role: str = "first_line") -> str:
    """The conclusion that offers a treatment."""
    return f"offer: {{treatment: {treatment}, role: {role}}}"


def hold(effect: str, *treatments: str, products: str = "") -> str:
    """The conclusion that holds treatments (filler, if none is named)."""
    until = ", until: it has passed" if effect == "defer" else ""
    limited = f", products: [{products}]" if products else ""
    return f"hold: {{treatment: [{', '.join(treatments or ('dermal_filler',))}], effect: {effect}{until}{limited}}}"


def refer(to: str, stance: str = "instead") -> str:
    """The conclusion that refers."""
    return f"refer: {{to: {to}, stance: {stance}}}"


def alert(urgency: str) -> str:
    """The conclusion that alerts."""
    return f"alert: {{urgency: {urgency}}}"
