"""Buttons and their actions. An action runs at the start of the rerun that its press causes, before anything is drawn.

Streamlit's callbacks are not used: it has none for a button of a session that it lost, as after a restart of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.documents.answer_path import AGE
from recommender.documents.vocabulary import Jurisdiction
from recommender.export.labels import COUNTRIES
from recommender.records.domain.permissions import Act
from recommender.web import words
from recommender.web.clinic.auth.access import may
from recommender.web.components.opener import text_opened
from recommender.web.handover.code import forget_code, make_code
from recommender.web.handover.receive import FILE, LINK, begin_with, open_code, open_file, open_link
from recommender.web.patient import tick_groups
from recommender.web.patient.journey import CHECK, CONSULTATION, HOW, RESULT, START, Journey, JourneyStep
from recommender.web.patient.question_pages import shown_on
from recommender.web.state.draft import AFTER, PLACES, RESPONDENT, Draft, kinds_key
from recommender.web.state.form_errors import report
from recommender.web.state.session import Visit, Whose
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

Do = Callable[[Visit, Journey, JourneyStep, str], None]
Needs = Mapping[Whose, Act | None]


class Action(NamedTuple):
    """What a press does, and by whose draft is open the permission that it needs (None: none).

    Where a kind of draft is missing, the action is refused.
    """

    do: Do
    needs: Needs

    def is_open(self, visit: Visit) -> bool:
        """Whether this visitor may do it to the draft or record that is open."""
        if visit.whose not in self.needs:
            return False
        needed = self.needs[visit.whose]
        return needed is None or may(visit.staff, needed)


ANSWERS: Final = "answers"
WHAT_IF: Final = "what-if"
_DONE: Final = SessionValue["tuple[str, str] | None"]("press-done")
_LATE: Final = SessionValue[tuple[str, str]]("press-late")


def button(name: str, label: str, step: JourneyStep, **look: Any) -> None:
    """A button of ``ACTIONS`` on a page."""
    if st.button(label, key=_key(name, step), **look):
        press_in_next_run(name)


def press_in_next_run(name: str, argument: str = "") -> None:
    """Run an action in another rerun: after a restart of the server this session did not know the button when it began."""
    if _DONE.found() != (name, argument):
        _LATE.put((name, argument))
        st.rerun()


def run_pressed_action(visit: Visit, journey: Journey, step: JourneyStep) -> bool:
    """Run the action of the button that was pressed, if the visitor may; whether any was pressed."""
    press = _LATE.take() or _pressed(step)
    _DONE.put(press)
    if press is not None and ACTIONS[press[0]].is_open(visit):
        ACTIONS[press[0]].do(visit, journey, step, press[1])
    return press is not None


def _pressed(step: JourneyStep) -> tuple[str, str] | None:
    changed = (st.session_state.get(ANSWERS) or {}).get("change")
    if isinstance(changed, str):
        return ("change", changed)
    for name, key in (("open-file", FILE), ("open-link", LINK)):
        opened = text_opened(key)
        if opened is not None:
            return (name, opened)
    return next(((name, "") for name in ACTIONS if st.session_state.get(_key(name, step))), None)


def country_name(country: str) -> str:
    """The name of the button of a country."""
    return f"country-{country}"


def _key(name: str, step: JourneyStep) -> str:
    return f"{name}-{step.name}"  # its own on each page: a double click does not turn two pages


def _go_on(visit: Visit, journey: Journey, step: JourneyStep, _: str) -> None:
    """Check what was typed, remember what was shown, and go to the next page."""
    keys = journey.keys(step)
    wrong = {key: _why_wrong(key) for key in keys if key in words.NUMBERS and not _is_right(visit, key)}
    if wrong:
        report(step.name, wrong)
        return
    left = tick_groups.left_open(journey, step, visit.draft)
    if left and not journey.emergencies:
        visit.change(lambda: _shown(visit, [key for own in left.values() for key in own]))
        report(step.name, tick_groups.ask_once(visit.voice.reference.questions, step, left), asks=True)
        return
    shown = shown_on(step)
    unseen = [key for key in keys if step.kind == "seen" and shown is not None and key not in shown]
    if unseen:  # what was ticked last asks more, and the press came before that was drawn
        report(step.name, dict.fromkeys(unseen[:1], words.MORE_ASKED), asks=True)
        return
    own = {"seen": kinds_key(step.area), "places": PLACES}.get(step.kind)
    visit.change(lambda: _shown(visit, [*keys, *([own] if own else [])]))
    following = visit.journey().after(step.name, checking=visit.is_checking)
    visit.go(following.name, checking=visit.is_checking and following.name != CHECK)


def _shown(visit: Visit, keys: Sequence[str]) -> bool:
    visit.draft.shown.update(keys)
    return True


def _why_wrong(key: str) -> str:
    number = fields.typed_number(key)[1]
    if fields.looks_like_a_year(key, number):
        return words.AGE_YEAR
    return words.AGE_UNLIKELY if fields.is_no_age(key, number) else words.NUMBERS[key][1]


def _is_right(visit: Visit, key: str) -> bool:
    """A number may be left out, except the age: under age no further question may be asked."""
    text, value = fields.typed_number(key)
    if fields.is_no_age(key, value):
        return False
    return (value is not None and visit.draft.get(key) == value) if text else key != AGE


def _go_back(visit: Visit, journey: Journey, step: JourneyStep, _: str) -> None:
    if step == CONSULTATION:
        visit.go(START)
        return
    if step == HOW:
        came_from = CONSULTATION if visit.came_from == CONSULTATION.name else journey.at(visit.came_from)
        visit.go(came_from.name, checking=visit.is_checking)
        return
    before = journey.before(step)
    if before is not None:
        visit.go(CHECK if visit.is_checking and step.name != CHECK else before.name)


def _look_at_rules(visit: Visit, _journey: Journey, step: JourneyStep, _: str) -> None:
    visit.go(HOW.name, checking=visit.is_checking, came_from=step.name)


def _see_result(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    visit.go(RESULT)


def _change(visit: Visit, _journey: Journey, _step: JourneyStep, name: str) -> None:
    visit.go(name, checking=True)


def _begin(visit: Visit, _journey: Journey, step: JourneyStep, _: str) -> None:
    if step.name == START:  # anew, beside what there may be to go on with
        visit.begin(Draft())
    _set_out(visit, after=False)


def _come_back(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    visit.come_back()
    if visit.has_begun:
        visit.go(visit.journey().left_off.name)


def _begin_after(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    _set_out(visit, after=True)


def _set_out(visit: Visit, *, after: bool) -> None:
    """Start a draft, or continue the one there is: before an injection, or after one."""
    if visit.has_begun:
        visit.change(lambda: _on_way(visit, after=after))
    else:
        visit.begin(Draft({AFTER: after}))
    visit.go(visit.journey().first.name)


def _on_way(visit: Visit, *, after: bool) -> bool:
    visit.draft.after = after
    return True


def _resume(visit: Visit, journey: Journey, _step: JourneyStep, _: str) -> None:
    check = journey.at(CHECK)
    visit.go(check.name if check.kind == CHECK else journey.first.name)


def _consult(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    visit.go(CONSULTATION.name)


def _begin_consultation(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    begin_with(visit, Draft({RESPONDENT: "nurse"}))


def _ask_after(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    """Ask about signs after an injection, or leave them out again; what was answered about them stays and counts."""
    visit.change(lambda: _on_way(visit, after=not visit.draft.after))


def _back_to_now(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    st.session_state[visit.key(WHAT_IF)] = []


def _delete(visit: Visit, _journey: Journey, _step: JourneyStep, _: str) -> None:
    forget_code(visit)
    visit.delete()


def _name_country(visit: Visit, _journey: Journey, step: JourneyStep, _: str, *, country: Jurisdiction) -> None:
    """Keep the country that was chosen, and go to the next page."""
    visit.change(lambda: _in_country(visit, country))
    following = visit.journey().after(step.name, checking=visit.is_checking)
    visit.go(following.name, checking=visit.is_checking and following.name != CHECK)


def _in_country(visit: Visit, country: Jurisdiction) -> bool:
    visit.draft.country = country
    return True


#: on the form alone: nobody's draft yet, or a patient's
_FORM: Final[Needs] = {"nobody": None, "patient": None}
#: goes to another page, whatever is open; that page is authorised by itself
_TURNS: Final[Needs] = {**_FORM, "nurse": None, "record": None}
#: begins a consultation, from any page
_BEGINS: Final[Needs] = dict.fromkeys(_TURNS, "write a draft")
#: on the nurse's page
_FINDINGS: Final[Needs] = {"nurse": "write a draft", "record": "write a draft"}
#: deletes a draft; a record is never deleted by a button
_FORGETS: Final[Needs] = {**_FORM, "nurse": "write a draft"}

ACTIONS: Final[Mapping[str, Action]] = {
    **{country_name(country): Action(partial(_name_country, country=country), _FORM) for country in COUNTRIES},
    "continue": Action(_go_on, _FORM),
    "see-now": Action(_see_result, _FORM),
    "back": Action(_go_back, _TURNS),
    "return": Action(_go_back, _TURNS),
    "how": Action(_look_at_rules, _TURNS),
    "how-footer": Action(_look_at_rules, _TURNS),
    "begin": Action(_begin, _FORM),
    "begin-after": Action(_begin_after, _FORM),
    "resume": Action(_resume, _FORM),
    "come-back": Action(_come_back, _FORM),
    "change": Action(_change, _FORM),
    "consult": Action(_consult, _TURNS),
    "begin-consultation": Action(_begin_consultation, _BEGINS),
    "open-file": Action(open_file, _BEGINS),
    "open-link": Action(open_link, _BEGINS),
    "open-code": Action(open_code, _BEGINS),
    "make-code": Action(make_code, _FORM),
    "ask-after": Action(_ask_after, _FINDINGS),
    "what-if-reset": Action(_back_to_now, _FINDINGS),
    "delete": Action(_delete, _FORGETS),
}
