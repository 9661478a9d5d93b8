"""The opening: the start page and the first question as plain HTML, there before Streamlit's scripts have come.

What is pressed and typed on it is pressed and typed on Streamlit's own page as soon as that stands (``opening.js``): the
opening itself decides and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from string import Template
from typing import Final

from recommender.knowledge.rulebase import RuleBase
from recommender.languages import speaking
from recommender.web import consultation_words, fields, how_words, languages, words
from recommender.web.components import asset
from recommender.web.draft import AGE

SCRIPT: Final = asset("opening.js")
_PAGE: Final = Template(asset("opening.html"))
_BEGIN: Final = "begin-start"


def opening_html(rules: RuleBase, language: str) -> str:
    """The opening in a language; ``SCRIPT`` comes behind Streamlit's root. Each button names the one for which it stands."""
    with speaking(language):
        return _html(rules.in_language(language), language)


def _html(rules: RuleBase, language: str) -> str:
    reference = rules.voice("patient", rules.jurisdiction).reference
    group = next(group for group in reference.questions.groups if AGE in group.questions)
    question = reference.questions.questions[AGE]
    return _PAGE.substitute(
        lang=languages.spoken_as(language),
        needs_script=fields.note_html(words.NEEDS_SCRIPT, kind="failed"),
        wait=escape(words.WAIT),
        wait_long=escape(words.WAIT_LONG),
        languages="".join(_languages(language)),
        phase=fields.phase_html(),
        tab=escape(fields.tab_title(words.TAB_TITLES["start"])),
        title=escape(words.START_TITLE),
        lead=fields.note_html(words.START_LEAD, kind="intro") + fields.note_html(words.START_FOR),
        begin=_button(_BEGIN, words.START_NOW, look="main"),
        worried=f"<h2>{escape(words.AFTER_TITLE)}</h2>"
        + fields.note_html(words.AFTER_LEAD, kind="plain")
        + fields.call_html(reference.wording.emergency_number[rules.jurisdiction])
        + _button("begin-after-start", words.AFTER_NOW),
        expect=f"<h2>{escape(words.START_EXPECT)}</h2>" + fields.points_html(words.START_POINTS),
        beside=_button("how-start", how_words.OPEN, look="quiet")
        + _button("consult-start", consultation_words.LINK, look="quiet"),
        how=_button("how-footer-start", how_words.TITLE, look="quiet"),
        back=escape(words.BACK),
        part=fields.note_html(words.PARTS["you"], kind="part"),
        asked_tab=escape(fields.tab_title(group.title)),
        asked=escape(group.title),
        hint=fields.note_html(question.help or "", name="opening-hint"),
        label=escape(words.NUMBERS[AGE][0]),
        why=fields.why_html(question.why) if question.why else "",
        go_on=escape(words.CONTINUE),
    )


def _languages(language: str) -> Iterator[str]:
    offered = languages.offered()
    for one in offered if len(offered) > 1 else ():
        name, spoken = escape(languages.own_name(one)), languages.spoken_as(one)
        if one == language:
            yield f'<span class="language" lang="{spoken}" aria-current="true">{name}</span>'
        else:
            yield _button(languages.key_of(one), languages.own_name(one), look="quiet", lang=spoken)


def _button(key: str, label: str, *, look: str = "", lang: str = "") -> str:
    said = f' lang="{lang}"' if lang else ""
    return f'<button type="button" class="{look}" data-for="{key}"{said}>{escape(label)}</button>'
