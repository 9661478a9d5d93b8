"""The keys of the records: encryption, blind indexes for searching, and keyed hashes (MACs)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from recommender.documents.problems import Problem
from recommender.records.errors import KeyProblem

_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_SECRET_BYTES: Final = 32
_INDEX_BYTES: Final = 16
_Purpose = Literal["seal", "index", "head"]


class KeyRing:
    """Every key that is still in use; the first one, the current key, encrypts what is new.

    Each key has a public id of 8 hex digits, which precedes what it encrypted. A key of its own is derived for each purpose.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise KeyProblem([Problem("keys", "there is none")])
        self._secrets = dict(keys)
        self._derived = {
            (name, purpose): HKDF(SHA256(), _SECRET_BYTES, None, purpose.encode()).derive(secret)
            for name, secret in keys.items()
            for purpose in ("seal", "index", "head")
        }

    @classmethod
    def new(cls) -> KeyRing:
        """A key ring with one new random key."""
        return cls(dict([_new_key()]))

    @classmethod
    def parse(cls, text: str, where: str) -> KeyRing:
        """The keys in a text, one a line or comma-separated, as ``id:secret``; lines that start with # are comments."""
        keys: dict[str, bytes] = {}
        lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
        entries = [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]
        for number, entry in enumerate(entries, start=1):
            name, _, secret = entry.partition(":")
            try:
                found = urlsafe_b64decode(secret.encode())
                good = len(bytes.fromhex(name)) == _ID_BYTES and len(found) == _SECRET_BYTES and name not in keys
            except ValueError:
                good = False
            if not good:  # the entry is never quoted: it may be most of a key
                raise KeyProblem([Problem(where, f"key {number} is not of the form id:secret, or is there twice")])
            keys[name] = found
        if not keys:
            raise KeyProblem([Problem(where, "holds no key")])
        return cls(keys)

    def text(self) -> str:
        """The keys as ``parse`` reads them, the current one first."""
        return "".join(f"{name}:{urlsafe_b64encode(secret).decode()}\n" for name, secret in self._secrets.items())

    @property
    def current(self) -> str:
        """The id of the current key."""
        return next(iter(self._secrets))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the current one first."""
        return tuple(self._secrets)

    def with_new_key(self) -> KeyRing:
        """A key ring whose current key is new, followed by all of these."""
        return KeyRing(dict([_new_key()]) | self._secrets)

    def only_current(self) -> KeyRing:
        """A key ring with the current key alone."""
        return KeyRing({self.current: self._secrets[self.current]})

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt with AES-256-GCM, bound to a context (associated data): it decrypts with the same context only."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return bytes.fromhex(self.current) + nonce + self._cipher(self.current).encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what was sealed for this context; raises KeyProblem if it was changed or moved, or its key is missing."""
        name, rest = sealed[:_ID_BYTES].hex(), sealed[_ID_BYTES:]
        if name not in self._secrets:
            raise KeyProblem([Problem(place, f"was sealed with the key {name or 'of nobody'}, which is not here", self.ids)])
        try:
            return self._cipher(name).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise KeyProblem([Problem(place, "was changed or moved since it was sealed, or the key is a wrong one")]) from None

    def blind_index(self, word: str) -> bytes:
        """A keyed hash to look a word up by: the same for the same word and key, and not to be guessed without the key."""
        return _keyed(self._derived[self.current, "index"], word)[:_INDEX_BYTES]

    def blind_indexes(self, words: Iterable[str]) -> tuple[bytes, ...]:
        """The blind indexes of words with each of the keys."""
        found = tuple(words)
        return tuple(_keyed(self._derived[name, "index"], word)[:_INDEX_BYTES] for name in self.ids for word in found)

    def mac(self, text: str) -> str:
        """A message authentication code (HMAC-SHA-256) of a text: without the key nobody can make it."""
        return f"{self.current}:{_keyed(self._derived[self.current, 'head'], text).hex()}"

    def mac_is_valid(self, text: str, code: str) -> bool:
        """Whether a key of this ring made this code for this text."""
        name, _, given = code.partition(":")
        return name in self._secrets and hmac.compare_digest(_keyed(self._derived[name, "head"], text).hex(), given)

    def _cipher(self, name: str) -> AESGCM:
        return AESGCM(self._derived[name, "seal"])


def _new_key() -> tuple[str, bytes]:
    return secrets.token_hex(_ID_BYTES), secrets.token_bytes(_SECRET_BYTES)


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)
