"""Where an installation keeps its records and their keys, as its environment says."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from recommender.documents.problems import Problem
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.keyring import KeyRing
from recommender.whole_file import Taken, new_file

KEYS_VARIABLE: Final = "RECOMMENDER_KEYS"
COOKIES_VARIABLE: Final = "RECOMMENDER_COOKIE_SECRET"
_FEWEST_SIGNS: Final = 32
_REMARK: Final = (
    "# The keys of the records, the one that seals first. Without them nothing can be read: keep a copy elsewhere.\n"
)


def data_folder() -> Path:
    """Where the installation keeps its data: ``RECOMMENDER_DATA``, or ``var`` beside where it was started."""
    return Path(os.environ.get("RECOMMENDER_DATA") or "var")


def database_url() -> str:
    """The database: ``DATABASE_URL``, or a SQLite file in the data folder, which is made."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    file = data_folder() / "records.sqlite"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise RecordsError([Problem(str(file), f"cannot be written: {error.strerror}")]) from None
    return f"sqlite:///{file}"


class KeyFile:
    """Keys in a file that its owner alone can read, in a folder of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @classmethod
    def at_home(cls) -> KeyFile:
        """The file of this installation: ``keys/records.keys`` in the data folder."""
        return cls(data_folder() / "keys" / "records.keys")

    def read(self) -> KeyRing | None:
        """The keys, or None where there is no file; raises KeyProblem if others can read it."""
        try:
            mode = self.file.stat().st_mode
            text = self.file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise KeyProblem([Problem(str(self.file), f"cannot be read: {error}")]) from None
        if mode & 0o077:
            raise KeyProblem([Problem(str(self.file), f"can be read by others: chmod 600 {self.file}")])
        return KeyRing.parse(text, str(self.file))

    def create(self) -> KeyRing:
        """A new key in a new file; if another process was first, the keys that it wrote."""
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ring = KeyRing.new()
        written = self._written(ring)
        try:
            os.link(written, self.file)  # whole or not at all, and never over a file that is there
        except FileExistsError:
            ring = self.read() or ring
        finally:
            written.unlink()
        return ring

    def replace(self, ring: KeyRing) -> None:
        """Put these keys in the place of those in the file, whole or not at all."""
        self._written(ring).replace(self.file)
        folder = os.open(self.file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _written(self, ring: KeyRing) -> Path:
        beside = self.file.with_name(f"{self.file.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as sink:
                sink.write(_REMARK + ring.text())
                sink.flush()
                os.fsync(sink.fileno())
        except OSError as error:
            raise KeyProblem([Problem(str(self.file), f"cannot be written: {error.strerror}")]) from None
        return beside


def cookie_secret() -> str:
    """What vouches for the cookies of a provider's sign-ins: ``RECOMMENDER_COOKIE_SECRET``, or a file beside the keys.

    The file is its owner's alone and made when it is first needed. Whoever has it can sign in as anybody whose account a
    provider opens.
    """
    given = os.environ.get(COOKIES_VARIABLE, "")
    if given and len(given) < _FEWEST_SIGNS:
        raise KeyProblem([Problem(COOKIES_VARIABLE, f"has {len(given)} characters: take at least {_FEWEST_SIGNS}, at random")])
    return given or _kept_secret(data_folder() / "keys" / "cookies.secret")


@cache
def _kept_secret(file: Path) -> str:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        with suppress(Taken), new_file(file) as written:  # another process may be first
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


def keys_in_environment() -> KeyRing | None:
    """The keys that the environment gives, if it does."""
    text = os.environ.get(KEYS_VARIABLE)
    return KeyRing.parse(text, KEYS_VARIABLE) if text else None
