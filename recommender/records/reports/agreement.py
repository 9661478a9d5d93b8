"""Agreement of patients and nurses: for each question, the patient's answer against the nurse's finding of the same visit.

A record begins with the patient's answers as its findings, and does not say whether a nurse confirmed them or left them. An
unchanged copy counts as agreement, so a kappa is **at most** what is shown, unless every pair rests on a grading, which a
nurse enters and which is never copied (``Figures.graded``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import select

from recommender.documents.answer_path import CONCERN, AnswerPath, Seen
from recommender.documents.answers import Answers
from recommender.documents.consultation import Consultation, Grading
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import SEVERITIES
from recommender.extras import need
from recommender.records.domain.answer_table import NAMED, answer_table
from recommender.records.domain.permissions import require
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import ConsultationRow
from recommender.records.visits.consultations import sealing_context

#: fewer pairs are not shown: the figure would be chance, or identify somebody
FEWEST: Final = 20
UNSURE: Final = "unsure"
NOT_NAMED: Final = "not named"
TOO_FEW: Final = f"too few: under {FEWEST} pairs"
ONE_WORD: Final = "no kappa: one of the two said the same in every pair"
NO_INTERVAL: Final = "no interval: these pairs show no spread"
_BATCH: Final = 100
_LOOKED_AT: Final = (NAMED, NOT_NAMED)


class Kappa(NamedTuple):
    """Cohen's kappa with its 95 % interval; None where every pair agrees."""

    value: float
    interval: tuple[float, float] | None


class Figures(NamedTuple):
    """The figures of one question: pairs, how many agree, and how many rest on a nurse's grading.

    ``unsure`` and ``alone`` are no pairs: one of the two did not know, or only one gave one answer. ``kappa`` is None where
    one of the two gave the same answer in every pair.
    """

    pairs: int
    same: int
    graded: int
    unsure: int
    alone: int
    kappa: Kappa | None


class Agreement(NamedTuple):
    """One question (``history.pregnant``, ``glabella/lines.at_rest``, ``glabella/lines`` for whether it was named).

    ``ordered``: the words have an order, and near answers weigh more than far ones. ``figures`` is None for fewer than FEWEST
    pairs.
    """

    question: str
    ordered: bool
    figures: Figures | None

    @property
    def at_most(self) -> bool:
        """Whether the kappa is an upper bound, because a finding may be an unchanged copy of the answer."""
        return self.figures is not None and self.figures.graded < self.figures.pairs

    @property
    def remark(self) -> str:
        """The remark to print with the figures, or instead of them."""
        if self.figures is None:
            return TOO_FEW
        if self.figures.kappa is None:
            return ONE_WORD
        return NO_INTERVAL if self.figures.kappa.interval is None else ""


