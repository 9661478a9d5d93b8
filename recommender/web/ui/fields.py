"""Questions as fields: each shows what the draft holds, and says what it means and why it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final

import streamlit as st

from recommender.documents.answer_path import AGE, AnswerPath
from recommender.documents.vocabulary import Area, Kind
from recommender.export.formats.html import with_calls
from recommender.knowledge.reference import Questions, QuestionWords
from recommender.web import words
from recommender.web.state.draft import MOST, UNSURE, choices
from recommender.web.state.form_errors import errors
from recommender.web.state.session import Visit

#: ASCII characters with a meaning in Markdown, except in ordinary names: a hyphen or a full stop after a letter
_MARKS: Final = re.compile(r"(?<![^\W\d_])[-.]|[!\"#$%&()*+/:;<=>?@\[\\\]^_`{|}~]")
_FOUND_LATER: Final = re.compile(r":(?=[\w+/-])|@(?=\S)|(?i:www)(?=\.)|[-<>~=](?=[-<>=])")
_NO_WIDTH: Final = "\N{WORD JOINER}"
#: the key of the boxes for what is seen at a place
SEEN: Final = "kinds-seen"
#: the prefix of the keys of parts that name people (``components/page_effects``)
_PEOPLE: Final = "people"
MOST_DIGITS: Final = 6


def css_name(key: str) -> str:
    """The class that Streamlit gives to the field of a key."""
    return "".join(character if character.isalnum() or character in "-_" else "-" for character in key)


def answer_of(key: str) -> AnswerPath:
    """The answer that a key of the draft stands for."""
    found = AnswerPath.of_key(key)
    assert found is not None
    return found


def question_words(questions: Questions, key: str) -> QuestionWords:
    """The wording behind a key of the draft."""
    found = questions.about(answer_of(key))
    assert found is not None
    return found


def kind_of(key: str) -> Kind:
    """The kind of thing seen that a detail's key is about."""
    seen = answer_of(key).seen
    assert seen is not None
    return seen.kind


def answer_label(questions: Questions, key: str, value: Any) -> str:
    """An answer as the person reads it."""
    if key in words.NUMBERS:
        return str(value)
    own = question_words(questions, key).answers
    return own.get(value) or questions.answers.get(value) or str(value)


def plain(text: str) -> str:
    """Typed text escaped for where Streamlit reads Markdown: titles, headings, and labels of widgets.

    Streamlit also turns addresses, icon names and arrows into something else after Markdown: a word joiner keeps their parts
    apart.
    """
    line = " ".join(text.split())
    apart = _FOUND_LATER.sub(lambda found: found[0] + _NO_WIDTH, line)
    return _MARKS.sub(r"\\\g<0>", apart)


def note(text: str, *, kind: str = "hint", name: str = "", people: Iterable[str] = ()) -> None:
    """A short text styled as a hint, a legend or an error, with an id that a field can refer to.

    The names of ``people`` in it are not translated by a browser.
    """
    st.html(note_html(text, kind=kind, name=name, people=people))


def note_html(text: str, *, kind: str = "hint", name: str = "", people: Iterable[str] = ()) -> str:
    """The same as HTML."""
    mark = f' id="{escape(name)}"' if name else ""
    return f'<div class="{kind}"{mark}>{_with_people(text, people)}</div>'


def by_pointer_html(pointed: str, touched: str, *, kind: str) -> str:
    """A text for those who point at things, and another for those who touch them: one of the two is shown."""
    return f'<div class="{kind} pointed">{escape(pointed)}</div><div class="{kind} touched">{escape(touched)}</div>'


def person_html(name: str) -> str:
    """A person's name: with its own writing direction, and not translated by browsers."""
    return f'<bdi translate="no">{escape(name)}</bdi>'


def _with_people(text: str, people: Iterable[str]) -> str:
    names = sorted({one for one in people if one}, key=len, reverse=True)
    if not names:
        return escape(text)
    parts = re.split(f"({'|'.join(map(re.escape, names))})", text)
    return "".join(person_html(part) if part in names else escape(part) for part in parts)


@contextmanager
def of_people(name: str) -> Iterator[None]:
    """A part of the page whose headings, buttons and choices name people: browsers do not translate it."""
    with st.container(key=f"{_PEOPLE}-{name}"):
        yield


def tab_title(page: str) -> str:
    """The title of the browser's tab."""
    return f"{page} – {words.PRODUCT}"


