"""The clinic's lists, counts and accounts as Streamlit runs them: what each shows, and what a role may not do."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from record_samples import BORN_ON, LEAD, NURSE, begun
from site_runs import heading, opened
from sqlalchemy import text
from staff import PASSWORD, QUICK, session_of
from strategies import shipped
from streamlit.testing.v1 import AppTest
from visit_samples import CONTACT, DAY, LOT, Filled, FilledFolder, fill_with_pairs

from recommender.documents.consultation import AdverseEvent
from recommender.documents.staff import StaffRole
from recommender.export.blocks import Bullets, Line, Table
from recommender.languages import short_day
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.sign_ins import SignInRefused, SignIns
from recommender.records.errors import NotFound
from recommender.records.maintenance.verification import verify
from recommender.records.reports.agreement import FEWEST, NO_INTERVAL, ONE_WORD, Agreement, Figures, Kappa
from recommender.records.visits import consultations as consultations_module
from recommender.records.visits import patients as patients_module
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.auth import access
from recommender.web.clinic.reports import agreement_page
from recommender.web.clinic.reports import words as report_words
from recommender.web.clinic.stores import record_store
from recommender.web.clinic.ui import day_words
from recommender.web.clinic.ui.question_names import QuestionNames

SignIn = Callable[[StaffRole], str]
NEW = "five other plain words here"


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch, store: object) -> None:  # noqa: ARG001 (its data folder)
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.fixture
def filled(tmp_path: Path, filled_folder: FilledFolder) -> Filled:
    shutil.copytree(filled_folder.folder, tmp_path, dirs_exist_ok=True)
    return filled_folder.filled


def data_of(app: AppTest, key: str) -> dict[str, Any]:
    """What was handed to a component."""
    found = next(one for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}"))
    return dict(json.loads(found.proto.json))


def has(app: AppTest, key: str) -> bool:
    return any(one.proto.id.endswith(f"-{key}") for one in app.get("bidi_component"))


def table(app: AppTest, key: str) -> list[list[str]]:
    """The rows of a table with the words of each cell; the headings first."""
    rows = re.findall(r"<tr>(.*?)</tr>", data_of(app, key)["html"])
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def caption(app: AppTest, key: str) -> str:
    return plain(re.findall(r"<caption[^>]*>(.*?)</caption>", data_of(app, key)["html"])[0])


def file(app: AppTest, key: str) -> tuple[str, str]:
    """The name and the text of the file that a button saves."""
    (one,) = data_of(app, key)["files"]
    return one["name"], base64.b64decode(one["content"]).decode("utf-8-sig")


def names_in(content: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(content))]


def notes(app: AppTest) -> str:
    return unescape("\n".join(note.value for note in app.html))


# every page


@pytest.mark.parametrize("page", ["waiting", "due", "overrides", "agreement", "records"])
def test_where_there_is_nothing_a_page_says_so(sign_in: SignIn, page: str) -> None:
    sign_in("lead")

    app = opened({"step": page})
    if page == "agreement":
        app.button(key="agreement-count").click().run()

    told = {
        "waiting": said.WAITING_NONE,
        "due": said.DUE_NONE,
        "overrides": said.OVERRIDES_NONE,
        "agreement": said.AGREEMENT_NONE,
        "records": words.NO_RECORDS,
    }
    assert told[page] in notes(app)
    assert [one.proto.component_name for one in app.get("bidi_component")] == ["page_effects"]


# records


def test_the_records_are_a_table_of_whose_when_how_they_stand_and_what_follows(filled: Filled, sign_in: SignIn) -> None:
    sign_in("nurse")
    begun = short_day(filled.treated.begun_at.date())
    visit = filled.treated.consultation

    app = opened({"step": "records"})

    rows = table(app, "latest-")
    assert rows[0] == [said.PATIENT, said.BEGUN, said.STATE, said.INJECTED_ON, said.FOLLOW_UP]
    assert rows[-1] == [
        f"Treated Made-Up born {short_day(BORN_ON)}",
        begun,
        "signed and locked",
        *(short_day(day) for day in (visit.injected_on, visit.follow_up and visit.follow_up.on) if day),
    ]
    assert [row[0].split()[0] for row in rows[1:]] == ["Deciding", "Signing", "Declined", "Twice", "Twice", "Treated"]
    assert caption(app, "latest-") == "6 visits, the one changed last first"


@pytest.mark.parametrize(("role", "page"), [("nurse", "consultation"), ("lead", "record")])
def test_pressing_a_draft_opens_its_findings_or_the_whole_for_who_writes_none(
    filled: Filled, sign_in: SignIn, role: StaffRole, page: str
) -> None:
    sign_in(role)
    app = opened({"step": "records"})
    link = re.findall(rf'<a href="\?([^"]*)" data-open="{filled.again.id}"', data_of(app, "latest-")["html"])

    app.session_state["latest-"] = {"open": filled.again.id}
    app.run()

    assert {name: app.query_params[name] for name in ("step", "record")} == {"step": page, "record": filled.again.id}
    assert [unescape(one) for one in link] == [f"step={page}&record={filled.again.id}"]


def test_an_id_that_is_not_in_the_list_opens_nothing(filled: Filled, sign_in: SignIn) -> None:
    sign_in("nurse")
    app = opened({"step": "records"})
    app.segmented_control(key="filter").set_value("draft").run()

    app.session_state["latest-draft"] = {"open": filled.treated.id}
    app.run()

    assert app.query_params["step"] == "records"
    assert [row[0].split()[0] for row in table(app, "latest-draft")[1:]] == ["Deciding", "Twice"]


def test_what_is_listed_is_saved_as_it_stands_there_and_a_spreadsheet_runs_none_of_it(filled: Filled, sign_in: SignIn) -> None:
    sign_in("nurse")
    app = opened({"step": "records"})
    app.segmented_control(key="filter").set_value("signed").run()

    name, content = file(app, "csv-latest-signed")

    assert filled
    assert name == "visits.csv"
    assert names_in(content) == ["Signing Made-Up"]
    assert f"'{CONTACT}" in content


def test_a_name_is_never_markup(sign_in: SignIn, filled: Filled) -> None:
    Patients(record_store()).change(filled.treated.patient_id, 1, Identity(name='<b onclick="x">"Bold"</b>'), by=NURSE)
    sign_in("nurse")

    html = data_of(opened({"step": "records"}), "latest-")["html"]

    assert "<b onclick" not in html
    assert "&lt;b onclick=&quot;x&quot;&gt;" in html


def test_earlier_ones_are_turned_to_page_by_page_and_back(
    sign_in: SignIn, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of two instead of fifty: the reading is that of the records."""
    monkeypatch.setattr("recommender.records.visits.visit_lists.PAGE", 2)
    monkeypatch.setattr("recommender.web.clinic.records.records_page.PAGE", 2)
    sign_in("nurse")
    app, seen = opened({"step": "records"}), []

    for press in ("earlier", "earlier", "", "later"):
        seen.append([row[0].split()[0] for row in table(app, "latest-")[1:]])
        if press:
            app.button(key=f"{press}-latest-").click().run()
        else:
            assert "earlier-latest-" not in [button.key for button in app.button]

    assert filled
    assert seen == [["Deciding", "Signing"], ["Declined", "Twice"], ["Twice", "Treated"], ["Twice", "Treated"]]
    assert [row[0].split()[0] for row in table(app, "latest-")[1:]] == ["Declined", "Twice"]


