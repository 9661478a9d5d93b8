"""An answers document as a table: the path of each thing said, and the words in which it was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recommender.documents.answers import Answers

#: what stands beside the path of a concern (``glabella/lines``) that was named at all
NAMED = "named"


def concern_path(area: str, kind: str) -> str:
    """How a concern is called in a table of several documents, where its index would not be the same: ``glabella/lines``."""
    return f"{area}/{kind}"


def everything_said(answers: Answers) -> Mapping[str, tuple[str, ...]]:
    """Path → the words said there; only what was answered, in the order of the document.

    A concern stands as ``glabella/lines`` (``named``) and its details as ``glabella/lines.at_rest``. There is more than one
    word, sorted, only where one thing at one place was named more than once and in different words.
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
