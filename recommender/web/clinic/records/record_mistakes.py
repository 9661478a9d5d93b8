"""A visit that was begun by mistake: discarded, or moved to the patient whose it is and checked there."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from recommender.documents.consultation import Move
from recommender.documents.staff import Staff
from recommender.languages import clinic_time, short_day
from recommender.records.errors import NotFound
from recommender.records.visits.consultations import Kept
from recommender.records.visits.patients import Patient
from recommender.web.clinic import words
from recommender.web.clinic.records import record_words as said
from recommender.web.clinic.records.records_page import named
from recommender.web.clinic.stores import consultations, patients
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import moment_text
from recommender.web.state.session import Visit
from recommender.web.ui import fields

Do = Callable[[Callable[[], Kept]], None]


def mistakes(visit: Visit, staff: Staff, kept: Kept, do: Do) -> None:
    """Discard or move a draft that was begun by mistake; each needs a reason, which stays in the record."""
    moves = len(kept.consultation.moves)  # after each the fields are empty again
    with st.expander(said.MISTAKE_TITLE, key=visit.key(f"mistake-{moves}")):
        fields.note(said.MISTAKE_LEAD)
        reason_key = visit.key(f"mistake-because-{moves}")
        because = (st.text_area(said.MISTAKE_ASK, key=reason_key, max_chars=4000) or "").strip()

        def with_reason(step: Callable[[], Kept]) -> None:
            if because:
                do(step)
            else:
                show_error(said.MISTAKE_EMPTY, field=reason_key)

        right = _right_patient(visit, staff, kept)
        if right is not None and st.button(said.MOVE.format(name=fields.plain(named(right.identity))), key=visit.key("move")):
            with_reason(
                lambda: consultations().move(kept.id, kept.version, right.id, because=because, by=staff, rules=visit.rules)
            )
        with st.popover(said.VOID, key=visit.key("void-ask")):
            fields.note(said.VOID_ASK, kind="plain")
            if st.button(said.VOID_SURE, key=visit.key("void")):
                with_reason(lambda: consultations().discard(kept.id, kept.version, because=because, by=staff))


def _right_patient(visit: Visit, staff: Staff, kept: Kept) -> Patient | None:
    name = (
        st.text_input(
            said.MOVE_FIND, key=visit.key(f"move-find-{len(kept.consultation.moves)}"), max_chars=200, autocomplete="off"
        )
        or ""
    ).strip()
    if not name:
        return None
    found = {one.id: one for one in patients().search(name, by=staff) if one.id != kept.patient_id}
    if not found:
        fields.note(words.FIND_NONE, kind="plain")
        return None
    with fields.of_people("move-to"):
        chosen = st.radio(
            said.MOVE_TO,
            list(found),
            index=None,
            format_func=lambda one: fields.plain(named(found[one].identity)),
            key=visit.key(f"move-to-{name}"),
        )
    return found[chosen] if chosen else None


def check_move(visit: Visit, staff: Staff, kept: Kept, do: Do) -> None:
    """What was moved here, from whom and why, and that somebody has to check it; nothing where all of it is checked."""
    for move in kept.consultation.moves:
        fields.note(_told(move, staff), kind="plain")
    if not kept.consultation.moves or kept.consultation.moves[-1].confirmed is not None:
        return
    patient = patients().get(kept.patient_id, by=staff)
    consent, age = kept.consultation.consent, kept.consultation.nurse.answers.person.age
    with fields.of_people("check-move"):
        st.header(said.CHECK_MOVE_TITLE.format(name=fields.plain(patient.identity.name)), anchor=False)
    fields.note(said.CHECK_MOVE_LEAD)
    fields.points(
        (
            named(patient.identity),
            said.CHECK_AGE.format(age=said.CHECK_NONE if age is None else age),
            said.CHECK_CONSENT.format(at=moment_text(consent.signed_at) if consent and consent.signed_at else said.CHECK_NONE),
        ),
        people=[patient.identity.name],
    )
    if st.button(
        said.CHECK_MOVE.format(name=fields.plain(patient.identity.name)),
        key=visit.key(f"check-move-{kept.version}"),
        type="primary",
    ):
        do(lambda: consultations().confirm_move(kept.id, kept.version, by=staff))


def _told(move: Move, staff: Staff) -> str:
    try:
        source = patients().get(move.source, by=staff).identity.name
    except NotFound:
        source = said.CHECK_ERASED
    day = short_day(clinic_time.local(move.at).date())
    return said.MOVED_FROM.format(source=source, name=move.by.name, day=day, because=move.because)
