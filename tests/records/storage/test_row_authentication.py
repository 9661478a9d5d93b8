"""The database alone opens nothing: what somebody wrote into it without the key is refused and reported."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from record_samples import Clock
from sqlalchemy import text

from recommender.records.accounts.accounts import Account, Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.provider_sign_ins import ProviderIdentity, ProviderSignIns
from recommender.records.accounts.sign_ins import SignInRefused, SignIns
from recommender.records.errors import RecordsError
from recommender.records.maintenance import key_rotation
from recommender.records.maintenance.verification import verify
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore

PASSWORD = "a made-up phrase"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def accounts(store: RecordStore) -> Accounts:
    return Accounts(store, QUICK)


@pytest.fixture
def nurse(accounts: Accounts) -> Account:
    return accounts.add("nurse.one", PASSWORD, role="nurse")


@pytest.fixture
def sign_ins(store: RecordStore) -> SignIns:
    return SignIns(store, QUICK)


def _by_hand(store: RecordStore, statement: str, **values: object) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(statement), values)


SESSION = "INSERT INTO session (token, account_id, opened_at, seen_at, vouched) "


@pytest.mark.parametrize("mac", ["", "another session's", "another key's"])
def test_a_session_that_was_written_by_hand_signs_nobody_in_and_is_reported(
    store: RecordStore, sign_ins: SignIns, nurse: Account, clock: Clock, mac: str
) -> None:
    sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    with store.snapshot() as session:
        copied = session.scalar(text("SELECT vouched FROM session"))
    made = {"": "", "another session's": copied, "another key's": KeyRing.new().mac("session")}[mac]
    row = {"token": hashlib.sha256(b"chosen").digest(), "id": nurse.id, "at": clock.now.replace(tzinfo=None), "vouched": made}

    _by_hand(store, SESSION + "VALUES (:token, :id, :at, :at, :vouched)", **row)

    assert sign_ins.who("chosen") is None
    assert [str(problem) for problem in verify(store).problems] == [
        f"session of account {nurse.id}: was written without the key, and opens nothing"
    ]


@pytest.mark.parametrize(
    "change", ["seen_at = opened_at", "account_id = (SELECT id FROM account WHERE login = 'lead.one')", "held = 'x'"]
)
def test_a_session_that_was_changed_by_hand_has_ended(
    store: RecordStore, sign_ins: SignIns, nurse: Account, clock: Clock, change: str
) -> None:
    Accounts(store, QUICK).add("lead.one", PASSWORD, role="lead")
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    clock.now += timedelta(minutes=5)
    seen = sign_ins.who(token)

    _by_hand(store, f"UPDATE session SET {change}")

    assert seen is not None
    assert sign_ins.who(token) is None


def test_nobody_who_writes_to_the_database_takes_the_form_from_a_patient(
    store: RecordStore, sign_ins: SignIns, nurse: Account
) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    sign_ins.hand_over(token, "a-record")

    _by_hand(store, "UPDATE session SET held = NULL")

    assert sign_ins.session_of(token) is None


@pytest.mark.parametrize(
    "change",
    [
        "role = 'lead'",
        "registration = '12A3456B'",
        "name = 'Somebody Else'",
        "password = (SELECT password FROM account WHERE login = 'other.one')",
        "login = 'nurse.two'",
        "vouched = ''",
        "vouched = (SELECT vouched FROM account WHERE login = 'other.one')",
    ],
)
def test_an_account_that_was_changed_by_hand_opens_nothing_and_is_never_authenticated_again(
    store: RecordStore, accounts: Accounts, sign_ins: SignIns, nurse: Account, change: str
) -> None:
    accounts.add("other.one", "another made-up phrase", role="nurse")
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    _by_hand(store, f"UPDATE account SET {change} WHERE id = :id", id=nurse.id)
    with store.snapshot() as session:
        login = session.scalar(text("SELECT login FROM account WHERE id = :id"), {"id": nurse.id}) or ""

    assert sign_ins.who(token) is None
    for password in (PASSWORD, "another made-up phrase"):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in(login, password, source="here")
    with pytest.raises(RecordsError, match="was changed without the key, and opens to nobody"):
        accounts.set_password(login, "a third made-up phrase")
    assert f"account {nurse.id}" in [problem.where for problem in verify(store).problems]


def test_an_account_taken_from_an_older_copy_of_the_database_opens_nothing(
    store: RecordStore, accounts: Accounts, sign_ins: SignIns, nurse: Account
) -> None:
    with store.snapshot() as session:
        older = session.execute(text("SELECT version, active, vouched FROM account")).one()._asdict()
    accounts.set_active(nurse.login, active=False)

    _by_hand(store, "UPDATE account SET version = :version, active = :active, vouched = :vouched", **older)

    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    assert f"account {nurse.id}" in [problem.where for problem in verify(store).problems]


def test_a_link_to_a_provider_that_was_written_by_hand_opens_nothing(
    store: RecordStore, accounts: Accounts, sign_ins: SignIns, clock: Clock
) -> None:
    accounts.add_for_provider("nurse@clinic.example", role="prescriber")
    told = ProviderIdentity("https://provider.example", "somebody", "", clock.now, "a token that nobody guesses")

    _by_hand(store, "UPDATE account SET issuer = :issuer, subject = :subject", issuer=told.issuer, subject=told.subject)
    ProviderSignIns(store).open_session(told)

    assert sign_ins.who(told.token) is None
    assert not ProviderSignIns(store).has_account(told)


def test_the_first_account_is_never_asked_for_again_where_accounts_were_taken_away(
    store: RecordStore, accounts: Accounts, nurse: Account
) -> None:
    before = accounts.were_never_any()

    _by_hand(store, "DELETE FROM account WHERE id = :id", id=nurse.id)

    assert (before, accounts.were_never_any(), accounts.all()) == (False, False, ())


def test_after_a_change_of_key_accounts_and_sessions_hold_by_the_new_one_alone(
    store: RecordStore, sign_ins: SignIns, nurse: Account, keys: list[KeyRing], opened: Callable[[], RecordStore]
) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    keys.append(keys[-1].with_new_key())

    sealed = key_rotation.reseal(opened())
    keys.append(keys[-1].only_current())
    after = SignIns(opened(), QUICK)

    assert sealed == 2
    assert after.who(token) is not None
    assert sign_ins.who(token) is not None  # of a process that knew the old key alone
    assert after.sign_in(nurse.login, PASSWORD, source="here")
    assert verify(store).problems == ()


YEAR = timedelta(days=365)


def test_what_a_clock_that_was_a_year_ahead_has_written_is_over_once_it_is_right(
    sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    clock.now += YEAR
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    for _ in range(30):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in(nurse.login, "a wrong phrase!", source="here")

    clock.now -= YEAR

    assert sign_ins.who(token) is None
    assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_clocks_that_differ_a_little_end_no_session(sign_ins: SignIns, nurse: Account, clock: Clock) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    clock.now -= timedelta(minutes=1)

    assert sign_ins.who(token) is not None
