"""What this session has begun and not saved in the record: it is listed before signing, and blocks signing."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.records.visits.consultations import Kept
from recommender.web.clinic.records import record_words as said
from recommender.web.clinic.records.missing import Missing
from recommender.web.clinic.records.record_fields import clashes_elsewhere
from recommender.web.clinic.treatment import decide_words
from recommender.web.clinic.treatment.treat_names import name_of
from recommender.web.clinic.treatment.unsaved_decisions import unsaved_decisions
from recommender.web.state.autosave import clashes
from recommender.web.state.session import Visit


def unsaved_changes(visit: Visit, kept: Kept) -> Iterator[Missing]:
    """Decisions begun and not saved, and fields that two people changed at once. Invalid entries are in the record itself."""
    reference = visit.voice.reference
    names = {facts.treatment: facts.name for facts in reference.treatments}
    if clashes(visit):
        yield Missing("consultation", said.CLASH_OPEN.format(name=said.FINDINGS))
    for (area, treatment), one in unsaved_decisions(visit).items():
        what = f"{reference.questions.areas[area].label}, {names[treatment]}"
        yield Missing("decide", said.BEGUN.format(what=what, choice=decide_words.CHOICES[one.choice]))
    for path in clashes_elsewhere(visit, kept.consultation):
        yield Missing("treat", said.CLASH_OPEN.format(name=name_of(path)))
