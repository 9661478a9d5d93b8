"""Deciding on each option: agree, choose otherwise, decline; each with who, when, why, and against which rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import streamlit as st

from recommender.documents.consultation import Choice, Decision, ReasonCode
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import AREAS, TREATMENTS, Area, Treatment
from recommender.export import Summary
from recommender.export.blocks import Section
from recommender.export.conclusions import NAMED_IN_ADDRESS, option_id, options
from recommender.export.consultation_words import REASONS
from recommender.export.labels import Labels
from recommender.export.record import sources
from recommender.languages import clinic_time, current, short_day, spoken
from recommender.records import life
from recommender.records.consultations import Conflict, Kept
from recommender.records.staff import ALLOWED
from recommender.records.standing import Standing, faults_of, standing_of
from recommender.web import fields
from recommender.web.clinic import decide_words as said
from recommender.web.clinic import words
from recommender.web.clinic.archive import consultations
from recommender.web.clinic.record_head import record_head
from recommender.web.clinic.telling import wrong
from recommender.web.clinic.turning import turn_to
from recommender.web.components import summary
from recommender.web.session import RECORD, Visit
from recommender.web.summary_html import SummaryHtml


def decide_page(visit: Visit) -> None:
    """Every option of a record with what was decided on it, and the way to decide."""
    staff = visit.staff
    if staff is None:
        return
    kept = record_head(visit, staff, "decide")
    if kept.consultation.state != "draft":
        turn_to("record", **{RECORD: kept.id})
    _Deciding(visit, staff, kept).show()


class _Deciding:
    """The decisions of one record, as the page was opened by somebody."""

    def __init__(self, visit: Visit, staff: Staff, kept: Kept) -> None:
        self._visit = visit
        self._staff = staff
        self._kept = kept
        self._assessment = kept.consultation.nurse.assessment
        self._labels = Labels(self._assessment)

    def show(self) -> None:
        st.header(said.TITLE, anchor=False)
        fields.note(said.LEAD)
        if self._assessment.alerts:
            fields.note(self._labels.of("urgency", self._assessment.alerts[0].urgency), kind="failed")
        sections = {one.id: one for one in _sections(options(self._assessment, self._labels))}
        if not self._assessment.options:
            fields.note(said.NOTHING, kind="plain")
        for option in self._assessment.options:
            with st.container(key=f"decide-{option.area}-{NAMED_IN_ADDRESS[option.treatment]}", border=True):
                st.subheader(self._labels.of("area", option.area), anchor=False)
                shown = Summary("", current(), (), (sections[option_id(option)],))
                summary(SummaryHtml(shown).text(), key=self._visit.key(option_id(option)))
                self._decided(option.area, option.treatment)
        with st.expander(said.OTHER_TITLE):
            self._other()
        listed = Summary("", current(), (), (sources(self._labels),))
        summary(SummaryHtml(listed).text(), key=self._visit.key("sources"))

    def _other(self) -> None:
        fields.note(said.OTHER_LEAD)
        offered = {(option.area, option.treatment) for option in self._assessment.options}
        places = self._visit.voice.reference.questions.areas
        area: Area | None = st.selectbox(
            said.OTHER_PLACE,
            cast("list[Area]", list(AREAS)),
            index=None,
            format_func=lambda one: places[one].label,
            key=self._visit.key("other-place"),
            placeholder=said.OTHER_NONE,
        )
        left: list[Treatment] = [one for one in TREATMENTS if area and (area, one) not in offered]
        names = {facts.treatment: facts.name for facts in self._visit.voice.reference.treatments}
        treatment = st.selectbox(
            said.OTHER_TREATMENT,
            left,
            index=None,
            format_func=names.__getitem__,
            key=self._visit.key("other-treatment"),
            placeholder=said.OTHER_NONE,
        )
        if area and treatment:
            self._decided(area, treatment)
        for one in {(d.area, d.treatment): d for d in self._kept.consultation.decisions}.values():
            if (one.area, one.treatment) not in offered | {(area, treatment)}:
                fields.note(f"{places[one.area].label} – {names[one.treatment]}", kind="plain")
                self._told(one, standing_of(self._assessment, one.area, one.treatment))

    def _decided(self, area: Area, treatment: Treatment) -> None:
        """What was decided on one treatment at one place, and the fields to decide, or to decide again."""
        standing = standing_of(self._assessment, area, treatment)
        decision = self._kept.consultation.decision_on(area, treatment)
        name = f"{area}-{NAMED_IN_ADDRESS[treatment]}"
        if decision is None:
            waits = standing.status in (None, "suggested", "open", "review")
            fields.note(said.UNDECIDED if waits else said.STANDS, kind="plain")
            self._fields(area, treatment, standing)
            return
        self._told(decision, standing)
        begun = st.session_state.get(f"choice-{self._key(area, treatment)}") is not None
        with st.expander(said.CHANGE, expanded=begun or bool(faults_of(decision, standing)), key=f"again-{name}-{begun}"):
            self._fields(area, treatment, standing)

    def _on(self, area: Area, treatment: Treatment) -> list[Decision]:
        """Every decision on one treatment at one place."""
        return [one for one in self._kept.consultation.decisions if (one.area, one.treatment) == (area, treatment)]

    def _key(self, area: Area, treatment: Treatment) -> str:
        """The key of the fields: they begin anew with each decision of one's own, and keep what is typed when others decide."""
        own = sum(one.by.id == self._staff.id for one in self._on(area, treatment))
        return self._visit.key(f"{area}-{NAMED_IN_ADDRESS[treatment]}-{own}")

    def _told(self, decision: Decision, standing: Standing) -> None:
        day = short_day(clinic_time.local(decision.at).date())
        who = {"name": decision.by.name, "role": words.ROLES[decision.by.role], "day": day}
        fields.note(said.DECIDED.format(choice=said.CHOICES[decision.choice], **who), kind="done")
        if decision.reason:
            note = f" – {decision.note}" if decision.note else ""
            fields.note(said.REASON.format(reason=f"{spoken(REASONS)[decision.reason].clinical}{note}"), kind="plain")
        if decision.against:
            fields.note(said.AGAINST.format(rules=", ".join(decision.against)), kind="plain")
        if faults_of(decision, standing):
            fields.note(said.AGAIN, kind="error")

    def _fields(self, area: Area, treatment: Treatment, standing: Standing) -> None:
        """The fields of a decision."""
        key, count = self._key(area, treatment), len(self._on(area, treatment))
        shown = st.session_state.get(f"shown-{key}", count)
        st.session_state[f"shown-{key}"] = count
        may = tuple(self._choices(standing))
        if "agree" not in may:
            fields.note(said.FIND_OUT if standing.status == "open" else said.PRESCRIBERS)
        choice = st.radio(
            said.CHOICE_ASK, may, index=None, format_func=said.CHOICES.__getitem__, key=f"choice-{key}", horizontal=True
        )
        if choice is None:
            return
        reason, note, confirmed = None, "", False
        if choice != "agree" or standing.status != "suggested":
            reason, note = _why(key)
        if choice == "agree" and standing.stopped:
            confirmed = st.checkbox(said.CONFIRM, key=f"confirm-{key}")
        if st.button(said.KEEP, key=f"keep-{key}", type="primary"):
            if shown != count:  # decided on by somebody else since this page showed it
                wrong(said.CONFLICT)
                return
            self._keep(choice, area, treatment, reason, note, standing=standing, confirmed=confirmed)

    def _choices(self, standing: Standing) -> Iterator[Choice]:
        """What somebody may decide: nobody agrees to what is open, and to what is held a prescriber alone."""
        held = bool(standing.held_by) and "decide against a hold" not in ALLOWED[self._staff.role]
        if standing.status != "open" and not held:
            yield "agree"
        if standing.status is not None:
            yield from ("otherwise", "decline")

    def _keep(
        self,
        choice: Choice,
        area: Area,
        treatment: Treatment,
        reason: ReasonCode | None,
        note: str,
        *,
        standing: Standing,
        confirmed: bool,
    ) -> None:
        """Keep a decision on the record as this page showed it; what cannot be kept is said."""
        try:
            decided = life.decide(
                self._kept.consultation,
                choice,
                area=area,
                treatment=treatment,
                by=self._staff,
                at=datetime.now(UTC),
                reason=reason,
                note=note,
                confirmed=confirmed,
            )
            consultations().save(self._kept.id, self._kept.version, decided, by=self._staff)
        except Conflict:
            wrong(said.CONFLICT)
        except RecommenderError as error:
            part = "reason" if reason is None else "confirm" if standing.stopped and not confirmed else "note"
            for problem in error.problems:
                wrong(problem.message, field=f"{part}-{self._key(area, treatment)}")
        else:
            st.rerun()


def _why(key: str) -> tuple[ReasonCode | None, str]:
    reason = st.selectbox(
        said.REASON_ASK,
        list(spoken(REASONS)),
        index=None,
        format_func=lambda code: spoken(REASONS)[code].clinical,
        key=f"reason-{key}",
        placeholder=said.REASON_CHOOSE,
    )
    note = st.text_area(said.NOTE_ASK, key=f"note-{key}", max_chars=4000)
    return reason, (note or "").strip()


def _sections(section: Section) -> Iterator[Section]:
    """A section and every section in it."""
    yield section
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _sections(block)
