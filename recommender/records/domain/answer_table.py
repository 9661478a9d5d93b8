"""An answers document as a flat table: path → words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recommender.documents.answers import Answers

#: the word of a concern itself (``glabella/lines``)
NAMED = "named"


def concern_path(area: str, kind: str) -> str:
    """The path of a concern in a table of several documents, where its index may differ: ``glabella/lines``."""
    return f"{area}/{kind}"


def answer_table(answers: Answers) -> Mapping[str, tuple[str, ...]]:
    """Path → the words answered there; only what was answered, in the order of the document.

    A concern has the path ``glabella/lines`` (with the word ``named``) and its details ``glabella/lines.at_rest``. A path has
    several words, sorted, only where the concern was named more than once with different words.
    """
    found: dict[str, list[str]] = {}
    for path, word in _said(answers):
        words = found.setdefault(path, [])
        if word not in words:
            words.append(word)
    return {path: tuple(sorted(words)) for path, words in found.items()}


def _said(answers: Answers) -> Iterator[tuple[str, str]]:
    given = answers.document()
    yield from ((f"person.{name}", str(value)) for name, value in given["person"].items())
    for concern in given["concerns"]:
        path = concern_path(concern.pop("area"), concern.pop("kind"))
        yield path, NAMED
        yield from ((f"{path}.{name}", value) for name, value in concern.items())
    for group in ("history", "screening", "goals"):
        yield from ((f"{group}.{name}", str(value)) for name, value in given.get(group, {}).items())
    after = given.get("after_treatment", {})
    symptoms = after.pop("symptoms", {})
    yield from ((f"after_treatment.{name}", str(value)) for name, value in after.items())
    yield from ((f"after_treatment.symptoms.{name}", value) for name, value in symptoms.items())
