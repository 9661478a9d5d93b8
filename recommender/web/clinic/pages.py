"""The pages of the clinic: who may see each, what it is called, and what draws it. A new page is added here alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from recommender.languages import message, speaks, spoken
from recommender.records.domain.permissions import Act


class Page(NamedTuple):
    """A page: the permission that it needs, the title of the browser's tab (the same for every patient), and what draws it.

    ``menu`` is its name in the menu, ``part`` its name among the parts of a record; empty where it has no place there.
    ``keep`` saves its fields at the start of a rerun. It and ``draw`` are named, and not imported: they ask this table
    who may see what.
    """

    needs: Act
    title: str
    draw: str = ""
    menu: str = ""
    part: str = ""
    keep: str = ""


#: in the order of the menu, and of the parts of a record; the nurse's page is drawn by the router
PAGES: Final[Mapping[str, Page]] = {
    "records": Page("read records", message("Records"), "records.records_page:records_page", menu=message("Records")),
    "patient": Page("read records", message("Patient"), "records.patient_page:patient_page"),
    "consultation": Page(
        "write a draft", message("Consultation"), menu=message("New consultation"), part=message("1 Findings")
    ),
    "decide": Page("write a draft", message("Decisions"), "treatment.decide_page:decide_page", part=message("2 Decisions")),
    "treat": Page(
        "write a draft",
        message("Treatment"),
        "treatment.treat_page:treat_page",
        part=message("3 Treatment"),
        keep="treatment.treat_page:keep_treatment",
    ),
    "record": Page(
        "read records", message("Record"), "records.record_page:record_page", part=message("4 Record and signature")
    ),
    "waiting": Page("read records", message("Waiting"), "reports.waiting_page:waiting_page", menu=message("Waiting")),
    "due": Page("read records", message("Follow-ups"), "reports.due_page:due_page", menu=message("Follow-ups")),
    "recall": Page("read records", message("Lot recall"), "reports.recall_page:recall_page", menu=message("Lot recall")),
    "products": Page(
        "keep the clinic's lots", message("Products"), "treatment.products_page:products_page", menu=message("Products")
    ),
    "events": Page(
        "read records", message("Adverse events"), "reports.events_page:events_page", menu=message("Adverse events")
    ),
    "overrides": Page(
        "review how the rules are followed",
        message("Overrides"),
        "reports.overrides_page:overrides_page",
        menu=message("Overrides"),
    ),
    "agreement": Page(
        "review how the rules are followed",
        message("Agreement"),
        "reports.agreement_page:agreement_page",
        menu=message("Agreement"),
    ),
    "history": Page(
        "read the history of changes",
        message("History of changes"),
        "reports.history_page:history_page",
        menu=message("History"),
    ),
    "accounts": Page("manage accounts", message("Accounts"), "auth.accounts_page:accounts_page", menu=message("Accounts")),
    "me": Page("see one's own account", message("My account"), "auth.me_page:me_page", menu=message("My account")),
}


def menu() -> dict[str, str]:
    """The pages of the menu and their names there; a page that is not in it is reached from another one."""
    return {name: page.menu for name, page in spoken(PAGES).items() if page.menu}


def parts() -> dict[str, str]:
    """The parts of a record in the order of the work, and their names."""
    return {name: page.part for name, page in spoken(PAGES).items() if page.part}


speaks(__name__)
