"""The visitor's language: as chosen, as the draft says, or as the browser asks. The address may name it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import streamlit as st

from recommender.documents.problems import Problem, RecommenderError, nearest
from recommender.languages import OWN_NAMES, SHIPPED, SOURCE, is_known
from recommender.languages.speaking import PSEUDO

LANGUAGE: Final = "lang"
SETTING: Final = "RECOMMENDER_LANGUAGES"
_LATE: Final = "language-late"


def offered() -> tuple[str, ...]:
    """The languages that this installation offers, as its setting says (default: all).

    Raises RecommenderError where the setting names one that does not exist, or none.
    """
    named = os.environ.get(SETTING)
    if named is None:
        return SHIPPED
    languages = tuple(dict.fromkeys(part.strip() for part in named.split(",") if part.strip()))
    wrong = [language for language in languages if not is_known(language)]
    if wrong or not languages:
        found = wrong[0] if wrong else named
        raise RecommenderError([Problem(SETTING, f"'{found}' is no language", SHIPPED, nearest(found, SHIPPED))])
    return languages


def own_name(language: str) -> str:
    """What a language calls itself."""
    return OWN_NAMES.get(language, language)


def preferred(accepted: str) -> str:
    """The first offered language that a browser asks for (``Accept-Language``); else the first that is offered."""
    ours = {language.lower(): language for language in offered()}
    for asked in _by_preference(accepted):
        found = ours.get(asked) or ours.get(asked.partition("-")[0])
        if found:
            return found
    return SOURCE if SOURCE in ours else offered()[0]


def _by_preference(accepted: str) -> Iterator[str]:
    weighed = []
    for place, part in enumerate(accepted[:1000].lower().split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, name.strip()))
        except ValueError:
            continue
    yield from (name for weight, _, name in sorted(weighed) if weight < 0 and name)


def key_of(language: str) -> str:
    """The key of a language's button."""
    return f"language-{language}"


def chosen_by_button() -> str:
    """The language whose button was just pressed; empty where none was."""
    late = st.session_state.pop(_LATE, "")
    pressed = next((language for language in offered() if st.session_state.get(key_of(language))), "")
    return pressed or late


def named() -> str:
    """The language that the address names; empty where it names none that is offered."""
    return _offered_as(st.query_params.get(LANGUAGE, ""))


def _offered_as(given: str) -> str:
    return given if given in offered() else ""


def chosen(given: str, accepted: str) -> str:
    """The language that an address names, if it is offered, else the one that the browser asks for."""
    return _offered_as(given) or preferred(accepted)


def query_params() -> dict[str, str]:
    """The query parameters that keep the language from page to page."""
    return {LANGUAGE: named()} if named() else {}


def link_suffix() -> str:
    """The same as the end of a written link."""
    return f"&{LANGUAGE}={named()}" if named() else ""


def browser_language() -> str:
    """The language that the visitor's browser asks for."""
    return preferred(st.context.headers.get("Accept-Language", "") or "")


def language_switch(language: str) -> None:
    """Every language by its own name, the one now spoken as text, the others as buttons; nothing where there is one alone."""
    languages = offered()
    if len(languages) < 2:
        return
    with st.container(key="languages", horizontal=True, gap="small"):
        for one in languages:
            if one == language:
                st.html(f'<span class="language" lang="{lang_attribute(one)}" aria-current="true">{own_name(one)}</span>')
            elif st.button(own_name(one), key=key_of(one), type="tertiary"):
                st.session_state[_LATE] = one  # after a restart of the server this session did not know the button
                st.rerun()


def lang_attribute(language: str) -> str:
    """The ``lang`` attribute of a language."""
    return SOURCE if language == PSEUDO else language
