"""How two assessments differ, in words: each conclusion that changed, or that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recommender.documents import Assessment, Hold
from recommender.export import Summary
from recommender.export.blocks import Line, Table
from recommender.export.labels import Labels
from recommender.languages import current
from recommender.web.consultation import words as said
from recommender.web.result.summary_html import SummaryHtml

_Key = tuple[str, ...]


class Difference(NamedTuple):
    """One conclusion, and what the first and the second assessment say of it."""

    about: Line
    before: str
    after: str


def differences(first: Assessment, second: Assessment) -> tuple[Difference, ...]:
    """Every difference: outcome, alerts, options, referrals, holds and notes, in this order."""
    now, then = dict(_standings(first)), dict(_standings(second))
    keys = sorted({**now, **then}, key=lambda key: _ORDER.index(key[0]))  # stable: within a kind as they stand
    found = []
    for key in keys:
        about = (now.get(key) or then[key])[0]
        absent = said.NOT_THERE if key[0] == "option" else said.NOT_SAID
        before, after = (standings[key][1] if key in standings else absent for standings in (now, then))
        if before != after:
            found.append(Difference(about, before, after))
    return tuple(found)


def table_html(different: Iterable[Difference], *, caption: str, columns: tuple[str, str, str]) -> str:
    """Differences as an HTML table."""
    rows = tuple((one.about, Line(one.before), Line(one.after)) for one in different)
    return SummaryHtml(Summary("", current(), (Table(caption, columns, rows),), ())).text()


_ORDER = ("outcome", "alert", "option", "referral", "hold", "note")


def _standings(assessment: Assessment) -> Iterator[tuple[_Key, tuple[Line, str]]]:
    """What is concluded → what it is about, and how it stands."""
    labels = Labels(assessment)
    yield ("outcome",), (Line(said.OUTCOME), labels.sentence("outcome"))
    for alert in assessment.alerts:
        urgency = labels.of("urgency", alert.urgency)
        for reason in alert.reasons:
            yield ("alert", alert.urgency, reason.because), (Line(urgency, details=(reason.because,)), said.SAID)
    for option in assessment.options:
        about = Line(f"{labels.of('area', option.area)} – {labels.of('treatment', option.treatment)}")
        standing = labels.of("status", option.status)
        if option.status != "withdrawn":
            standing = f"{standing} ({labels.of('role', option.role)})"
        yield ("option", option.area, option.treatment), (about, standing)
    for referral in assessment.referrals:
        where = f" – {labels.of('area', referral.area)}" if referral.area else ""
        about = Line(said.REFERRAL, details=(f"{labels.of('destination', referral.to)}{where}",))
        yield ("referral", referral.to, referral.area or ""), (about, labels.of("stance", referral.stance))
    for hold in _holds(assessment):
        where = f" – {labels.of('area', hold.area)}" if hold.area else ""
        about = Line(f"{labels.list_of('treatment', hold.treatments)}{where}", details=(hold.because,))
        yield ("hold", hold.rule, hold.area or ""), (about, labels.of("effect", hold.effect))
    for note in assessment.notes:
        yield ("note", note.because), (Line(said.NOTE, details=(note.because,)), said.SAID)


def _holds(assessment: Assessment) -> Iterator[Hold]:
    """Those on the person, and those on a place, which stand at the options that they defeat."""
    yield from assessment.holds
    for option in assessment.options:
        yield from (hold for hold in option.defeats if hold.area is not None)
