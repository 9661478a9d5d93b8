"""Propositional logic for a SAT solver: gates over literals, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pysat.solvers import Solver

#: the literal that is always true; its negation is never true
TRUE, FALSE = 1, -1


class Circuit:
    """Literals are whole numbers, negated by their sign. Everything said of a circuit goes to one incremental solver."""

    def __init__(self) -> None:
        self._solver = Solver(name="minisat22")
        self._solver.add_clause([TRUE])
        self._said: list[list[int]] = []  # what the solver is still to be told
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
        self._said.append(list(literals))
        for index, one in enumerate(literals):
            self._said += [[-one, -other] for other in literals[:index]]
        return literals

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where every one of them is."""
        parts = frozenset(literals) - {TRUE}
        if FALSE in parts or not parts.isdisjoint([-part for part in parts]):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        gate = self._gates.get(parts)
        if gate is None:
            gate = self._gates[parts] = self.fresh()
            self._said += [[-gate, part] for part in parts]
            self._said.append([gate, *[-part for part in parts]])
        return gate

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where at least one of them is."""
        return -self.all_of([-literal for literal in literals])

    def differ(self, one: int, other: int) -> int:
        """A literal that is true where just one of the two is."""
        if one == other:
            return FALSE
        gate = self.fresh()
        self._said += [[-gate, one, other], [-gate, -one, -other], [gate, -one, other], [gate, one, -other]]
        return gate

    def require(self, *either: int) -> None:
        """At least one of these literals is true from now on."""
        self._said.append(list(either))

    def twin(self) -> Callable[[int], int]:
        """Say all that was said once more, of literals of their own: from each literal there is now to its twin.

        To be asked for before the solver was asked anything, and before any ``differ``.
        """
        shift = self._last - TRUE

        def twin_of(literal: int) -> int:
            return literal + shift if literal > TRUE else literal - shift if literal < FALSE else literal

        self._said += [[one + shift if one > 0 else one - shift for one in clause] for clause in self._said]
        self._last += shift
        return twin_of

    def possible(self, assumed: Sequence[int]) -> bool:
        """Whether there is a way in which all of these are true."""
        self._model = []
        if self._said:
            self._solver.append_formula(self._said)
            self._said = []
        return bool(self._solver.solve(assumptions=assumed))

    def holds(self, literal: int) -> bool:
        """Whether a literal is true in the way that was found last."""
        if not self._model:
            self._model = self._solver.get_model()
        return self._model[abs(literal) - 1] == literal
