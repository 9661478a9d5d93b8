"""The commands that look after records and accounts: what they print, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from record_samples import BORN_ON, NURSE, TODAY, begun, whole

from recommender.cli import main
from recommender.records.opening import open_records
from recommender.records.storage.key_files import KeyFile
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients

CHECKOUT = Path(__file__).parent.parent.parent
PASSWORD = "a made-up phrase"
DONE, BAD_INPUT = 0, 2


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command of an installation that starts with nothing."""
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["recommender", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            main()
            code = DONE
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Ran(code, *capsys.readouterr())

    return call


def _add(run: Run, login: str = "ward.nurse", role: str = "nurse") -> Ran:
    return run("accounts", "add", login, "--role", role, "--password-stdin", stdin=f"{PASSWORD}\n")


def test_the_first_start_says_where_the_records_and_their_key_are(run: Run, tmp_path: Path) -> None:
    ran = run("records", "upgrade")

    assert (ran.code, ran.err) == (DONE, "")
    assert f"sqlite:///{tmp_path / 'var' / 'records.sqlite'}" in ran.out
    assert str(tmp_path / "var" / "keys" / "records.keys") in ran.out


def test_accounts_are_added_listed_changed_shut_and_opened(run: Run) -> None:
    said = [
        _add(run).out,
        run("accounts", "role", "ward.nurse", "prescriber").out,
        run("accounts", "password", "ward.nurse", "--password-stdin", stdin="another made-up phrase\n").out,
        run("accounts", "registration", "ward.nurse", "12A3456B").out,
        run("accounts", "shut", "ward.nurse").out,
        run("accounts", "list").out.split("\n")[3],
        run("accounts", "open", "ward.nurse").out,
    ]

    assert said[:5] == [
        "ward.nurse added as nurse\n",
        "ward.nurse is prescriber now, and signed out everywhere\n",
        "ward.nurse has a new password, and is signed out everywhere\n",
        "ward.nurse is registered under 12A3456B now, and is signed out everywhere\n",
        "ward.nurse is shut, and signed out everywhere\n",
    ]
    assert [word for word in said[5].split() if word.isascii()] == ["ward.nurse", "prescriber", "ward.nurse", "12A3456B", "no"]
    assert said[6] == "ward.nurse is open\n"


def test_a_name_is_text_on_the_terminal_whatever_it_holds(run: Run) -> None:
    run("accounts", "add", "ward.nurse", "--role", "nurse", "--name", "A [/b] [red]", "--password-stdin", stdin=f"{PASSWORD}\n")

    ran = run("accounts", "list")

    assert (ran.code, ran.err) == (DONE, "")
    assert "A [/b] [red]" in ran.out


def test_an_account_that_a_provider_opens_takes_no_password(run: Run) -> None:
    added = run("accounts", "add", "nurse@clinic.example", "--role", "nurse", "--oidc")
    given = run("accounts", "password", "nurse@clinic.example", "--password-stdin", stdin=PASSWORD)

    assert (added.code, added.out) == (DONE, "nurse@clinic.example added as nurse\n")
    assert given.code == BAD_INPUT
    assert "the clinic's own provider opens it" in given.err
    assert run("accounts", "unlink", "nurse@clinic.example").out == (
        "nurse@clinic.example is linked to nobody, and signed out everywhere\n"
    )


def test_without_any_account_the_list_says_how_to_add_one(run: Run) -> None:
    assert "recommender accounts add NAME --role ROLE" in run("accounts", "list").out


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("add", "ward.nurse", "--role", "nurs", "--password-stdin"), PASSWORD, "did you mean 'nurse'?"),
        (("add", "ward.nurse", "--role", "nurse", "--password-stdin"), "short", "has 5 characters: take at least 12"),
        (("add", "ward nurse", "--role", "nurse", "--password-stdin"), PASSWORD, "takes 2 to 80 small letters"),
        (("add", "ward.nurse", "--role", "nurse"), PASSWORD, "is asked for on a terminal: use one, or --password-stdin"),
        (("role", "nobody", "lead"), "", "nobody has this name"),
        (("shut", "nobody"), "", "nobody has this name"),
    ],
)
def test_what_cannot_be_done_with_an_account_is_a_message(run: Run, arguments: tuple[str, ...], stdin: str, words: str) -> None:
    ran = run("accounts", *arguments, stdin=stdin)

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert words in ran.err
    assert PASSWORD not in ran.err


