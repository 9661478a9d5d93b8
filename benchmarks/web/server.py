"""The web form as a process of its own, on a free port and with a data folder that is removed with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Final, Self

CHECKOUT: Final = Path(__file__).resolve().parents[2]
START_SECONDS: Final = 90
_OWN_SETTINGS: Final = ("DATABASE_URL", "RECOMMENDER_KEYS")  # of an installation: no visitor of ours may come near it


class ServerError(RuntimeError):
    """The server did not start; its log says why."""


class Server:
    """The form, served as ``make run`` serves it; it ends with the ``with`` statement that began it."""

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = Path(mkdtemp(prefix="web-"))

    def __enter__(self) -> Self:
        own = {name: value for name, value in os.environ.items() if name not in _OWN_SETTINGS}
        own |= {"RECOMMENDER_DATA": str(self._folder), "RECOMMENDER_JURISDICTION": "uk"}
        options = ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
        if self._processes > 1:
            command = [sys.executable, "-m", "recommender", "serve", f"--port={self.port}", f"--processes={self._processes}"]
        with (self._folder / "log").open("w") as log:
            self._process = subprocess.Popen(command, cwd=CHECKOUT, env=own, stdout=log, stderr=subprocess.STDOUT)
        try:
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.2)
        raise ServerError(f"the form did not start: {self.said()}")

    def said(self) -> str:
        """The log so far."""
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def failures(self) -> int:
        """How many runs of a page broke off with an error, by the log."""
        return self.said().count("Traceback (most recent call last)")

    @property
    def process(self) -> int:
        """The number of the process, or of the one that keeps the others running."""
        return self._process.pid

    def _all(self) -> list[int]:
        """The numbers of all processes that serve. Raises OSError where the system does not tell."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii").split()
        return [self.process, *(map(int, children) if self._processes > 1 else ())]

    def memory(self) -> int | None:
        """Resident memory in bytes; None where the system does not tell (it is read from ``/proc``)."""
        try:
            told = [Path(f"/proc/{one}/status").read_text(encoding="ascii").splitlines() for one in self._all()]
        except OSError:
            return None
        return sum(1024 * int(line.split()[1]) for lines in told for line in lines if line.startswith("VmRSS"))

    def processor_seconds(self) -> float | None:
        """Processor time that the server has used so far; None where the system does not tell."""
        try:
            told = [Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in self._all()]
        except OSError:
            return None
        return sum(int(fields[11]) + int(fields[12]) for fields in told) / os.sysconf("SC_CLK_TCK")
