"""A certified OpenID Connect provider as a process of its own (Node), for the tests of signing in at a clinic's own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

FOLDER: Final = Path(__file__).with_name("oidc")
CLIENT, SECRET = "the clinic", "a secret of the clinic and its provider"


def installed() -> str:
    """Node, once the provider is installed as its lock says; where there is none, the reason to skip (in CI a failure)."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        reason = "no Node on this machine (apt-get install nodejs npm)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with (FOLDER / "package-lock.json").open() as one_at_a_time:  # two halves of the suite ask at once
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / ".package-lock.json").is_file():  # npm writes it when the rest is there
            subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, timeout=300)
    return node


class OidcProvider:
    """A provider that knows some people: name to sign in with → what it says of them. It takes any password."""

    def __init__(self, *, back: str, people: Mapping[str, Mapping[str, Any]]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.metadata_url = f"http://127.0.0.1:{port}/.well-known/openid-configuration"
        settings = {"port": port, "client": CLIENT, "secret": SECRET, "back": back, "people": people}
        command = [installed(), "provider.js", json.dumps(settings)]
        self._process = subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n", "the provider did not start; it says why above"

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)
