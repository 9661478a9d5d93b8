"""Several processes that serve the form on one port."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.web.people import answer_form
from benchmarks.web.server import Server
from benchmarks.web.visitor import Visitor, key_of
from recommender.cli.processes import keep_running, open_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="this system cannot share a port among processes"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(processes=2) as running:
        yield running


def children(server: Server) -> list[int]:
    return [int(one) for one in Path(f"/proc/{server.process}/task/{server.process}/children").read_text().split()]


def test_two_processes_answer_whole_forms_at_one_address(server: Server) -> None:
    async def forms() -> list[Visitor]:
        visitors = [Visitor(server.address) for _ in range(6)]
        for number, visitor in enumerate(visitors):
            async with visitor:
                await answer_form(visitor, random.Random(number))
        return visitors

    visitors = asyncio.run(forms())

    assert len(children(server)) == 2
    assert {visitor.page.heading for visitor in visitors} <= {"Summary for your consultation", "Get help now"}
    assert server.failures() == 0


def test_who_comes_back_finds_their_answers_in_whichever_process_they_come_to(server: Server) -> None:
    async def age_again() -> list[str]:
        async with Visitor(server.address) as visitor:
            await visitor.press("begin")
            await visitor.type(age_in(visitor).id, "42")
            address, device = visitor.query, visitor.device
        found = []
        for _ in range(8):
            async with Visitor(server.address, query=address, device=device) as visitor:
                field = age_in(visitor)
                found.append(field.value or field.default)
        return found

    assert asyncio.run(age_again()) == ["42"] * 8


def age_in(visitor: Visitor) -> Any:
    """The field of the age."""
    return next(one for one in visitor.page.of("text_input") if key_of(one.id) == "person.age")


def test_what_breaks_off_is_started_again_and_what_cannot_begin_is_not_tried_for_ever(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    runs = f"import time; f = open({str(starts)!r}, 'a+'); f.write('x'); f.close(); n = len(open({str(starts)!r}).read())"
    command = [sys.executable, "-c", f"{runs}; time.sleep(1 if n < 3 else 0); raise SystemExit(3)"]

    with open_port("127.0.0.1", 0) as listening:
        assert keep_running(command, 1, os.environ, listening=listening, lasting=0.9) == 3
    assert starts.read_text() == "xxx"


@pytest.mark.parametrize("family", ["127.0.0.1", "::1"])
def test_a_port_is_shared_with_nobody_else(family: str) -> None:
    with open_port(family, 0) as ours:
        port = ours.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            open_port(family, port)
        with socket.socket(ours.family) as theirs:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            with pytest.raises(OSError, match="in use"):
                theirs.bind((family, port))


def test_another_installation_is_refused_the_port_while_this_one_serves_there(server: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "recommender", "serve", f"--port={server.port}", "--processes=2"]
    done = subprocess.run(
        command, env=os.environ | {"RECOMMENDER_DATA": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert str(server.port) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_the_form_is_announced_once_it_is_there_and_never_where_nothing_can_be_kept(processes: int, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "recommender", "serve", f"--port={port}", f"--processes={processes}"]
    (tmp_path / "file").touch()

    elsewhere = os.environ | {"RECOMMENDER_DATA": str(tmp_path / "file")}
    refused = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=False, timeout=60)
    log = tmp_path / "log"
    with log.open("w") as sink:
        begun = subprocess.Popen(command, env=os.environ | {"RECOMMENDER_DATA": str(tmp_path / "data")}, stdout=sink)
        while "The form is at" not in log.read_text() and begun.poll() is None:
            time.sleep(0.1)
        begun.terminate()
        begun.wait(timeout=30)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"RECOMMENDER_DATA: {tmp_path / 'file'}: " in refused.stderr
    assert log.read_text().count(f"The form is at http://127.0.0.1:{port} (stop with Ctrl-C)\n") == 1


def test_processes_end_with_the_one_that_began_them_when_it_is_killed() -> None:
    with Server(processes=2) as server:
        begun = children(server)
        assert len(begun) == 2
        os.kill(server.process, signal.SIGKILL)
        until = time.monotonic() + 60
        while any(map(is_running, begun)) and time.monotonic() < until:
            time.sleep(0.05)

        assert not any(map(is_running, begun))
        open_port("127.0.0.1", server.port).close()


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
