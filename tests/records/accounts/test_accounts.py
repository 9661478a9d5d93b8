"""Accounts and sessions: no default password, one answer to every wrong attempt, waits that grow, sessions that end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock
from unittest.mock import Mock

import pytest
from argon2 import PasswordHasher
from record_samples import ADMIN, NURSE, Clock
from sqlalchemy import text

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.records.accounts.accounts import Account, Accounts, as_staff
from recommender.records.accounts.passwords import AT_ONCE, Passwords
from recommender.records.accounts.sign_ins import Limits, SignInRefused, SignIns, WrongPassword
from recommender.records.domain.permissions import NotAllowed
from recommender.records.errors import NotFound, RecordsError
from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AccountRow

PASSWORD = "a made-up phrase"
OTHER = "another made-up phrase"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(QUICK)


@pytest.fixture
def accounts(store: RecordStore, passwords: Passwords) -> Accounts:
    return Accounts(store, passwords)


@pytest.fixture
def nurse(accounts: Accounts) -> Account:
    return accounts.add("Nurse.One", PASSWORD, role="nurse", name="Nurse One")


@pytest.fixture
def sign_ins(store: RecordStore, passwords: Passwords) -> SignIns:
    return SignIns(store, passwords)


def _fails(sign_ins: SignIns, *, times: int, login: str = "nurse.one", source: str = "here") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in(login, "a wrong phrase!", source=source)


# accounts


def test_there_is_no_account_until_one_is_added(store: RecordStore, accounts: Accounts) -> None:
    assert accounts.all() == ()
    assert accounts.add("nurse.one", PASSWORD, role="nurse") == accounts.all()[0]
    assert verify(store).problems == ()


def test_a_password_is_kept_as_an_argon2id_hash_and_never_as_it_is(store: RecordStore, nurse: Account) -> None:
    with store.snapshot() as session:
        kept = session.scalar(text("SELECT password FROM account"))

    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert nurse.login == "nurse.one"


def test_the_settings_of_the_library_are_used_unless_others_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "recommender.records.accounts.passwords.PasswordHasher", PasswordHasher
    )  # which the other tests do without
    kept = Passwords().hash(PASSWORD)

    assert not Passwords().is_outdated(kept)
    assert Passwords().is_outdated(Passwords(QUICK).hash(PASSWORD))


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("too short..", "has 11 characters: take at least 12"),
        ("x" * 201, "take at most 200"),
        ("abababababab", "has 2 different characters: take at least 5"),
        ("my Nurse.One password", "has the name in it"),
    ],
)
def test_a_weak_password_is_refused(accounts: Accounts, password: str, words: str) -> None:
    with pytest.raises(RecordsError, match=words):
        accounts.add("nurse.one", password, role="nurse")

    assert accounts.all() == ()


@pytest.mark.parametrize("login", ["", "x", "two words", "-dash", "a" * 81])
def test_a_name_that_cannot_be_one_is_refused(accounts: Accounts, login: str) -> None:
    with pytest.raises(RecordsError, match="takes 2 to 80 small letters"):
        accounts.add(login, PASSWORD, role="nurse")


def test_a_name_is_taken_once(accounts: Accounts, nurse: Account) -> None:
    with pytest.raises(RecordsError, match="is taken"):
        accounts.add(nurse.login.upper(), PASSWORD, role="admin")


def test_only_an_admin_or_the_command_line_manages_accounts(accounts: Accounts, nurse: Account) -> None:
    accounts.change_role(nurse.login, "lead", by=ADMIN)

    with pytest.raises(NotAllowed, match="nurse: may not manage accounts"):
        accounts.change_role(nurse.login, "admin", by=NURSE)
    with pytest.raises(NotAllowed, match="nurse: may not manage accounts"):
        accounts.all(by=NURSE)

    assert [one.role for one in accounts.all()] == ["lead"]


def test_a_name_nobody_has_is_answered_with_the_nearest(accounts: Accounts, nurse: Account) -> None:
    with pytest.raises(NotFound, match=f"did you mean '{nurse.login}'"):
        accounts.set_active("nurse.on", active=False)


@pytest.mark.parametrize("how", ["shut", "given another role"])
@pytest.mark.parametrize(("others", "refused"), [((), True), (("shut",), True), (("open",), False)])
def test_the_last_open_account_that_manages_accounts_stays_as_it_is(
    store: RecordStore, accounts: Accounts, nurse: Account, how: str, others: tuple[str, ...], *, refused: bool
) -> None:
    admin = accounts.add("admin.one", PASSWORD, role="admin")
    for other in others:
        accounts.add("admin.two", PASSWORD, role="admin")
        accounts.set_active("admin.two", active=other == "open")
    before = accounts.all()

    def change(by: Staff | None) -> None:
        if how == "shut":
            accounts.set_active(admin.login, active=False, by=by)
        else:
            accounts.change_role(admin.login, "lead", by=by)

    if refused:
        with pytest.raises(RecordsError, match="is the last open account that manages accounts"):
            change(ADMIN)
        assert accounts.all() == before
        change(None)  # the command line can add another
    else:
        change(ADMIN)

    assert accounts.all() != before
    assert nurse in accounts.all()
    assert verify(store).problems == ()


def test_the_last_admin_may_be_given_the_same_role_and_a_new_password(accounts: Accounts) -> None:
    admin = accounts.add("admin.one", PASSWORD, role="admin")

    accounts.set_password(admin.login, OTHER, by=ADMIN)
    accounts.change_role(admin.login, "admin", by=ADMIN)

    assert accounts.all() == (admin,)


def test_so_many_passwords_are_compared_at_once_and_the_others_wait(passwords: Passwords) -> None:
    now, most, counting = 0, 0, Lock()

    class Counted(PasswordHasher):
        def verify(self, *given: str | bytes) -> bool:  # type: ignore[override]
            nonlocal now, most
            with counting:
                now += 1
                most = max(most, now)
            try:
                return super().verify(*given)
            finally:
                with counting:
                    now -= 1

    watched, kept = Passwords(Counted(time_cost=1, memory_cost=4096, parallelism=1)), passwords.hash(PASSWORD)
    with ThreadPoolExecutor(20) as pool:
        fitting = list(pool.map(lambda _: watched.fits(PASSWORD, kept), range(40)))

    assert fitting == [True] * 40
    assert most <= AT_ONCE


def test_a_place_without_attempts_left_costs_no_change_of_the_records(store: RecordStore, sign_ins: SignIns) -> None:
    _fails(sign_ins, times=30)
    with store.engine.begin() as connection:  # somebody changes the records: who writes would wait here
        connection.execute(text("UPDATE audit_head SET count = count"))
        _fails(sign_ins, times=5)

    with store.snapshot() as session:
        assert session.scalar(text("SELECT count FROM attempt")) == 30


def test_one_line_with_many_addresses_is_one_place(sign_ins: SignIns, nurse: Account) -> None:
    for number in range(30):
        _fails(sign_ins, times=1, login="nobody", source=f"2001:db8:1:2::{number:x}")

    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="2001:db8:1:2:ffff::1")
    assert sign_ins.sign_in(nurse.login, PASSWORD, source="2001:db8:1:3::1")


def test_nothing_fits_what_is_kept_and_is_no_hash(passwords: Passwords) -> None:
    assert not passwords.fits(PASSWORD, "no hash")


# signing in


def test_whoever_signs_in_is_known_by_a_token_of_which_only_a_hash_is_kept(
    store: RecordStore, sign_ins: SignIns, nurse: Account
) -> None:
    token = sign_ins.sign_in(" NURSE.one", PASSWORD, source="here")

    with store.snapshot() as session:
        kept = session.scalar(text("SELECT token FROM session"))
    assert sign_ins.who(token) == Staff(id=nurse.id, name="Nurse One", role="nurse")
    assert token.encode() not in bytes(kept)
    assert sign_ins.who("nothing") is None


@pytest.mark.parametrize("wrong", ["wrong password", "unknown name", "shut account", "waiting account", "too many attempts"])
def test_every_refusal_says_the_same_and_none_tells_by_its_time_which_names_there_are(
    store: RecordStore, accounts: Accounts, nurse: Account, passwords: Passwords, wrong: str
) -> None:
    sign_ins = SignIns(store, passwords)
    if wrong == "shut account":
        accounts.set_active(nurse.login, active=False)
    if wrong == "waiting account":
        _fails(sign_ins, times=5)
    if wrong == "too many attempts":
        _fails(sign_ins, times=30, login="nobody")
    watched = Mock(wraps=QUICK)
    given = {"wrong password": "a wrong phrase!"}.get(wrong, PASSWORD)

    with pytest.raises(SignInRefused) as refused:
        SignIns(store, Passwords(watched)).sign_in("nobody" if wrong == "unknown name" else nurse.login, given, source="here")

    assert str(refused.value) == str(SignInRefused())
    assert watched.verify.call_count == (0 if wrong == "too many attempts" else 1)  # which says nothing of a name


def test_after_five_failures_nobody_signs_in_for_half_a_minute_with_the_right_password_either(
    sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    _fails(sign_ins, times=5)
    locked_at = clock.now

    clock.now = locked_at + timedelta(seconds=28)
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    clock.now = locked_at + timedelta(seconds=30)
    assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_the_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour() -> None:
    waits = [Limits().wait(failures) / timedelta(seconds=1) for failures in (4, 5, 6, 7, 9, 10, 99)]

    assert waits == [0, 30, 60, 120, 480, 900, 900]


def test_a_failure_after_the_wait_is_followed_by_a_longer_one(sign_ins: SignIns, nurse: Account, clock: Clock) -> None:
    _fails(sign_ins, times=5)
    clock.now += timedelta(seconds=30)
    _fails(sign_ins, times=1)

    clock.now += timedelta(seconds=45)
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_a_right_password_ends_the_count(sign_ins: SignIns, nurse: Account) -> None:
    for _ in range(3):
        _fails(sign_ins, times=4)
        assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_a_wait_does_not_grow_by_attempts_made_during_it(sign_ins: SignIns, nurse: Account, clock: Clock) -> None:
    _fails(sign_ins, times=5)
    _fails(sign_ins, times=10)
    clock.now += timedelta(seconds=31)

    assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_one_place_has_thirty_attempts_in_five_minutes_whatever_the_names(
    sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    for number in range(30):
        _fails(sign_ins, times=1, login=f"nobody{number}")

    _fails(sign_ins, times=1, login="nobody")
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    assert sign_ins.sign_in(nurse.login, PASSWORD, source="elsewhere")
    clock.now += timedelta(minutes=5)
    assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_twenty_guesses_at_once_are_twenty_failures(store: RecordStore, sign_ins: SignIns, nurse: Account) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: _fails(sign_ins, times=1, source=f"place {number}"), range(20)))

    with store.snapshot() as session:
        failures = session.scalar(text("SELECT failures FROM account"))
    assert failures == 5  # the sixth and every later one met the wait, not the password
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_a_hash_of_weaker_settings_is_made_anew_when_its_owner_signs_in(store: RecordStore, nurse: Account) -> None:
    today = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    SignIns(store, today).sign_in(nurse.login, PASSWORD, source="here")

    with store.snapshot() as session:
        kept = session.scalar(text("SELECT password FROM account")) or ""
    assert not today.is_outdated(kept)
    assert verify(store).problems == ()


# sessions


@pytest.mark.parametrize(("step", "times", "ends"), [(timedelta(minutes=29), 10, False), (timedelta(minutes=30), 1, True)])
def test_a_session_ends_when_nothing_is_done_for_half_an_hour(
    sign_ins: SignIns, nurse: Account, clock: Clock, step: timedelta, times: int, *, ends: bool
) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    for _ in range(times):
        clock.now += step
        found = sign_ins.who(token)

    assert (found is None) == ends


def test_a_session_ends_after_twelve_hours_however_busy_it_was(sign_ins: SignIns, nurse: Account, clock: Clock) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    known = []
    for _ in range(12 * 3):
        clock.now += timedelta(minutes=20)
        known.append(sign_ins.who(token) is not None)

    assert known == [True] * 35 + [False]


def test_signing_out_ends_one_session_and_everywhere_ends_all(sign_ins: SignIns, nurse: Account) -> None:
    one, other, third = (sign_ins.sign_in(nurse.login, PASSWORD, source="here") for _ in range(3))

    sign_ins.sign_out(one)
    after_one = [sign_ins.who(token) is not None for token in (one, other, third)]
    sign_ins.sign_out_everywhere(nurse.id)

    assert after_one == [False, True, True]
    assert [sign_ins.who(token) for token in (one, other, third)] == [None, None, None]


def test_a_session_whose_consent_form_a_patient_holds_opens_nothing_until_somebody_signs_in_anew(
    store: RecordStore, sign_ins: SignIns, nurse: Account
) -> None:
    held, elsewhere = (sign_ins.sign_in(nurse.login, PASSWORD, source="here") for _ in range(2))

    sign_ins.hand_over(held, "a-record")

    found = sign_ins.session_of(held)
    assert found is not None
    assert (found.staff.id, found.held) == (nurse.id, "a-record")
    assert [sign_ins.who(token) is not None for token in (held, elsewhere)] == [False, True]
    with pytest.raises(WrongPassword):
        sign_ins.change_password(held, PASSWORD, OTHER)
    assert sign_ins.who(sign_ins.sign_in(nurse.login, PASSWORD, source="here")) is not None
    assert sign_ins.who(held) is None
    with store.snapshot() as session:
        rows = session.execute(text("SELECT who, what, record FROM audit WHERE kind = 'consent'")).all()
    assert rows == [(nurse.id, "given to the patient", "a-record")]
    assert verify(store).problems == ()


@pytest.mark.parametrize("minutes", [29, 31])
def test_a_held_form_has_the_time_out_of_every_session(sign_ins: SignIns, nurse: Account, clock: Clock, minutes: int) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    sign_ins.hand_over(token, "a-record")

    clock.now += timedelta(minutes=minutes)

    assert (sign_ins.session_of(token) is not None) == (minutes < 30)
    if minutes > 30:
        with pytest.raises(RecordsError, match="has ended"):
            sign_ins.hand_over(token, "a-record")


def test_the_registration_number_stands_with_whoever_does_something(
    store: RecordStore, accounts: Accounts, sign_ins: SignIns
) -> None:
    accounts.add("nurse.two", PASSWORD, role="nurse", registration=" 12A3456B ")
    first = sign_ins.who(sign_ins.sign_in("nurse.two", PASSWORD, source="here"))
    accounts.set_registration("nurse.two", "")
    then = sign_ins.who(sign_ins.sign_in("nurse.two", PASSWORD, source="here"))

    assert first is not None
    assert then is not None
    assert (first.registration, then.registration) == ("12A3456B", "")
    assert "registration" not in then.model_dump()
    for wrong in ("x" * 61, "12\n34"):
        with pytest.raises(RecommenderError, match="registration number"):
            accounts.set_registration("nurse.two", wrong)
    assert verify(store).problems == ()


@pytest.mark.parametrize("what", ["shut", "role", "registration", "password"])
def test_an_account_that_is_changed_is_signed_out_everywhere_at_once(
    store: RecordStore, accounts: Accounts, sign_ins: SignIns, nurse: Account, what: str
) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    match what:
        case "shut":
            accounts.set_active(nurse.login, active=False)
        case "role":
            accounts.change_role(nurse.login, "lead")
        case "registration":
            accounts.set_registration(nurse.login, "12A3456B")
        case "password":
            accounts.set_password(nurse.login, OTHER)

    assert sign_ins.who(token) is None
    assert verify(store).problems == ()


def test_a_password_of_ones_own_is_changed_by_the_present_one_and_ends_every_other_session(
    store: RecordStore, sign_ins: SignIns, nurse: Account
) -> None:
    here, elsewhere = (sign_ins.sign_in(nurse.login, PASSWORD, source="here") for _ in range(2))

    sign_ins.change_password(here, PASSWORD, OTHER)

    assert [sign_ins.who(token) is not None for token in (here, elsewhere)] == [True, False]
    assert sign_ins.sign_in(nurse.login, OTHER, source="here")
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    with store.snapshot() as session:
        changes = session.execute(text("SELECT who, record FROM audit WHERE what = 'password changed'")).all()
    assert changes == [(nurse.id, nurse.id)]
    assert verify(store).problems == ()


def test_nobody_guesses_the_present_password_at_an_open_page(store: RecordStore, sign_ins: SignIns, nurse: Account) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign_ins.change_password(token, "a wrong phrase!", OTHER)
    with pytest.raises(WrongPassword):
        sign_ins.change_password(token, PASSWORD, OTHER)

    assert sign_ins.who(token) is not None
    assert verify(store).problems == ()


def test_a_new_password_of_ones_own_is_no_weak_one_and_none_is_given_without_a_session(
    sign_ins: SignIns, nurse: Account, clock: Clock
) -> None:
    token = sign_ins.sign_in(nurse.login, PASSWORD, source="here")

    with pytest.raises(RecordsError, match="has 9 characters"):
        sign_ins.change_password(token, PASSWORD, "too short")
    clock.now += timedelta(minutes=31)
    with pytest.raises(WrongPassword):
        sign_ins.change_password(token, PASSWORD, OTHER)

    assert sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_a_new_password_ends_the_wait_and_the_old_one_fits_no_more(
    accounts: Accounts, sign_ins: SignIns, nurse: Account
) -> None:
    _fails(sign_ins, times=5)

    accounts.set_password(nurse.login, OTHER)

    assert sign_ins.sign_in(nurse.login, OTHER, source="here")
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(nurse.login, PASSWORD, source="here")


def test_what_has_ended_is_forgotten(store: RecordStore, sign_ins: SignIns, nurse: Account, clock: Clock) -> None:
    sign_ins.sign_in(nurse.login, PASSWORD, source="here")
    clock.now += timedelta(days=1)

    sign_ins.sign_in(nurse.login, PASSWORD, source="elsewhere")

    with store.snapshot() as session:
        left = [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("session", "attempt")]
    assert left == [1, 1]


@pytest.mark.parametrize("name", ["\u200b", "A\0B", "A\x1b[2J", "x" * 201, "ß" * 101, "Anna \u202eairaM"])
def test_a_name_that_no_record_can_hold_is_no_name_of_an_account(accounts: Accounts, name: str) -> None:
    with pytest.raises(RecommenderError):
        accounts.add("nurse.named", PASSWORD, role="nurse", name=name)

    assert accounts.all() == ()


def test_an_account_whose_name_an_earlier_version_let_grow_too_long_signs_in(accounts: Accounts, sign_ins: SignIns) -> None:
    account = accounts.add("nurse.long", PASSWORD, role="nurse")
    row = AccountRow(id=account.id, name="x" * 201, role="nurse", registration="")

    assert as_staff(row).name == "x" * 200
    assert sign_ins.who(sign_ins.sign_in("nurse.long", PASSWORD, source="here")) is not None


@pytest.mark.parametrize("login", ["nurse\0", "x" * 10_000, "\ud800", "ß" * 80, " "])
def test_a_name_that_no_account_can_have_is_refused_like_any_other(sign_ins: SignIns, login: str) -> None:
    with pytest.raises(SignInRefused):
        sign_ins.sign_in(login, PASSWORD, source="here")
