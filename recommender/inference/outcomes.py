"""The one word for a person, as logic: what ``policy.outcome`` says, whatever the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recommender.documents.vocabulary import TREATMENTS, Outcome, Treatment
from recommender.inference.circuit import TRUE, Circuit


@dataclass(frozen=True, slots=True)
class OptionLiterals:
    """One treatment at one place. ``held`` says for an effect whether a hold of that strength, or a stronger one, is on it.

    ``is_offered`` for certain or no more than ``is_open``; ``may_be_first`` among the open offers; ``ruled_out`` by its place.
    """

    treatment: Treatment
    is_offered: int
    is_open: int
    may_be_first: int
    ruled_out: int
    held: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PersonLiterals:
    """What is said of the person: holds of a strength by treatment and effect, alerts, and who else to see by destination."""

    held: Mapping[tuple[Treatment, str], int]
    raised: Mapping[str, int]
    referred: Mapping[str, int]
    referred_as_a_whole: int


class Outcomes:
    """A literal for each outcome, of which just one is true."""

    def __init__(self, circuit: Circuit, options: Sequence[OptionLiterals], person: PersonLiterals) -> None:
        self._all, self._any = circuit.all_of, circuit.any_of
        self._options = options
        self._person = person
        self._elsewhere = self._any(literal for to, literal in person.referred.items() if to != "not_needed")
        self._referred = self._any(person.referred.values())
        self._exists = [self._any((o.is_offered, self._all((o.is_open, -o.held["hard_stop"])))) for o in options]

    def literals(self) -> Mapping[Outcome, int]:
        """Each outcome with the literal that is true where it is the one."""
        left: int = TRUE
        same: dict[Outcome, list[int]] = {}
        for name, literal in self._in_order():
            same.setdefault(name, []).append(self._all((left, literal)))
            left = self._all((left, -literal))
        return {name: self._any(literals) for name, literals in same.items()} | {"nothing_found": left}

    def _in_order(self) -> Iterator[tuple[Outcome, int]]:
        raised = self._person.raised
        yield "emergency", raised["emergency"]
        yield "same_day", raised["same_day"]
        yield "contact_injector", raised["contact_injector"]
        yield from self._against_everything()
        yield "refer", self._person.referred_as_a_whole
        yield "discuss", self._weighed(self._suggested)
        yield "review", self._weighed(self._to_review)
        yield "refer", self._any((self._elsewhere, self._weighed(self._seen_first)))
        yield "not_needed", self._referred
        yield "defer", self._weighed(self._waits)
        held = self._person.held
        yield "review", self._any(self._all((held[t, "review"], -held[t, "defer"])) for t in TREATMENTS)
        yield "self_care", raised["self_care"]

    # holds on the person that defeat every option

    def _against_everything(self) -> Iterator[tuple[Outcome, int]]:
        both = list(zip(self._options, self._exists, strict=True))
        no_other = self._all(self._any((-exists, option.ruled_out)) for option, exists in both)
        counted = [self._all((exists, self._any((-option.ruled_out, no_other)))) for option, exists in both]
        none_counted = self._all(-one for one in counted)

        def strongest_is(effect: str) -> int:
            person = self._any(self._person.held[treatment, effect] for treatment in TREATMENTS)
            on_counted = (
                self._all((one, self._person.held[option.treatment, effect]))
                for option, one in zip(self._options, counted, strict=True)
            )
            return self._any((self._all((none_counted, person)), *on_counted))

        defeated = self._all(
            self._any((-one, self._person.held[option.treatment, "defer"]))
            for option, one in zip(self._options, counted, strict=True)
        )
        applies = self._all((self._any((*self._exists, -self._referred)), defeated, strongest_is("defer")))
        yield "stop", self._all((applies, strongest_is("hard_stop")))
        somebody_first = self._any(map(self._seen_first, self._options))
        yield "refer", self._all((applies, self._any((strongest_is("refer"), somebody_first))))
        yield "defer", applies

    # the standing of the options, where a second choice that is only open does not count beside a referral

    def _weighed(self, stands: Callable[[OptionLiterals], int]) -> int:
        return self._any(self._all((stands(option), self._counts(option))) for option in self._options)

    def _counts(self, option: OptionLiterals) -> int:
        maybe_later = self._all((option.is_open, -option.held["defer"], -option.may_be_first))
        return -self._all((self._elsewhere, maybe_later))

    def _suggested(self, option: OptionLiterals) -> int:
        return self._all((self._some(option), -option.held["review"]))

    def _to_review(self, option: OptionLiterals) -> int:
        return self._all((self._some(option), option.held["review"], -option.held["defer"]))

    def _waits(self, option: OptionLiterals) -> int:
        return self._all((self._some(option), option.held["defer"], -option.held["refer"]))

    def _seen_first(self, option: OptionLiterals) -> int:
        return self._all((self._some(option), option.held["refer"], -option.held["hard_stop"]))

    def _some(self, option: OptionLiterals) -> int:
        return self._any((option.is_offered, option.is_open))