# waiting


def test_what_waits_says_for_what_and_since_when_the_longest_first(filled: Filled, sign_in: SignIn) -> None:
    before = datetime.now(UTC) - timedelta(days=3)
    changed = "UPDATE consultation SET changed_at = :at WHERE id = :id"
    with record_store().engine.begin() as connection:
        connection.execute(text(changed), {"at": before.isoformat(" ")[:26], "id": filled.waits_for_a_decision.id})
    sign_in("prescriber")

    rows = table(opened({"step": "waiting"}), "waiting")

    assert [row[:2] for row in rows[1:]] == [
        [f"Deciding Made-Up born {short_day(BORN_ON)}", "A decision Glabella – Botulinum toxin type A"],
        [f"Signing Made-Up born {short_day(BORN_ON)}", "Co-signature, after Nurse One"],
    ]
    assert [row[2].split(" ", 3)[3] for row in rows[1:]] == ["3 days", "today"]


# follow-ups


def test_follow_ups_are_listed_with_contact_and_the_overdue_marked(filled: Filled, sign_in: SignIn) -> None:
    assert filled
    sign_in("nurse")
    past, ahead = date.today() - timedelta(days=5), date.today() + timedelta(days=7)

    app = opened({"step": "due"})

    rows = table(app, "due")
    assert [row[:3] for row in rows[1:]] == [
        [f"Treated Made-Up born {short_day(BORN_ON)}", f"{short_day(past)} overdue by 5 days", CONTACT],
        [f"Signing Made-Up born {short_day(BORN_ON)}", f"{short_day(ahead)} in 7 days", CONTACT],
    ]
    assert caption(app, "due") == "2 visits to follow up, 1 overdue"
    assert names_in(file(app, "due-csv")[1]) == ["Treated Made-Up", "Signing Made-Up"]


