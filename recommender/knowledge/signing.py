"""Sign a rule: write who has reviewed which exact text, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from recommender.atomic_write import atomic_write, locked_folder
from recommender.documents.problems import Problem, RecommenderError, nearest
from recommender.knowledge.loading import load_rules
from recommender.knowledge.rules import Signature, text_hash
from recommender.knowledge.yaml_files import as_yaml

FILE = "signatures.yaml"
_HEADING = "# Written by 'recommender rules sign'. A signature holds for the exact text it was given for.\n"


def sign(folder: Path, identifier: str, *, name: str, role: str, registration: str, on: date) -> Signature:
    """Write the signature of a named clinician on the present text of a rule, and return it; nobody else signs meanwhile.

    Raises RecommenderError if the rules do not load, no rule has this id, or name, role or registration is empty.
    """
    if not folder.is_dir():
        load_rules(folder)  # which says so
    with locked_folder(folder):
        return _signed(folder, identifier, name=name, role=role, registration=registration, on=on)


def _signed(folder: Path, identifier: str, *, name: str, role: str, registration: str, on: date) -> Signature:
    rules = load_rules(folder, on=on)
    found = {rule.id: rule for rule in rules.every_rule}
    problems = [
        Problem(f"--{option}", "is empty: a signature names a person who can be asked")
        for option, value in (("name", name), ("role", role), ("registration", registration))
        if not value.strip()
    ]
    if identifier not in found:
        problems.append(Problem(identifier, "no rule has this id", (), nearest(identifier, found)))
    if problems:
        raise RecommenderError(problems)
    text = found[identifier].text
    signature = Signature(name=name, role=role, registration=registration, signed_on=on, text=text_hash(text))
    written = {**rules.reference.signatures, identifier: signature}
    content = {key: written[key].model_dump(mode="json") for key in sorted(written)}
    with atomic_write(folder / FILE, private=False) as file:
        file.write_text(_HEADING + as_yaml(content), encoding="utf-8")
    return signature
