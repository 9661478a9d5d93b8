"""The page that Streamlit runs: what stands on every page, and the one page that the address names."""

from __future__ import annotations

from html import escape

import streamlit as st

from recommender.web import fields, words
from recommender.web.check_page import check_page
from recommender.web.components import error_summary, page_effects
from recommender.web.draft import PLACES, kinds_key
from recommender.web.journey import CHECK, Journey, Step
from recommender.web.keeping import keep, kept_visit
from recommender.web.look import STYLE
from recommender.web.question_pages import Effects, details_page, group_page, places_page, seen_page
from recommender.web.result_page import result_page
from recommender.web.session import Visit, error_count, errors, report
from recommender.web.start_page import begin, start_page


def show() -> None:
    """One run of the page."""
    visit = Visit()
    journey = visit.journey()
    step = journey.at(visit.step_name)
    if keep(visit, journey, step):
        journey = visit.journey()
        step = journey.at(visit.step_name)
    st.set_page_config(page_title=_title(step), layout="centered")
    st.html(STYLE)
    st.html(f'<div class="phase"><strong>{escape(words.PHASE)}</strong><span>{escape(words.PHASE_TEXT)}</span></div>')
    _above(journey, step, checking=visit.is_checking)
    effects = _page(visit, journey, step)
    _below(visit, step)
    page_effects(step.name, effects, error=bool(errors()))


def _above(journey: Journey, step: Step, *, checking: bool) -> None:
    before = journey.before(step)
    if before is not None:
        back = CHECK if checking and step.name != CHECK else before.name
        key = f"back-{step.name}"
        st.button(words.BACK, key=key, icon=":material/arrow_back:", type="tertiary", on_click=_turn, args=(back,))
    if errors():
        error_summary({fields.css_name(key): text for key, text in errors().items()}, count=error_count())
    if step.part:
        fields.note(words.PARTS[step.part], kind="part")


def _page(visit: Visit, journey: Journey, step: Step) -> Effects:
    match step.kind:
        case "start":
            start_page(visit, journey)
        case "group":
            return group_page(visit, journey, step)
        case "places":
            return places_page(visit)
        case "seen":
            return seen_page(visit, step)
        case "details":
            return details_page(visit, journey, step)
        case "check":
            check_page(visit, journey)
        case "result":
            result_page(visit, journey)
    return []


def _below(visit: Visit, step: Step) -> None:
    if step.kind not in ("start", "result"):
        label = words.SEE_RESULT if step.kind == "check" else words.CONTINUE
        st.button(label, key=f"continue-{step.name}", type="primary", on_click=_continue, args=(step.name,))
    with st.container(key="footer", gap="small"):
        if step.kind != "start" and not visit.draft.after:
            st.button(words.AFTER_LINK, key="to-after", type="tertiary", on_click=begin, kwargs={"after": True})
        if visit.has_begun:
            with st.popover(words.DELETE, type="tertiary"):
                fields.note(words.DELETE_ASK)
                st.button(words.DELETE_SURE, key="delete", on_click=_delete)


def _title(step: Step) -> str:
    """The title of the browser's tab and its history: the same for every place, so that it tells no answer."""
    group = step.group.title if step.group else ""
    page = group or words.TAB_TITLES[step.kind]
    return f"{f'{words.ERROR}: ' if errors() else ''}{page} – {words.PRODUCT}"


def _turn(name: str) -> None:
    kept_visit().go(name)


def _continue(name: str) -> None:
    """Check what was typed, remember what was shown, and turn to the next page."""
    visit = kept_visit()
    step = visit.journey().at(name)
    keys = visit.journey().keys(step)
    wrong = {key: fields.NUMBERS[key][1] for key in keys if key in fields.NUMBERS and not _is_right(visit, key)}
    if wrong:
        report(name, wrong)
        return
    own = {"seen": kinds_key(step.area), "places": PLACES}.get(step.kind)
    visit.draft.shown.update(keys, [own] if own else [])
    visit.save()
    following = visit.journey().after(name, checking=visit.is_checking)
    visit.go(following.name, checking=visit.is_checking and following.name != CHECK)


def _is_right(visit: Visit, key: str) -> bool:
    """A number may be left out, except the age: under age no further question may be asked."""
    text, value = fields.typed_number(key)
    if not text:
        return key != "person.age"
    return value is not None and visit.draft.get(key) == value


def _delete() -> None:
    Visit().delete()
    st.session_state["deleted"] = True


show()
