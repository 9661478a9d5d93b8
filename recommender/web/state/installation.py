"""What all visitors share: the rules in force, the installation's country, and the stores."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from typing import Final

import streamlit as st

from recommender import load_rules
from recommender.documents.problems import RecommenderError, unknown_word
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import clinic_time
from recommender.records.handover.store import HandoverStore, are_on, days_kept
from recommender.records.storage.settings import data_folder
from recommender.web.state.draft_store import DraftStore

_SETTING: Final = "RECOMMENDER_JURISDICTION"
SHARED_VARIABLE: Final = "RECOMMENDER_SHARED_DEVICE"


@lru_cache(maxsize=2)  # Streamlit's cache would take 1 % of each rerun
def _rules_on(day: date, jurisdiction: Jurisdiction) -> RuleBase:
    return load_rules(on=day, jurisdiction=jurisdiction)


@st.cache_resource(show_spinner=False)
def draft_store() -> DraftStore:
    """The drafts of a day."""
    return DraftStore(data_folder() / "drafts.sqlite")


@st.cache_resource(show_spinner=False)
def handover_store() -> HandoverStore:
    """What patients left under a code; asked for only where the installation offers codes."""
    return HandoverStore(data_folder() / "handovers.sqlite", days=days_kept())


def delete_expired() -> None:
    """Delete the drafts and the handed-over answers that have expired."""
    draft_store().sweep()
    if are_on():
        handover_store().sweep()


def rules() -> RuleBase:
    """The rules in force today, shared by everybody (never a used engine)."""
    return _rules_on(clinic_time.today(), own_country() or "other")


def own_country() -> Jurisdiction | None:
    """The installation's country, from its setting; None where each patient is asked.

    Raises RecommenderError where the setting names none that is known.
    """
    named = os.environ.get(_SETTING)
    if named and named not in JURISDICTIONS:
        raise RecommenderError([unknown_word(_SETTING, "country", named, JURISDICTIONS)])
    return named or None


def is_shared() -> bool:
    """Whether the form is filled in on shared devices: only where ``RECOMMENDER_SHARED_DEVICE`` is 1."""
    return os.environ.get(SHARED_VARIABLE) == "1"
