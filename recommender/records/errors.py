"""Errors of the records.

RecommenderError
└── RecordsError            the records cannot be opened, read or changed
    ├── KeyProblem          a key is missing, does not fit or cannot be used
    ├── StorageError        the database or the disk fails; raised by ``storage_errors`` alone
    └── NotFound            there is no such record, patient or account
Conflict is in ``consultations.py``, PatientConflict and SamePatient in ``patients.py``, SignInRefused and WrongPassword in
``sign_ins.py``, NotAllowed in ``permissions.py``, Incomplete in ``workflow.py``.
"""

from __future__ import annotations

from recommender.documents.problems import Problem, RecommenderError


class RecordsError(RecommenderError):
    """The records cannot be opened, read or changed."""

    heading = "The records cannot be used"


class KeyProblem(RecordsError):  # noqa: N818
    """A key is missing, does not fit what was sealed, or cannot be used."""

    heading = "The key of the records cannot be used"


class StorageError(RecordsError):
    """The database or the disk cannot be used now."""


class NotFound(RecordsError):  # noqa: N818
    """There is no such record, patient or account."""

    heading = "There is no such record"

    @classmethod
    def named(cls, what: str, identifier: str) -> NotFound:
        """Nothing of this kind has this id."""
        return cls([Problem(what, f"none has the id {identifier[:40]!r}")])
