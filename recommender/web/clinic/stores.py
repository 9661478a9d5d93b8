"""The records as the pages use them, opened once for all of them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from recommender.documents.staff import Staff
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import clinic_time
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.provider_sign_ins import ProviderSignIns
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain.ages import age_at_visit
from recommender.records.domain.known import Known, PastVisit, known
from recommender.records.opening import open_records
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.lots import Lots
from recommender.records.visits.patients import Patients


@st.cache_resource(show_spinner=False)
def record_store() -> RecordStore:
    """The records of this installation; raises RecordsError where they cannot be opened."""
    return open_records()


@st.cache_resource(show_spinner=False)
def _passwords() -> Passwords:
    return Passwords()


def accounts() -> Accounts:
    """Who may sign in."""
    return Accounts(record_store(), _passwords())


def sign_ins() -> SignIns:
    """Who is signed in."""
    return SignIns(record_store(), _passwords())


def provider_sign_ins() -> ProviderSignIns:
    """Who has come from the clinic's own provider."""
    return ProviderSignIns(record_store())


def patients() -> Patients:
    """Who is treated."""
    return Patients(record_store())


def age_of(kept: Kept, *, by: Staff) -> int | None:
    """The age of a record's patient at the visit, as the day of birth gives it; None where that is not known."""
    return age_at_visit(patients().get(kept.patient_id, by=by).identity.born_on, kept.begun_at, kept.consultation)


def known_of_patient(patient: str, rules: RuleBase, *, on: date, by: Staff, but: str = "") -> Known:
    """What the signed visits of a patient know on a day; ``but`` is the id of the visit in hand."""
    found = (one for one in consultations().of_patient(patient, by=by) if one.id != but)
    visits = (PastVisit(one.consultation.injected_on or day_of(one), one.consultation) for one in found)
    return known(visits, rules.voice("nurse", rules.jurisdiction).reference.questions, on)


def known_of_record(kept: Kept, rules: RuleBase, *, by: Staff) -> Known:
    """What the patient's other signed visits know on the day of this one."""
    return known_of_patient(kept.patient_id, rules, on=day_of(kept), by=by, but=kept.id)


def day_of(kept: Kept) -> date:
    """The day at the clinic on which a visit was begun."""
    return clinic_time.local(kept.begun_at).date()


def consultations() -> Consultations:
    """The records of visits."""
    return Consultations(record_store())


def lots() -> Lots:
    """The clinic's own products with their lots."""
    return Lots(record_store())