@pytest.mark.slow
def test_on_a_terminal_the_password_is_asked_for_twice_and_never_shown(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "recommender", "accounts", "add", "ward.nurse", "--role", "nurse"]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(CHECKOUT)
        os.execve(sys.executable, command, {**os.environ, "RECOMMENDER_DATA": str(tmp_path), "DATABASE_URL": ""})

    shown = b""
    for asked in (b"Password: ", b"The same again: "):
        while asked not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, f"{PASSWORD}\n".encode())
    while b"added as nurse" not in shown:
        shown += os.read(terminal, 1000)
    _, status = os.waitpid(process, 0)
    os.close(terminal)

    assert os.waitstatus_to_exitcode(status) == DONE
    assert PASSWORD.encode() not in shown


def test_whole_records_are_said_to_be_whole_with_an_end_to_note(run: Run) -> None:
    _add(run)
    first = run("records", "verify")
    noted = first.out.split()[-1]
    _add(run, "other.nurse")

    again = run("records", "verify", "--noted", noted)

    assert (first.code, again.code) == (DONE, DONE)
    assert noted.startswith("1:")
    assert again.out.split()[-1].startswith("2:")


def test_tampered_records_are_named_and_end_with_an_exit_code(run: Run, tmp_path: Path) -> None:
    _add(run)
    with sqlite3.connect(tmp_path / "var" / "records.sqlite") as database:
        database.execute("UPDATE account SET role = 'admin'")
    database.close()

    ran = run("records", "verify")

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert ran.err.startswith("account ")
    assert "is not as the audit left it" in ran.err


@pytest.mark.parametrize("noted", ["x", "1", "1:", "x:y"])
def test_an_end_that_is_none_is_refused(run: Run, noted: str) -> None:
    ran = run("records", "verify", "--noted", noted)

    assert ran.code == BAD_INPUT
    assert "should be ROWS:HASH" in ran.err


def test_a_key_is_changed_and_the_old_one_forgotten_when_asked(run: Run) -> None:
    run("records", "upgrade")
    store = open_records()
    Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)
    store.engine.dispose()
    old = KeyFile.of_installation().read()

    kept = run("records", "rotate-key")
    ring = KeyFile.of_installation().read()
    refused = run("records", "rotate-key", "--drop-old", stdin="yes\n")
    left = KeyFile.of_installation().read()
    dropped = run("records", "rotate-key", "--drop-old", stdin=f"{ring.current if ring else ''}\n")

    assert old is not None
    assert ring is not None
    assert kept.out == f"1 sealed anew with the key {ring.current}\n"
    assert ring.ids[1:] == old.ids
    assert refused.code == BAD_INPUT
    assert "No copy of the records made until now can be opened without them" in refused.out
    assert left is not None
    assert left.ids == ring.ids
    assert dropped.out.strip().split("\n")[-1] == f"Deleted: {ring.current}, {old.current}"
    assert run("records", "verify").code == DONE


def test_keys_of_the_environment_are_not_dropped_by_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("records", "upgrade")
    monkeypatch.setenv("RECOMMENDER_KEYS", KeyFile.of_installation().file.read_text().split("\n")[1])

    ran = run("records", "rotate-key", "--drop-old")

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "take the old ones out there" in ran.err


