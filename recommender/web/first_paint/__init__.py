"""The first paint: the start page and the first question as plain HTML, shown before Streamlit's scripts are loaded.

What is pressed and typed on it is repeated on Streamlit's page as soon as that is ready (``first_paint.js``). It decides and
keeps nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from string import Template
from typing import Final

from recommender.documents.answer_path import AGE
from recommender.export.labels import COUNTRIES
from recommender.knowledge.reference import Questions
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import speaking, spoken
from recommender.web import page_head, words
from recommender.web.about import words as about_words
from recommender.web.actions import country_name
from recommender.web.assets import asset, script
from recommender.web.consultation import words as consultation_words
from recommender.web.patient.progress import before_the_age
from recommender.web.patient.start_page import changed_at, face_html, start_title
from recommender.web.state import languages
from recommender.web.state.device import LeftOff
from recommender.web.ui import fields

SCRIPT: Final = script(__file__, "first_paint.js")
_PAGE: Final = Template(asset(__file__, "first_paint.html"))
_BEGIN: Final = "begin-start"


def first_paint_html(rules: RuleBase, language: str, *, asks_country: bool = False) -> str:
    """The first paint in a language; ``SCRIPT`` comes after Streamlit's root. Each button names its Streamlit button.

    With ``asks_country`` the first question is where the person is, and not the age.
    """
    with speaking(language):
        return _html(rules.in_language(language), language, asks_country=asks_country)


def with_left_off(page: str, left_off: LeftOff, language: str) -> str:
    """A page with the first paint, and on it the way back to the answers that were begun: for one visitor alone."""
    with speaking(language):
        ways = _button("come-back-start", words.START_ON, look="main") + _button(_BEGIN, words.START_ANEW)
        told = fields.note_html(changed_at(left_off))
        return page.replace(_button(_BEGIN, words.START_NOW, look="main"), f'<div class="ways">{ways}</div>{told}', 1)


def _html(rules: RuleBase, language: str, *, asks_country: bool) -> str:
    reference = rules.voice("patient", rules.jurisdiction).reference
    number = reference.wording.emergency_number.of(rules.jurisdiction)
    title, asked = _country(number) if asks_country else _age(reference.questions)
    return _PAGE.substitute(
        lang=languages.lang_attribute(language),
        needs_script=fields.note_html(words.NEEDS_SCRIPT, kind="failed"),
        wait=escape(words.WAIT),
        wait_long=escape(words.WAIT_LONG),
        languages="".join(_languages(language)),
        brand=page_head.brand_html(),
        phase=page_head.phase_html(whole=True),
        phase_later=page_head.phase_html(whole=False),
        tab=escape(fields.tab_title(start_title(reference))),
        title=escape(start_title(reference)),
        lead=fields.note_html(words.START_LEAD, kind="intro") + face_html(),
        begin=_button(_BEGIN, words.START_NOW, look="main"),
        worried=f"<h2>{escape(words.AFTER_TITLE)}</h2>"
        + fields.note_html(words.AFTER_LEAD, kind="plain")
        + fields.call_html(number)
        + _button("begin-after-start", words.AFTER_NOW),
        points=fields.points_html(words.START_POINTS),
        beside=_button("consult-start", consultation_words.LINK, look="quiet"),
        how=_button("how-footer-start", about_words.TITLE, look="quiet"),
        back=escape(words.BACK),
        part=fields.note_html(before_the_age(rules, 1), kind="part"),
        asked_tab=escape(fields.tab_title(title)),
        asked=escape(title),
        question=asked,
    )


def _age(questions: Questions) -> tuple[str, str]:
    """The title of the page that asks for the age, and what it asks."""
    group = next(group for group in questions.groups if AGE in group.questions)
    said = questions.questions[AGE]
    field = '<input type="text" inputmode="numeric" maxlength="6" autocomplete="off" aria-describedby="opening-hint">'
    return group.title, (
        fields.note_html(said.help or "", name="opening-hint")
        + f"<label>{escape(words.NUMBERS[AGE][0])}{field}</label>"
        + (fields.why_html(said.why) if said.why else "")
        + f'<button type="button" class="main" data-on>{escape(words.CONTINUE)}</button>'
    )


def _country(number: str) -> tuple[str, str]:
    """The title of the page that asks for the country, and a button for each."""
    named = (_button(f"{country_name(country)}-country", name, look="wide") for country, name in spoken(COUNTRIES).items())
    lead = fields.note_html(words.COUNTRY_LEAD, kind="intro")
    return words.COUNTRY_TITLE, f'{lead}<div class="countries">{"".join(named)}</div>{fields.call_html(number)}'


def _languages(language: str) -> Iterator[str]:
    offered = languages.offered()
    for one in offered if len(offered) > 1 else ():
        name, spoken = escape(languages.own_name(one)), languages.lang_attribute(one)
        if one == language:
            yield f'<span class="language" lang="{spoken}" aria-current="true">{name}</span>'
        else:
            yield _button(languages.key_of(one), languages.own_name(one), look="quiet", lang=spoken)


def _button(key: str, label: str, *, look: str = "", lang: str = "") -> str:
    said = f' lang="{lang}"' if lang else ""
    return f'<button type="button" class="{look}" data-for="{key}"{said}>{escape(label)}</button>'
