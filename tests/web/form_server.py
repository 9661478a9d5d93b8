"""The application as a process of its own, for the browser tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from staff import PASSWORD

from recommender.documents.staff import StaffRole
from recommender.documents.vocabulary import Jurisdiction
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.clinic.auth.routes import SIGN_IN

CHECKOUT = Path(__file__).resolve().parents[2]


class Server:
    """The application on a port and a data folder of its own, in one jurisdiction; it can be stopped and started again."""

    script = "app.py"

    def __init__(self, folder: Path, jurisdiction: Jurisdiction = "uk", **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._own = {"RECOMMENDER_DATA": str(folder), "RECOMMENDER_JURISDICTION": jurisdiction, **settings}
        self._log = folder / "log"
        self._signed_in: dict[StaffRole, str] = {}

    def set(self, name: str, value: str) -> None:
        """Set a variable of the environment that it is started in."""
        self._own[name] = value

    def start(self) -> None:
        options = ["--server.port", str(self.port), "--server.address", "127.0.0.1"]
        command = [sys.executable, "-m", "streamlit", "run", self.script, *options]
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=CHECKOUT, env=os.environ | self._own, stdout=log, stderr=subprocess.STDOUT
            )
        for _ in range(240):
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.25)
        pytest.fail(f"the application did not start: {self.said()}")

    def session_of(self, role: StaffRole) -> str:
        """The token of somebody who signs in as this role, at the door that everybody uses."""
        if role not in self._signed_in:
            command = [sys.executable, "-m", "recommender", "accounts", "add", f"a.{role}", "--role", role, "--password-stdin"]
            subprocess.run(command, cwd=CHECKOUT, env=os.environ | self._own, input=PASSWORD, text=True, check=True, timeout=60)
            answer = httpx.post(f"{self.address}{SIGN_IN}", data={"name": f"a.{role}", "password": PASSWORD}, timeout=20)
            assert answer.status_code == 303
            self._signed_in[role] = answer.cookies[COOKIE]
        return self._signed_in[role]

    def sign_in(self, page: Page, role: StaffRole) -> None:
        """Give a page of a browser the cookie of somebody in this role."""
        page.context.add_cookies([{"name": COOKIE, "value": self.session_of(role), "url": self.address}])

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)

    def said(self) -> str:
        return self._log.read_text()
