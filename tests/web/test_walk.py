"""The walk: every page as nobody and as every role, with and without a record in the address. What is not allowed is shut."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from site_runs import opened, start_title
from staff import Visited, records_in, visited
from strategies import further
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block
from visit_samples import FilledFolder

from recommender.documents.staff import ROLES, Staff, StaffRole
from recommender.records.accounts.sign_ins import Limits
from recommender.records.domain.permissions import ALLOWED
from recommender.records.errors import RecordsError
from recommender.records.storage.key_files import KeyFile
from recommender.web.clinic import words as said
from recommender.web.clinic.auth.access import may_see
from recommender.web.clinic.auth.words import SHUT as RECORDS_SHUT
from recommender.web.clinic.frame import function_of
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.stores import accounts, record_store, sign_ins
from recommender.web.consultation.words import BEGIN_BLANK

#: the pages that there are: those of the clinic, and the nurse's page, which stands with the form
CLINICAL: frozenset[StaffRole] = frozenset({"nurse", "prescriber", "lead"})
WRITING: frozenset[StaffRole] = frozenset({"nurse", "prescriber"})
#: who may see which page, written apart from what the product reads; a page that is not here fails the walk
MAY_SEE: dict[str, frozenset[StaffRole]] = {
    "records": CLINICAL,
    "patient": CLINICAL,
    "consultation": WRITING,
    "decide": WRITING,
    "treat": WRITING,
    "record": CLINICAL,
    "waiting": CLINICAL,
    "due": CLINICAL,
    "recall": CLINICAL,
    "products": CLINICAL,
    "events": CLINICAL,
    "overrides": frozenset({"prescriber", "lead"}),
    "agreement": frozenset({"prescriber", "lead"}),
    "history": frozenset({"lead"}),
    "accounts": frozenset({"admin"}),
    "me": frozenset(ROLES),
}
#: names that no page of the clinic has, or that somebody could try
UNKNOWN = ("", "nothing", "RECORDS", "records/", "../records", "admin", "Patient", "record ")
SHUT = {said.STAFF_ONLY, said.NOT_YOURS}
VISITORS: tuple[StaffRole | None, ...] = (None, *ROLES)


@pytest.fixture(scope="module")
def visited_too(filled_folder: FilledFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Visited]:
    """The folder with visits in every state, and in it a patient whom no page but the right ones may name."""
    folder = shutil.copytree(filled_folder.folder, tmp_path_factory.mktemp("visited"), dirs_exist_ok=True)
    with records_in(folder) as kept:
        return folder, visited(kept)


@pytest.fixture
def data_before(visited_too: tuple[Path, Visited]) -> Path:
    return visited_too[0]


@pytest.fixture
def kept(store: object, visited_too: tuple[Path, Visited]) -> Visited:  # noqa: ARG001 (its data folder)
    return visited_too[1]


def walked(page: str, kept: Visited, *, whole: bool) -> AppTest:
    """A page, opened as a stranger would guess its address: ``whole`` with the ids of a patient and a record in it."""
    address = {"step": page, "record": kept.record, "patient": kept.patient, "d": kept.record} if whole else {"step": page}
    return opened({name: value for name, value in address.items() if value})


def text_of(app: AppTest) -> str:
    """Everything that a page sends to the browser."""
    found, left = [], list(app._tree.children.values())
    while left:
        node = left.pop()
        found.append(str(node.proto))
        left += node.children.values() if isinstance(node, Block) else ()
    return "\n".join(found)


def test_the_walk_would_see_a_name_wherever_a_page_said_it(kept: Visited, sign_in: Callable[[StaffRole], str]) -> None:
    sign_in("nurse")

    app = opened({"step": "patient", "patient": kept.patient})

    assert kept.name in text_of(app)
    assert f"at-{kept.name}" in text_of(app)


def test_every_page_that_is_shown_is_listed_with_what_it_needs_and_every_listed_one_is_there() -> None:
    assert set(PAGES) == set(MAY_SEE)
    drawn = [named for page in PAGES.values() for named in (page.draw, page.keep) if named]
    assert {tuple(inspect.signature(function_of(named)).parameters) for named in drawn} == {("visit",)}
    assert {name for name, page in PAGES.items() if not page.draw} == {"consultation"}  # the router draws it


@pytest.mark.parametrize("role", VISITORS)
def test_what_is_not_listed_opens_to_nobody(role: StaffRole | None) -> None:
    staff = Staff(id="x", name="X", role=role) if role else None

    assert [page for page in (*UNKNOWN, "start", "how") if may_see(staff, page)] == []


@pytest.mark.parametrize("whole", [pytest.param(False, id="bare", marks=pytest.mark.slow), pytest.param(True, id="with ids")])
@pytest.mark.parametrize("page", sorted(MAY_SEE))
@pytest.mark.parametrize("role", VISITORS)
def test_a_page_opens_to_those_who_are_allowed_what_it_needs_and_says_nothing_to_others(
    role: StaffRole | None, page: str, kept: Visited, sign_in: Callable[[StaffRole], str], *, whole: bool
) -> None:
    allowed = role in MAY_SEE[page]
    assert allowed == (role is not None and PAGES[page].needs in ALLOWED[role])
    if role:
        sign_in(role)

    app = walked(page, kept, whole=whole)

    assert not app.exception
    assert (app.title[0].value not in SHUT) == allowed
    if not allowed:
        assert app.title[0].value == (said.NOT_YOURS if role else said.STAFF_ONLY)
        assert kept.name not in text_of(app)
        assert not app.text_input
        assert [button.key for button in app.button] == ["language-es"]  # nothing to press but another language


@pytest.mark.parametrize("page", [*UNKNOWN[:2], *further(UNKNOWN[2:]), "start", "how", "check", "result"])
@pytest.mark.parametrize("role", further((None, *ROLES), None, "nurse", "admin"))
def test_no_other_address_leads_to_a_record_of_whom_may_not_read_one(
    role: StaffRole | None, page: str, kept: Visited, sign_in: Callable[[StaffRole], str]
) -> None:
    if role:
        sign_in(role)
    may_read = role in CLINICAL

    for whole in (True, False):
        app = walked(page, kept, whole=whole)
        assert not app.exception
        assert (whole and may_read) or kept.name not in text_of(app)


def test_a_nurses_unkept_answers_open_to_nobody_else_by_their_address(sign_in: Callable[[StaffRole], str]) -> None:
    sign_in("nurse")
    app = opened({"step": "consultation"})
    next(button for button in app.button if button.label == BEGIN_BLANK).click().run()
    draft = app.query_params["d"]
    token = draft[0] if isinstance(draft, list) else draft

    for role in ("lead", "admin"):
        sign_in(role)
        for page in ("consultation", "start", "check", "records"):
            walk = opened({"step": page, "d": token})
            assert not walk.exception
            assert walk.title[0].value in (SHUT if page != "records" or role == "admin" else {said.RECORDS_TITLE})


@pytest.mark.parametrize(("gone", "title"), [(Limits().idle, said.STAFF_ONLY), (timedelta(minutes=29), said.RECORDS_TITLE)])
def test_a_page_shuts_when_its_session_has_lain_idle(
    sign_in: Callable[[StaffRole], str], kept: Visited, gone: timedelta, title: str
) -> None:
    sign_in("nurse")
    app = opened({"step": "records"})
    assert app.title[0].value == said.RECORDS_TITLE
    now = record_store().clock()

    record_store().clock = lambda: now + gone
    app.run()

    assert app.title[0].value == title
    assert kept.name not in text_of(app) or title == said.RECORDS_TITLE


def test_a_page_shuts_twelve_hours_after_signing_in_however_busy_it_was(nurse: str) -> None:
    app, now, titles = opened({"step": "records"}), record_store().clock(), []

    for number in range(1, 37):
        record_store().clock = lambda number=number: now + number * timedelta(minutes=20)  # type: ignore[misc]
        if number in (1, 35, 36):
            titles.append(app.run().title[0].value)
        else:
            sign_ins().who(nurse)

    assert titles == [said.RECORDS_TITLE, said.RECORDS_TITLE, said.STAFF_ONLY]


def test_signing_out_shuts_the_page_and_forgets_what_it_held(nurse: str, kept: Visited) -> None:
    app = opened({"step": "patient", "patient": kept.patient})

    app.button(key="sign-out").click().run()

    assert app.title[0].value == said.STAFF_ONLY
    assert kept.name not in text_of(app)
    assert sign_ins().who(nurse) is None
    app.query_params["step"], app.query_params["patient"] = "patient", kept.patient
    assert kept.name not in text_of(app.run())


@pytest.mark.usefixtures("nurse")
def test_a_role_that_is_taken_away_shuts_the_open_page(kept: Visited) -> None:
    app = opened({"step": "patient", "patient": kept.patient})
    accounts().change_role("a.nurse", "admin")

    app.run()

    assert app.title[0].value == said.STAFF_ONLY
    assert kept.name not in text_of(app)


@pytest.mark.usefixtures("nurse", "kept")
def test_records_that_cannot_be_opened_keep_staff_out_and_no_patient() -> None:
    KeyFile.of_installation().file.unlink()
    record_store.clear()
    with pytest.raises(RecordsError, match=r"records\.keys: is missing"):
        record_store()

    form, records = opened({}), opened({"step": "records"})

    assert not form.exception
    assert form.title[0].value == start_title()
    assert records.title[0].value == RECORDS_SHUT
    assert not KeyFile.of_installation().file.exists()
