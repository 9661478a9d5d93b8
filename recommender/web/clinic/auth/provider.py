"""The clinic's own OpenID Connect provider, where the installation names one; Streamlit talks to it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from recommender.documents.problems import Problem
from recommender.records.accounts.provider_sign_ins import ProviderIdentity
from recommender.records.errors import RecordsError
from recommender.records.storage.key_files import cookie_secret

METADATA: Final = "RECOMMENDER_OIDC_METADATA_URL"
CLIENT: Final = "RECOMMENDER_OIDC_CLIENT_ID"
CLIENT_SECRET: Final = "RECOMMENDER_OIDC_CLIENT_SECRET"  # noqa: S105 (the name of a setting)
PUBLIC: Final = "RECOMMENDER_PUBLIC_URL"
#: set to 1 where the provider is the clinic's own directory, which gives out every address itself and says nothing of it
TRUSTED: Final = "RECOMMENDER_OIDC_TRUST_EMAIL"
Unknown = Literal["no address", "not said", "not verified", "no account"]
_ALL: Final = (METADATA, CLIENT, CLIENT_SECRET, PUBLIC)
#: what tells one sign-in from every other; the nonce is random
_NAMING: Final = ("iss", "sub", "iat", "auth_time", "sid", "nonce", "jti")
_AT_HOME: Final = ("localhost", "127.0.0.1", "::1")


class Provider(NamedTuple):
    """Where the provider describes itself, what this installation is to it, and where visitors reach this installation."""

    metadata_url: str
    client_id: str
    client_secret: str
    public_url: str


def configured_provider() -> Provider | None:
    """The provider that the environment names, or None; raises RecordsError where a setting is missing or wrong."""
    given = {name: os.environ.get(name, "") for name in _ALL}
    if not any(given[name] for name in _ALL if name != PUBLIC):
        return None
    problems = [Problem(name, "is not set, and a provider needs it") for name, value in given.items() if not value]
    problems += [
        Problem(name, "is not an address that starts with https://")
        for name in (METADATA, PUBLIC)
        if given[name] and not _is_safe(given[name])
    ]
    if problems:
        raise RecordsError(problems)
    return Provider(given[METADATA], given[CLIENT], given[CLIENT_SECRET], given[PUBLIC].rstrip("/"))


def is_on() -> bool:
    """Whether staff may sign in at a provider."""
    try:
        return configured_provider() is not None
    except RecordsError:  # said in the log as the application starts
        return False


def secrets() -> dict[str, Any]:
    """Streamlit's secrets for the provider; empty where there is none.

    Each sign-in asks for the login again: several people use the same tablet.
    """
    try:
        provider = configured_provider()
        if provider is None:
            return {}
        return {
            "auth": {
                "redirect_uri": f"{provider.public_url}/oauth2callback",
                "cookie_secret": cookie_secret(),
                "client_id": provider.client_id,
                "client_secret": provider.client_secret,
                "server_metadata_url": provider.metadata_url,
                "client_kwargs": {"scope": "openid email profile", "prompt": "login"},
            }
        }
    except RecordsError:
        return {}


def claims() -> ProviderIdentity | None:
    """The provider's claims about this visitor; None where they are missing or unusable."""
    return _read(st.user.to_dict()) if is_on() else None


def _read(said: Mapping[str, Any]) -> ProviderIdentity | None:
    issuer, subject, at = said.get("iss"), said.get("sub"), said.get("iat")
    if not (said.get("is_logged_in") is True and isinstance(issuer, str) and isinstance(subject, str)):
        return None
    if not issuer or not subject or not isinstance(at, int | float) or not said.get("nonce"):
        return None
    email = _address(said) if _is_verified(said) else ""
    naming = json.dumps([said.get(name) for name in _NAMING]).encode()
    token = hmac.new(cookie_secret().encode(), naming, hashlib.sha256).hexdigest()
    return ProviderIdentity(issuer, subject, email, datetime.fromtimestamp(at, UTC), token)


def why_unknown() -> Unknown:
    """Why the visitor whom the provider has signed in has no account here."""
    return _why_unknown(st.user.to_dict())


def _why_unknown(said: Mapping[str, Any]) -> Unknown:
    if not _address(said):
        return "no address"
    if _is_verified(said):
        return "no account"
    return "not said" if _claim(said) is None else "not verified"


def _address(said: Mapping[str, Any]) -> str:
    address = said.get("email")
    return address if isinstance(address, str) else ""


def _claim(said: Mapping[str, Any]) -> object:
    """The claim that says whether the address is verified: the standard's, else the one that Microsoft Entra uses."""
    return next((said[name] for name in ("email_verified", "xms_edov") if said.get(name) is not None), None)


def _is_verified(said: Mapping[str, Any]) -> bool:
    """Whether the address belongs to whoever signed in.

    OpenID Connect Core 5.1 says ``true``; Amazon Cognito and Apple say it as a text, Entra as 1 too. Where nothing is said
    it does not, for at many providers people type the address themselves; unless the clinic says that it gives them out.
    """
    claim = _claim(said)
    if claim is None:
        return os.environ.get(TRUSTED) == "1"
    return claim is True or str(claim).lower() in ("true", "1")


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _AT_HOME))
