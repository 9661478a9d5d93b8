"""What this session has begun and what is not in the record: it is shown before anybody signs, and nobody signs over it."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.records.consultations import Kept
from recommender.web.clinic.records import record_words as said
from recommender.web.clinic.records.missing import Missing
from recommender.web.clinic.records.record_fields import clashes_elsewhere
from recommender.web.clinic.treatment import decide_words
from recommender.web.clinic.treatment.treat_names import name_of
from recommender.web.clinic.treatment.unsaved_decisions import unsaved_decisions
from recommender.web.state.autosave import clashes
from recommender.web.state.session import Visit


def unsaved_changes(visit: Visit, kept: Kept) -> Iterator[Missing]:
    """Decisions that were begun and not kept, and what two people wrote at once; refused fields stand in the record."""
    reference = visit.voice.reference
    names = {facts.treatment: facts.name for facts in reference.treatments}
    if clashes(visit):
        yield Missing("consultation", said.CLASH_OPEN.format(name=said.FINDINGS))
    for (area, treatment), one in unsaved_decisions(visit).items():
        what = f"{reference.questions.areas[area].label}, {names[treatment]}"
        yield Missing("decide", said.BEGUN.format(what=what, choice=decide_words.CHOICES[one.choice]))
    for path in clashes_elsewhere(visit, kept.consultation):
        yield Missing("treat", said.CLASH_OPEN.format(name=name_of(path)))
