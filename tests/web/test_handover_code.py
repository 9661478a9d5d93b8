"""Codes that nobody can guess, that show a slip of the finger, and rows that the code alone opens."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.records.client_network import network_of
from recommender.records.errors import RecordsError
from recommender.records.handover import code as handover_code
from recommender.records.handover import store as handover_store
from recommender.records.handover.code import ALPHABET, new_code, read_code, secrets_of
from recommender.records.handover.store import WRONG_FROM_ONE_ADDRESS, WRONG_IN_ALL, CodeError, HandoverStore

DAY = 86_400.0
TEXT = '{"answers":{"person":{"age":42},"history":{"hiv":"unsure"}}}'
HERE = "203.0.113.7"


class Clock:
    now = 20_000 * DAY + 36_000

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> HandoverStore:
    return HandoverStore(tmp_path / "kept" / "handovers.sqlite", clock=clock)


def collect(store: HandoverStore, code: str, *, address: str = HERE) -> str:
    """What is under a code, or why there is nothing."""
    try:
        with store.collected(code, address=address) as text:
            return text.rstrip(" ")
    except CodeError as error:
        return error.why


def rows(folder: Path, table: str = "handed") -> int:
    with sqlite3.connect(folder / "kept" / "handovers.sqlite") as database:
        (found,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    database.close()
    return int(found)


def wrong_codes(number: int) -> list[str]:
    return [new_code() for _ in range(number)]


def test_a_code_has_more_than_sixty_bits_and_no_character_that_looks_like_another() -> None:
    codes = [new_code() for _ in range(200)]

    assert {(len(code), code[5], code[11]) for code in codes} == {(17, "-", "-")}
    assert handover_code._AT_RANDOM * math.log2(len(ALPHABET)) > 69
    assert set("".join(codes)) == {*ALPHABET, "-"}
    assert not set("01IOL") & set(ALPHABET)
    assert len(set(codes)) == 200


@given(st.text(alphabet=ALPHABET, min_size=14, max_size=14), st.integers(0, 14), st.integers(0, 14), st.sampled_from(ALPHABET))
def test_one_wrong_character_or_two_that_changed_places_are_found(drawn: str, one: int, two: int, other: str) -> None:
    code = drawn + handover_code._check(drawn)
    wrong, swapped = list(code), list(code)
    wrong[one] = other
    swapped[one], swapped[two] = swapped[two], swapped[one]

    assert read_code(code) is not None
    assert [read_code("".join(typed)) for typed in (wrong, swapped) if "".join(typed) != code] in ([], [None], [None, None])


def test_a_code_is_read_in_small_letters_and_with_other_gaps() -> None:
    code = new_code()

    assert {read_code(typed) for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code} ")} == {code}
    assert [read_code(typed) for typed in ("", code[:-1], f"{code}2", code.replace("-", "_"), "0" * 15, "é" * 15)] == [None] * 6


def test_the_row_tells_nothing_of_the_key() -> None:
    code = new_code()

    row, key = secrets_of(code)

    assert (len(bytes.fromhex(row)), len(key)) == (32, 32)
    assert bytes.fromhex(row) != key
    assert secrets_of(code) == (row, key)
    assert secrets_of(new_code()).row != row


def test_what_is_kept_comes_back_once(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)

    assert collect(store, code.lower().replace("-", " ")) == TEXT
    assert collect(store, code) == "unknown"
    assert rows(tmp_path) == 0


def test_the_file_has_neither_the_code_nor_an_answer_and_only_its_owner_reads_it(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)

    files = list((tmp_path / "kept").iterdir())
    content = b"".join(file.read_bytes() for file in files)
    assert len(content) > 4096
    assert [
        word for word in (code.encode(), code.replace("-", "").encode(), b'"hiv"', b'"unsure"', b'"age"') if word in content
    ] == []
    assert [stat.S_IMODE(file.stat().st_mode) & 0o077 for file in files] == [0] * len(files)


def test_how_long_a_row_is_and_when_it_expires_tell_little(store: HandoverStore, tmp_path: Path, clock: Clock) -> None:
    _, first = store.keep("{}", address=HERE)
    clock.now += 9 * 3600
    _, second = store.keep(TEXT, address=HERE)

    with sqlite3.connect(tmp_path / "kept" / "handovers.sqlite") as database:
        found = database.execute("SELECT length(content), expires FROM handed").fetchall()
    database.close()

    assert first == second == 20_015 * DAY
    assert len(set(found)) == 1


def test_a_row_that_was_changed_opens_nothing_and_stays(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)
    with sqlite3.connect(tmp_path / "kept" / "handovers.sqlite") as database:
        database.execute("UPDATE handed SET content = CAST(content || x'00' AS BLOB)")
    database.close()

    assert collect(store, code) == "unknown"
    assert rows(tmp_path) == 1


def test_it_expires_at_the_end_of_the_last_day_and_is_swept_by_whoever_comes(
    store: HandoverStore, clock: Clock, tmp_path: Path
) -> None:
    code, expires = store.keep(TEXT, address=HERE)
    other, _ = store.keep(TEXT, address=HERE)

    clock.now = expires - 1
    assert collect(store, code) == TEXT
    clock.now = expires
    assert rows(tmp_path) == 1
    HandoverStore(tmp_path / "kept" / "handovers.sqlite", clock=clock)

    assert rows(tmp_path) == 0
    assert collect(store, other) == "unknown"


def test_what_could_not_be_used_stays_to_be_collected_again(store: HandoverStore) -> None:
    code, _ = store.keep(TEXT, address=HERE)

    def fail() -> None:
        with store.collected(code, address=HERE):
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="full"):
        fail()

    assert collect(store, code) == TEXT


def test_what_was_withdrawn_is_gone(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)
    kept, _ = store.keep(TEXT, address=HERE)

    store.withdraw(code)

    assert (collect(store, code), collect(store, kept)) == ("unknown", TEXT)
    assert rows(tmp_path) == 0


def test_a_slip_of_the_finger_is_no_guess_and_a_right_code_neither(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)

    assert {collect(store, code[:-1] + character) for character in ALPHABET if character != code[-1]} == {"mistyped"}
    assert collect(store, code) == TEXT

    assert rows(tmp_path, "wrong") == 0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that cost nothing to work out, for tests about numbers of guesses."""
    monkeypatch.setattr(handover_store, "secrets_of", lambda code: handover_code.Secrets(f"row of {code}", b"k" * 32))


