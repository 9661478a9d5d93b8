"""Buttons, and what each does: at the start of the run in which it was pressed, before anything is drawn.

Not by Streamlit's callbacks: one that is overtaken by the next click is broken off half-way and never repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from recommender.web import fields, words
from recommender.web.collecting import FILE, LINK, begin_with, open_code, open_file, open_link
from recommender.web.consultation_components import text_opened
from recommender.web.draft import AGE, PLACES, RESPONDENT, Draft, kinds_key
from recommender.web.handing_over import forget_code, make_code
from recommender.web.journey import CHECK, CONSULTATION, HOW, START, Journey, Step
from recommender.web.session import Visit, report

Action = Callable[[Visit, Journey, Step, str], None]
ANSWERS: Final = "answers"
WHAT_IF: Final = "what-if"
_DONE: Final = "press-done"
_LATE: Final = "press-late"


def button(name: str, label: str, step: Step, **look: Any) -> None:
    """A button of ``ACTIONS`` on a page."""
    if st.button(label, key=_key(name, step), **look):
        late(name)


def late(name: str, argument: str = "") -> None:
    """A press that this session could not know at its start (the server was started again): do it in another run."""
    if st.session_state.get(_DONE) != (name, argument):
        st.session_state[_LATE] = (name, argument)
        st.rerun()


def act(visit: Visit, journey: Journey, step: Step) -> bool:
    """Do what was pressed on this page; whether anything was."""
    press = st.session_state.pop(_LATE, None) or _pressed(step)
    st.session_state[_DONE] = press
    if press is not None:
        ACTIONS[press[0]](visit, journey, step, press[1])
    return press is not None


def _pressed(step: Step) -> tuple[str, str] | None:
    changed = (st.session_state.get(ANSWERS) or {}).get("change")
    if isinstance(changed, str):
        return ("change", changed)
    for name, key in (("open-file", FILE), ("open-link", LINK)):
        opened = text_opened(key)
        if opened is not None:
            return (name, opened)
    return next(((name, "") for name in ACTIONS if st.session_state.get(_key(name, step))), None)


def _key(name: str, step: Step) -> str:
    return f"{name}-{step.name}"  # its own on each page: a double click does not turn two pages


def _go_on(visit: Visit, journey: Journey, step: Step, _: str) -> None:
    """Check what was typed, remember what was shown, and turn to the next page."""
    keys = journey.keys(step)
    wrong = {key: _why_wrong(key) for key in keys if key in words.NUMBERS and not _is_right(visit, key)}
    if wrong:
        report(step.name, wrong)
        return
    own = {"seen": kinds_key(step.area), "places": PLACES}.get(step.kind)
    visit.draft.shown.update(keys, [own] if own else [])
    visit.save()
    following = visit.journey().after(step.name, checking=visit.is_checking)
    visit.go(following.name, checking=visit.is_checking and following.name != CHECK)


def _why_wrong(key: str) -> str:
    is_year = fields.looks_like_a_year(key, fields.typed_number(key)[1])
    return words.AGE_YEAR if is_year else words.NUMBERS[key][1]


def _is_right(visit: Visit, key: str) -> bool:
    """A number may be left out, except the age: under age no further question may be asked."""
    text, value = fields.typed_number(key)
    return (value is not None and visit.draft.get(key) == value) if text else key != AGE


def _go_back(visit: Visit, journey: Journey, step: Step, _: str) -> None:
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


def _look_at_rules(visit: Visit, _journey: Journey, step: Step, _: str) -> None:
    visit.go(HOW.name, checking=visit.is_checking, came_from=step.name)


def _change(visit: Visit, _journey: Journey, _step: Step, name: str) -> None:
    visit.go(name, checking=True)


def _begin(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    _set_out(visit, after=False)


def _begin_after(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    _set_out(visit, after=True)


def _set_out(visit: Visit, *, after: bool) -> None:
    """Start a draft, or go on with the one there is, on one of the two ways."""
    visit.draft.after = after
    visit.save()
    visit.go(visit.journey().first.name)


def _resume(visit: Visit, journey: Journey, _step: Step, _: str) -> None:
    check = journey.at(CHECK)
    visit.go(check.name if check.kind == CHECK else journey.first.name)


def _consult(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    visit.go(CONSULTATION.name)


def _begin_consultation(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    begin_with(visit, Draft({RESPONDENT: "nurse"}))


def _ask_after(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    """Ask about signs after an injection, or leave them out again; what was answered about them stays and counts."""
    with visit.alone():
        visit.draft.after = not visit.draft.after
        visit.save()


def _back_to_now(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    st.session_state[visit.key(WHAT_IF)] = []


def _delete(visit: Visit, _journey: Journey, _step: Step, _: str) -> None:
    forget_code(visit)
    visit.delete()


ACTIONS: Final[Mapping[str, Action]] = {
    "continue": _go_on,
    "back": _go_back,
    "return": _go_back,
    "how": _look_at_rules,
    "how-footer": _look_at_rules,
    "begin": _begin,
    "begin-after": _begin_after,
    "resume": _resume,
    "change": _change,
    "consult": _consult,
    "begin-consultation": _begin_consultation,
    "open-file": open_file,
    "open-link": open_link,
    "open-code": open_code,
    "make-code": make_code,
    "ask-after": _ask_after,
    "what-if-reset": _back_to_now,
    "delete": _delete,
    "finish": _delete,
}
