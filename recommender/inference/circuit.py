"""Propositional logic for a SAT solver: gates over literals, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pysat.solvers import Solver

#: the literal that is always true; its negation is never true
TRUE, FALSE = 1, -1


class Circuit:
    """Literals are whole numbers, negated by their sign. Everything said of a circuit goes to one incremental solver."""

    def __init__(self) -> None:
        self._solver = Solver(name="minisat22")
        self._solver.add_clause([TRUE])
        self._last = TRUE
        self._gates: dict[object, int] = {}
        self._model: list[int] = []

    def fresh(self) -> int:
        """A literal that may be true or false."""
        self._last += 1
        return self._last

    def one_of(self, count: int) -> list[int]:
        """So many literals of which exactly one is true."""
        literals = [self.fresh() for _ in range(count)]
        self._solver.add_clause(literals)
        for index, one in enumerate(literals):
            for other in literals[:index]:
                self._solver.add_clause([-one, -other])
        return literals

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where every one of them is."""
        parts = frozenset(literals) - {TRUE}
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        gate = self._gates.get(parts)
        if gate is None:
            gate = self._gates[parts] = self.fresh()
            for part in parts:
                self._solver.add_clause([-gate, part])
            self._solver.add_clause([gate, *(-part for part in parts)])
        return gate

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where at least one of them is."""
        return -self.all_of(-literal for literal in literals)

    def differ(self, one: int, other: int) -> int:
        """A literal that is true where just one of the two is."""
        both, neither = self.all_of((one, other)), self.all_of((-one, -other))
        return self.all_of((-both, -neither))

    def require(self, *either: int) -> None:
        """At least one of these literals is true from now on."""
        self._solver.add_clause(either)

    def possible(self, assumed: Sequence[int]) -> bool:
        """Whether there is a way in which all of these are true."""
        self._model = []
        return bool(self._solver.solve(assumptions=assumed))

    def holds(self, literal: int) -> bool:
        """Whether a literal is true in the way that was found last."""
        if not self._model:
            self._model = self._solver.get_model()
        return self._model[abs(literal) - 1] == literal
