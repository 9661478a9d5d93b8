"""Changes of what is kept, one at a time: in the runs of one process and in those of several."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from recommender.records.errors import StorageError
from recommender.web.state.write_lock import write_lock

CHECKOUT = Path(__file__).resolve().parents[2]
COUNT = """
from pathlib import Path
from recommender.web.state.write_lock import write_lock
number = Path({file!r})
for _ in range(100):
    with write_lock():
        with write_lock():
            number.write_text(str(int(number.read_text()) + 1))
"""


@pytest.mark.slow
def test_what_several_processes_read_and_write_in_their_turn_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    number = tmp_path / "number"
    number.write_text("0")

    command = [sys.executable, "-c", COUNT.format(file=str(number))]
    counting = [subprocess.Popen(command, cwd=CHECKOUT) for _ in range(3)]

    assert [one.wait(timeout=60) for one in counting] == [0, 0, 0]
    assert number.read_text() == "300"


def test_a_run_waits_for_the_turn_of_another_and_then_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    order: list[str] = []

    def other() -> None:
        with write_lock():
            order.append("other")

    with write_lock():
        waiting = threading.Thread(target=other)
        waiting.start()
        waiting.join(timeout=0.2)
        order.append("this")
    waiting.join(timeout=20)

    assert order == ["this", "other"]


def test_a_turn_that_fails_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    with pytest.raises(ZeroDivisionError), write_lock():
        _ = 1 / 0

    def other() -> None:
        with write_lock():
            pass

    following = threading.Thread(target=other, daemon=True)
    following.start()
    following.join(timeout=20)

    assert not following.is_alive()


def test_a_turn_whose_file_cannot_be_opened_is_not_counted_and_the_next_one_is_locked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("RECOMMENDER_DATA", str(blocked))
    with pytest.raises(StorageError), write_lock():
        pass

    blocked.unlink()
    locked = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'ab'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    with write_lock():
        tried = subprocess.run([sys.executable, "-c", locked, str(blocked / "turns.lock")], capture_output=True, check=False)

    assert b"BlockingIOError" in tried.stderr
