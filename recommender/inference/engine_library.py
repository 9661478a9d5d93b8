"""experta behind one door: imported safely on any Python, with the parts of it that keep a patient's facts replaced.

Nothing else imports experta. Importing it is unsafe by itself in two ways: it needs frozendict 1.2, which looks for
``collections.Mapping`` (gone since Python 3.10), and it calls ``logging.basicConfig()``. Both are undone here.
"""

from __future__ import annotations

import collections
import collections.abc
import importlib
import logging
from typing import Any


def _import_experta() -> Any:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    lent = not hasattr(collections, "Mapping")
    if lent:
        collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]
    try:
        for part in ("experta.matchers.rete", "experta.strategies"):
            importlib.import_module(part)
        return importlib.import_module("experta")
    finally:
        if lent:
            del collections.Mapping  # type: ignore[attr-defined]
        root.handlers[:] = handlers
        root.setLevel(level)


_experta = _import_experta()

AND: Any = _experta.AND
OR: Any = _experta.OR
NOT: Any = _experta.NOT
MATCH: Any = _experta.MATCH
Fact: Any = _experta.Fact
L: Any = _experta.L
P: Any = _experta.P
Rule: Any = _experta.Rule
_ReteMatcher: Any = _experta.matchers.rete.ReteMatcher
_ConflictSetNode: Any = _experta.matchers.rete.nodes.ConflictSetNode
_DepthStrategy: Any = _experta.strategies.DepthStrategy
_KnowledgeEngine: Any = _experta.KnowledgeEngine


class _Matcher(_ReteMatcher):  # type: ignore[misc]
    """experta's matcher with its network walked once, when it is built, and not at every run.

    experta finds the ends of its network through a class-wide cache of one entry: with two engines each run would walk the
    whole network again, and the cache would keep the last engine alive. It resets a node once for every way that leads to
    it, and asks every end for changes after every rule that fires.
    """

    def build_network(self) -> None:
        super().build_network()
        nodes: dict[int, Any] = {}
        waiting = [self.root_node]
        while waiting:
            node = waiting.pop()
            if id(node) not in nodes:
                nodes[id(node)] = node
                waiting.extend(child.node for child in node.children)
        self._nodes = tuple(nodes.values())
        self._ends = tuple(node for node in self._nodes if isinstance(node, _ConflictSetNode))

    def reset(self) -> None:
        for node in self._nodes:
            node._reset()  # noqa: SLF001 – each node once; the public way recurses

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        for fact in deleting or ():
            self.root_node.remove(fact)
        for fact in adding or ():
            self.root_node.add(fact)
        added: list[Any] = []
        removed: list[Any] = []
        for end in self._ends:
            if end.added or end.removed:
                new, gone = end.get_activations()
                added.extend(new)
                removed.extend(gone)
        return added, removed


class _Strategy(_DepthStrategy):  # type: ignore[misc]
    """experta remembers the key of each activation in a cache that outlives the run, with the patient's facts in it."""

    get_key = _DepthStrategy.get_key.__wrapped__


class Engine(_KnowledgeEngine):  # type: ignore[misc]
    """A KnowledgeEngine that keeps nothing of one run for the next. Never shared between threads while it runs."""

    __matcher__ = _Matcher
    __strategy__ = _Strategy

    def __init__(self) -> None:
        super().__init__()
        self._deffacts = super().get_deffacts()

    def get_deffacts(self) -> Any:
        """The initial facts, looked up once and not at every reset."""
        return self._deffacts
