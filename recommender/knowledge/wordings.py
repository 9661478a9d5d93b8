"""Where each text of a rule base stands: the file, and then the names that lead to it as a translation has them.

``("questions.yaml", "areas", "lips", "label")``, ``("safety/pregnancy.yaml", "pregnancy.stop", "because")``. Which fields are
texts stands on the models (``recommender.documents.told``): nothing that decides anything is among them.
"""

from __future__ import annotations

from collections.abc import Iterable

from recommender.documents.told import Place, texts_in
from recommender.knowledge.reference import Reference
from recommender.knowledge.rules import Rule


def place_of(rule: Rule) -> Place:
    """Where the texts of a rule stand."""
    return rule.where.rpartition(":")[0], rule.id


def place_beside(place: Place) -> Place:
    """The place of a text of ``Reference``: its fields are named as their files."""
    return f"{place[0]}.yaml", *place[1:]


def place_name(place: Place) -> str:
    """A place below its file, in one text."""
    return " / ".join(map(str, place[1:]))


def texts_of(rules: Iterable[Rule], reference: Reference) -> dict[Place, str]:
    """Every text that is translated."""
    found = [text for rule in rules for text in texts_in(rule.text, place_of(rule))]
    found += [text._replace(place=place_beside(text.place)) for text in texts_in(reference)]
    return {text.place: text.text for text in found if text.told.translated}


def public_texts(rules: Iterable[Rule]) -> dict[str, str]:
    """What the public reads of rules, by the place and the name of each text: ``safety/pregnancy.yaml:12 because``."""
    found = ((rule.where, text) for rule in rules for text in texts_in(rule.text) if text.told.public)
    return {f"{where} {text.place[-1]}": text.text for where, text in found}


def public_texts_beside(reference: Reference) -> dict[Place, str]:
    """What the public reads beside the rules."""
    return {place_beside(text.place): text.text for text in texts_in(reference) if text.told.public}
