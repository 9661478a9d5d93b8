"""What the installation says of a provider, and what the provider says of a visitor: nothing is believed too much."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.storage.key_files import cookie_secret
from recommender.web.clinic import words
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth import routes as auth_routes
from recommender.web.server.headers import is_open
from recommender.web.streamlit_port.undocumented import PROVIDER_ADDRESSES

NAMED = {
    provider.METADATA: "https://provider.example/.well-known/openid-configuration",
    provider.CLIENT: "the clinic",
    provider.CLIENT_SECRET: "a secret",
    provider.PUBLIC: "https://form.example/",
}
SAID: dict[str, Any] = {
    "is_logged_in": True,
    "iss": "https://provider.example",
    "sub": "s-1",
    "iat": 1_800_000_000,
    "nonce": "n-1",
    "email": "nurse@clinic.example",
    "email_verified": True,
}


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    for name in (*NAMED, provider.TRUSTED, "RECOMMENDER_COOKIE_SECRET", "RECOMMENDER_KEYS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NAMED.items():
        monkeypatch.setenv(name, value)


def test_without_a_provider_its_addresses_are_shut_and_no_secret_is_made(tmp_path: Path) -> None:
    assert provider.configured_provider() is None
    assert provider.secrets() == {}
    assert not any(map(is_open, PROVIDER_ADDRESSES))
    assert not (tmp_path / "keys").exists()


@pytest.mark.usefixtures("named")
def test_with_a_provider_its_addresses_are_open_and_everybody_is_asked_who_they_are() -> None:
    said = provider.secrets()["auth"]

    assert all(map(is_open, PROVIDER_ADDRESSES))
    assert said["redirect_uri"] == "https://form.example/oauth2callback"
    assert said["client_kwargs"] == {"scope": "openid email profile", "prompt": "login"}


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("missing", sorted(NAMED))
def test_half_a_provider_is_none_and_the_log_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    monkeypatch.delenv(missing)

    auth_routes.open_records()

    assert f"{missing}: is not set, and a provider needs it" in capsys.readouterr().out
    assert not provider.is_on()
    assert provider.secrets() == {}
    assert not any(map(is_open, PROVIDER_ADDRESSES))


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("name", [provider.METADATA, provider.PUBLIC])
@pytest.mark.parametrize("address", ["http://provider.example", "provider.example", "https://", "file:///etc/passwd"])
def test_an_address_that_is_not_safe_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    monkeypatch.setenv(name, address)

    with pytest.raises(RecordsError, match=r"is not an address that starts with https://"):
        provider.configured_provider()


def test_what_the_provider_says_is_read() -> None:
    told = provider._read(SAID)

    assert told is not None
    assert told[:4] == ("https://provider.example", "s-1", "nurse@clinic.example", datetime.fromtimestamp(1_800_000_000, UTC))


VERIFIED: list[dict[str, Any]] = [
    {"email_verified": True},
    {"email_verified": "true"},  # Amazon Cognito, Apple
    {"email_verified": None, "xms_edov": True},  # Microsoft Entra
    {"email_verified": None, "xms_edov": "1"},
]


@pytest.mark.parametrize("said", VERIFIED)
def test_an_address_counts_where_the_provider_says_that_it_is_verified(said: dict[str, Any]) -> None:
    told = provider._read(SAID | said)

    assert told is not None
    assert told.email == "nurse@clinic.example"
    assert provider._why_unknown(SAID | said) == "no account"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"email_verified": False}, "not verified"),
        ({"email_verified": "false"}, "not verified"),
        ({"email_verified": "yes"}, "not verified"),
        ({"email_verified": 0}, "not verified"),
        ({"email_verified": False, "xms_edov": True}, "not verified"),
        ({"email_verified": None}, "not said"),
        ({"email_verified": True, "email": ""}, "no address"),
        ({"email_verified": True, "email": ["nurse@clinic.example"]}, "no address"),
    ],
)
def test_an_address_that_is_not_said_to_be_verified_does_not_count_and_the_page_can_say_why(
    said: dict[str, Any], why: provider.Unknown
) -> None:
    told = provider._read(SAID | said)

    assert told is not None
    assert told.email == ""
    assert provider._why_unknown(SAID | said) == why
    assert words.NO_ACCOUNT_WHY[why]


@pytest.mark.parametrize(("claim", "email"), [(None, "nurse@clinic.example"), (False, ""), ("false", "")])
def test_a_directory_that_gives_out_its_addresses_is_trusted_where_it_says_nothing_and_never_against_what_it_says(
    monkeypatch: pytest.MonkeyPatch, claim: object, email: str
) -> None:
    monkeypatch.setenv(provider.TRUSTED, "1")

    told = provider._read({**SAID, "email_verified": claim})

    assert told is not None
    assert told.email == email


@pytest.mark.parametrize(
    "changed", [{"is_logged_in": False}, {"is_logged_in": "true"}, {"iss": ""}, {"sub": None}, {"iat": "now"}, {"nonce": ""}]
)
def test_what_does_not_name_one_person_and_one_sign_in_is_nothing(changed: dict[str, Any]) -> None:
    assert provider._read({**SAID, **changed}) is None
    assert provider._read({}) is None


def test_each_sign_in_has_a_token_of_its_own_that_needs_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    def token(**changed: Any) -> str:
        told = provider._read({**SAID, **changed})
        assert told is not None
        return told.token

    tokens = [token(), token(nonce="n-2"), token(iat=1_800_000_001), token(sub="s-2"), token(sid="x"), token(iss="https://y")]
    again = token(email="other@clinic.example", name="whatever")
    monkeypatch.setenv("RECOMMENDER_COOKIE_SECRET", "x" * 40)

    assert len({*tokens, token()}) == 7
    assert again == tokens[0]


def test_the_secret_of_the_cookies_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = cookie_secret()

    file = tmp_path / "keys" / "cookies.secret"
    assert made == cookie_secret() == file.read_text()
    assert len(made) >= 64
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(("mode", "content", "words"), [(0o644, "x" * 40, "chmod 600"), (0o600, "short", "is too short")])
def test_a_secret_that_others_read_or_could_guess_is_refused(tmp_path: Path, mode: int, content: str, words: str) -> None:
    file = tmp_path / "keys" / "cookies.secret"
    file.parent.mkdir()
    file.write_text(content)
    file.chmod(mode)

    with pytest.raises(KeyProblem, match=words):
        cookie_secret()


def test_a_secret_in_the_environment_is_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_COOKIE_SECRET", "x" * 31)

    with pytest.raises(KeyProblem, match="has 31 characters: take at least 32"):
        cookie_secret()
