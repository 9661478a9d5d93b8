"""Everybody at once: propositions as literals of a SAT solver, joined by gates, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pysat.solvers import Solver

from recommender.logic.logics import Logic, T

#: the literal that is always true; its negation is never true
TRUE, FALSE = 1, -1


class Circuit:
    """A logic whose values are literals: whole numbers, negated by their sign. One incremental solver is told all of it."""

    true, false = TRUE, FALSE

    def __init__(self) -> None:
        self._solver = Solver(name="minisat22")
        self._solver.add_clause([TRUE])
        self._clauses: list[list[int]] = []  # what the solver is still to be told
        self._last = TRUE
        self.gates: dict[frozenset[int], int] = {}
        self._model: list[int] = []
        self._copied = 0  # the last literal that has a copy
        self._asked = False

    def fresh(self) -> int:
        """A literal that may be true or false."""
        self._last += 1
        return self._last

    def one_of(self, count: int) -> list[int]:
        """So many literals of which exactly one is true."""
        literals = [self.fresh() for _ in range(count)]
        self._clauses.append(list(literals))
        for index, one in enumerate(literals):
            self._clauses += [[-one, -other] for other in literals[:index]]
        return literals

    def all_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where every one of them is."""
        parts: set[int] = set()
        for literal in literals:
            if literal == FALSE or -literal in parts:
                return FALSE
            if literal != TRUE:
                parts.add(literal)
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        key = frozenset(parts)
        gate = self.gates.get(key)
        if gate is None:
            gate = self.gates[key] = self.fresh()
            self._clauses += [[-gate, part] for part in key]
            self._clauses.append([gate, *[-part for part in key]])
        return gate

    def any_of(self, literals: Iterable[int]) -> int:
        """A literal that is true where at least one of them is."""
        return -self.all_of(-literal for literal in literals)

    def not_(self, literal: int, /) -> int:
        """Its negation."""
        return -literal

    def differ(self, one: int, other: int) -> int:
        """A literal that is true where just one of the two is."""
        if one == other:
            return FALSE
        gate = self.fresh()
        self._clauses += [[-gate, one, other], [-gate, -one, -other], [gate, -one, other], [gate, one, -other]]
        return gate

    def require(self, *either: int) -> None:
        """At least one of these literals is true from now on."""
        self._clauses.append(list(either))

    def copy(self) -> Callable[[int], int]:
        """Everything a second time, of literals of its own: the function from each literal to its copy.

        Raises RuntimeError after a first copy or a question to the solver: later gates would not be in it.
        """
        if self._copied or self._asked:
            raise RuntimeError("a circuit is copied once, before the solver is asked anything")
        self._copied = self._last
        shift = self._last - TRUE

        def copy_of(literal: int) -> int:
            return literal + shift if literal > TRUE else literal - shift if literal < FALSE else literal

        self._clauses += [[one + shift if one > 0 else one - shift for one in clause] for clause in self._clauses]
        self._last += shift
        return copy_of

    def over(self, logic: Logic[T], inputs: Mapping[int, T]) -> Callable[[int], T]:
        """What each literal comes to over another logic, from what those that are no gates come to.

        Of a circuit that was copied, the first of the two.
        """
        found = {TRUE: logic.true, **inputs}

        def value(literal: int) -> T:
            return found[literal] if literal > 0 else logic.not_(found[-literal])

        for parts, gate in self.gates.items():
            if self._copied and gate > self._copied:
                break
            found[gate] = logic.all_of([value(part) for part in parts])
        return value

    def possible(self, assumed: Sequence[int]) -> bool:
        """Whether there is a way in which all of these are true."""
        self._model, self._asked = [], True
        if self._clauses:
            self._solver.append_formula(self._clauses)
            self._clauses = []
        return bool(self._solver.solve(assumptions=assumed))

    def holds(self, literal: int) -> bool:
        """Whether a literal is true in the way that was found last."""
        if not self._model:
            self._model = self._solver.get_model()
        return self._model[abs(literal) - 1] == literal
