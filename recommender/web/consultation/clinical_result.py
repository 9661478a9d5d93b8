"""A result in clinical words: what speaks against a treatment, the worst first, and then how each option stands."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import streamlit as st

from recommender.documents import Assessment, Hold
from recommender.documents.vocabulary import EFFECTS, MAKES_NO_OPTION, Effect
from recommender.export.labels import Labels
from recommender.web.consultation import words as said
from recommender.web.ui import fields

_SAID = EFFECTS[1:]  # a caution alone stops nothing and is read with its option


class Against(NamedTuple):
    """What one effect holds back, in a sentence with the answers behind it."""

    effect: Effect
    sentence: str

    @property
    def stops(self) -> bool:
        """Whether it leaves nothing to give now."""
        return self.effect in MAKES_NO_OPTION


def against(assessment: Assessment) -> tuple[Against, ...]:
    """Every hold above a caution, on the person or on a place, the strongest effect first."""
    labels = Labels(assessment)
    holds = [*assessment.holds, *(hold for option in assessment.options for hold in option.defeats)]
    found = (
        Against(effect, f"{labels.of('effect', effect)}: {'; '.join(held)}")
        for effect in reversed(_SAID)
        if (held := list(dict.fromkeys(_held([hold for hold in holds if hold.effect == effect], labels))))
    )
    return tuple(found)


def contraindications(assessment: Assessment) -> None:
    """Draw alerts and contraindications in red, and nothing where there are none."""
    labels = Labels(assessment)
    urgent = (alert for alert in assessment.alerts if alert.urgency in ("emergency", "same_day"))
    lines = [*map(labels.urgency, urgent), *(one.sentence for one in against(assessment) if one.stops)]
    if lines:
        st.html(f'<div class="failed">{"".join(f"<div>{escape(line)}</div>" for line in lines)}</div>')


def options_in_short(assessment: Assessment) -> None:
    """Draw how each option stands and the answers for it, then what a prescriber decides, and who else to see."""
    labels = Labels(assessment)
    for option in assessment.options:
        role = f" ({labels.of('role', option.role)})" if option.status != "withdrawn" else ""
        name = f"{labels.of('area', option.area)} – {labels.of('treatment', option.treatment)}"
        answers = labels.phrases([evidence for reason in option.reasons for evidence in reason.evidence])
        because = f"<br>{escape(said.BECAUSE.format(answers='; '.join(answers)))}" if answers else ""
        st.html(f'<p class="plain"><b>{escape(name)}: {escape(labels.of("status", option.status))}</b>{role}{because}</p>')
    if besides := list(_besides(assessment, labels)):
        fields.points(besides)


def _besides(assessment: Assessment, labels: Labels) -> Iterator[str]:
    yield from (one.sentence for one in against(assessment) if not one.stops)
    for referral in assessment.referrals:
        where = f" ({labels.of('area', referral.area)})" if referral.area else ""
        answers = labels.phrases([evidence for reason in referral.reasons for evidence in reason.evidence])
        about = f" – {'; '.join(answers)}" if answers else ""
        yield f"{labels.of('stance', referral.stance)}: {labels.of('destination', referral.to)}{where}{about}"


def _held(holds: list[Hold], labels: Labels) -> Iterator[str]:
    """Each treatment that is held, with the place if it is held there alone, and why."""
    everywhere = {treatment for hold in holds if hold.area is None for treatment in hold.treatments}
    places: dict[str, list[str]] = {}
    for hold in holds:
        for treatment in hold.treatments:
            if hold.area is None or treatment not in everywhere:
                place = "" if hold.area is None else labels.of("area", hold.area)
                why = [phrase.removeprefix(f"{place} – ") for phrase in labels.phrases(hold.evidence)]
                at = f" ({place})" if place else ""
                places.setdefault(f"{labels.of('treatment', treatment)}{at}", []).extend(why)
    for what, because in places.items():
        yield f"{what} – {', '.join(dict.fromkeys(because))}" if because else what
