"""The script that Streamlit runs: what every page has, and the page that the address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recommender.records.accounts.sign_ins import SignedIn
from recommender.web import page_head, words
from recommender.web.about import words as about_words
from recommender.web.about.page import about_page
from recommender.web.actions import button, run_pressed_action
from recommender.web.clinic import pages
from recommender.web.clinic.auth import access
from recommender.web.clinic.auth.access import first_page, just_signed_in, may_see
from recommender.web.clinic.frame import access_denied, autosave_clinic, clinic_page, effects_of_menus, leave_when_idle, menu
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records.record_fields import has_returned, version_shown
from recommender.web.clinic.treatment import held_consent
from recommender.web.clinic.ui.messages import effects_of_errors, forget_shown_errors, shown_errors
from recommender.web.components.error_summary import error_summary
from recommender.web.components.page_effects import page_effects
from recommender.web.consultation import words as consultation_words
from recommender.web.consultation.page import consultation_page
from recommender.web.handover.receive import CODE, problems_with
from recommender.web.patient import leaving_words
from recommender.web.patient.check_page import check_page
from recommender.web.patient.country_page import country_page
from recommender.web.patient.idle_timeout import arrival_note, delete_if_left, leave_form
from recommender.web.patient.journey import CONSULTATION, HOW, START, Journey, JourneyStep
from recommender.web.patient.progress import progress
from recommender.web.patient.question_pages import Effects, group_page, places_page, seen_page
from recommender.web.patient.start_page import start_page, start_title
from recommender.web.result.page import is_emergency, result_page
from recommender.web.state.autosave import autosave, remember_shown
from recommender.web.state.form_errors import asks_again, error_count, errors
from recommender.web.state.languages import language_switch
from recommender.web.state.session import Visit
from recommender.web.ui import fields

_PROGRESS: Final = "progress"
#: the kind of a page → what draws it
_DRAWN: Final[Mapping[str, Callable[[Visit, Journey, JourneyStep], Effects | None]]] = {
    "start": lambda visit, _, step: start_page(visit, step),
    "country": lambda visit, _, step: country_page(visit, step),
    "group": group_page,
    "places": lambda visit, _, __: places_page(visit),
    "seen": seen_page,
    "check": lambda visit, journey, _: check_page(visit, journey),
    "result": result_page,
    "how": lambda visit, _, __: about_page(visit),
    "consultation": consultation_page,
}


def show() -> None:
    """One rerun: authorise the address, run the action that was pressed, authorise where it led, and draw the page."""
    forget_shown_errors()
    visit = Visit()
    held = access.held() if visit.staff is None else None
    if held is not None:
        _hold(visit, held)
        return
    delete_if_left(visit)
    if just_signed_in():
        go_to(first_page(visit.staff.role) if visit.staff else "records")
    step = _step(visit, visit.journey())
    if _is_open(visit, step):
        autosave_clinic(visit, step.name)
        autosave(visit, visit.journey(), step)
        run_pressed_action(visit, visit.journey(), step)
    visit.authorise()
    journey = visit.journey()
    step = _step(visit, journey)
    _head(visit, step)
    if not _is_open(visit, step):
        visit.forget_others()
        access_denied(visit, step.name)
        page_effects(step.name, [], error=False, language=visit.language)
        return
    _draw(visit, journey, step)


def _hold(visit: Visit, held: SignedIn) -> None:
    """The consent form that a patient holds, whatever the address names and whatever was pressed."""
    visit.hold(held.held)
    st.set_page_config(page_title=fields.tab_title(held_consent.title()), layout="centered")
    with st.container(key="head", horizontal=True):
        st.html(page_head.brand_html())
        st.html(page_head.phase_html(whole=False))
    place = st.container(key="errors")
    held_consent.held_page(visit, held.staff)
    listed = [(fields.css_name(one.field), one.text) for one in shown_errors() if one.pressed]
    if listed:
        with place:
            error_summary(listed, count=error_count(), asks=asks_again())
    page = f"held{visit.record}"
    returned = page_effects(
        page, effects_of_errors(), error=bool(listed), language=visit.language, leave=leave_when_idle(), held=True
    )
    visit.forget_others()
    if has_returned(visit, returned):
        st.rerun()


def _draw(visit: Visit, journey: Journey, step: JourneyStep) -> None:
    if step.name in pages.PAGES:
        menu(visit, "records" if visit.record else step.name)
    summary = _above(visit, journey, step)
    effects = clinic_page(visit, step.name) if step.kind == "clinic" else (_DRAWN[step.kind](visit, journey, step) or [])
    wrong = _summarised(visit, summary, step)
    _below(visit, journey, step)
    leave = leave_when_idle() if step.name in pages.PAGES else leave_form(visit)
    effects += [*effects_of_errors(), *(effects_of_menus(visit, step.name) if step.name in pages.PAGES else [])]
    page = f"{step.name}{visit.draft.respondent}{visit.record}"
    returned = page_effects(
        page,
        effects,
        error=wrong,
        language=visit.language,
        leave=leave,
        cleared=visit.cleared,
        version=version_shown(visit),
        remembers=visit.remembers,
    )
    remember_shown(visit)
    visit.forget_others()
    visit.let_go()
    # again for fields that this session did not know when the rerun began
    if autosave(visit, journey, step) or has_returned(visit, returned):
        st.rerun()


def _is_open(visit: Visit, step: JourneyStep) -> bool:
    return step.name not in pages.PAGES or may_see(visit.staff, step.name)


def _head(visit: Visit, step: JourneyStep) -> None:
    st.set_page_config(page_title=_title(visit, step), layout="centered")
    with st.container(key="head", horizontal=True):
        st.html(page_head.brand_html())
        language_switch(visit.language)
        st.html(page_head.phase_html(whole=step.kind == "start"))


def _step(visit: Visit, journey: Journey) -> JourneyStep:
    if visit.step_name in pages.PAGES and visit.step_name != CONSULTATION.name:
        return JourneyStep(visit.step_name, "clinic")
    if visit.withheld:  # on whatever page it was to be shown
        return CONSULTATION
    if visit.step_name == HOW.name:
        return HOW
    if visit.step_name == CONSULTATION.name or visit.is_nurses:  # a nurse's draft has no page of the form
        return CONSULTATION
    return journey.at(START if visit.expired else visit.step_name)  # the start page says that the answers were deleted


def _above(visit: Visit, journey: Journey, step: JourneyStep) -> DeltaGenerator:
    """The top of the page; returns the placeholder of the error summary, which is there with or without errors."""
    told = words.DELETED if visit.deleted else words.EXPIRED if visit.expired else arrival_note(visit)
    if told:
        fields.note(told, kind="done")
    if visit.is_forgotten and (step.kind in ("start", "result") or step == journey.first):
        fields.note(words.NO_COOKIES, kind="error")
    if _leads_back(visit, step):
        button("back", words.BACK, step, icon=":material/arrow_back:", type="tertiary")
    place = st.container(key="errors")
    if step.part and not visit.is_checking:
        said = _progress(visit, journey, step)
        fields.note(said or words.CHECK_PARTS[step.part], kind="part")
    if step.part in ("you", "face", "health") and journey.nothing_before(step):
        with st.container(key="nothing-now", gap="small"):
            fields.note(words.NOTHING_NOW, kind="plain")
            button("see-now", words.SEE_NOW, step)
    return place


def _progress(visit: Visit, journey: Journey, step: JourneyStep) -> str:
    """How far somebody has come, worked out when they come to a page: it would cost most of each press there."""
    page = (step.name, visit.language, visit.draft.after)
    kept = st.session_state.get(_PROGRESS)
    if kept is None or kept[0] != page:
        kept = st.session_state[_PROGRESS] = (page, progress(visit.rules, journey, step, visit.draft))
    return str(kept[1])


def _summarised(visit: Visit, place: DeltaGenerator, step: JourneyStep) -> bool:
    """Fill the error summary once the page is drawn; whether there are errors."""
    told = {CODE: " ".join(problems_with(CODE))} if step == CONSULTATION else errors()  # a file or link says so itself
    found = [*told.items(), *((one.field, one.text) for one in shown_errors() if one.pressed)]
    listed = [(fields.css_name(key), text) for key, text in found if text]
    if listed:
        with place:
            error_summary(listed, count=error_count(), asks=asks_again())
        if not asks_again():
            st.set_page_config(page_title=f"{words.ERROR}: {_title(visit, step)}")
    return bool(listed)


def _leads_back(visit: Visit, step: JourneyStep) -> bool:
    if step == CONSULTATION:
        return not visit.is_nurses
    if step.name in pages.PAGES:
        return False
    return step.kind != "start"


def _below(visit: Visit, journey: Journey, step: JourneyStep) -> None:
    if step == HOW:
        button("return", about_words.BACK, step)
    elif step.kind not in ("start", "country", "result", "consultation", "clinic"):
        label = words.SEE_RESULT if step.kind == "check" else words.CONTINUE
        button("continue", label, step, type="primary")
    with st.container(key="footer", gap="small"):
        if step != HOW and not is_emergency(step):
            button("how-footer", about_words.TITLE, step, type="tertiary")
        if (
            not is_emergency(step)
            and step.kind not in ("start", "consultation", "clinic")
            and not visit.is_nurses
            and not visit.draft.after
        ):
            button("begin-after", words.AFTER_LINK, step, type="tertiary")
        if visit.has_begun and not visit.record:
            if step.kind == "result" and not (journey.stopped or journey.emergencies):
                fields.note(leaving_words.FINISH)
            with st.popover(consultation_words.DELETE if visit.is_nurses else words.DELETE, type="tertiary"):
                fields.note(words.DELETE_ASK)
                button("delete", words.DELETE_SURE, step)


def _title(visit: Visit, step: JourneyStep) -> str:
    """The title of the browser's tab and its history: the same for every place, so that it tells no answer."""
    if step.kind == "start":
        return fields.tab_title(start_title(visit.voice.reference))
    return fields.tab_title(step.title or words.TAB_TITLES.get(step.kind) or pages.PAGES[step.name].title)


show()
