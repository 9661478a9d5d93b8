"""Groups of statements to tick. Underneath each is an answer of three values: a thing that was not denied is not answered.

What was pressed is told from what a box showed: a box that is drawn anew, or for another thing, answers nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.knowledge.reference import QuestionGroup, Questions
from recommender.web import words
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.draft import UNSURE, Draft
from recommender.web.state.form_errors import errors
from recommender.web.state.session import Visit
from recommender.web.ui import fields

YES: Final = "yes"
NO: Final = "no"
_DRAWN: Final = "ticks-drawn"
_TURNS: Final = "ticks-turns"


class _Drawn(NamedTuple):
    """What a page showed: of each box whether it was ticked, and of each group the questions."""

    step: str
    boxes: dict[str, bool]
    groups: dict[str, tuple[str, ...]]


def tick_key(key: str) -> str:
    """The key of the box that says yes to a question."""
    return f"tick.{key}"


def doubt_key(key: str) -> str:
    """The key of the box that says "I don't know" to a question."""
    return f"doubt.{key}"


def doubts_key(group: str) -> str:
    """The key of the box that opens those for what somebody does not know."""
    return f"doubts.{group}"


def none_key(group: str) -> str:
    """The key of the box that denies the rest of a group: a new one each time that an earlier press is not to count again."""
    turn = st.session_state.get(_TURNS, {}).get(group, 0)
    return f"none.{group}" + (f".{turn}" if turn else "")


def told(draft: Draft, step: JourneyStep) -> dict[str, Any]:
    """Key → the answer that the boxes pressed since they were drawn give it; None takes an answer back."""
    drawn: _Drawn | None = st.session_state.get(_DRAWN)
    if drawn is None or drawn.step != step.name:
        return {}
    now = {box: st.session_state.get(box, was) for box, was in drawn.boxes.items()}
    pressed = {box: ticked for box, ticked in now.items() if ticked != drawn.boxes[box]}
    given: dict[str, Any] = {}
    for group, keys in drawn.groups.items():
        given |= _given(group, {key: draft.get(key) for key in keys}, pressed)
    return {key: answer for key, answer in given.items() if answer != draft.get(key)}


def _given(group: str, answers: dict[str, Any], pressed: Mapping[str, bool]) -> dict[str, Any]:
    for key, before in tuple(answers.items()):
        for box, answer in ((tick_key(key), YES), (doubt_key(key), UNSURE)):
            if pressed.get(box):
                answers[key] = answer
            elif box in pressed and before == answer:
                answers[key] = None
    if pressed.get(doubts_key(group)) is False:
        answers = {key: None if answer == UNSURE else answer for key, answer in answers.items()}
    denies = pressed.get(none_key(group))
    if denies:
        return {key: answer if answer in (YES, UNSURE) else NO for key, answer in answers.items()}
    if denies is False:
        return {key: None if answer == NO else answer for key, answer in answers.items()}
    return answers


def groups_asked(step: JourneyStep, keys: tuple[str, ...]) -> Iterator[tuple[QuestionGroup, tuple[str, ...]]]:
    """The groups of a page that ask something now, each with its questions."""
    for group in step.groups:
        asked = tuple(key for key in group.questions if key in keys)
        if asked:
            yield group, asked


def left_open(journey: Journey, step: JourneyStep, draft: Draft) -> dict[str, tuple[str, ...]]:
    """Group → what of it is not answered, and was not left open before on purpose."""
    unseen = (key for key in journey.keys(step) if draft.get(key) is None and key not in draft.shown)
    ticked = groups_asked(step, tuple(unseen))
    return {group.id: keys for group, keys in ticked if group.none is not None}


def ask_once(questions: Questions, step: JourneyStep, left: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What is asked once about groups that were not finished, by the key of the box that would finish each."""
    titles = {group.id: group.title for group in step.groups}
    return {
        none_key(group): words.LEFT_OPEN.format(group=_sentence(titles[group]), things="; ".join(said_to_tick(questions, keys)))
        for group, keys in left.items()
    }


def _sentence(title: str) -> str:
    return title if title.endswith("?") else f"{title}."


def said_to_tick(questions: Questions, keys: tuple[str, ...]) -> list[str]:
    """The statements of questions."""
    return [str(fields.question_words(questions, key).tick) for key in keys]


