"""The parts of the product that are installed as extras, and what is said to whoever lacks one."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

from recommender.documents.problems import Problem, RecommenderError

Extra = Literal["web", "reports", "population"]


class NotInstalledError(RecommenderError):
    """A part of the product is needed that is not installed; ``command`` installs it."""

    heading = "This part is not installed"

    def __init__(self, library: str, extra: Extra) -> None:
        self.command = f"pip install '.[{extra}]'"
        super().__init__([Problem(library, f"is missing. In the folder of the product: {self.command}")])


def need(library: str, *, extra: Extra) -> None:
    """Raise NotInstalledError unless a library of an extra is there; it is not loaded."""
    if find_spec(library) is None:
        raise NotInstalledError(library, extra)
