"""The keys of an installation: in an environment variable, or in files that only their owner can read."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from recommender.atomic_write import NameTaken, atomic_write
from recommender.documents.problems import Problem
from recommender.records.errors import KeyProblem
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.settings import data_folder

KEYS_VARIABLE: Final = "RECOMMENDER_KEYS"
COOKIES_VARIABLE: Final = "RECOMMENDER_COOKIE_SECRET"
_FEWEST_SIGNS: Final = 32
_REMARK: Final = (
    "# The keys of the records, the one that seals first. Without them nothing can be read: keep a copy elsewhere.\n"
)


def keys_in_environment() -> KeyRing | None:
    """The keys in the environment, None where it has none."""
    text = os.environ.get(KEYS_VARIABLE)
    return KeyRing.parse(text, KEYS_VARIABLE) if text else None


class KeyFile:
    """A file of keys that only its owner can read, in a folder of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @classmethod
    def of_installation(cls) -> KeyFile:
        """The file of this installation: ``keys/records.keys`` in the data folder."""
        return cls(data_folder() / "keys" / "records.keys")

    def read(self) -> KeyRing | None:
        """The keys, None where there is no file; raises KeyProblem if others can read it."""
        try:
            mode = self.file.stat().st_mode
            text = self.file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise KeyProblem([Problem(str(self.file), f"cannot be read: {why}")]) from None
        if mode & 0o077:
            raise KeyProblem([Problem(str(self.file), f"can be read by others: chmod 600 {self.file}")])
        return KeyRing.parse(text, str(self.file))

    def create(self) -> KeyRing:
        """A new key in a new file; if another process was first, the keys that it wrote."""
        ring = KeyRing.new()
        with storage_errors(str(self.file)):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with atomic_write(self.file, overwrite=False) as written:
                    written.write_text(_REMARK + ring.text(), encoding="utf-8")
            except NameTaken:
                return self.read() or ring
        return ring

    def replace(self, ring: KeyRing) -> None:
        """Replace the keys in the file, atomically."""
        with storage_errors(), atomic_write(self.file) as written:
            written.write_text(_REMARK + ring.text(), encoding="utf-8")


class UsedKeys:
    """A file that lists which keys have encrypted records here. Where such a key is there and its records are not, they were
    lost.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    @classmethod
    def of_installation(cls) -> UsedKeys:
        """The file of this installation: ``keys/records.begun`` in the data folder."""
        return cls(data_folder() / "keys" / "records.begun")

    def has(self, ring: KeyRing) -> bool:
        """Whether one of these keys has encrypted records here."""
        try:
            return not set(self.file.read_text(encoding="ascii").split()).isdisjoint(ring.ids)
        except (OSError, UnicodeDecodeError):
            return False

    def note(self, ring: KeyRing) -> None:
        """Add these keys to the list. Where the file cannot be written, lost records will not be noticed."""
        if not self.has(ring):
            with suppress(OSError):
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with self.file.open("a", encoding="ascii") as sink:
                    sink.write("".join(f"{name}\n" for name in ring.ids))


def cookie_secret() -> str:
    """The secret that signs the cookies of provider sign-ins: ``RECOMMENDER_COOKIE_SECRET``, or a file next to the keys.

    Only its owner can read the file; it is created when first needed. Whoever has the secret can sign in to any account that a
    provider opens.
    """
    given = os.environ.get(COOKIES_VARIABLE, "")
    if given and len(given) < _FEWEST_SIGNS:
        raise KeyProblem([Problem(COOKIES_VARIABLE, f"has {len(given)} characters: take at least {_FEWEST_SIGNS}, at random")])
    return given or _kept_secret(data_folder() / "keys" / "cookies.secret")


@cache
def _kept_secret(file: Path) -> str:
    with storage_errors(str(file)):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        with storage_errors(), suppress(NameTaken), atomic_write(file, overwrite=False) as written:  # another may be first
            written.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        mode, text = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem([Problem(str(file), f"cannot be read: {error}")]) from None
    if mode & 0o077:
        raise KeyProblem([Problem(str(file), f"can be read by others: chmod 600 {file}")])
    if len(text) < _FEWEST_SIGNS:
        raise KeyProblem([Problem(str(file), "is too short: move it away, and another one is made")])
    return text