def begin(step: JourneyStep) -> None:
    """Begin to draw a page: nothing of it is shown yet."""
    st.session_state[_DRAWN] = _Drawn(step.name, {}, {})


def tick_group(visit: Visit, group: QuestionGroup, keys: tuple[str, ...], *, alone: bool) -> dict[str, Any]:
    """Draw a group; what makes it a group for those who do not see it. One that is alone has its title above it already."""
    drawn: _Drawn = st.session_state[_DRAWN]
    one = _Group(visit, group, keys)
    name = f"group-{group.id}"
    with st.container(key=name, gap="xsmall"):
        if not alone:
            st.header(group.title, anchor=False)
        if group.intro:
            fields.note(group.intro, kind="intro" if alone else "hint")
        if alone:
            fields.note(words.TICK_NOTE)
        for key, said in one.said(keys):
            mark = {NO: words.MARK_NO, UNSURE: words.MARK_UNSURE}.get(str(one.answers[key]), "")
            _box(drawn, tick_key(key), said, ticked=key not in one.rest, mark=mark)
        if one.rest:
            _end_of_group(drawn, one)
        st.html(_meanings(visit.voice.reference.questions, keys))
    drawn.groups[group.id] = keys
    return fields.group_of(name, group.title)


class _Group:
    """A group as it is drawn: what of it is ticked, what is denied and what somebody does not know."""

    def __init__(self, visit: Visit, group: QuestionGroup, keys: tuple[str, ...]) -> None:
        self._questions = visit.voice.reference.questions
        self.id = group.id
        self.answers = {key: visit.draft.get(key) for key in keys}
        self.rest = tuple(key for key, answer in self.answers.items() if answer != YES)
        self.unknown = tuple(key for key in self.rest if self.answers[key] == UNSURE)
        known = len(self.rest) - len(self.unknown)
        self.can_be_denied = known > 0
        self.is_denied = 0 < [*self.answers.values()].count(NO) == known
        self.none = str(group.none) if known == len(keys) else words.NONE_OF_OTHERS

    def said(self, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Each question with its statement."""
        return zip(keys, said_to_tick(self._questions, keys), strict=True)


def _end_of_group(drawn: _Drawn, group: _Group) -> None:
    """What denies the rest of a group, and what says of which things somebody does not know."""
    if st.session_state.get(none_key(group.id)) and not group.is_denied:
        turns = st.session_state.setdefault(_TURNS, {})
        turns[group.id] = turns.get(group.id, 0) + 1
    left = tuple(key for key in group.rest if group.answers[key] is None)
    if left and none_key(group.id) in errors():
        fields.note(words.LEFT_ASK.format(things="; ".join(said for _, said in group.said(left))), kind="asked")
    if group.can_be_denied:
        _box(drawn, none_key(group.id), group.none, ticked=group.is_denied)
    if _box(drawn, doubts_key(group.id), words.DOUBTS, ticked=bool(group.unknown), stays=True):
        with st.container(key=f"unknown-{group.id}", gap="xsmall"):
            for key, said in group.said(group.rest):
                _box(drawn, doubt_key(key), words.DOUBT.format(thing=said), ticked=key in group.unknown)


def _box(drawn: _Drawn, key: str, said: str, *, ticked: bool, mark: str = "", stays: bool = False) -> bool:
    """A box that shows what the draft holds, whatever it showed before; with ``stays`` one that was ticked stays so."""
    shown = ticked or (stays and bool(st.session_state.get(key)))
    if key in st.session_state and st.session_state[key] != shown:
        st.session_state[key] = shown
    label = f"{said} – {mark}" if mark else said
    held = st.checkbox(label, False if key in st.session_state else shown, key=key, width="stretch")
    drawn.boxes[key] = shown
    return held


def _meanings(questions: Questions, keys: tuple[str, ...]) -> str:
    """What each thing of a group means and why it is asked, folded away."""
    said = [fields.question_words(questions, key) for key in keys]
    terms = (
        f"<dt>{escape(str(one.tick))}</dt>" + "".join(f"<dd>{escape(text)}</dd>" for text in (one.help, one.why) if text)
        for one in said
    )
    return f'<details class="why"><summary>{escape(words.MEANINGS)}</summary><dl>{"".join(terms)}</dl></details>'
