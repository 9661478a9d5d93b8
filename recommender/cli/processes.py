"""Keeps several processes of one command running until this one ends; they end with it, even when it is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

#: the variables in which each process finds the number of its listening socket, and of a pipe that closes when this one ends
LISTENING: Final = "RECOMMENDER_LISTENING"
PARENT: Final = "RECOMMENDER_PARENT"
_BACKLOG: Final = 512  # connections that wait to be accepted
_LONG_ENOUGH: Final = 30.0  # seconds: a process that fails sooner would fail again
_LOOKED_AFTER: Final = 0.5  # seconds between two looks
_LAST_CALL: Final = 20.0  # seconds


def open_port(address: str, port: int) -> socket.socket:
    """A socket that listens there, for all processes, and lets nobody else listen; raises OSError where somebody does."""
    is_six = ":" in address
    family = socket.AF_INET6 if is_six else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=_BACKLOG, dualstack_ipv6=is_six)


def keep_running(
    command: Sequence[str],
    count: int,
    environment: Mapping[str, str],
    *,
    listening: socket.socket,
    first: Mapping[str, str] | None = None,
    lasting: float = _LONG_ENOUGH,
) -> int:
    """So many processes of a command, until this one is told to end: then they all end, and 0 is returned.

    What is in ``first`` the first of them alone finds in its environment.
    One that breaks off is started again; where it did before ``lasting`` seconds, all are ended and its code is returned.
    """
    running: list[tuple[subprocess.Popen[bytes], float]] = []
    before = signal.signal(signal.SIGTERM, _end)
    parent, held = os.pipe()
    given = (listening.fileno(), parent)
    own = {**environment, LISTENING: str(listening.fileno()), PARENT: str(parent)}

    def begin(environment: Mapping[str, str]) -> None:
        running.append((subprocess.Popen(command, env=environment, pass_fds=given), time.monotonic()))  # noqa: S603 (our own)

    try:
        for number in range(count):
            begin(own if number else {**own, **(first or {})})
        while True:
            time.sleep(_LOOKED_AFTER)
            for one in [one for one in running if one[0].poll() is not None]:
                running.remove(one)
                if time.monotonic() - one[1] < lasting:
                    return one[0].returncode or 1
                begin(own)
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        _end_all([process for process, _ in running])
        signal.signal(signal.SIGTERM, before)
        os.close(held)
        os.close(parent)


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
