"""Sending a plan to a prescriber, her answer, and the treatment's page while nobody has authorised it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from recommender.documents.authorisation import SEEN_AS, EmergencyMedicine, Planned, Seen
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import AREAS, Area, Treatment
from recommender.export.labels import Labels
from recommender.languages import clinic_time
from recommender.records.domain import workflow
from recommender.records.domain.authorising import agreed_plan, has_ended, is_outdated, waiting_plan
from recommender.records.domain.permissions import ALLOWED
from recommender.records.visits.consultations import Conflict, Kept
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.treatment import authorise_words as said
from recommender.web.clinic.treatment.authorise_told import plan_text
from recommender.web.clinic.ui.day_fields import day_field
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import Reader, read_day, read_past_day
from recommender.web.state.address import RECORD
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_VERSION: Final = SessionValue[int]("authorisation-version")


def authorisation_part(visit: Visit, staff: Staff, kept: Kept) -> None:
    """The part of the decisions' page on which a plan is sent to a prescriber and answered; nothing where none is due."""
    if kept.consultation.duties.authorised_first:
        _Part(visit, staff, kept).show()


class _Part:
    """What is authorised of one record, as the page was opened by somebody."""

    def __init__(self, visit: Visit, staff: Staff, kept: Kept) -> None:
        self._visit = visit
        self._staff = staff
        self._kept = kept
        self._consultation = kept.consultation
        self._reference = visit.voice.reference
        self._names = {facts.treatment: facts.name for facts in self._reference.treatments}
        self._agreed = agreed_plan(kept.consultation)
        self._asked = waiting_plan(kept.consultation)
        # of the version that this page was opened with: a press on what somebody changed since does nothing
        self._seen = _VERSION.get(kept.version, of=visit)
        _VERSION.put(kept.version, of=visit)

    def show(self) -> None:
        st.header(said.TITLE, anchor=False)
        due = self._consultation.duties.authorised_first
        fields.note(said.LEAD.format(treatments=", ".join(self._names[one] for one in due)))
        if not self._agreed and not self._asked:
            fields.note(said.NOTHING, kind="plain")
        elif "authorise a treatment" in ALLOWED[self._staff.role]:
            self._answering()
        elif "ask for an authorisation" in ALLOWED[self._staff.role]:
            self._sending()

    def _key(self, name: str) -> str:
        """The key of a field, which begins anew with each plan and each answer."""
        answered = len(self._consultation.authorisations)
        at = self._asked.asked_at.isoformat() if self._asked and self._asked.asked_at else ""
        return self._visit.key(f"authorise-{name}-{answered}-{at}")

    def _sending(self) -> None:
        """What is agreed on, and the press that sends it."""
        given = self._consultation.authorisation
        over = given is None or has_ended(given, self._consultation) or is_outdated(given, self._consultation)
        holds = () if given is None or over else given.plan
        asked = self._asked.asked if self._asked else holds
        named = {one.treatment: one.product for one in asked}
        plan = tuple(
            one.model_copy(update={"product": self._product(said.PRODUCT, one.treatment, named.get(one.treatment, ""))})
            for one in self._agreed
        )
        if not plan or set(plan) == set(asked):
            return
        fields.note(plan_text(plan, self._reference), kind="plain")
        label = said.SEND_AGAIN if self._consultation.authorisations else said.SEND
        if st.button(label, key=self._key("send"), type="primary"):
            self._do(lambda: consultations().ask(self._kept.id, self._kept.version, plan, by=self._staff))

    def _answering(self) -> None:
        """The form of a prescriber, and what else she can say."""
        given = self._consultation.authorisation
        if given is None or self._asked is not None:
            self._form()
        else:
            with st.expander(said.CHANGE_TITLE):
                self._form()
        if self._asked is not None or given is not None:
            self._refusing(takes_back=self._asked is None)
        if given is None and self._asked is None:
            treat_myself(self._kept, self._staff, key=self._key("myself"), do=self._do)

    def _form(self) -> None:
        if self._consultation.injected == "yes":
            fields.note(said.INJECTED, kind="error")
        plan = self._plan()
        self._unanswered(plan)
        seen, seen_on = self._seen_how()
        until = self._day("until", said.UNTIL, said.UNTIL_ON, read_day)
        because, key = "", self._key("because")
        if self._asked is not None and set(plan) != set(self._asked.asked):
            because = (st.text_area(said.BECAUSE, key=key, max_chars=4000) or "").strip()
        if not st.button(said.AUTHORISE.format(name=fields.plain(self._staff.name)), key=self._key("yes"), type="primary"):
            return
        if not plan:
            show_error(said.NO_PLACE)
            return
        self._do(
            lambda: consultations().authorise(
                self._kept.id,
                self._kept.version,
                plan,
                by=self._staff,
                seen=seen,
                seen_on=seen_on,
                valid_until=until,
                because=because,
            )
        )

    def _plan(self) -> tuple[Planned, ...]:
        """The plan as it is ticked: what was asked for, or is agreed on, and what else was agreed on since."""
        first = {one.treatment: one for one in (self._asked.asked if self._asked else self._agreed)}
        agreed = {one.treatment: one for one in self._agreed}
        found = []
        for treatment in self._consultation.duties.authorised_first:
            asked = first[treatment].areas if treatment in first else ()
            since = agreed[treatment].areas if treatment in agreed else ()
            places = [area for area in AREAS if area in asked or area in since]
            if not places:
                continue
            areas = self._places(treatment, places, asked)
            product = self._product(said.WHICH, treatment, first[treatment].product if treatment in first else "")
            if areas:
                found.append(Planned(treatment=treatment, areas=areas, product=product))
        return tuple(found)

    def _places(self, treatment: Treatment, places: list[Area], ticked: tuple[Area, ...]) -> tuple[Area, ...]:
        with st.container(key=self._key(f"where-{treatment}"), gap="small"):
            fields.note(said.WHERE.format(treatment=self._names[treatment]), kind="plain")
            return tuple(
                area
                for area in places
                if st.checkbox(
                    self._reference.questions.areas[area].label, area in ticked, key=self._key(f"{treatment}-{area}")
                )
            )

    def _product(self, label: str, treatment: Treatment, named: str) -> str:
        kinds = next(facts.products for facts in self._reference.treatments if facts.treatment == treatment)
        names = ["", *(kind.name for kind in kinds)]
        return st.selectbox(
            label.format(treatment=self._names[treatment]),
            names,
            index=names.index(named) if named in names else 0,
            format_func=lambda name: name or said.ANY_PRODUCT,
            key=self._key(f"product-{treatment}"),
        )

    def _unanswered(self, plan: tuple[Planned, ...]) -> None:
        """Questions whose answer could still stop what is to be authorised."""
        planned, labels = {one.treatment for one in plan}, Labels(self._consultation.nurse.assessment)
        asked = [one.path for one in self._consultation.nurse.stop_questions if planned.intersection(one.treatments)]
        if asked:
            fields.note(said.OPEN.format(questions="; ".join(labels.question(path) for path in asked)), kind="error")

    def _seen_how(self) -> tuple[Seen | None, date | None]:
        """How and on which day she saw the patient, as she says it."""
        ways = SEEN_AS[self._consultation.duties.seen_as]
        if len(ways) == 1:
            seen_on = self._day("seen-on", said.SEEN_DAY_IN_PERSON, said.SEEN_ON, read_past_day)
            return (ways[0] if seen_on else None), seen_on
        seen: Seen | None = st.radio(
            said.SEEN_ASK, ways, index=None, format_func=said.SEEN.__getitem__, key=self._key("seen"), horizontal=True
        )
        return seen, self._day("seen-on", said.SEEN_DAY, said.SEEN_ON, read_past_day)

    def _day(self, name: str, ask: str, other: str, read: Reader) -> date | None:
        """A day that is today or another one; neither until somebody says so."""
        chosen = st.radio(
            ask, list(said.DAYS), index=None, format_func=said.DAYS.__getitem__, key=self._key(name), horizontal=True
        )
        if chosen == "today":
            return clinic_time.today()
        return day_field(other, self._key(f"{name}-day"), read).day if chosen == "other" else None

    def _refusing(self, *, takes_back: bool) -> None:
        with st.expander(said.TAKE_BACK_TITLE if takes_back else said.REFUSE_TITLE):
            because = (st.text_area(said.REFUSE_ASK, key=self._key("refuse-because"), max_chars=4000) or "").strip()
            if st.button(said.TAKE_BACK if takes_back else said.REFUSE, key=self._key("refuse")):
                self._do(
                    lambda: consultations().refuse(self._kept.id, self._kept.version, because=because, by=self._staff),
                    field="refuse-because",
                )

    def _do(self, step: Callable[[], Kept], *, field: str = "") -> None:
        """Take a step on the record as this page showed it, or say why it is refused."""
        if self._seen != self._kept.version:
            show_error(said.CONFLICT)
            return
        try:
            step()
        except Conflict:
            show_error(said.CONFLICT)
        except RecommenderError as error:
            for problem in error.problems:
                key = field or {"because": "because", "seen": "seen-on", "seen_on": "seen-on", "valid_until": "until"}.get(
                    problem.where, ""
                )
                show_error(_sentence(problem.message), field=self._key(key) if key else "")
        else:
            st.rerun()


