"""Drafts are kept under a hash, for a day, and are gone when they are deleted."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from recommender.records.errors import StorageError
from recommender.web.server import expiry
from recommender.web.state.draft_store import DraftStore, is_token, new_token

HOUR = 3600.0


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> DraftStore:
    return DraftStore(tmp_path / "kept" / "drafts.sqlite", clock=clock)


def test_a_draft_comes_back_as_it_was_saved_also_from_another_process(store: DraftStore, tmp_path: Path, clock: Clock) -> None:
    token = new_token()

    store.save(token, {"values": {"person.age": 42}})

    again = DraftStore(tmp_path / "kept" / "drafts.sqlite", clock=clock)
    assert again.load(token) == {"values": {"person.age": 42}}
    assert again.load(new_token()) is None


def test_the_file_holds_no_token_and_only_its_owner_reads_it(store: DraftStore, tmp_path: Path) -> None:
    token = new_token()

    store.save(token, {"values": {}})

    files = list((tmp_path / "kept").iterdir())
    assert files
    assert not [file for file in files if token.encode() in file.read_bytes()]
    assert [stat.S_IMODE(file.stat().st_mode) & 0o077 for file in files] == [0] * len(files)


def test_a_draft_lives_for_a_day_after_the_last_change(store: DraftStore, clock: Clock) -> None:
    token = new_token()
    store.save(token, {"values": {"person.age": 1}})

    clock.now += 23 * HOUR
    store.save(token, {"values": {"person.age": 2}})
    clock.now += 23 * HOUR
    assert store.load(token) == {"values": {"person.age": 2}}

    clock.now += 2 * HOUR
    assert store.load(token) is None


def test_what_expired_is_swept_by_the_running_server_though_nobody_comes(
    store: DraftStore, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(new_token(), {"values": {"person.age": 1}})
    clock.now += 25 * HOUR
    swept = Event()

    def sweep() -> None:
        store.sweep()
        swept.set()

    async def run() -> None:
        async with expiry.delete_expired_periodically():
            await asyncio.to_thread(swept.wait, 20)

    monkeypatch.setattr(expiry, "delete_expired", sweep)
    asyncio.run(run())

    with sqlite3.connect(tmp_path / "kept" / "drafts.sqlite") as database:
        assert database.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_what_a_clock_that_was_ahead_has_kept_is_kept_for_a_day_and_no_longer(store: DraftStore, clock: Clock) -> None:
    token = new_token()
    clock.now += 365 * 24 * HOUR
    store.save(token, {"values": {"person.age": 1}})
    clock.now -= 365 * 24 * HOUR

    store.sweep()
    kept = store.load(token)
    clock.now += 25 * HOUR
    store.sweep()

    assert kept is not None
    assert store.load(token) is None


def test_a_draft_is_read_where_nothing_can_be_written_and_what_cannot_be_kept_is_said(
    store: DraftStore, tmp_path: Path
) -> None:
    token = new_token()
    store.save(token, {"values": {"person.age": 1}})

    with closing(sqlite3.connect(tmp_path / "kept" / "drafts.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store._idle[0].execute("PRAGMA busy_timeout = 10")
        loaded = store.load(token)
        with pytest.raises(StorageError, match=r"drafts.sqlite: is locked by another program: try again"):
            store.save(token, {"values": {"person.age": 2}})

    assert loaded == {"values": {"person.age": 1}}
    assert store.update(token, {"values": {"person.age": 3}})


def test_a_deleted_draft_is_gone(store: DraftStore) -> None:
    token, other = new_token(), new_token()
    store.save(token, {"values": {}})
    store.save(other, {"values": {}})

    store.delete(token)

    assert store.load(token) is None
    assert store.load(other) == {"values": {}}


def test_what_was_deleted_is_not_made_again_by_who_had_read_it_before(store: DraftStore) -> None:
    token = new_token()
    store.save(token, {"values": {"person.age": 1}})

    assert store.update(token, {"values": {"person.age": 2}})
    assert store.load(token) == {"values": {"person.age": 2}}
    store.delete(token)

    assert not store.update(token, {"values": {"person.age": 3}})
    assert store.load(token) is None


@pytest.mark.parametrize("text", ["", "short", "x" * 22 + "y", "../../../../etc/passwd", "a" * 21 + "é", "a" * 21 + "'"])
def test_only_what_has_the_shape_of_a_token_is_one(text: str) -> None:
    assert is_token(new_token())
    assert not is_token(text)


def test_what_is_deleted_stands_in_no_file_any_more(store: DraftStore, tmp_path: Path) -> None:
    token = new_token()
    store.save(token, {"values": {"history.pregnant": "a word that is found again"}})
    store.save(token, {"values": {"history.pregnant": "a word that is found again, changed"}})
    store.save(new_token(), {"values": {"person.age": 42}})

    store.delete(token)

    assert not [file for file in (tmp_path / "kept").iterdir() if b"found again" in file.read_bytes()]


def test_what_expired_is_not_shown_between_two_sweeps(store: DraftStore, clock: Clock) -> None:
    token = new_token()
    store.save(token, {"values": {"person.age": 42}})
    clock.now += 24 * HOUR - 1
    store.load(new_token())

    clock.now += 2

    assert store.load(token) is None


def test_threads_share_the_store_and_lose_nothing(store: DraftStore) -> None:
    tokens = [new_token() for _ in range(8)]

    def fill(token: str) -> None:
        for age in range(30):
            store.save(token, {"values": {"person.age": age}})
            assert store.load(token) == {"values": {"person.age": age}}

    with ThreadPoolExecutor(len(tokens)) as threads:
        list(threads.map(fill, tokens))

    assert [store.load(token) for token in tokens] == [{"values": {"person.age": 29}}] * len(tokens)