def points(lines: Iterable[str], *, people: Iterable[str] = ()) -> None:
    """Short lines of equal standing; the names of ``people`` in them are not translated by a browser."""
    st.html(points_html(lines, people=tuple(people)))


def points_html(lines: Iterable[str], *, people: Iterable[str] = ()) -> str:
    """The same as HTML."""
    return f"<ul class='points'>{''.join(f'<li>{_with_people(line, people)}</li>' for line in lines)}</ul>"


def call_html(number: str, *, said: str = "") -> str:
    """A call for help, with the number to press, or every number where the country is not known."""
    linked = with_calls(number)
    now = words.CALL_NOW if said else words.CALL
    alert = ' role="alert"' if said else ""
    return f'<div class="call"{alert}>{f"{escape(said)} " if said else ""}{now.format(number=linked)}</div>'


def explained(said: QuestionWords, key: str, *, test: tuple[str, ...]) -> None:
    """The question, what it means, and how to find out."""
    help_text = f'<div class="hint" id="{css_name(key)}-hint">{escape(said.help)}</div>' if said.help else ""
    steps = "".join(f"<li>{escape(step)}</li>" for step in test)
    how = f'<div class="test"><p class="lead">{words.HOW}</p><ol>{steps}</ol></div>' if steps else ""
    st.html(f'<div class="question"><p class="ask">{escape(said.ask)}</p>{help_text}{how}</div>')


def why(said: str | None) -> None:
    """Why it is asked, folded away."""
    if said:
        st.html(why_html(said))


def why_html(said: str) -> str:
    """The same as HTML."""
    return f'<details class="why"><summary>{words.WHY}</summary><p>{escape(said)}</p></details>'


def choice(visit: Visit, key: str) -> None:
    """One question with its answers; none is chosen beforehand."""
    questions = visit.voice.reference.questions
    said = question_words(questions, key)
    options, chosen = choices(key), visit.draft.get(key)
    st.radio(
        said.ask,
        options,
        index=options.index(chosen) if chosen in options else None,
        format_func=lambda value: answer_label(questions, key, value),
        key=key,
        horizontal=set(options) == {"yes", "no", UNSURE},
        label_visibility="collapsed",
    )


def number(visit: Visit, key: str) -> None:
    """A whole number, typed."""
    label, kept = words.NUMBERS[key][0], visit.draft.get(key)
    if key in errors():
        note(f"{words.ERROR}: {errors()[key]}", kind="error", name=f"{css_name(key)}-error")
    st.text_input(label, "" if kept is None else str(kept), key=key, max_chars=MOST_DIGITS, width=160)


def several(visit: Visit, area: Area, kinds: tuple[Kind, ...]) -> None:
    """What is seen at a place: as many as fit."""
    questions = visit.voice.reference.questions
    chosen = visit.draft.kinds(area)
    with st.container(key=SEEN, gap="small"):
        for kind in kinds:
            st.checkbox(questions.kinds[kind].label, kind in chosen, key=seen_key(area, kind), width="stretch")


def seen_key(area: Area, kind: Kind) -> str:
    """The key of the box for one kind of thing seen at a place."""
    return f"seen.{area}.{kind}"


def effects_of(key: str, *, described: bool) -> dict[str, Any]:
    """What links a field to its hint and its error."""
    name = css_name(key)
    wrong = key in errors()
    refers = [f"{name}-error"] * wrong + [f"{name}-hint"] * described
    return {"key": name, "described": " ".join(refers), "invalid": wrong, "numeric": key in words.NUMBERS}


def group_of(key: str, name: str, *, role: str = "group") -> dict[str, Any]:
    """What makes a container a group with a name."""
    return {"key": css_name(key), "role": role, "name": name}


def current_of(key: str, *, current: bool) -> dict[str, Any]:
    """Whether a button stands for the current page."""
    return {"key": css_name(key), "current": current}


def typed_number(key: str) -> tuple[str, int | None]:
    """The text in a number's field, and its number, if it is one."""
    text = str(st.session_state.get(key) or "")[: MOST_DIGITS + 1].strip()
    return text, int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def is_no_age(key: str, number: int | None) -> bool:
    """Whether a number stands where an age is asked for, and nobody who answers has it."""
    return key == AGE and number is not None and not 1 <= number <= MOST[AGE]


def looks_like_a_year(key: str, number: int | None) -> bool:
    """Whether a year stands where an age is asked for."""
    return key == AGE and number is not None and 1900 <= number <= 2100
