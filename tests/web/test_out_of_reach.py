"""Records that cannot be read for a while: the form goes on, staff are told what to do, and it is over by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from site_runs import heading, opened, start_title
from staff import PASSWORD, QUICK
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from recommender.documents.staff import StaffRole
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.errors import RecordsError
from recommender.web import words
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth import access
from recommender.web.clinic.auth import routes as auth_routes
from recommender.web.clinic.auth import words as auth_words
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.stores import record_store
from recommender.web.state.draft_store import DraftStore


@contextmanager
def out_of_reach(folder: Path) -> Iterator[None]:
    """In the place of the records there is something else meanwhile."""
    record_store().engine.dispose()
    file = folder / "records.sqlite"
    away = file.rename(folder / "away")
    file.write_text("the shopping list, which is longer than a header of SQLite\n" * 20)
    yield
    record_store().engine.dispose()
    away.rename(file)


async def at_the_door() -> list[httpx.Response]:
    """The page to sign in, and what comes of signing in."""
    transport = httpx.ASGITransport(app=Starlette(routes=auth_routes.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as door:
        form = {"name": "a.nurse", "password": PASSWORD}
        return [await door.get(auth_routes.SIGN_IN), await door.post(auth_routes.SIGN_IN, data=form)]


def notes(app: AppTest) -> str:
    return unescape("\n".join(note.value for note in app.html))


def test_with_a_staff_cookie_the_form_is_open_and_pages_of_the_clinic_say_what_to_do(
    sign_in: Callable[[StaffRole], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_in("nurse")

    with out_of_reach(tmp_path):
        form, shut = opened({}), opened({"step": "records"})
        titles = [heading(form), heading(shut)]
        form.button(key="begin-start").click().run()
        going_on = heading(form)
    again = opened({"step": "records"})

    assert titles[1] == str(auth_words.SHUT)
    assert clinic_words.OUT_OF_REACH_LEAD in notes(shut)
    assert titles[0] == start_title() != going_on
    assert heading(again) == str(PAGES["records"].title)
    assert "records: is not a database" in capsys.readouterr().out


def test_the_door_says_so_and_opens_again_by_itself(sign_in: Callable[[StaffRole], str], tmp_path: Path) -> None:
    sign_in("nurse")

    with out_of_reach(tmp_path):
        answers = asyncio.run(at_the_door())
    after = asyncio.run(at_the_door())

    assert [answer.status_code for answer in answers] == [503, 503]
    assert all(auth_words.SHUT_LEAD in answer.text for answer in answers)
    assert [answer.status_code for answer in after] == [200, 303]


def test_whoever_is_signed_in_reads_on_where_it_cannot_be_written_down_that_they_were_seen(
    sign_in: Callable[[StaffRole], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token, sign_ins = sign_in("nurse"), SignIns(record_store(), QUICK)
    later = record_store().clock() + timedelta(minutes=5)
    monkeypatch.setattr(record_store(), "clock", lambda: later)
    with record_store().engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    assert sign_ins.who(token) is not None


@pytest.mark.parametrize(("cookie", "said"), [("", words.NOT_NOW), ("x", clinic_words.NOT_NOW)])
def test_what_cannot_be_saved_is_said_to_whoever_reads(monkeypatch: pytest.MonkeyPatch, cookie: str, said: str) -> None:
    monkeypatch.setattr(access, "token", lambda: cookie)

    def script() -> None:
        from recommender.records.errors import StorageError
        from recommender.web.application import tell_of_failure

        tell_of_failure(StorageError([]))

    assert str(said) in notes(AppTest.from_function(script, default_timeout=30).run())


def test_a_first_account_is_not_asked_for_where_the_records_are_gone(store: DraftStore, tmp_path: Path) -> None:
    assert store is not None
    auth_routes.accounts().add("an.admin", PASSWORD, role="admin")
    record_store().engine.dispose()
    record_store.clear()
    (tmp_path / "records.sqlite").unlink()

    with pytest.raises(RecordsError, match="has sealed records, and they are not in"):
        auth_routes.first_start.link("http://here")