def test_only_follow_ups_between_the_two_days_are_listed_and_days_the_wrong_way_round_are_told(
    filled: Filled, sign_in: SignIn
) -> None:
    assert filled
    sign_in("nurse")
    app = opened({"step": "due"})

    app.text_input(key="due-from").set_value(short_day(date.today())).run()
    assert [row[0].split()[0] for row in table(app, "due")[1:]] == ["Signing"]
    app.text_input(key="due-to").set_value(short_day(date.today() - timedelta(days=1))).run()

    assert day_words.SPAN_WRONG in notes(app)
    assert not has(app, "due")


# recall


@pytest.mark.parametrize("typed", [LOT, "lot1A", " lot-1-A "])
def test_a_lot_finds_everybody_who_was_treated_from_it_however_it_is_typed(filled: Filled, sign_in: SignIn, typed: str) -> None:
    assert filled
    sign_in("lead")
    app = opened({"step": "recall"})

    app.text_input(key="lot").set_value(typed).run()

    assert [row[0].split()[0] for row in table(app, "recall")[1:]] == ["Treated", "Twice", "Signing"]
    assert caption(app, "recall").endswith("3 patients, 3 visits")
    assert names_in(file(app, "recall-csv")[1]) == ["Treated Made-Up", "Twice Made-Up", "Signing Made-Up"]
    assert "lot" not in app.query_params


@pytest.mark.parametrize(("typed", "note"), [("another", said.RECALL_NONE), ("--", ""), ("LOT", said.RECALL_NONE)])
def test_a_lot_that_nobody_had_finds_nobody(filled: Filled, sign_in: SignIn, typed: str, note: str) -> None:
    assert filled
    sign_in("nurse")
    app = opened({"step": "recall"})

    app.text_input(key="lot").set_value(typed).run()

    assert note in notes(app)
    assert not has(app, "recall")
    assert not has(app, "recall-csv")


