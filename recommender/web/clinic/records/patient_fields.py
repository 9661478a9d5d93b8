"""The fields of a patient's identity: name, day of birth and contact, for a new patient and for corrections."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.records.visits.patients import LONGEST_CONTACT, Identity, identity
from recommender.web.clinic import words as said
from recommender.web.clinic.ui.day_fields import TypedDay, day_field
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import read_birth

_NAMED: Final = ("name", "born", "contact")


class PatientFields:
    """The three fields on a page, whose keys end as ``which`` says; ``shown`` is who stands there to begin with."""

    def __init__(self, which: str, shown: Identity | None = None) -> None:
        self._keys = {name: f"{name}-{which}" for name in _NAMED}
        self._also = shown.also if shown else ()
        name, contact = (shown.name, shown.contact) if shown else ("", "")
        self._name = st.text_input(said.PATIENT_NAME, name, key=self._keys["name"], max_chars=200, autocomplete="off")
        born_on = shown.born_on if shown else None
        self._born: TypedDay = day_field(said.PATIENT_BORN, self._keys["born"], read_birth, value=born_on)
        key = self._keys["contact"]
        self._contact = st.text_input(said.PATIENT_CONTACT, contact, key=key, max_chars=LONGEST_CONTACT, autocomplete="off")

    def typed(self) -> Identity | None:
        """Who stands there, or None, with what is wrong told at its field."""
        if self._born.problem:
            show_error(said.BORN_WRONG.format(why=self._born.problem), field=self._keys["born"])
            return None
        try:
            return identity(self._name, self._born.day, self._contact, also=self._also)
        except RecommenderError as error:
            self.refused(error)
            return None

    def refused(self, error: RecommenderError) -> None:
        """Show why it is not saved: at the field that a problem names, else above all fields."""
        names = {"name": ("name", said.PATIENT_NAME), "born_on": ("born", said.PATIENT_BORN)}
        names["contact"] = ("contact", said.PATIENT_CONTACT)
        for problem in error.problems:
            field, label = names.get(problem.where, ("", ""))
            text = said.NAME_MISSING if field == "name" and not self._name.strip() else f"{label}: {problem.message}."
            show_error(text if field else str(problem), field=self._keys.get(field, ""))