@pytest.mark.parametrize(
    ("content", "command"),
    [
        ("the shopping list, which is longer than a header of SQLite\n" * 20, ("records", "verify")),
        ("fifteen bytes !", ("records", "verify")),
        ("fifteen bytes !", ("accounts", "list")),
        ("fifteen bytes !", ("records", "backup", "copy")),
    ],
)
def test_a_file_that_is_no_database_is_a_message(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "list").write_text(content)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'list'}")

    ran = run(*command)

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert ran.err == (
        "The records cannot be used: 1 problem\n  records: is not a database: name another file, or move this one away\n"
    )
    assert (tmp_path / "list").read_text() == content


def test_records_that_are_gone_are_not_said_to_be_whole(run: Run, tmp_path: Path) -> None:
    _add(run)
    (tmp_path / "var" / "records.sqlite").write_bytes(b"")

    verified, added = run("records", "verify"), _add(run, "first.admin", "admin")

    assert (verified.code, verified.out, added.code, added.out) == (BAD_INPUT, "", BAD_INPUT, "")
    assert "has sealed records, and they are not in sqlite:" in verified.err


def test_a_database_that_cannot_be_reached_is_a_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:secret@/x?host=/nowhere")

    ran = run("records", "verify")

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "the database is out of reach" in ran.err
    assert "secret" not in ran.err


@pytest.mark.slow
def test_records_are_backed_up_lost_and_restored_by_command(run: Run, tmp_path: Path) -> None:
    _add(run)
    noted = run("records", "verify").out.split()[-1]
    saved = run("records", "backup", str(tmp_path / "copy"))
    for file in (tmp_path / "var").glob("records.sqlite*"):
        file.unlink()

    restored = run("records", "restore", str(tmp_path / "copy"))

    assert saved.out.split("\n")[0] == (
        f"In {tmp_path / 'copy'}: 0 patients, 0 visits, 1 accounts. The audit ends with {noted}"
    )
    assert "The keys are not in it" in saved.out
    assert (restored.code, restored.err) == (DONE, "")
    assert restored.out.startswith("Restored: 0 patients, 0 visits, 1 accounts. The audit ends with 2:")
    assert "ward.nurse" in run("accounts", "list").out
    assert run("records", "verify", "--noted", noted).code == DONE


def test_without_any_key_a_restore_makes_none_and_says_to_put_it_back(run: Run, tmp_path: Path) -> None:
    run("records", "backup", str(tmp_path / "copy"))
    shutil.rmtree(tmp_path / "var")

    ran = run("records", "restore", str(tmp_path / "copy"))

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "is missing: put back the key that the copy was sealed with" in ran.err
    assert not (tmp_path / "var").exists()


