"""What the benchmark of the web form measures with: visitors without a browser who answer whole forms."""

from __future__ import annotations

import asyncio
import random
import resource
from pathlib import Path

import pytest
from form_server import Server
from site_runs import start_title

from benchmarks.web.crowd import crowd
from benchmarks.web.people import answer_form, take_pdf
from benchmarks.web.visitor import VisitError, Visitor, key_of

pytestmark = pytest.mark.slow
FEW_FILES = 256


async def _answers_it_all(address: str, seed: int) -> Visitor:
    async with Visitor(address) as visitor:
        await answer_form(visitor, random.Random(seed))
    return visitor


@pytest.mark.parametrize("seed", [2, 3])
def test_a_visitor_without_a_browser_answers_a_whole_form_to_its_result(address: str, seed: int) -> None:
    visitor = asyncio.run(_answers_it_all(address, seed))

    shown = {one.component_name.rpartition(".")[2] for one in visitor.page.of("bidi_component")}
    assert {"summary", "downloads"} <= shown
    assert visitor.page.heading == "Summary for your consultation"
    assert len(visitor.taken) > 10
    assert all(seconds > 0 for seconds in visitor.taken)


def test_a_visitor_takes_the_pdf_along_and_the_page_holds_it_no_longer(address: str) -> None:
    async def taken() -> str:
        async with Visitor(address) as visitor:
            await answer_form(visitor, random.Random(2))
            await take_pdf(visitor)
            await visitor.press("how")
            await visitor.press("return")
            shown = next(one for one in visitor.page.of("bidi_component") if one.component_name.endswith("downloads"))
            return str(shown.json)

    assert '"made": null' in asyncio.run(taken())


def test_what_a_visitor_chose_is_on_the_page_again(address: str) -> None:
    async def ages() -> tuple[str, str]:
        async with Visitor(address) as visitor:
            await visitor.press("begin")
            field = next(one for one in visitor.page.of("text_input") if key_of(one.id) == "person.age")
            await visitor.type(field.id, "42")
            await visitor.press("continue")
            asked = visitor.page.heading
            await visitor.press("back")
            again = next(one for one in visitor.page.of("text_input") if key_of(one.id) == "person.age")
            return asked, again.value or again.default

    assert asyncio.run(ages()) == ("Are you pregnant or breastfeeding?", "42")


def test_a_press_on_nothing_is_an_error_and_no_figure(address: str) -> None:
    async def press() -> None:
        async with Visitor(address) as visitor:
            await visitor.press("continue")

    with pytest.raises(VisitError, match="no button 'continue'"):
        asyncio.run(press())


def test_a_crowd_counts_its_steps_and_meets_no_error(own_server: Server) -> None:
    measured = asyncio.run(crowd(own_server.address, 3, 8))

    assert measured.errors == []
    assert len(measured.steps) > 20
    assert measured.seconds >= 8
    assert 0 < measured.late(50) <= measured.late(95)
    assert "Traceback" not in own_server.said()


@pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning")  # a socket of so many may end after its loop
def test_more_people_come_than_the_usual_limit_of_open_files_has_room_for(tmp_path: Path) -> None:
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = Server(tmp_path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, most))
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))

    async def come_together() -> set[str]:
        visitors = [Visitor(server.address) for _ in range(FEW_FILES // 3)]
        for visitor in visitors:
            await visitor.__aenter__()
        seen = {visitor.page.heading for visitor in visitors}
        for visitor in visitors:
            await visitor.__aexit__(None, None, None)
        await asyncio.sleep(0.5)  # the sockets close after they were told to
        return seen

    try:
        assert asyncio.run(come_together()) == {start_title("uk")}
    finally:
        server.stop()
