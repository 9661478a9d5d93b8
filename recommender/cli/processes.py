"""Several processes of one command, kept running until somebody ends this one."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

_LONG_ENOUGH: Final = 30.0  # seconds: what breaks off sooner would do so again
_LOOKED_AFTER: Final = 0.5  # seconds between two looks
_LAST_CALL: Final = 20.0  # seconds


def keep_running(command: Sequence[str], count: int, environment: Mapping[str, str], *, lasting: float = _LONG_ENOUGH) -> int:
    """So many processes of a command, until this one is told to end: then they all end, and 0 is returned.

    One that breaks off is started again; where it did before ``lasting`` seconds, all are ended and its code is returned.
    """
    running: list[tuple[subprocess.Popen[bytes], float]] = []
    before = signal.signal(signal.SIGTERM, _end)

    def begin() -> None:
        running.append((subprocess.Popen(command, env=environment), time.monotonic()))  # noqa: S603 (our own)

    try:
        for _ in range(count):
            begin()
        while True:
            time.sleep(_LOOKED_AFTER)
            for one in [one for one in running if one[0].poll() is not None]:
                running.remove(one)
                if time.monotonic() - one[1] < lasting:
                    return one[0].returncode or 1
                begin()
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        _end_all([process for process, _ in running])
        signal.signal(signal.SIGTERM, before)


def _end(*_: object) -> NoReturn:
    sys.exit(0)


def _end_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=_LAST_CALL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
