"""Rules as text, for rule bases written on the spot."""

from __future__ import annotations

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