def test_a_copy_of_damaged_records_is_kept_and_ends_with_an_exit_code(run: Run, tmp_path: Path) -> None:
    _add(run)
    with closing(sqlite3.connect(tmp_path / "var" / "records.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE account SET role = 'admin'")

    ran = run("records", "backup", str(tmp_path / "copy"))

    assert ran.code == BAD_INPUT
    assert "is not as the audit left it" in ran.err
    assert (tmp_path / "copy").exists()


def _patient(name: str = "Somebody Made-Up") -> str:
    """A patient with one visit."""
    store = open_records()
    patient = Patients(store).add(Identity(name=name), by=NURSE)
    Consultations(store).begin(patient.id, begun(), by=NURSE)
    store.engine.dispose()
    return patient.id


def test_a_patients_data_is_written_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    run("records", "upgrade")
    patient = _patient()

    by_name = run("records", "patient-data", "made-up", "SOMEBODY", "--output", str(tmp_path / "name.json"))
    by_id = run("records", "patient-data", patient, "--output", str(tmp_path / "id.json"))

    assert (by_name.code, by_id.code) == (DONE, DONE)
    assert patient in by_name.out
    assert (tmp_path / "name.json").stat().st_mode & 0o777 == 0o600
    assert json.loads((tmp_path / "id.json").read_text())["patient"]["name"] == "Somebody Made-Up"


def test_where_a_name_is_nobodys_or_of_several_nothing_is_written(run: Run, tmp_path: Path) -> None:
    run("records", "upgrade")
    both = [_patient("Somebody One"), _patient("Somebody Two")]

    several = run("records", "patient-data", "Somebody", "--output", str(tmp_path / "out.json"))
    nobody = run("records", "patient-data", "Nobody", "--output", str(tmp_path / "out.json"))

    assert (several.code, nobody.code) == (BAD_INPUT, BAD_INPUT)
    assert [patient in several.err for patient in both] == [True, True]
    assert "none has this id, or a name with all these words" in nobody.err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["var"]


def test_a_patient_is_erased_only_after_the_id_was_typed_again(run: Run) -> None:
    run("records", "upgrade")
    patient = _patient()

    wrong = run("records", "erase", patient, stdin="yes\n")
    right = run("records", "erase", patient, stdin=f"{patient}\n")
    again = run("records", "erase", patient, stdin=f"{patient}\n")

    assert (wrong.code, right.code, again.code) == (BAD_INPUT, DONE, BAD_INPUT)
    assert "nothing was erased" in wrong.err
    assert f"Erased: patient {patient} and their visits (1)." in right.out
    assert "none has the id" in again.err
    assert run("records", "verify").code == DONE


def test_two_entries_are_merged_only_after_the_id_of_the_one_that_goes_was_typed_again(run: Run) -> None:
    run("records", "upgrade")
    goes, stays = _patient("Anne Twice"), _patient("Anne Once")

    wrong = run("records", "merge", goes, stays, stdin=f"{stays}\n")
    right = run("records", "merge", goes, stays, stdin=f"{goes}\n")

    assert (wrong.code, right.code) == (BAD_INPUT, DONE)
    assert "nothing was merged" in wrong.err
    assert f"Merged: {goes} into {stays}" in right.out
    assert run("records", "verify").code == DONE


@pytest.mark.parametrize("command", [["records", "upgrade"], ["accounts", "list"]])
def test_a_time_zone_that_does_not_exist_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Europe/Nowhere")

    ran = run(*command)

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "names no time zone: 'Europe/Nowhere'" in ran.err


def test_without_a_setting_nothing_is_erased_for_its_age(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOMMENDER_RETENTION_YEARS", raising=False)

    ran = run("records", "retention", "--erase")

    assert (ran.code, ran.out) == (DONE, "Nothing is erased for its age: RECOMMENDER_RETENTION_YEARS is not set.\n")


@pytest.mark.parametrize("years", ["0", "-1", "ten", "1.5", "151"])
def test_a_retention_that_is_no_number_of_years_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, years: str) -> None:
    monkeypatch.setenv("RECOMMENDER_RETENTION_YEARS", years)

    ran = run("records", "retention")

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "should be a number of years from 1 to 150" in ran.err


def test_retention_lists_first_and_erases_once_the_number_was_typed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_RETENTION_YEARS", "8")
    run("records", "upgrade")
    store = open_records(clock=lambda: datetime(2001, 3, 1, tzinfo=UTC))
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)
    kept = Consultations(store).begin(patient.id, begun(), by=NURSE)
    kept = Consultations(store).save(kept.id, kept.version, whole(), by=NURSE)
    Consultations(store).sign(kept.id, kept.version, by=NURSE, today=TODAY)
    store.engine.dispose()

    listed = run("records", "retention")
    wrong = run("records", "retention", "--erase", stdin="2\n")
    right = run("records", "retention", "--erase", stdin="1\n")
    after = run("records", "retention")

    assert listed.out.startswith(f"{patient.id}  last signed 2001-03-01  visits: 1\n1 patients were last signed")
    assert (wrong.code, right.code) == (BAD_INPUT, DONE)
    assert "nothing was erased" in wrong.err
    assert right.out.endswith("1 patients erased. The audit says so of each.\n")
    assert after.out.startswith("0 patients")
    assert run("records", "verify").code == DONE