def treat_myself(kept: Kept, staff: Staff, *, key: str, do: Callable[[Callable[[], Kept]], None]) -> None:
    """The press of a prescriber who treats the patient herself."""
    if st.button(said.MYSELF, key=key):
        do(lambda: consultations().treat_oneself(kept.id, kept.version, by=staff))


def treatment_shut(visit: Visit, staff: Staff, kept: Kept) -> None:
    """What stands in the place of the treatment while nobody has authorised it."""
    fields.note(said.SHUT, kind="error")
    answers = "authorise a treatment" in ALLOWED[staff.role]
    if answers:
        treat_myself(kept, staff, key=visit.key("treat-myself"), do=_do)
    label = said.TO_ANSWER if answers else said.TO_DECISIONS
    is_sent = waiting_plan(kept.consultation) is not None
    if (answers or not is_sent) and st.button(label, key=visit.key("shut-to-decisions"), type="primary"):
        go_to("decide", **{RECORD: kept.id})
    if st.button(said.NOT_INJECTED, key=visit.key("not-injected")):
        _do(
            lambda: consultations().save(
                kept.id, kept.version, workflow.write(kept.consultation, by=staff, injected="no"), by=staff
            )
        )
    emergency_part(visit, staff, kept)


def emergency_part(visit: Visit, staff: Staff, kept: Kept) -> None:
    """An emergency medicine that was given, which nobody waits with."""
    number = len(kept.consultation.emergencies)
    with st.expander(said.EMERGENCY_TITLE, key=visit.key(f"emergency-{number}")):
        fields.note(said.EMERGENCY_LEAD)
        medicine: EmergencyMedicine | None = st.radio(
            said.EMERGENCY_ASK,
            list(said.MEDICINES),
            index=None,
            format_func=said.MEDICINES.__getitem__,
            key=visit.key(f"emergency-medicine-{number}"),
            horizontal=True,
        )
        key = visit.key(f"emergency-because-{number}")
        because = (st.text_area(said.EMERGENCY_BECAUSE, key=key, max_chars=4000) or "").strip()
        if st.button(said.EMERGENCY, key=visit.key(f"emergency-record-{number}")):
            if medicine is None or not because:
                show_error(said.EMERGENCY_EMPTY, field=key)
                return
            _do(lambda: consultations().record_emergency(kept.id, kept.version, medicine, because=because, by=staff))


def _do(step: Callable[[], Kept]) -> None:
    try:
        step()
    except Conflict:
        show_error(said.CONFLICT)
    except RecommenderError as error:
        for problem in error.problems:
            show_error(_sentence(problem.message))
    else:
        st.rerun()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
