"""Every page of the form in every state, on one walk: colours, sizes, widths, focus, and what a screen reader is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from every_page import every_state, every_state_of_the_clinic
from form_server import Server
from form_walk import Form
from page_checks import Checks
from playwright.sync_api import Page
from staff import records_in
from visit_samples import fill

from recommender.documents.vocabulary import Jurisdiction

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


@pytest.fixture
def checks(page: Page, pytestconfig: pytest.Config) -> Checks:
    return Checks(
        page, update_trees=pytestconfig.getoption("--update-trees"), whole=pytestconfig.getoption("--length") == "whole"
    )


def test_every_page_of_the_form_can_be_used_by_everybody(
    page: Page, checks: Checks, server_in: Callable[[Jurisdiction], Server]
) -> None:
    server = server_in("uk")
    for state in every_state(Form(page, server.address), server.folder):
        checks.all_of(state)

    checks.judge(staff=False)


def test_every_page_of_the_clinic_can_be_used_by_everybody(page: Page, checks: Checks, own_server: Server) -> None:
    own_server.session_of("nurse")  # whoever signs in first makes the records
    with records_in(own_server.folder) as record_store:
        filled = fill(record_store)

    for state in every_state_of_the_clinic(Form(page, own_server.address), own_server, filled):
        checks.all_of(state)

    checks.judge(staff=True)
