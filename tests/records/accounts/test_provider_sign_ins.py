"""Sign-ins at a clinic's own provider: whose account they open, and that what has ended is never opened again."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from record_samples import Clock
from sqlalchemy import text

from recommender.documents.staff import Staff
from recommender.records.accounts.accounts import Account, Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.provider_sign_ins import ProviderIdentity, ProviderSignIns
from recommender.records.accounts.sign_ins import Limits, SignInRefused, SignIns
from recommender.records.errors import RecordsError
from recommender.records.maintenance.backup import back_up, restore
from recommender.records.maintenance.verification import verify
from recommender.records.storage.database import connect
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.row_authentication import account_hash
from recommender.records.storage.tables import AccountRow

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "a made-up phrase"
EMAIL = "nurse.k@clinic.example"


@pytest.fixture
def accounts(store: RecordStore) -> Accounts:
    return Accounts(store, QUICK)


@pytest.fixture
def nurse(accounts: Accounts) -> Account:
    return accounts.add_for_provider(EMAIL, role="nurse", name="Nurse One")


@pytest.fixture
def came(store: RecordStore) -> ProviderSignIns:
    return ProviderSignIns(store)


@pytest.fixture
def sign_ins(store: RecordStore) -> SignIns:
    return SignIns(store, QUICK)


def told(clock: Clock, *, subject: str = "s-1", email: str = EMAIL, token: str = "one") -> ProviderIdentity:
    return ProviderIdentity("https://provider.example", subject, email, clock.now, token)


def test_whoever_comes_with_the_verified_address_of_an_account_has_it(
    store: RecordStore, came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    seen = [came.open_session(told(clock, email=" Nurse.K@Clinic.example")), came.open_session(told(clock))]

    assert seen == [True, False]
    assert sign_ins.who("one") == Staff(id=nurse.id, name="Nurse One", role="nurse")
    assert came.has_account(told(clock))
    with store.snapshot() as session:
        said = session.scalars(text("SELECT what FROM audit ORDER BY number")).all()
        kept = session.scalars(text("SELECT token FROM session")).all()
    assert said == ["added", "linked and signed in"]
    assert b"one" not in [bytes(token) for token in kept]
    assert verify(store).problems == ()


@pytest.mark.parametrize("address", ["o'nurse@clinic.example", "nurse+one@clinic.example"])
def test_an_address_with_the_signs_that_addresses_have_is_linked(
    came: ProviderSignIns, sign_ins: SignIns, accounts: Accounts, clock: Clock, address: str
) -> None:
    nurse = accounts.add_for_provider(address, role="nurse")

    assert came.open_session(told(clock, email=address.upper()))
    who = sign_ins.who("one")
    assert who is not None
    assert who.id == nurse.id


def test_from_then_on_it_is_who_they_are_there_that_counts_and_not_the_address(
    came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    came.open_session(told(clock))

    came.open_session(told(clock, email="married@clinic.example", token="two"))
    came.open_session(told(clock, subject="s-2", token="three"))
    came.open_session(told(clock, token="four")._replace(issuer="https://other.example"))

    assert [bool(sign_ins.who(token)) for token in ("two", "three", "four")] == [True, False, False]
    assert nurse.by_provider


@pytest.mark.parametrize(
    "email", ["", "nobody@clinic.example", "nurse.\N{KELVIN SIGN}@clinic.example", "nurse.k@clinic.example.org"]
)
def test_another_address_or_one_that_is_not_verified_opens_nothing(
    store: RecordStore, came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock, *, email: str
) -> None:
    first = came.open_session(told(clock, email=email))

    assert first
    assert sign_ins.who("one") is None
    assert not came.has_account(told(clock, email=email))
    assert nurse.login == EMAIL
    assert verify(store).problems == ()


def test_an_account_with_a_password_is_not_the_providers_to_open(
    accounts: Accounts, came: ProviderSignIns, sign_ins: SignIns, clock: Clock
) -> None:
    accounts.add(EMAIL, PASSWORD, role="lead")

    came.open_session(told(clock))

    assert sign_ins.who("one") is None
    assert sign_ins.sign_in(EMAIL, PASSWORD, source="here")


@pytest.mark.parametrize("password", ["", "a password that nobody has", PASSWORD])
def test_no_password_opens_an_account_that_has_none(
    accounts: Accounts, sign_ins: SignIns, nurse: Account, password: str
) -> None:
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, password, source="here")
    with pytest.raises(RecordsError, match="the clinic's own provider opens it"):
        accounts.set_password(nurse.login, PASSWORD)


def test_attempts_with_passwords_do_not_keep_whom_the_provider_lets_in_waiting(
    came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    for _ in range(6):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    came.open_session(told(clock))

    assert sign_ins.who("one")


@pytest.mark.parametrize("way", ["out", "everywhere", "shut", "role", "idle", "absolute", "tomorrow"])
def test_what_has_ended_is_not_opened_again(
    accounts: Accounts, came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock, *, way: str
) -> None:
    said = told(clock)
    came.open_session(said)
    assert sign_ins.who("one")

    match way:
        case "out":
            sign_ins.sign_out("one")
        case "everywhere":
            sign_ins.sign_out_everywhere(nurse.id)
        case "shut":
            accounts.set_active(nurse.login, active=False)
            accounts.set_active(nurse.login, active=True)
        case "role":
            accounts.change_role(nurse.login, "lead")
        case "idle":
            clock.now += Limits().idle
        case "absolute":
            for _ in range(36):
                sign_ins.who("one")
                clock.now += timedelta(minutes=20)
        case "tomorrow":
            clock.now += timedelta(days=2)
            came.open_session(told(clock, token="another"))

    assert sign_ins.who("one") is None
    assert not came.open_session(said)
    assert sign_ins.who("one") is None


@pytest.mark.parametrize(("late", "opens"), [(-3, False), (-1, True), (9, True), (10, False), (60 * 24 * 20, False)])
def test_a_sign_in_is_good_for_coming_here_at_once(
    came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock, late: int, *, opens: bool
) -> None:
    said = told(clock)
    clock.now += timedelta(minutes=late)

    assert came.open_session(said) == opens
    assert bool(sign_ins.who("one")) == opens
    assert nurse.active


def test_a_shut_account_stays_shut(
    accounts: Accounts, came: ProviderSignIns, sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    accounts.set_active(nurse.login, active=False)

    came.open_session(told(clock))

    assert sign_ins.who("one") is None
    assert not came.has_account(told(clock))


def test_one_sign_in_in_many_pages_at_once_is_one_session(
    store: RecordStore, came: ProviderSignIns, nurse: Account, clock: Clock
) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = sorted(pool.map(lambda _: came.open_session(told(clock)), range(8)))

    with store.snapshot() as session:
        count = session.scalar(text("SELECT count(*) FROM session"))
    assert seen == [False] * 7 + [True]
    assert count == 1
    assert nurse.active


def test_an_account_without_a_link_has_the_hash_that_it_had_before_there_were_links(
    store: RecordStore, accounts: Accounts
) -> None:
    accounts.add("nurse.one", PASSWORD, role="nurse")
    with store.snapshot() as session:
        row = session.query(AccountRow).one()

    before = json.dumps([row.id, row.login, row.name, row.role, row.password, row.active], ensure_ascii=False)

    assert account_hash(row) == hashlib.sha256(before.encode()).hexdigest()


def test_an_account_that_is_unlinked_is_the_next_ones_with_its_address(
    store: RecordStore, accounts: Accounts, came: ProviderSignIns, sign_ins: SignIns, clock: Clock
) -> None:
    accounts.add_for_provider(EMAIL, role="nurse")
    came.open_session(told(clock))

    accounts.unlink(EMAIL)
    came.open_session(told(clock, subject="s-2", token="two"))
    came.open_session(told(clock, subject="s-1", token="three"))

    assert [bool(sign_ins.who(token)) for token in ("one", "two", "three")] == [False, True, False]
    assert verify(store).problems == ()


def test_a_link_put_to_an_account_by_hand_is_found(store: RecordStore, accounts: Accounts) -> None:
    accounts.add("nurse.one", PASSWORD, role="nurse")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE account SET issuer = 'https://provider.example', subject = 'me'"))

    assert [problem.message for problem in verify(store).problems] == ["is not as the audit left it"]


def test_a_copy_has_the_link_and_nobodys_sign_in(
    store: RecordStore, came: ProviderSignIns, nurse: Account, clock: Clock, tmp_path: Path
) -> None:
    came.open_session(told(clock))
    back_up(store, tmp_path / "copy")
    engine = connect(f"sqlite:///{tmp_path / 'other'}")
    other = RecordStore(engine, lambda: store.keyring, clock=clock)

    restored = restore(other, tmp_path / "copy")

    with other.snapshot() as session:
        kept = session.execute(text("SELECT login, subject FROM account")).all()
        left = [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("session", "provider_sign_in")]
    engine.dispose()
    assert restored.verified.problems == ()
    assert [tuple(row) for row in kept] == [(nurse.login, "s-1")]
    assert left == [0, 0]
