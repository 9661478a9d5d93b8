"""How this works: the page that shows every rule and every source, with or without answers."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.rulebase import RuleBase
from recommender.web.about import words as about_words
from recommender.web.about.html import AboutHtml
from recommender.web.components.rule_browser import rule_browser
from recommender.web.state.session import Visit
from recommender.web.ui import fields


@lru_cache(maxsize=16)  # languages by countries; each takes some 100 kB
def written(rules: RuleBase, jurisdiction: Jurisdiction) -> str:
    """The page of a rule base for a country, written once."""
    return AboutHtml(rules, rules.voice("patient", jurisdiction)).text()


def about_page(visit: Visit) -> None:
    """Nothing on it depends on an answer."""
    st.title(about_words.TITLE, anchor=False)
    fields.note(about_words.LEAD, kind="intro")
    rule_browser(written(visit.rules, visit.jurisdiction), key="how")
