"""Deciding on each option: agree, choose otherwise, decline; each with who, when, why, and against which rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast

import streamlit as st

from recommender.documents.consultation import Choice, Decision, ReasonCode
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import AREAS, ON_THE_TABLE, TREATMENTS, Area, Treatment
from recommender.export import Summary
from recommender.export.blocks import Bullets, Section
from recommender.export.labels import Labels
from recommender.export.sections.basis import sources
from recommender.export.sections.conclusions import NAMED_IN_ADDRESS, option_id, options
from recommender.export.visit.words import REASONS
from recommender.languages import clinic_time, current, short_day, spoken, translate
from recommender.records.domain import workflow
from recommender.records.domain.authorising import is_open
from recommender.records.domain.decisions import (
    DecisionAdvice,
    advice_on,
    advice_when_decided,
    allowed_choices,
    allowed_reasons,
    decision_problems,
)
from recommender.records.visits.consultations import Conflict, Kept
from recommender.web.clinic import words
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records.missing import rule_titles, titled
from recommender.web.clinic.records.record_head import next_part, record_head
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.treatment import decide_words as said
from recommender.web.clinic.treatment.authorise import authorisation_part
from recommender.web.clinic.treatment.unsaved_decisions import UnsavedDecision, UnsavedDecisions, reason_key
from recommender.web.clinic.ui.messages import show_error
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.address import RECORD
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_SHOWN: Final = SessionValue[int]("shown")


def decide_page(visit: Visit) -> None:
    """Every option of a record with what was decided on it, and the way to decide."""
    staff = visit.staff
    if staff is None:
        return
    kept = consultations().get(visit.record, by=staff)
    begun = UnsavedDecisions(visit, staff, kept.consultation)
    begun.note()
    kept = record_head(visit, staff, "decide")
    if kept.consultation.state != "draft":
        go_to("record", **{RECORD: kept.id})
    _Deciding(visit, staff, kept, begun).show()
    authorisation_part(visit, staff, kept)
    if is_open(kept.consultation):
        next_part(kept, "decide")


class _Deciding:
    """The decisions of one record, as the page was opened by somebody."""

    def __init__(self, visit: Visit, staff: Staff, kept: Kept, begun: UnsavedDecisions) -> None:
        self._visit = visit
        self._staff = staff
        self._kept = kept
        self._begun = begun
        self._assessment = kept.consultation.nurse.assessment
        self._labels = Labels(self._assessment)
        self._places = visit.voice.reference.questions.areas
        self._names = {facts.treatment: facts.name for facts in visit.voice.reference.treatments}

    def show(self) -> None:
        st.header(said.TITLE, anchor=False)
        fields.note(said.LEAD)
        sections = {one.id: one for one in _sections(options(self._assessment, self._labels, holds_follow=False))}
        gone = self._not_offered()
        if not self._assessment.options and not gone:
            fields.note(said.NOTHING, kind="plain")
        for option in self._assessment.options:
            with st.container(key=f"decide-{option.area}-{NAMED_IN_ADDRESS[option.treatment]}", border=True):
                st.subheader(self._labels.of("area", option.area), anchor=False)
                shown = Summary("", current(), (), (_stops_first(sections[option_id(option)]),))
                summary(SummaryHtml(shown).text(), key=self._visit.key(option_id(option)))
                self._decided(option.area, option.treatment)
        for decision in gone:
            with st.container(key=f"decide-{decision.area}-{NAMED_IN_ADDRESS[decision.treatment]}", border=True):
                place = self._places[decision.area].label
                st.subheader(f"{place} – {self._names[decision.treatment]}", anchor=False)
                fields.note(said.NOT_OFFERED, kind="plain")
                self._decided(decision.area, decision.treatment)
        with st.expander(said.OTHER_TITLE, expanded=bool(self._begun_elsewhere())):
            self._other()
        listed = Summary("", current(), (), (sources(self._labels),))
        summary(SummaryHtml(listed).text(), key=self._visit.key("sources"))

    def _not_offered(self) -> list[Decision]:
        """What was last decided on treatments that the findings do not offer, or no longer offer."""
        offered = {(option.area, option.treatment) for option in self._assessment.options}
        latest = {(one.area, one.treatment): one for one in self._kept.consultation.decisions}
        return [one for pair, one in latest.items() if pair not in offered and one.choice != "void"]

    def _begun_elsewhere(self) -> list[tuple[Area, Treatment]]:
        """Decisions that were begun on treatments that stand nowhere on the page by themselves."""
        return [pair for pair in self._begun.all if pair not in self._standing_alone()]

    def _standing_alone(self) -> set[tuple[Area, Treatment]]:
        """What stands on the page by itself: what is offered, and what was decided and is not."""
        offered = {(option.area, option.treatment) for option in self._assessment.options}
        return offered | {(decision.area, decision.treatment) for decision in self._not_offered()}

    def _other(self) -> None:
        fields.note(said.OTHER_LEAD)
        shown = self._standing_alone()
        begun = next(iter(self._begun_elsewhere()), None)
        area: Area | None = st.selectbox(
            said.OTHER_PLACE,
            cast("list[Area]", list(AREAS)),
            index=AREAS.index(begun[0]) if begun else None,
            format_func=lambda one: self._places[one].label,
            key=self._visit.key("other-place"),
            placeholder=said.OTHER_NONE,
        )
        left: list[Treatment] = [one for one in TREATMENTS if area and (area, one) not in shown]
        treatment = st.selectbox(
            said.OTHER_TREATMENT,
            left,
            index=left.index(begun[1]) if begun and begun[0] == area and begun[1] in left else None,
            format_func=self._names.__getitem__,
            key=self._visit.key("other-treatment"),
            placeholder=said.OTHER_NONE,
        )
        if area and treatment:
            self._decided(area, treatment)

    def _decided(self, area: Area, treatment: Treatment) -> None:
        """What was decided on one treatment at one place, and the fields to decide, or to decide again."""
        advice = advice_on(self._assessment, area, treatment)
        decision = self._kept.consultation.decision_on(area, treatment)
        name = f"{area}-{NAMED_IN_ADDRESS[treatment]}"
        if decision is None:
            waits = advice.status in (None, *ON_THE_TABLE)
            fields.note(said.UNDECIDED if waits else said.STANDS, kind="plain")
            self._fields(area, treatment, advice)
            return
        faults = decision_problems(decision, advice_when_decided(self._kept.consultation, decision, clinic_time.today()))
        self._told(decision, advice, is_faulty=bool(faults))
        begun = self._begun.of(area, treatment) is not None
        with st.expander(said.CHANGE, expanded=begun or bool(faults), key=f"again-{name}-{begun}"):
            self._fields(area, treatment, advice)

    def _on(self, area: Area, treatment: Treatment) -> list[Decision]:
        """Every decision on one treatment at one place."""
        return [one for one in self._kept.consultation.decisions if (one.area, one.treatment) == (area, treatment)]

    def _told(self, decision: Decision, advice: DecisionAdvice, *, is_faulty: bool) -> None:
        day = short_day(clinic_time.local(decision.at).date())
        who = {"name": decision.by.name, "role": words.ROLES[decision.by.role], "day": day}
        fields.note(said.DECIDED.format(choice=said.CHOICES[decision.choice], **who), kind="done")
        if decision.reason:
            note = f" – {decision.note}" if decision.note else ""
            fields.note(said.REASON.format(reason=f"{spoken(REASONS)[decision.reason].clinical}{note}"), kind="plain")
        if decision.against:
            titles = rule_titles(self._visit.rules)
            fields.note(said.AGAINST.format(rules="; ".join(titles.get(one, one) for one in decision.against)), kind="plain")
        if is_faulty:
            fields.note(said.GONE if advice.status is None else said.AGAIN, kind="error")

    def _fields(self, area: Area, treatment: Treatment, advice: DecisionAdvice) -> None:
        """The fields of a decision, with what was begun in them."""
        key, count = self._begun.key(area, treatment), len(self._on(area, treatment))
        shown = _SHOWN.get(count, of=key)
        _SHOWN.put(count, of=key)
        may = tuple(allowed_choices(advice, self._kept.consultation.decision_on(area, treatment), self._staff.role))
        if "agree" not in may and advice.status is not None:
            fields.note(said.FIND_OUT if advice.status == "open" else said.PRESCRIBERS)
        begun = self._begun.of(area, treatment)
        choice = st.radio(
            said.CHOICE_ASK,
            may,
            index=may.index(begun.choice) if begun and begun.choice in may else None,
            format_func=said.CHOICES.__getitem__,
            key=f"choice-{key}",
            horizontal=True,
        )
        if choice is None:
            return
        reason, note, confirmed = None, "", False
        if choice in ("otherwise", "decline") or (choice == "agree" and advice.status != "suggested"):
            reason, note = _why(key, choice, begun)
        if choice == "agree" and advice.stopped:
            confirmed = st.checkbox(said.CONFIRM, key=f"confirm-{key}")
        with st.container(horizontal=True, gap="small"):
            keep = st.button(said.KEEP, key=f"keep-{key}", type="primary")
            if st.button(said.LET_GO, key=f"let-go-{key}", type="tertiary"):
                self._begun.discard(area, treatment)
                st.rerun()
        if keep:
            if shown != count:  # decided on by somebody else since this page showed it
                show_error(said.CONFLICT)
                return
            self._keep(choice, area, treatment, reason, note, advice=advice, confirmed=confirmed)

    def _keep(
        self,
        choice: Choice,
        area: Area,
        treatment: Treatment,
        reason: ReasonCode | None,
        note: str,
        *,
        advice: DecisionAdvice,
        confirmed: bool,
    ) -> None:
        """Keep a decision on the record as this page showed it; what cannot be kept is said."""
        try:
            decided = workflow.decide(
                self._kept.consultation,
                choice,
                area=area,
                treatment=treatment,
                by=self._staff,
                at=datetime.now(UTC),
                reason=reason,
                note=note,
                confirmed=confirmed,
                place=self._places[area].label,
            )
            consultations().save(self._kept.id, self._kept.version, decided, by=self._staff)
        except Conflict:
            show_error(said.CONFLICT)
        except RecommenderError as error:
            key = self._begun.key(area, treatment)
            field = f"confirm-{key}" if advice.stopped and not confirmed else f"note-{key}"
            for problem in error.problems:
                show_error(
                    titled(problem.message, self._visit.rules), field=reason_key(key, choice) if reason is None else field
                )
        else:
            self._begun.saved(area, treatment)
            st.rerun()


def _why(key: str, choice: Choice, begun: UnsavedDecision | None) -> tuple[ReasonCode | None, str]:
    codes = list(allowed_reasons(choice))
    reason = st.selectbox(
        said.REASON_ASK,
        codes,
        index=codes.index(begun.reason) if begun and begun.reason in codes else None,
        format_func=lambda code: spoken(REASONS)[code].clinical,
        key=reason_key(key, choice),
        placeholder=said.REASON_CHOOSE,
    )
    note = st.text_area(said.NOTE_ASK, begun.note if begun else "", key=f"note-{key}", max_chars=4000)
    return reason, (note or "").strip()


def _sections(section: Section) -> Iterator[Section]:
    """A section and every section in it."""
    yield section
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _sections(block)


def _stops_first(section: Section) -> Section:
    """An option with what speaks against it before what speaks for it."""
    against = translate("What speaks against it")
    first = [block for block in section.blocks if isinstance(block, Bullets) and block.lead == against]
    return replace(section, blocks=(*first, *(block for block in section.blocks if block not in first)))
