"""How well patients and nurses agree: for every question, the patient's answer beside the nurse's finding of the same visit.

A record begins with the patient's answers as its findings. Whether a nurse looked, and found the same, or left the copy as
it was, the document does not say: an unchanged copy counts as agreement, so that a kappa is **at most** what is shown, save
where every pair rests on a grading, which a nurse enters herself and which is never copied (``Agreement.graded``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import select

from recommender.documents.answers import Answers
from recommender.documents.consultation import Consultation, Grading
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import SEVERITIES
from recommender.extras import need
from recommender.knowledge.fields import DERIVED, FIELDS
from recommender.records.archive import Archive
from recommender.records.consultations import place_of
from recommender.records.said import NAMED, concern_path, everything_said
from recommender.records.staff import require
from recommender.records.tables import ConsultationRow

#: of fewer pairs nothing is shown: a figure would be of chance, or of somebody
FEWEST: Final = 20
UNSURE: Final = "unsure"
NOT_NAMED: Final = "not named"
TOO_FEW: Final = f"too few: under {FEWEST} pairs"
ONE_WORD: Final = "no kappa: one of the two said the same in every pair"
NO_INTERVAL: Final = "no interval: these pairs show no spread"
_BATCH: Final = 100
_LOOKED_AT: Final = (NAMED, NOT_NAMED)


class Kappa(NamedTuple):
    """Cohen's kappa with its 95 % interval, which is None where the pairs show no spread (every one agrees)."""

    value: float
    interval: tuple[float, float] | None


class Figures(NamedTuple):
    """What is shown of one question: pairs, how many are the same, and how many rest on a nurse's own grading.

    ``unsure`` and ``alone`` are no pairs: one of the two did not know, or one alone gave one answer. ``kappa`` is None where
    one of the two said the same in every pair.
    """

    pairs: int
    same: int
    graded: int
    unsure: int
    alone: int
    kappa: Kappa | None


class Agreement(NamedTuple):
    """One question (``history.pregnant``, ``glabella/lines.at_rest``, ``glabella/lines`` for whether it was named).

    ``ordered``: the words have an order, and near answers count for more than far ones. ``figures`` is None where there are
    fewer than FEWEST pairs.
    """

    question: str
    ordered: bool
    figures: Figures | None

    @property
    def at_most(self) -> bool:
        """Whether the kappa is an upper bound, because a finding may be an unchanged copy of the answer."""
        return self.figures is not None and self.figures.graded < self.figures.pairs

    @property
    def said(self) -> str:
        """What has to be said beside the figures, or instead of them."""
        if self.figures is None:
            return TOO_FEW
        if self.figures.kappa is None:
            return ONE_WORD
        return NO_INTERVAL if self.figures.kappa.interval is None else ""


@dataclass
class _Tally:
    """What was counted of one question."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    graded: int = 0
    unsure: int = 0
    alone: int = 0


def agreement(archive: Archive, *, by: Staff) -> tuple[Agreement, ...]:
    """Every question that both a patient and a nurse answered in some signed or locked record, by its path.

    Records are opened one after another and none is held. Figures are counted over visits: a patient who comes five times
    counts five times. Raises NotInstalledError where the library of statistics is not installed.
    """
    require(by, "read records")
    need("statsmodels", extra="reports")
    tallies: dict[str, _Tally] = {}
    visits = 0
    for consultation in _signed(archive):
        patient = consultation.patient.answers if consultation.patient else None
        if patient is not None and patient.respondent == "patient":
            visits += 1
            _count(patient, consultation, tallies)
    return tuple(_agreement(question, tally, visits) for question, tally in sorted(tallies.items()) if tally.pairs)


def _signed(archive: Archive) -> Iterator[Consultation]:
    wanted = select(ConsultationRow.id, ConsultationRow.sealed).where(ConsultationRow.state.in_(("signed", "locked")))
    with archive.reading() as session:
        for identifier, sealed in session.execute(wanted.execution_options(yield_per=_BATCH)):
            yield Consultation.model_validate_json(archive.open_sealed(sealed, place_of(identifier)).text)


def _count(patient: Answers, consultation: Consultation, tallies: dict[str, _Tally]) -> None:
    """Add one visit to what was counted. What a nurse graded stands for the finding of the same."""
    given, graded = everything_said(patient), _graded(consultation.gradings)
    found = {**everything_said(consultation.nurse.answers), **{path: (word,) for path, word in graded.items()}}
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
    """What a nurse's own gradings say of the details that a patient is asked about."""
    found: dict[str, str] = {}
    for one in gradings:
        path = concern_path(one.area, one.kind)
        if one.at_rest is not None:
            found[f"{path}.severity"] = one.at_rest
        for name, grade in (("at_rest", one.at_rest), ("on_movement", one.on_movement)):
            if grade is not None:
                found[f"{path}.{name}"] = "no" if grade == "none" else "yes"
    return found


@cache
def words_of(path: str) -> tuple[str, ...]:
    """The words in which a question can be answered, without "unsure"; none for a number, of which no kappa is made."""
    if "/" in path:
        _, _, detail = path.partition(".")
        words = FIELDS["concern"][detail].words if detail else _LOOKED_AT
    else:
        words = _BY_PATH[path]
    return tuple(word for word in words if word != UNSURE)


_BY_PATH: Final = {
    one.path(): one.words
    for group, fields in FIELDS.items()
    if group != "concern"
    for one in fields.values()
    if one not in DERIVED
}


def _agreement(question: str, tally: _Tally, visits: int) -> Agreement:
    words = words_of(question)
    ordered = words == SEVERITIES
    counted = tally.pairs.total()
    if counted < FEWEST:  # of a concern, the visits in which either named it: that neither did is no news
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

    None where a rater used one word alone: kappa is then 0 or 0/0 whatever the other one said. The interval is the
    asymptotic one (Fleiss, Cohen and Everitt 1969), cut off at -1 and 1.
    """
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415 (it loads pandas and scipy: for this alone)

    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    if min(sum(map(bool, rows)), sum(map(bool, columns))) < 2:
        return None
    found = cohens_kappa(table, wt="linear" if ordered else None)
    value, low, high = (min(max(float(one), -1.0), 1.0) for one in (found.kappa, found.kappa_low, found.kappa_upp))
    return Kappa(value, (low, high) if low < high else None)