@dataclass
class _Tally:
    """The counts of one question."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    graded: int = 0
    unsure: int = 0
    alone: int = 0


def answers_of_visits(store: RecordStore, *, by: Staff) -> Iterator[Answers]:
    """What a nurse found at each visit of a signed or locked record."""
    require(by, "review how the rules are followed")
    yield from (consultation.nurse.answers for consultation in signed_records(store))


def agreement(store: RecordStore, *, by: Staff) -> tuple[Agreement, ...]:
    """Every question that both patient and nurse answered in a signed or locked record, by path.

    Records are decrypted one after another. Visits are counted: a patient who comes five times counts five times. Raises
    NotInstalledError where the library of statistics is not installed.
    """
    require(by, "review how the rules are followed")
    need("statsmodels", extra="reports")
    tallies: dict[str, _Tally] = {}
    visits = 0
    for consultation in signed_records(store):
        patient = consultation.patient.answers if consultation.patient else None
        if patient is not None and patient.respondent == "patient":
            visits += 1
            _count(patient, consultation, tallies)
    return tuple(_agreement(question, tally, visits) for question, tally in sorted(tallies.items()) if tally.pairs)


def signed_records(store: RecordStore) -> Iterator[Consultation]:
    """Every signed or locked record, decrypted one after another."""
    wanted = select(ConsultationRow.id, ConsultationRow.sealed).where(ConsultationRow.state.in_(("signed", "locked")))
    with store.snapshot() as session:
        for identifier, sealed in session.execute(wanted.execution_options(yield_per=_BATCH)):
            yield Consultation.model_validate_json(store.open_sealed(sealed, sealing_context(identifier)).text)


def _count(patient: Answers, consultation: Consultation, tallies: dict[str, _Tally]) -> None:
    """Add one visit to the counts. A nurse's grading replaces the finding of the same path."""
    given, graded = answer_table(patient), _graded(consultation.gradings)
    found = {**answer_table(consultation.nurse.answers), **{path: (word,) for path, word in graded.items()}}
    for path in given.keys() | found.keys():
        words = words_of(path)
        if not words:
            continue
        asked, seen = given.get(path, ()), found.get(path, ())
        tally = tallies.setdefault(path, _Tally())
        if words == _LOOKED_AT:
            tally.pairs[asked[0] if asked else NOT_NAMED, seen[0] if seen else NOT_NAMED] += 1
            tally.graded += any(other.startswith(f"{path}.") for other in graded)
        elif UNSURE in asked or UNSURE in seen:
            tally.unsure += 1
        elif len(asked) == len(seen) == 1:
            tally.pairs[asked[0], seen[0]] += 1
            tally.graded += path in graded
        else:
            tally.alone += 1


def _graded(gradings: tuple[Grading, ...]) -> Mapping[str, str]:
    """A nurse's gradings as answers to the questions that a patient is asked."""
    found: dict[str, str] = {}
    for one in gradings:
        seen = Seen(one.area, one.kind)
        if one.at_rest is not None:
            found[AnswerPath(CONCERN, "severity", seen).row] = one.at_rest
        for name, grade in (("at_rest", one.at_rest), ("on_movement", one.on_movement)):
            if grade is not None:
                found[AnswerPath(CONCERN, name, seen).row] = "no" if grade == "none" else "yes"
    return found


@cache
def words_of(path: str) -> tuple[str, ...]:
    """The possible answers to a question, without "unsure"; none for a number, which has no kappa."""
    at = AnswerPath.of_row(path)
    return _LOOKED_AT if at.name == "area" else tuple(word for word in at.words if word != UNSURE)


def _agreement(question: str, tally: _Tally, visits: int) -> Agreement:
    words = words_of(question)
    ordered = words == SEVERITIES
    counted = tally.pairs.total()
    if counted < FEWEST:  # of a concern, visits in which neither named it are not counted here
        return Agreement(question, ordered, None)
    if words == _LOOKED_AT:
        tally.pairs[NOT_NAMED, NOT_NAMED] = visits - counted
    table = [[tally.pairs[asked, seen] for seen in words] for asked in words]
    figures = Figures(
        pairs=sum(map(sum, table)),
        same=sum(table[place][place] for place in range(len(words))),
        graded=tally.graded,
        unsure=tally.unsure,
        alone=tally.alone,
        kappa=kappa(table, ordered=ordered),
    )
    return Agreement(question, ordered, figures)


def kappa(table: list[list[int]], *, ordered: bool) -> Kappa | None:
    """Cohen's kappa of a square table of counts (rows one rater, columns the other), with linear weights for ordered words.

    None where a rater used one word alone: kappa is then 0 or 0/0 whatever the other one said. The interval is the asymptotic
    one (Fleiss, Cohen and Everitt 1969), cut off at -1 and 1.
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415 (it loads pandas and scipy: for this alone)

    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    if min(sum(map(bool, rows)), sum(map(bool, columns))) < 2:
        return None
    found = cohens_kappa(table, wt="linear" if ordered else None)
    value, low, high = (min(max(float(one), -1.0), 1.0) for one in (found.kappa, found.kappa_low, found.kappa_upp))
    return Kappa(value, (low, high) if low < high else None)
