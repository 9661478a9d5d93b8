"""Everybody at once: propositions as literals of a SAT solver, joined by gates, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from weakref import finalize

from pysat.card import ITotalizer
from pysat.solvers import Solver

from recommender.logic.logics import Logic, T

#: the literal that is always true; its negation is never true
TRUE, FALSE = 1, -1


#: the solver that is asked, and one of another family, which has to agree where a proof is wanted
SOLVER, SECOND_SOLVER = "minisat22", "cadical153"


class SolversDisagreeError(RuntimeError):
    """One solver says that something is possible, and the other that it is not: no proof is to be believed."""


class Circuit:
    """A logic whose values are literals: whole numbers, negated by their sign. An incremental solver is told all of it.

    With ``checked`` a second solver of another family has to agree with everything that the first says is impossible.
    """

    true, false = TRUE, FALSE

    def __init__(self, *, checked: bool = False) -> None:
        names = (SOLVER, SECOND_SOLVER) if checked else (SOLVER,)
        self._solver, *self._others = (Solver(name=name) for name in names)
        for solver in (self._solver, *self._others):
            finalize(self, solver.delete)  # before the interpreter, at its end, takes the library apart
            solver.add_clause([TRUE])
        self._clauses: list[tuple[int, ...]] = []  # what the solver is still to be told
        self._last = TRUE
        self._gates: dict[frozenset[int], int] = {}
        self._parts: dict[int, frozenset[int]] = {}
        self._model: list[int] = []

    def fresh(self) -> int:
        """A literal that may be true or false."""
        self._last += 1
        return self._last

    @property
    def last(self) -> int:
        """The literal that was made last."""
        return self._last

    @property
    def size(self) -> int:
        """How many gates there are."""
        return len(self._gates)

    def one_of(self, count: int) -> list[int]:
        """So many literals of which exactly one is true."""
        literals = [self.fresh() for _ in range(count)]
        self._clauses.append(tuple(literals))
        for index, one in enumerate(literals):
            self._clauses += [(-one, -other) for other in literals[:index]]
        return literals

    def all_of(self, literals: Iterable[int], /) -> int:
        """A literal that is true where every one of them is."""
        parts: set[int] = set()
        for literal in literals:
            if literal == FALSE or -literal in parts:
                return FALSE
            if literal != TRUE:
                parts.add(literal)
        return self._gate(parts)

    def any_of(self, literals: Iterable[int], /) -> int:
        """A literal that is true where at least one of them is."""
        parts: set[int] = set()
        for literal in literals:
            if literal == TRUE or literal in parts:
                return TRUE
            if literal != FALSE:
                parts.add(-literal)
        return -self._gate(parts)

    def _gate(self, parts: set[int]) -> int:
        if len(parts) < 2:
            return parts.pop() if parts else TRUE
        key = frozenset(parts)
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = self.fresh()
            self._parts[gate] = key
            self._clauses += [(-gate, part) for part in key]
            self._clauses.append((gate, *[-part for part in key]))
        return gate

    def not_(self, literal: int, /) -> int:
        """Its negation."""
        return -literal

    def differ(self, one: int, other: int) -> int:
        """A literal that is true where just one of the two is."""
        if one == other:
            return FALSE
        gate = self.fresh()
        self._clauses += ((-gate, one, other), (-gate, -one, -other), (gate, -one, other), (gate, one, -other))
        return gate

    def require(self, *either: int) -> None:
        """At least one of these literals is true from now on."""
        self._clauses.append(either)

    def parts(self, gate: int) -> frozenset[int]:
        """The literals of which a gate is *all*."""
        return self._parts[gate]

    def below(self, literals: Iterable[int]) -> tuple[int, ...]:
        """The gates that these literals rest on, in an order in which each stands after its parts."""
        found: set[int] = set()
        waiting = [abs(literal) for literal in literals]
        while waiting:
            gate = waiting.pop()
            if gate in self._parts and gate not in found:
                found.add(gate)
                waiting += map(abs, self._parts[gate])
        return tuple(sorted(found))

    def over(self, logic: Logic[T], inputs: Mapping[int, T], gates: Iterable[int]) -> Callable[[int], T]:
        """What literals come to over another logic, from what the inputs come to; ``gates`` are those ``below`` them."""
        found = {TRUE: logic.true, **inputs}

        def value(literal: int) -> T:
            return found[literal] if literal > 0 else logic.not_(found[-literal])

        for gate in gates:
            found[gate] = logic.all_of([value(part) for part in self._parts[gate]])
        return value

    def known(self, gates: Iterable[int], inputs: Mapping[int, int]) -> Mapping[int, int]:
        """What literals come to where some inputs are these: those that become others; ``gates`` are those ``below`` them."""
        found = {sign * literal: sign * becomes for literal, becomes in inputs.items() for sign in (1, -1)}
        for gate in gates:
            if not found.keys().isdisjoint(self._parts[gate]):
                found[gate] = self.all_of([found.get(part, part) for part in self._parts[gate]])
                found[-gate] = -found[gate]
        return found

    def counted(self, literals: Iterable[int], most: int) -> Sequence[int]:
        """Literals of which number *n* is true where more than *n* of these are, up to ``most``."""
        totalizer = ITotalizer(lits=list(literals), ubound=most, top_id=self._last)
        self._clauses += map(tuple, totalizer.cnf.clauses)
        self._last = max(self._last, totalizer.top_id)
        counted: Sequence[int] = totalizer.rhs
        totalizer.delete()
        return counted

    def possible(self, assumed: Sequence[int], *, sought: bool = False) -> bool:
        """Whether there is a way in which all of these are true; where one is only ``sought``, no second solver is asked."""
        self._model = []
        if self._clauses:
            for solver in (self._solver, *self._others):
                solver.append_formula(self._clauses)
            self._clauses = []
        found = bool(self._solver.solve(assumptions=assumed))
        if not found and not sought and any(other.solve(assumptions=assumed) for other in self._others):
            raise SolversDisagreeError
        return found

    def holds(self, literal: int) -> bool:
        """Whether a literal is true in the way that was found last."""
        if not self._model:
            self._model = self._solver.get_model()
        return self._model[abs(literal) - 1] == literal