def test_visits_are_listed_on_the_terminal_and_as_csv_in_a_file_of_its_owner_alone(run: Run, tmp_path: Path) -> None:
    run("records", "upgrade")
    patient = _patient("[b]Somebody[/b]")
    file = tmp_path / "list.csv"

    shown = run("records", "list", "--state", "draft")
    none = run("records", "list", "--format", "csv", "--state", "locked", "--output", str(tmp_path / "none.csv"))
    written = run("records", "list", "--format", "csv", "--output", str(file))

    assert (shown.code, none.code, written.code) == (DONE, DONE, DONE)
    assert "[b]Somebody[/b]" in shown.out
    assert (tmp_path / "none.csv").read_text().count("\n") == 1
    assert [row["patient"] for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))] == [patient]
    assert file.stat().st_mode & 0o777 == 0o600


def _visit() -> str:
    """A visit with everything in it that has to be there before it is signed."""
    store = open_records()
    patient = Patients(store).add(Identity(name="Somebody Made-Up", born_on=BORN_ON), by=NURSE)
    kept = Consultations(store).begin(patient.id, begun(), by=NURSE)
    Consultations(store).save(kept.id, kept.version, whole(), by=NURSE)
    store.engine.dispose()
    return kept.id


def test_a_visit_is_read_on_the_terminal_in_either_voice(run: Run) -> None:
    run("records", "upgrade")
    visit = _visit()

    clinical = run("records", "summary", visit).out
    patient = run("records", "summary", visit, "--voice", "patient").out

    assert clinical.startswith("Record of a consultation\n")
    assert f"Patient: Somebody Made-Up\n\nBorn: 1 January {BORN_ON.year}\n" in clinical
    assert "Not signed yet: a draft." in clinical
    assert "Prefers mornings." in clinical
    assert patient.startswith("For you: your visit and what comes after it\n")
    assert "Prefers mornings." not in patient


@pytest.mark.parametrize(
    ("form", "starts"),
    [("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>"), ("markdown", b"# Record of"), ("json", b'{\n  "schema"')],
)
def test_a_summary_is_written_to_a_new_file_of_its_owner_alone(run: Run, tmp_path: Path, form: str, starts: bytes) -> None:
    run("records", "upgrade")
    visit, file = _visit(), tmp_path / "summary"

    written = run("records", "summary", visit, "--format", form, "--output", str(file))
    again = run("records", "summary", visit, "--format", form, "--output", str(file))

    assert (written.code, written.err, again.code) == (DONE, "", BAD_INPUT)
    assert "is there already, and is not written over" in again.err
    assert file.read_bytes().startswith(starts)
    assert file.stat().st_mode & 0o777 == 0o600


def test_of_a_visit_that_is_not_there_nothing_is_written(run: Run, tmp_path: Path) -> None:
    run("records", "upgrade")

    ran = run("records", "summary", "nobody", "--output", str(tmp_path / "summary"))

    assert (ran.code, ran.out) == (BAD_INPUT, "")
    assert "none has the id" in ran.err
    assert not (tmp_path / "summary").exists()


def test_the_clinics_file_and_forms_are_checked_as_at_the_start(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = run("clinic", "check")
    (tmp_path / "clinic.yaml").write_text("name: A Clinic\naddress: [B]\ntelephone: '020 7946 0000'\n")
    monkeypatch.setenv("RECOMMENDER_CLINIC", str(tmp_path / "clinic.yaml"))
    found = run("clinic", "check")
    monkeypatch.setenv("RECOMMENDER_CONSENT_FORMS", str(tmp_path / "none"))
    wrong = run("clinic", "check")

    assert (nothing.code, "documents say nothing of the clinic" in nothing.out) == (DONE, True)
    assert (found.code, found.out.splitlines()[0]) == (DONE, "A Clinic: B, 020 7946 0000, no mark")
    assert "patients read the emergency number alone" in found.out
    assert wrong.code == BAD_INPUT
    assert "is not a folder of consent forms" in wrong.err
