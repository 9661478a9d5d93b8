"""Files and streams of the command line: nothing is written over by accident, and no stream ends in a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

import pytest
from command_line import CHECKOUT, DONE, Run, is_a_message
from rule_texts import rule

from recommender import RuleBase, assess, load_rules
from recommender.atomic_write import FileError, atomic_write
from recommender.cli.streams import visible
from recommender.cli.tables import table_text
from recommender.knowledge import signing

ANSWERS = {"person": {"age": 42}}
LINES = f"{json.dumps(ANSWERS)}\n" * 3
File = Callable[..., Path]
WHEN = "{history: {pregnant: yes}}"
NOT_OVER = "is what is read here, and is not written over: name another file"


@pytest.fixture(autouse=True)
def tidy(tmp_path: Path) -> Any:
    """Whatever a command does, nothing half written is left beside its output."""
    yield
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


# never over what is read


@pytest.mark.parametrize("under", ["itself", "a link", "a hard link"])
@pytest.mark.parametrize(("command", "name"), [("assess", "a.json"), ("explain", "a.json"), ("assess", "people.jsonl")])
def test_no_output_goes_over_its_input(command: str, name: str, under: str, run: Run, file: File) -> None:
    given = file(name, LINES if name.endswith("l") else json.dumps(ANSWERS))
    before, output = given.read_bytes(), given.with_name("output")
    match under:
        case "a link":
            output.symlink_to(given)
        case "a hard link":
            output.hardlink_to(given)
        case _:
            output = given

    is_a_message(run(command, given, "--output", output), str(output), NOT_OVER)

    assert given.read_bytes() == before


def test_no_output_goes_over_a_file_of_the_rules(run: Run, rules_folder: Callable[..., Path], file: File) -> None:
    folder = rules_folder(here=rule("one", WHEN))
    given = file("answers.json", json.dumps(ANSWERS))
    sources = (folder / "sources.yaml").read_bytes()

    for command in (("rules", "book"), ("assess", given), ("explain", given)):
        is_a_message(run(*command, "--rules", folder, "--output", folder / "sources.yaml"), "sources.yaml", NOT_OVER)

    assert (folder / "sources.yaml").read_bytes() == sources


def test_standard_output_that_leads_to_what_is_read_is_refused(run: Run, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    given = file("people.jsonl", LINES)
    with given.open("a") as sink:
        monkeypatch.setattr(sys, "stdout", sink)

        is_a_message(run("assess", given), "standard output: leads to the file that is read: name another one")

    assert given.read_text() == LINES


# whole or not at all


def test_a_line_that_cannot_be_assessed_leaves_the_earlier_result(run: Run, file: File) -> None:
    lines, output = file("people.jsonl", LINES + "bad\n"), file("result.jsonl", "earlier")

    is_a_message(run("assess", lines, "--output", output), "people.jsonl:4", "not JSON")

    assert output.read_text() == "earlier"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_an_interrupted_batch_leaves_the_earlier_result(
    sent: signal.Signals, code: int, run: Run, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, output = file("people.jsonl", LINES), file("result.jsonl", "earlier")

    def interrupted(rules: RuleBase, answers: Any) -> Any:
        os.kill(os.getpid(), sent)
        return assess(rules, answers)

    monkeypatch.setattr("recommender.cli.assess.assess_answers", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background it is ignored
    try:
        ran = run("assess", lines, "--output", output)
    finally:
        signal.signal(signal.SIGINT, before)

    assert (ran.code, output.read_text()) == (code, "earlier")


def test_what_may_hold_answers_is_its_owners_alone_and_a_book_is_not(run: Run, file: File, tmp_path: Path) -> None:
    answers, lines, earlier = file("a.json", json.dumps(ANSWERS)), file("p.jsonl", LINES), file("earlier", "")
    earlier.chmod(0o644)

    assert run("assess", answers, "--output", "result.txt").code == DONE
    assert run("assess", answers, "--output", earlier).code == DONE
    assert run("assess", lines, "--output", "result.jsonl").code == DONE
    assert run("rules", "book", "--output", "book.md").code == DONE

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert {modes[name] for name in ("result.txt", "earlier", "result.jsonl")} == {0o600}
    assert modes["book.md"] & 0o444 == 0o444


def test_a_link_stays_one_and_a_device_is_written_to(run: Run, file: File, tmp_path: Path) -> None:
    answers, target = file("a.json", json.dumps(ANSWERS)), file("target", "earlier")
    (tmp_path / "link").symlink_to(target)

    assert run("assess", answers, "--output", "link").code == DONE
    assert run("assess", answers, "--output", os.devnull).code == DONE

    assert (tmp_path / "link").is_symlink()
    assert "Summary" in target.read_text()
    assert not Path(os.devnull).is_file()


def test_a_file_of_everybodys_keeps_its_mode_and_a_failure_its_content(tmp_path: Path) -> None:
    file = tmp_path / "signatures.yaml"
    file.write_text("earlier")
    file.chmod(0o640)

    def fails() -> None:
        with atomic_write(file, private=False) as written:
            written.write_text("half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FileError, match="No space left on device"):
        fails()
    assert file.read_text() == "earlier"

    with atomic_write(file, private=False) as written:
        written.write_text("whole")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("whole", 0o640)


def test_nobody_else_signs_between_reading_and_writing(
    rules_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = rules_folder(here=rule("one", WHEN) + rule("two", WHEN))

    def read(where: Path, *, on: date) -> RuleBase:
        with pytest.raises(BlockingIOError):
            flock(os.open(folder, os.O_RDONLY), LOCK_EX | LOCK_NB)
        return load_rules(where, on=on)

    monkeypatch.setattr(signing, "load_rules", read)
    for identifier in ("test.one", "test.two"):
        signing.sign(folder, identifier, name="Somebody Made-Up", role="lead", registration="1", on=date(2026, 1, 31))

    assert {rule.id for rule in load_rules(folder).rules if rule.signature} == {"test.one", "test.two"}


# streams


def _program(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "recommender", *map(str, arguments)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize(
    "command", ["schema answers", "rules list", "rules graph", "accounts list", "assess answers.json", "-h"]
)
@pytest.mark.parametrize("output", ["full", "closed"])
def test_an_output_that_takes_nothing_is_a_sentence(
    command: str, output: str, run: Run, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    file("answers.json", json.dumps(ANSWERS))
    full = io.TextIOWrapper(io.FileIO("/dev/full", "w"))
    monkeypatch.setattr(sys, "stdout", full if output == "full" else None)

    ran = run(*command.split())

    said = "is closed" if output == "closed" else "cannot be written: No space left on device"
    assert ran == (2, b"", f"This cannot be written: 1 problem\n  standard output: {said}\n")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), full.fileno())  # what is left in it
    full.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_output_is_no_traceback_when_the_program_ends_either() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(_program("schema", "answers"), stdout=full, stderr=subprocess.PIPE, cwd=CHECKOUT, check=False)

    said = b"This cannot be written: 1 problem\n  standard output: cannot be written: No space left on device\n"
    assert (ran.returncode, ran.stderr) == (2, said)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii", "cp437"])
@pytest.mark.parametrize(
    "command", [["rules", "book"], ["rules", "list"], ["assess", "--help"], ["assess", "answers.json"], ["schema", "answers"]]
)
def test_no_encoding_of_a_terminal_is_a_traceback(
    command: list[str], encoding: str, run: Run, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    file("answers.json", json.dumps(ANSWERS))
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)

    ran = run(*command)

    assert (ran.code, ran.err) == (DONE, "")
    assert len(terminal.buffer.getvalue().decode(terminal.encoding)) > 500  # type: ignore[attr-defined]


def test_a_document_in_a_pipe_is_utf_8_whatever_the_terminal_speaks(
    run: Run, monkeypatch: pytest.MonkeyPatch, rules: RuleBase
) -> None:
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", pipe)

    assert run("rules", "book").code == DONE

    assert rules.reference.identity.version in pipe.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert "–" in pipe.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def test_nothing_that_somebody_typed_steers_the_terminal(run: Run) -> None:
    ran = run("assess", "\x1b[31mred\x9b2J\u202e.yaml")

    is_a_message(ran, r"red\x9b2J\u202e.yaml: cannot be read: No such file or directory")
    assert not {*ran.err} & {"\x1b", "\x9b", "\u202e"}
    assert visible("two\nlines\tand\rmore\x07") == "two\nlines\tand\\rmore\\x07"


def test_a_cell_is_text_and_nothing_else() -> None:
    told = table_text(("Name",), [("A [/b] [red]x",), ("\x1b[2J\x07",), ("[link=http://evil.example]y",)])

    assert "A [/b] [red]x" in told
    assert r"\x1b[2J\x07" in told
    assert "[link=http://evil.example]y" in told
    assert "\x1b" not in told


# what would be lost


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["answers.json", "--format", "json"], ["--name", "--note"]),
        (["people.jsonl"], ["--name", "--note"]),
        (["answers.json"], ["--answers-field"]),
    ],
)
def test_an_option_that_would_be_lost_is_refused(arguments: list[str], options: list[str], run: Run, file: File) -> None:
    file("answers.json", json.dumps(ANSWERS))
    file("people.jsonl", LINES)

    for option in options:
        is_a_message(run("assess", *arguments, option, "Somebody"), f"{option}: is ")
    is_a_message(run("assess", "answers.json", "--keep-going"), "--keep-going: is for a .jsonl file alone")


def test_the_command_says_where_a_pdf_has_numbers_for_letters(run: Run, file: File) -> None:
    file("answers.json", json.dumps(ANSWERS))

    ran = run("assess", "answers.json", "--format", "pdf", "--output", "a.pdf", "--name", "王小明")

    assert (ran.code, ran.out) == (DONE, b"")
    assert "A PDF cannot draw some of the letters here" in ran.err


# what is bounded


def test_a_long_list_of_problems_ends_and_says_how_many_more(run: Run, file: File) -> None:
    file("answers.json", json.dumps({f"pregnent{number}": 1 for number in range(5000)}))

    ran = run("assess", "answers.json")

    is_a_message(ran, "The answers cannot be used: 5,000 problems", "pregnent99:", "answers.json: and 4,900 more problems")
    assert len(ran.err.splitlines()) == 102


def test_a_line_that_is_too_long_is_one_bad_line(run: Run, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.cli.assess.MOST", 100)
    lines = file("people.jsonl", json.dumps(ANSWERS) + "\n" + '{"x": "' + "é" * 400 + '"}\n' + json.dumps(ANSWERS))

    ran = run("assess", lines, "--keep-going")

    kinds = ["error" if "error" in json.loads(line) else "assessed" for line in ran.out.splitlines()]
    assert (ran.code, kinds) == (3, ["assessed", "error", "assessed"])
    assert "people.jsonl:2: it has more than 100 bytes" in json.loads(ran.out.splitlines()[1])["error"]


def test_a_file_without_an_end_is_not_read_to_it(run: Run) -> None:
    is_a_message(run("assess", "/dev/zero"), "/dev/zero: it has more than 2,000,000 bytes")
    is_a_message(run("interview", "/dev/zero"), "/dev/zero: is no file in which answers can be kept")
