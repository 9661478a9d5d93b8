"""What the patient's page showed, compared with what the rules conclude here from the same answers."""

from __future__ import annotations

from recommender.export.blocks import Line
from recommender.knowledge.reference import Reference
from recommender.web.clinic.records.begin_visit import HANDED
from recommender.web.components.summary import summary
from recommender.web.consultation import words as consultation_words
from recommender.web.consultation.differences import Difference, table_html
from recommender.web.handover import words as said
from recommender.web.handover.shown_result import ShownResult
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def compare_with_shown_result(visit: Visit) -> None:
    """Draw one line if both agree and a table if not; nothing where the answers came without a result."""
    handed = HANDED.found(of=visit.record) if visit.record else visit.draft.handed
    if handed is None:
        return
    if handed["then"] is None:
        fields.note(said.SEEN_UNREADABLE, kind="error")
        return
    then, here = (ShownResult.model_validate(handed[name]) for name in ("then", "here"))
    different = shown_differences(then, here, visit.voice.reference)
    if different:
        summary(table_html(different, caption=said.SEEN_TITLE, columns=said.SEEN_COLUMNS), key=visit.key("seen-before"))
        fields.note(said.SEEN_NOTE)
    elif then.rules != here.rules:
        fields.note(said.SEEN_RULES_ONLY.format(then=then.rules, here=here.rules))
    else:
        fields.note(said.SEEN_SAME)


def shown_differences(then: ShownResult, here: ShownResult, reference: Reference) -> tuple[Difference, ...]:
    """What differed: the outcome, the options, and then the rules if they are others."""
    found = []
    if then.outcome != here.outcome:
        outcomes = reference.wording.outcomes
        found.append(Difference(Line(consultation_words.OUTCOME), outcomes[then.outcome], outcomes[here.outcome]))
    before, after = ({(o.area, o.treatment): o.status for o in result.options} for result in (then, here))
    statuses, treatments = reference.wording.statuses, {facts.treatment: facts.name for facts in reference.treatments}
    for area, treatment in {**after, **before}:
        was, is_now = (
            statuses[standing[area, treatment]] if (area, treatment) in standing else consultation_words.NOT_THERE
            for standing in (before, after)
        )
        if was != is_now:
            found.append(Difference(Line(f"{reference.questions.areas[area].label} – {treatments[treatment]}"), was, is_now))
    if found and then.rules != here.rules:
        found.append(Difference(Line(said.SEEN_RULES), then.rules, here.rules))
    return tuple(found)
