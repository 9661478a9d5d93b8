"""Settings of an installation, read from its environment: data folder, database, time zone."""

from __future__ import annotations

import os
import tempfile
from datetime import tzinfo
from pathlib import Path

from recommender.documents.problems import Problem
from recommender.languages import clinic_time
from recommender.records.errors import RecordsError
from recommender.records.storage.failures import storage_errors


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
