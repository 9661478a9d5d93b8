"""What can go wrong with the records, said for a person.

RecommenderError
└── RecordsError            the records cannot be opened, read or changed
    ├── KeyProblem          a key is missing, does not fit or cannot be used
    ├── StorageError        the database or the disk fails: raised by ``storage.py`` alone, and over once that is put right
    └── NotFound            there is no such record, patient or account
``consultations.py`` adds Conflict, ``sign_ins.py`` SignInRefused and WrongPassword, ``staff.py`` NotAllowed and ``life.py``
Incomplete.
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