@pytest.mark.usefixtures("quick")
def test_too_many_guesses_from_one_address_are_refused_for_an_hour_also_after_a_new_start(
    store: HandoverStore, clock: Clock, tmp_path: Path
) -> None:
    code, _ = store.keep(TEXT, address=HERE)

    assert {collect(store, wrong) for wrong in wrong_codes(WRONG_FROM_ONE_ADDRESS)} == {"unknown"}
    again = HandoverStore(tmp_path / "kept" / "handovers.sqlite", clock=clock)
    assert collect(again, code) == "too_many"
    clock.now += 3601

    assert collect(again, code) == TEXT


@pytest.mark.usefixtures("quick")
def test_another_address_is_let_in_until_there_were_too_many_in_all(store: HandoverStore) -> None:
    code, _ = store.keep(TEXT, address=HERE)
    other, _ = store.keep(TEXT, address=HERE)
    addresses = [f"198.51.100.{number}" for number in range(WRONG_IN_ALL // WRONG_FROM_ONE_ADDRESS)]

    first, *rest = addresses
    assert [collect(store, wrong, address=first) for wrong in wrong_codes(10)] == ["unknown"] * 10
    assert (collect(store, code, address=first), collect(store, code)) == ("too_many", TEXT)
    assert {collect(store, wrong, address=address) for address in rest for wrong in wrong_codes(10)} == {"unknown"}

    assert collect(store, other) == "too_many"


@pytest.mark.usefixtures("quick")
def test_so_many_codes_are_made_in_an_hour_and_no_more(
    store: HandoverStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover_store, "MADE_FROM_ONE_ADDRESS", 3)
    monkeypatch.setattr(handover_store, "MADE_IN_ALL", 5)

    def refused(address: str) -> bool:
        try:
            store.keep(TEXT, address=address)
        except CodeError as error:
            return error.why == "too_many"
        return False

    from_one = [refused(HERE) for _ in range(handover_store.MADE_FROM_ONE_ADDRESS + 1)]
    left = handover_store.MADE_IN_ALL - handover_store.MADE_FROM_ONE_ADDRESS
    in_all = [refused(f"198.51.100.{number}") for number in range(left + 1)]
    clock.now += 3601

    assert from_one == [False] * handover_store.MADE_FROM_ONE_ADDRESS + [True]
    assert in_all == [False] * left + [True]
    assert not refused(HERE)


@pytest.mark.usefixtures("quick")
def test_so_many_wait_and_no_more(store: HandoverStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover_store, "MOST_WAITING", 1)
    code, _ = store.keep(TEXT, address=HERE)

    with pytest.raises(CodeError):
        store.keep(TEXT, address=HERE)

    assert collect(store, code) == TEXT


@pytest.mark.usefixtures("quick")
def test_a_clock_that_was_ahead_holds_nobody_up_and_keeps_nothing_longer(
    store: HandoverStore, clock: Clock, tmp_path: Path
) -> None:
    clock.now += 365 * DAY
    store.keep(TEXT, address=HERE)
    for wrong in wrong_codes(WRONG_FROM_ONE_ADDRESS):
        collect(store, wrong)
    clock.now -= 365 * DAY

    code, _ = store.keep(TEXT, address=HERE)
    collected = collect(store, code)
    clock.now += 15 * DAY
    store.sweep()

    assert collected == TEXT
    assert rows(tmp_path) == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("somewhere", ""),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


COLLECTING = """
import sys
from pathlib import Path
from recommender.records.handover.store import CodeError, HandoverStore

store = HandoverStore(Path(sys.argv[1]), clock=lambda: float(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    with store.collected(sys.argv[3], address=sys.argv[4]) as text:
        print(text.rstrip())
except CodeError as error:
    print(error.why)
"""


@pytest.mark.slow  # four processes of their own
def test_of_several_who_collect_at_once_one_gets_it(store: HandoverStore, tmp_path: Path) -> None:
    code, _ = store.keep(TEXT, address=HERE)
    command = [sys.executable, "-c", COLLECTING, str(tmp_path / "kept" / "handovers.sqlite"), str(Clock.now), code, HERE]
    with contextlib.ExitStack() as running:
        collectors = [
            running.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
            )
            for _ in range(4)
        ]
        for collector in collectors:
            assert collector.stdout is not None
            assert collector.stdout.readline() == "ready\n"
        for collector in collectors:
            assert collector.stdin is not None
            collector.stdin.write("\n")
        found = sorted(collector.communicate(timeout=60)[0].strip() for collector in collectors)

    assert found == sorted([TEXT, "unknown", "unknown", "unknown"])


@pytest.mark.parametrize(("text", "days"), [("", 14), ("1", 1), ("90", 90)])
def test_how_long_it_is_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch, text: str, days: int) -> None:
    monkeypatch.setenv("RECOMMENDER_HANDOFF_DAYS", text)

    assert handover_store.days_kept() == days


@pytest.mark.parametrize("text", ["0", "91", "-1", "1.5", "a week", "²"])
def test_a_setting_that_cannot_be_says_so(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("RECOMMENDER_HANDOFF_DAYS", text)

    with pytest.raises(RecordsError, match="whole number of days from 1 to 90"):
        handover_store.days_kept()
