"""Settings of an installation, read from its environment: data folder, database, time zone, the clinic and its own forms."""

from __future__ import annotations

import os
import tempfile
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Final

from recommender.documents.clinic import Clinic
from recommender.documents.problems import Problem
from recommender.knowledge.clinic_file import read_clinic
from recommender.knowledge.consent_forms import OwnForm, read_own_forms
from recommender.languages import clinic_time
from recommender.records.errors import RecordsError
from recommender.records.storage.failures import storage_errors

CLINIC: Final = "RECOMMENDER_CLINIC"
FORMS: Final = "RECOMMENDER_CONSENT_FORMS"


def data_folder() -> Path:
    """The data folder: ``RECOMMENDER_DATA``, or ``var`` in the working directory."""
    return Path(os.environ.get("RECOMMENDER_DATA") or "var")


def refuse_unusable_folder() -> None:
    """Raise StorageError where nothing can be written to the data folder; it is created where it is missing."""
    folder = data_folder()
    with storage_errors(f"RECOMMENDER_DATA: {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def database_url() -> str:
    """The database: ``DATABASE_URL``, or a SQLite file in the data folder, which is created."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    file = data_folder() / "records.sqlite"
    with storage_errors(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
    return f"sqlite:///{file}"


def clinic_zone() -> tzinfo:
    """The time zone of the clinic; raises RecordsError where the setting names none."""
    try:
        return clinic_time.zone()
    except clinic_time.NoZone as given:
        named = str(given)[:60]
        found = f"names no time zone: {named!r}" if named else "is missing, and this machine does not say its own"
        raise RecordsError([Problem(clinic_time.ZONE_VARIABLE, found, ("Europe/Madrid", "Australia/Sydney", "UTC"))]) from None


def clinic() -> Clinic | None:
    """The clinic as the file in ``RECOMMENDER_CLINIC`` describes it; None where none is named. Raises RecommenderError."""
    named = os.environ.get(CLINIC)
    return _clinic_in(Path(named)) if named else None


def own_forms() -> tuple[OwnForm, ...]:
    """The clinic's own consent forms, of the folder in ``RECOMMENDER_CONSENT_FORMS``. Raises RecommenderError."""
    named = os.environ.get(FORMS)
    return _forms_in(Path(named)) if named else ()


@cache
def _clinic_in(path: Path) -> Clinic:
    return read_clinic(path)


@cache
def _forms_in(path: Path) -> tuple[OwnForm, ...]:
    return read_own_forms(path)