def test_a_list_that_is_cut_says_so(filled: Filled, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled
    for place in ("recommender.records.visits.visit_lists", "recommender.web.clinic.ui.listing"):
        monkeypatch.setattr(f"{place}.MOST_LISTED", 2)
    sign_in("lead")
    app = opened({"step": "recall"})

    app.text_input(key="lot").set_value("LOT-1 a").run()

    assert len(table(app, "recall")[1:]) == 2
    assert str(said.CUT).format(number=2) in notes(app)


# adverse events, a patient's timeline, the history of changes


@pytest.fixture
def bruised(filled: Filled) -> Filled:
    """What was seen two days after the injection stands in an addendum."""
    event = AdverseEvent(what="a bruise", seen_on=DAY + timedelta(days=2), action="cold pack", product=0)
    Consultations(record_store()).add_addendum(
        filled.treated.id, filled.treated.version, "Seen again.", by=NURSE, adverse_event=event
    )
    return filled


def test_adverse_events_are_listed_with_product_and_lot_for_the_days_that_are_asked_for(
    bruised: Filled, sign_in: SignIn
) -> None:
    assert bruised
    sign_in("nurse")
    app = opened({"step": "events"})

    rows = table(app, "events")
    assert rows == [
        list(report_words.EVENTS_COLUMNS),
        ["Treated Made-Up", short_day(DAY + timedelta(days=2)), "a bruise cold pack", f"a brand, lot {LOT}"],
    ]

    app.text_input(key="events-from").set_value(short_day(DAY + timedelta(days=3))).run()
    assert report_words.EVENTS_NONE in notes(app)


def test_a_patients_timeline_says_what_happened_on_which_day_the_latest_first(bruised: Filled, sign_in: SignIn) -> None:
    sign_in("lead")
    app = opened({"step": "patient", "patient": bruised.treated.patient_id})

    rows = table(app, f"timeline-{bruised.treated.patient_id}")[1:]

    today, day = short_day(date.today()), short_day(DAY)
    assert [row[:2] for row in rows if row[0] not in (today, day)] == [
        [short_day(date.today() - timedelta(days=5)), "Follow-up"],
        [
            short_day(DAY + timedelta(days=2)),
            f"Adverse event a bruise: cold pack; Glabella: a brand, lot {LOT}",
        ],
    ]
    assert [row[1] for row in rows if row[0] == today] == ["Visit begun", "Signed", "Co-signed", "Addendum Seen again."]
    assert any(row[1].startswith("Injected") and LOT in row[1] for row in rows)


def test_the_history_of_changes_is_told_in_words_of_all_and_of_one_patient(bruised: Filled, sign_in: SignIn) -> None:
    sign_in("lead")
    everything = table(opened({"step": "history"}), "history")[1:]
    app = opened({"step": "patient", "patient": bruised.treated.patient_id})

    app.button(key="history").click().run()

    rows = table(app, "history")[1:]
    assert [row[2] for row in rows] == [
        "added an addendum to a visit",
        "co-signed a visit",
        "signed a visit",
        "began a visit",
        "added a patient",
    ]
    assert {row[3].split(" ")[0] for row in rows} == {"Treated"}
    assert len(everything) > len(rows)
    codes = {what for kind in report_words.CHANGED.values() for what in kind}
    assert [row[2] for row in everything if row[2] in codes] == ["signed in"]  # the one whose word is its code
    app.button(key="history-all").click().run()
    assert len(table(app, "history")[1:]) == len(everything)


def test_the_visits_of_today_are_listed_with_how_many_follow_ups_are_due(filled: Filled, sign_in: SignIn) -> None:
    assert filled
    with record_store().engine.begin() as connection:
        change = "UPDATE consultation SET begun_at = :at, injected_on = NULL WHERE id != :id"
        connection.execute(text(change), {"at": "2026-01-02 10:00:00.000000", "id": filled.again.id})
        connection.execute(
            text("UPDATE consultation SET follow_up_on = :today WHERE id = :id"), {"today": date.today(), "id": filled.first.id}
        )
    sign_in("nurse")
    app = opened({"step": "records"})

    app.segmented_control(key="filter").set_value(words.TODAY).run()

    assert [row[0].split()[0] for row in table(app, "latest-today")[1:]] == ["Twice"]


def test_whoever_has_an_id_with_two_underscores_as_earlier_versions_gave_is_shown(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (patients_module, consultations_module):
        monkeypatch.setattr(module, "new_id", lambda: "abcdefgh__klmnopqrstuv")
    patient = Patients(record_store()).add(Identity(name="Old Made-Up"), by=NURSE)
    kept = Consultations(record_store()).begin(patient.id, begun(), by=NURSE)
    sign_in("nurse")

    pages = [{"step": "patient", "patient": patient.id}]
    pages += [{"step": step, "record": kept.id} for step in ("consultation", "decide", "treat", "record")]
    for page in pages:
        app = opened(page)
        assert not app.exception
        assert "Old Made-Up" in heading(app)


# overrides


def test_rules_that_were_not_followed_are_counted_in_words_and_one_that_is_gone_says_so(
    filled: Filled, sign_in: SignIn
) -> None:
    assert filled
    with record_store().engine.begin() as connection:
        connection.execute(text("UPDATE override SET rule = 'gone.rule' WHERE rule = 'movement.usual-place'"))
        connection.execute(
            text("UPDATE override SET rule = 'gone.rule', number = number + 1 WHERE rule = 'movement.lines-on-movement'")
        )
    sign_in("lead")

    rows = table(opened({"step": "overrides"}), "overrides")

    why = ["Declined", "It is not what the patient prefers"]
    assert rows == [
        list(said.OVERRIDES_COLUMNS),
        [f"{said.EARLIER_RULE} gone.rule", *why, "2"],
        ["Anti-wrinkle injection for lines made by movement movement.offer-toxin", *why, "1"],
    ]


# agreement


def test_too_few_pairs_are_named_and_no_figure_is_shown(filled: Filled, sign_in: SignIn) -> None:
    assert filled
    sign_in("lead")
    app = opened({"step": "agreement"})
    assert not has(app, "agreement")

    app.button(key="agreement-count").click().run()

    html = data_of(app, "agreement")["html"]
    assert said.TOO_FEW.format(fewest=FEWEST) in html
    assert "<table" not in html
    assert "Glabella – Rhytids: On movement (dynamic)" in html
    name, content = file(app, "agreement-csv")
    assert (name, content.splitlines()[0][:14]) == ("agreement.csv", "question,pairs")


def test_a_kappa_stands_with_its_interval_its_pairs_and_what_has_to_be_said() -> None:
    copied = Figures(30, 28, 0, 0, 0, Kappa(0.8123, (0.6, 1.0)))
    graded = Figures(25, 20, 25, 2, 1, Kappa(-0.1, (-0.4, 0.2)))
    shown = (
        Agreement("glabella/lines", ordered=False, figures=copied),
        Agreement("glabella/lines.severity", ordered=True, figures=graded),
        Agreement("history.pregnant", ordered=False, figures=Figures(40, 40, 0, 0, 0, Kappa(1.0, None))),
        Agreement("history.diabetes", ordered=False, figures=None),
    )

    found, few = agreement_page._blocks(shown, QuestionNames(shipped()))

    assert isinstance(found, Table)
    assert [[" ".join((cell.text, *cell.details)) for cell in row] for row in found.rows] == [
        ["Glabella – Rhytids: whether it was named", "at most 0.81", "0.60 to 1.00", "30 28 the same", "–"],
        [
            "Glabella – Rhytids: Severity at rest",
            "−0.10",
            "−0.40 to 0.20",
            f"25 20 the same 25 graded by the nurse {said.LEFT_OUT.format(number=3)}",
            said.ORDERED,
        ],
        ["Pregnancy", "at most 1.00", "–", "40 40 the same", f"N{NO_INTERVAL[1:]}."],
    ]
    assert few == Bullets(said.TOO_FEW.format(fewest=FEWEST), (Line("Diabetes"),))


def test_where_the_statistics_are_not_installed_the_page_says_what_installs_them(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)  # as where it is missing
    sign_in("lead")
    app = opened({"step": "agreement"})

    app.button(key="agreement-count").click().run()

    assert not app.exception
    assert any("pip install '.[reports]'" in unescape(shown.body) for shown in app.get("html"))


@pytest.mark.slow
def test_the_kappa_of_signed_visits_is_shown_once_there_are_enough_of_them(sign_in: SignIn) -> None:
    fill_with_pairs(record_store(), {("yes", "yes"): 10, ("no", "no"): 8, ("yes", "no"): 4})
    sign_in("lead")
    app = opened({"step": "agreement"})

    app.button(key="agreement-count").click().run()

    rows = {row[0]: row[1:] for row in table(app, "agreement")}
    assert rows["Diabetes"][0] == "at most 0.65"  # 18 of 22 agree, 236 of 484 by chance
    assert rows["Diabetes"][2] == "22 18 the same"
    assert rows["Pregnancy"] == ["none", "–", "22 22 the same", f"N{ONE_WORD[1:]}."]


# one patient


def patient_page(filled: Filled) -> AppTest:
    return opened({"step": "patient", "patient": filled.again.patient_id})


def test_visits_stand_side_by_side_with_each_change_in_words(filled: Filled, sign_in: SignIn) -> None:
    sign_in("nurse")
    key = filled.again.patient_id
    app = patient_page(filled)

    rows = table(app, f"side-{key}")
    assert rows[1:] == [
        ["Glabella – Rhytids: At rest (static)", "No", "Yes changed"],
        ["Diabetes", "not said", "Yes newly said"],
        ["Glabella – Rhytids: How marked at rest", "None", "Mild changed"],
        [said.DECIDED, "Glabella – Botulinum toxin type A: Agreed", said.NOT_DECIDED],
        [said.INJECTED, "Glabella: a brand, 8.5 units, lot LOT-1 a", said.NOT_INJECTED],
    ]
    assert 'role="region" tabindex="0"' in data_of(app, f"side-{key}")["html"]
    app.checkbox(key=f"all-{key}").check().run()

    everything = table(app, f"side-{key}")
    assert ["Glabella – Rhytids: On movement (dynamic)", "Yes", "Yes"] in everything
    assert len(everything) > len(rows) + 5


def test_of_one_visit_nothing_is_compared(filled: Filled, sign_in: SignIn) -> None:
    sign_in("nurse")

    app = opened({"step": "patient", "patient": filled.treated.patient_id})

    assert said.SIDE_ONE in notes(app)
    assert table(app, f"visits-{filled.treated.patient_id}")[1][1] == "signed and locked"


@pytest.mark.parametrize("role", ["nurse", "prescriber"])
def test_nobody_but_a_lead_hands_out_or_erases(filled: Filled, sign_in: SignIn, role: StaffRole) -> None:
    sign_in(role)

    app = patient_page(filled)

    keys = {button.key for button in app.button}
    assert not keys & {f"hand-out-{filled.again.patient_id}", f"erase-{filled.again.patient_id}"}
    assert said.ERASE_TITLE not in [title.value for title in app.header]


def test_a_lead_hands_out_everything_once_and_the_page_holds_nothing_of_it(filled: Filled, sign_in: SignIn) -> None:
    sign_in("lead")
    key = filled.again.patient_id
    app = patient_page(filled)

    app.button(key=f"hand-out-{key}").click().run()
    name, content = file(app, f"dossier-{key}")
    app.run()

    found = json.loads(content)
    assert (name, found["schema"], len(found["visits"])) == (f"patient-{key}.json", "patient-data/1", 2)
    assert [row["what"] for row in found["audit"]].count("handed out") == 1
    assert not has(app, f"dossier-{key}")


@pytest.mark.parametrize("typed", ["", "another", "{id}x"])
def test_a_patient_is_not_erased_by_another_id(filled: Filled, sign_in: SignIn, typed: str) -> None:
    sign_in("lead")
    key = filled.again.patient_id
    app = patient_page(filled)

    app.text_input(key=f"erase-id-{key}").set_value(typed.format(id=key))
    app.button(key=f"erase-{key}").click().run()

    assert said.ERASE_WRONG in notes(app)
    assert len(Consultations(record_store()).of_patient(key, by=LEAD)) == 2


def test_a_lead_erases_a_patient_by_typing_the_id_again(filled: Filled, sign_in: SignIn) -> None:
    sign_in("lead")
    key = filled.again.patient_id
    app = patient_page(filled)

    app.text_input(key=f"erase-id-{key}").set_value(key)
    app.button(key=f"erase-{key}").click().run()

    assert heading(app) == words.RECORDS_TITLE
    assert said.ERASED.format(visits="2 visits") in notes(app)
    assert "Twice" not in data_of(app, "latest-")["html"]
    with pytest.raises(NotFound):
        Patients(record_store()).get(key, by=LEAD)
    assert verify(record_store()).problems == ()


# accounts


def accounts() -> dict[str, tuple[str, bool]]:
    return {one.login: (one.role, one.active) for one in Accounts(record_store(), QUICK).all()}


def may_sign_in(login: str, password: str) -> bool:
    try:
        return bool(SignIns(record_store(), QUICK).sign_in(login, password, source="test"))
    except SignInRefused:
        return False


def test_an_admin_adds_an_account_that_may_sign_in(sign_in: SignIn) -> None:
    sign_in("admin")
    app = opened({"step": "accounts"})

    app.text_input(key="add-name").set_value("Nurse B.")
    app.text_input(key="add-login").set_value("B.Nurse")
    app.text_input(key="add-registration").set_value("12A3456B")
    app.text_input(key="secret-add-new").set_value(NEW)
    app.text_input(key="secret-add-again").set_value(NEW)
    app.button(key="account-add").click().run()

    assert said.ADDED.format(name="Nurse B.", login="b.nurse") in notes(app)
    assert accounts() == {"a.admin": ("admin", True), "b.nurse": ("nurse", True)}
    assert may_sign_in("b.nurse", NEW)
    assert ["Nurse B.", "b.nurse", "nurse", "12A3456B", "open"] in table(app, "accounts")
    assert [app.text_input(key=key).value for key in ("add-login", "secret-add-new", "secret-add-again")] == ["", "", ""]


@pytest.mark.parametrize(
    ("first", "again", "note"),
    [
        ("short", "short", "Password has 5 characters: take at least 12."),
        ("b.nurse and more", "b.nurse and more", "Password has the name in it."),
        (NEW, PASSWORD, said.DIFFERENT),
        (NEW, "", said.NOTHING_TYPED),
    ],
)
def test_a_weak_password_or_two_that_differ_add_no_account(sign_in: SignIn, first: str, again: str, note: str) -> None:
    sign_in("admin")
    app = opened({"step": "accounts"})

    app.text_input(key="add-login").set_value("b.nurse")
    app.text_input(key="secret-add-new").set_value(first)
    app.text_input(key="secret-add-again").set_value(again)
    app.button(key="account-add").click().run()

    assert note in notes(app)
    assert set(accounts()) == {"a.admin"}
    assert app.text_input(key="add-login").value == "b.nurse"


def test_an_admin_changes_role_and_password_of_an_account_shuts_it_and_opens_it(sign_in: SignIn) -> None:
    session_of(record_store(), "nurse")
    sign_in("admin")
    app = opened({"step": "accounts"})
    app.selectbox(key="account").set_value("a.nurse").run()

    app.selectbox(key="role-a.nurse").set_value("prescriber").run()
    app.button(key="account-role").click().run()
    app.text_input(key="registration-a.nurse").set_value("99Z")
    app.button(key="account-registration").click().run()
    assert [row[3] for row in table(app, "accounts") if row[1] == "a.nurse"] == ["99Z"]
    app.button(key="account-active").click().run()
    assert accounts()["a.nurse"] == ("prescriber", False)
    app.button(key="account-active").click().run()
    app.text_input(key="secret-of-a.nurse-new").set_value(NEW)
    app.text_input(key="secret-of-a.nurse-again").set_value(NEW)
    app.button(key="account-password").click().run()

    assert accounts()["a.nurse"] == ("prescriber", True)
    assert (may_sign_in("a.nurse", NEW), may_sign_in("a.nurse", PASSWORD)) == (True, False)
    assert verify(record_store()).problems == ()


@pytest.mark.parametrize("how", ["role", "active"])
def test_the_last_admin_stays_admin_and_open(sign_in: SignIn, how: str) -> None:
    sign_in("admin")
    app = opened({"step": "accounts"})

    app.selectbox(key="role-a.admin").set_value("nurse").run()
    app.button(key=f"account-{how}").click().run()

    assert "is the last open account that manages accounts" in notes(app)
    assert accounts() == {"a.admin": ("admin", True)}
    assert heading(app) == said.ACCOUNTS_TITLE


# one's own account


@pytest.mark.parametrize("role", ["nurse", "admin"])
def test_everybody_sees_who_they_are_and_signs_out_everywhere(sign_in: SignIn, role: StaffRole) -> None:
    elsewhere = session_of(record_store(), role)
    here = sign_in(role)
    app = opened({"step": "me"})
    assert f"{role.capitalize()} A., {words.ROLES[role]}" in notes(app)

    app.button(key="sign-out-everywhere").click().run()

    assert heading(app) == words.STAFF_ONLY
    assert [SignIns(record_store(), QUICK).who(token) for token in (elsewhere, here)] == [None, None]


def own(app: AppTest, present: str, new: str) -> None:
    app.text_input(key="secret-present").set_value(present)
    for key in ("secret-own-new", "secret-own-again"):
        app.text_input(key=key).set_value(new)
    app.button(key="own-password").click().run()


def test_a_password_of_ones_own_is_changed_and_only_this_session_goes_on(sign_in: SignIn) -> None:
    elsewhere = session_of(record_store(), "nurse")
    here = sign_in("nurse")
    app = opened({"step": "me"})

    own(app, PASSWORD, NEW)

    assert said.OWN_DONE in notes(app)
    assert [SignIns(record_store(), QUICK).who(token) is not None for token in (elsewhere, here)] == [False, True]
    assert (may_sign_in("a.nurse", NEW), may_sign_in("a.nurse", PASSWORD)) == (True, False)
    assert app.text_input(key="secret-present").value == ""


@pytest.mark.parametrize(
    ("present", "new", "note"),
    [
        ("not the present one", NEW, "Current password does not fit, or there were too many attempts: wait, then try again."),
        (PASSWORD, "short", "Password has 5 characters: take at least 12."),
        ("", NEW, "Current password does not fit"),
    ],
)
def test_without_the_present_password_or_with_a_weak_new_one_it_stays(
    sign_in: SignIn, present: str, new: str, note: str
) -> None:
    sign_in("nurse")
    app = opened({"step": "me"})

    own(app, present, new)

    assert note in notes(app)
    assert may_sign_in("a.nurse", PASSWORD)
    assert access.signed_in() is not None


def test_the_queue_opens_a_record_once_and_again_only_where_it_was_changed(
    filled: Filled, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("prescriber")
    get, read = Consultations.get, []

    def counted(self: Consultations, identifier: str, *, by: Any) -> Any:
        read.append(identifier)
        return get(self, identifier, by=by)

    monkeypatch.setattr(Consultations, "get", counted)
    app = opened({"step": "waiting"})
    once = len(read)
    app.run()

    assert not app.exception
    assert filled.waits_to_be_signed.id in read
    assert len(read) == once
