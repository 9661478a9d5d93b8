"""The command line: what it prints, where, with which exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from command_line import BAD_INPUT, CHECKOUT, DONE, SOME_BAD_LINES, Ran, Run
from command_line import is_a_message as _is_a_message
from rule_texts import hold, offer, rule

import recommender
from recommender import Answers, Assessment, Explanation, RuleBase, assess, explain
from recommender.cli import command_line
from recommender.cli.listening import url_of

YAML = "concerns:\n  - {area: glabella, kind: lines, on_movement: yes, at_rest: no}\n"
ANSWERS = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}]}


def _commands() -> Iterator[tuple[str, click.Command]]:
    def below(name: str, command: Any) -> Iterator[tuple[str, click.Command]]:
        if hasattr(command, "commands"):
            for inner in command.list_commands(None):
                yield from below(f"{name} {inner}", command.get_command(None, inner))
        else:
            yield name, command

    yield from below("recommender", command_line())


COMMANDS = dict(_commands())


# help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_in_one_sentence_with_one_example(name: str) -> None:
    said = (COMMANDS[name].help or "").strip()

    sentence, example = said.split("\n\n")
    assert sentence.replace("\n", " ").endswith(".")
    assert example.startswith(f"Example: {name}")


def test_the_commands_are_those_that_are_promised() -> None:
    promised = {"assess", "explain", "interview", "schema", "serve", "rules list", "rules show", "rules check", "rules graph"}

    assert {f"recommender {name}" for name in promised} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_works_and_shows_the_example(name: str, run: Run) -> None:
    ran = run(*name.split()[1:], "--help")

    assert ran.code == DONE
    assert b"Example:" in ran.out


@pytest.mark.parametrize("group", [[], ["rules"], ["records"], ["accounts"]])
def test_the_list_of_commands_says_each_sentence_to_its_end(group: list[str], run: Run) -> None:
    listed = " ".join(run(*group, "-h").out.decode().split())

    here = [name for name in COMMANDS if name.split()[1:-1] == group]
    assert len(here) > 3
    for name in here:
        sentence = " ".join((COMMANDS[name].help or "").partition("\n\n")[0].split())
        assert f"{name.split()[-1]} {sentence}" in listed
    assert "``" not in listed


def test_a_group_and_a_command_say_the_sentence_under_which_they_are_listed() -> None:
    listed = {name: one.help for name, one in command_line().commands.items()}

    loaded = {name: command_line().get_command(None, name) for name in listed}
    assert listed == {name: " ".join(one.help.partition("\n\n")[0].split()) for name, one in loaded.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_h_is_help_and_no_help_has_signs_of_another_markup(name: str, run: Run) -> None:
    ran = run(*name.split()[1:], "-h")

    assert (ran.code, b"``" in ran.out) == (DONE, False)


@pytest.mark.parametrize(("typed", "offered"), [("recommender ru", "rules"), ("recommender rules che", "check")])
def test_a_command_is_completed_as_it_is_typed(typed: str, offered: str) -> None:
    asked = {"_RECOMMENDER_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    code = "import sys\nfrom recommender.cli import main\nsys.argv = ['recommender']\nmain()"

    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | asked, cwd=CHECKOUT, check=True
    )

    assert ran.stdout.split() == [offered]


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out.decode() == f"recommender {recommender.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["schema", "assesment"],
            "'assesment' is not one of 'answers', 'assessment', 'explanation'. Did you mean 'assessment'?",
        ),
        (["assess", "a", "--format", "doc"], "'doc' is not one of 'text'"),
        (["rules", "mutate", "--every", "x"], "'--every': should be a whole number"),
        (["rules", "mutate", "--every", "0"], "'--every': should be greater than or equal to 1"),
        (["rules", "mutate", "--minimum", "x"], "'--minimum': should be a number"),
        (["records", "list", "--due-before", "x"], "'--due-before': 'x' should be a day such as 2026-01-31"),
    ],
)
def test_what_is_wrong_with_an_option_is_said_in_plain_words(arguments: list[str], said: str, run: Run) -> None:
    ran = run(*arguments)

    _is_a_message(ran, said)
    assert "Value error" not in ran.err
    assert "Input" not in ran.err


# serve


def test_a_port_that_is_in_use_is_said_before_anything_is_announced(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        _is_a_message(run("serve", "--port", port), f"--port: {port} is in use: name another")
        _is_a_message(run("serve", "--port", port, "--processes", "2"), f"--port: {port} is in use")


@pytest.mark.parametrize("address", ["192.0.2.1", "nowhere.invalid", "\ud83d", "a" * 300, "1.2.3.4.5"])
def test_an_address_of_another_computer_is_said(address: str, run: Run) -> None:
    _is_a_message(run("serve", "--address", address), "--address: ", "is no address of this computer")


@pytest.mark.parametrize("port", ["70000", "0", "-1", "http"])
def test_a_port_that_is_none_is_said(port: str, run: Run) -> None:
    _is_a_message(run("serve", "--port", port), "--port")


@pytest.mark.parametrize(
    ("address", "url"),
    [("127.0.0.1", "http://127.0.0.1:8501"), ("::1", "http://[::1]:8501"), ("clinic.example", "http://clinic.example:8501")],
)
def test_an_address_is_written_as_a_browser_takes_it(address: str, url: str) -> None:
    assert url_of(address, 8501) == url


# assess


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("answers.yaml", YAML),
        ("answers.json", json.dumps(ANSWERS)),
        ("answers.json", "\ufeff" + json.dumps(ANSWERS, indent=2)),
        ("answers.txt", json.dumps(ANSWERS)),
        ("answers.yaml", YAML.replace("\n", "\r\n")),
    ],
)
def test_answers_are_read_from_yaml_and_json(name: str, content: str, run: Run, file: Any, rules: RuleBase) -> None:
    ran = run("assess", file(name, content), "--format", "json")

    assert (ran.code, ran.err) == (DONE, "")
    assert Assessment.model_validate_json(ran.out) == assess(rules, ANSWERS)


@pytest.mark.parametrize("content", [YAML, json.dumps(ANSWERS)])
def test_answers_are_read_from_standard_input(content: str, run: Run, rules: RuleBase) -> None:
    ran = run("assess", "-", "--format", "json", stdin=content.encode())

    assert ran.code == DONE
    assert Assessment.model_validate_json(ran.out) == assess(rules, ANSWERS)


@pytest.mark.parametrize(
    ("format_", "start"), [("text", b""), ("markdown", b"#"), ("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("json", b"{")]
)
def test_every_format_is_written_to_a_file(format_: str, start: bytes, run: Run, file: Any, tmp_path: Path) -> None:
    output = tmp_path / "summary"

    ran = run("assess", file("answers.yaml", YAML), "--format", format_, "--output", output)

    assert (ran.code, ran.out, ran.err) == (DONE, b"", "")
    assert output.read_bytes().lstrip().lower().startswith(start.lower())
    assert len(output.read_bytes()) > 500


def test_text_is_written_where_no_format_is_named(run: Run, file: Any) -> None:
    ran = run("assess", file("answers.yaml", YAML))

    assert ran.code == DONE
    assert "Anti-wrinkle injection" in ran.out.decode()


def test_a_name_and_a_note_are_printed_on_the_summary(run: Run, file: Any) -> None:
    ran = run("assess", file("answers.yaml", YAML), "--format", "markdown", "--name", "Example Person", "--note", "Before noon")

    assert ran.code == DONE
    assert "Example Person" in ran.out.decode()
    assert "Before noon" in ran.out.decode()


@pytest.mark.slow
def test_the_jurisdiction_comes_from_an_option_or_the_environment(run: Run, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = file("answers.yaml", YAML)

    option = run("assess", answers, "--format", "json", "--jurisdiction", "uk")
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "au")
    environment = run("assess", answers, "--format", "json")

    assert json.loads(option.out)["jurisdiction"] == "uk"
    assert json.loads(environment.out)["jurisdiction"] == "au"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("histroy: {}\n", ["histroy: unknown field 'histroy' – did you mean 'history'?"]),
        ("person: {age: old}\nhistory: {pregnant: maybe}\n", ["2 problems", "person.age", "history.pregnant"]),
        ("person: {age: 1\n", ["answers.yaml:2: not YAML"]),
        ("person: {}\nperson: {}\n", ["answers.yaml:2: 'person' stands twice"]),
        ("- a list\n", ["expected an answers document"]),
        ("", ["answers.yaml: is empty"]),
        ("# a remark\n", ["answers.yaml: is empty"]),
        ("just words\n", ["expected an answers document"]),
        ('{"person": {"age": 1}', ["answers.json:1: not JSON"]),
        ('{"person": {}, "person": {}}', ["'person' stands twice"]),
        ("[1, 2]", ["expected an answers document"]),
        ("person: &p {age: 40}\nhistory: *p\n", ["answers.yaml:2: the alias '*p' is not read here"]),
        (b"person: {age: \xff}\n", ["answers.yaml: is not UTF-8, by the byte 0xff: save it as UTF-8"]),
        (b"goals: {}\n# caf\xe9\n", ["answers.yaml:2: is not UTF-8, by the byte 0xe9"]),
        ("person: {age: 42}\n".encode("utf-16"), ["answers.yaml: is not UTF-8 but UTF-16, it seems: save it as UTF-8"]),
        ("person: {age: 42}\n".encode("utf-16-be"), ["answers.yaml: is not UTF-8 but UTF-16"]),
        ("person: {age: 42}\n".encode("utf-32"), ["answers.yaml: is not UTF-8 but UTF-32"]),
        ("person: {age: 42}\n".encode("utf-32-be"), ["answers.yaml: is not UTF-8 but UTF-32"]),
        ("person:\n  age: old\n", ["answers.yaml:2: person.age: should be a whole number, found 'old'"]),
        ("jurisdiction: no\n", ["answers.yaml:1: jurisdiction: unknown word 'no'"]),
        ("history: {pregnant: off}\n", ["history.pregnant: unknown word 'off' (allowed: yes, no, unsure)"]),
        ("person: {age: 1:30}\n", ["answers.yaml:1: '1:30' is no number here: write it without"]),
        ('{"histroy": {}}', ["answers.json: histroy: unknown field 'histroy'"]),
        ("x" * 2_000_001, ["it has more than 2,000,000 bytes, too many for the answers of one person"]),
        ("#" * 500_001, ["it has more than 500,000 characters, too many for the answers of one person"]),
        ("a: " + "[" * 100_000, ["nested more than"]),
        ("[" * 100_000, ["not JSON that can be read"]),
        ("person: {age: " + "9" * 5000 + "}", ["cannot be read"]),
    ],
)
def test_answers_that_cannot_be_used_are_a_message(content: Any, words: list[str], run: Run, file: Any) -> None:
    name = "answers.json" if str(content).startswith(("{", "[")) else "answers.yaml"
    file(name, content)

    ran = run("assess", name)

    _is_a_message(ran, *words)


def test_a_file_that_is_not_there_or_no_file_is_a_message(run: Run, tmp_path: Path) -> None:
    _is_a_message(run("assess", "nowhere.yaml"), "nowhere.yaml", "cannot be read")
    _is_a_message(run("assess", "nowhere.jsonl"), "nowhere.jsonl", "cannot be read")
    _is_a_message(run("assess", tmp_path), str(tmp_path), "cannot be read")


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be read by root")
def test_a_file_that_may_not_be_read_is_a_message(run: Run, file: Any) -> None:
    path = file("answers.yaml", YAML)
    path.chmod(0)

    _is_a_message(run("assess", path), "cannot be read")


@pytest.mark.parametrize("output", ["nowhere/summary.pdf", "."])
@pytest.mark.parametrize("answers", ["answers.yaml", "answers.jsonl"])
def test_an_output_that_cannot_be_written_is_a_message(output: str, answers: str, run: Run, file: Any) -> None:
    file("answers.yaml", YAML)
    file("answers.jsonl", json.dumps(ANSWERS))

    _is_a_message(run("assess", answers, "--output", output), output, "cannot be written")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("answers", ["answers.yaml", "answers.jsonl"])
def test_a_full_disk_is_a_message(answers: str, run: Run, file: Any) -> None:
    file("answers.yaml", YAML)
    file("answers.jsonl", json.dumps(ANSWERS))

    _is_a_message(run("assess", answers, "--output", "/dev/full"), "cannot be written")


def test_a_failed_run_leaves_an_earlier_output_alone(run: Run, file: Any) -> None:
    output = file("summary.json", "earlier")

    ran = run("assess", "nowhere.jsonl", "--output", output)

    assert ran.code == BAD_INPUT
    assert output.read_text() == "earlier"


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess",),
        ("assess", "answers.yaml", "--format", "docx"),
        ("assess", "answers.yaml", "--jurisdiction", "mars"),
        ("assess", "answers.yaml", "--nonsense"),
        ("rules", "show"),
        ("schema", "nothing"),
        ("unknown",),
    ],
)
def test_a_call_that_is_not_understood_is_a_message(arguments: tuple[str, ...], run: Run) -> None:
    _is_a_message(run(*arguments))


# many answers, one a line


def _lines(*documents: Any) -> str:
    return "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in documents)


def test_one_assessment_is_written_for_each_line(run: Run, file: Any, rules: RuleBase) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, "", {}, ANSWERS))

    ran = run("assess", lines)

    found = [Assessment.model_validate_json(line) for line in ran.out.splitlines()]
    assert ran.code == DONE
    assert found == [assess(rules, ANSWERS), assess(rules, {}), assess(rules, ANSWERS)]


def test_the_answers_may_stand_in_a_field(run: Run, file: Any, rules: RuleBase) -> None:
    lines = file("many.jsonl", _lines({"id": 7, "answers": ANSWERS}))

    ran = run("assess", lines, "--answers-field", "answers")

    assert Assessment.model_validate_json(ran.out) == assess(rules, ANSWERS)


BAD_LINES: list[tuple[Any, list[str]]] = [
    ({"histroy": {}}, ["many.jsonl:2", "did you mean 'history'?"]),
    ("{not json", ["many.jsonl:2", "not JSON"]),
    ("[1]", ["many.jsonl:2", "expected an answers document"]),
    ('{"person": {}, "person": {}}', ["many.jsonl:2", "'person' stands twice"]),
    (r'{"\ud800": 1}', ["many.jsonl:2"]),
    (r'{"person": {"age": "\ud800"}}', ["many.jsonl:2"]),
    (r'{"\ud800": 1, "\ud800": 2}', ["many.jsonl:2"]),
]


@pytest.mark.parametrize(("line", "words"), BAD_LINES)
def test_a_bad_line_stops_with_its_number(line: Any, words: list[str], run: Run, file: Any) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, line, ANSWERS))

    ran = run("assess", lines)

    assert ran.code == BAD_INPUT
    assert len(ran.out.splitlines()) == 1
    assert all(word in ran.err for word in words)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("line", "words"), BAD_LINES)
def test_a_bad_line_can_be_reported_in_its_place(line: Any, words: list[str], run: Run, file: Any) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, line, ANSWERS))

    ran = run("assess", lines, "--keep-going")

    first, bad, last = map(json.loads, ran.out.splitlines())
    assert ran.code == SOME_BAD_LINES
    assert first == last
    assert list(bad) == ["error"]
    assert all(word in bad["error"] for word in words)
    assert "1 line of many.jsonl could not be assessed" in ran.err


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_without_a_line_is_a_message_and_leaves_no_result(text: str, run: Run, file: Any, tmp_path: Path) -> None:
    ran = run("assess", file("none.jsonl", text), "--keep-going", "--output", tmp_path / "out.jsonl")

    _is_a_message(ran, "none.jsonl: is empty: expected one answers document a line")
    assert not (tmp_path / "out.jsonl").exists()


def test_a_line_that_is_not_utf8_is_reported_with_its_number(run: Run, file: Any) -> None:
    lines = file("many.jsonl", json.dumps(ANSWERS).encode() + b'\n{"person": "\xff"}\n')

    ran = run("assess", lines, "--keep-going")

    assert ran.code == SOME_BAD_LINES
    assert "many.jsonl:2" in json.loads(ran.out.splitlines()[1])["error"]


def test_a_field_that_is_not_there_is_reported_with_the_nearest(run: Run, file: Any) -> None:
    lines = file("many.jsonl", _lines({"answer": ANSWERS}))

    ran = run("assess", lines, "--answers-field", "answers")

    _is_a_message(ran, "many.jsonl:1", "has no field 'answers'", "did you mean 'answer'?")


def test_a_field_that_holds_no_document_is_reported(run: Run, file: Any) -> None:
    lines = file("many.jsonl", _lines({"answers": "yes"}))

    _is_a_message(run("assess", lines, "--answers-field", "answers"), "many.jsonl:1", "expected an answers document")


def test_lines_are_written_as_json_alone(run: Run, file: Any) -> None:
    lines = file("many.jsonl", _lines(ANSWERS))

    _is_a_message(run("assess", lines, "--format", "pdf"), "--format", "allowed: json")


def test_lines_are_written_to_a_file_and_progress_is_not(run: Run, file: Any, tmp_path: Path) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, ANSWERS))

    ran = run("assess", lines, "--output", "found.jsonl")

    assert (ran.code, ran.out) == (DONE, b"")
    assert len((tmp_path / "found.jsonl").read_bytes().splitlines()) == 2


# explain


@pytest.mark.parametrize(
    ("flags", "headings"),
    [
        ((), ["WHY", "WHY NOT", "WHAT WOULD CHANGE IT"]),
        (("--why",), ["WHY"]),
        (("--why-not",), ["WHY NOT"]),
        (("--what-if",), ["WHAT WOULD CHANGE IT"]),
        (("--what-if", "--why"), ["WHY", "WHAT WOULD CHANGE IT"]),
    ],
)
def test_the_parts_that_are_named_are_explained(flags: tuple[str, ...], headings: list[str], run: Run, file: Any) -> None:
    ran = run("explain", file("answers.yaml", YAML), *flags)

    lines = ran.out.decode().splitlines()
    assert (ran.code, ran.err) == (DONE, "")
    assert [line for line in lines if line in ("WHY", "WHY NOT", "WHAT WOULD CHANGE IT")] == headings


def test_an_explanation_is_written_as_data(run: Run, rules: RuleBase) -> None:
    ran = run("explain", "-", "--format", "json", stdin=YAML.encode())

    assert Explanation.model_validate_json(ran.out) == explain(rules, assess(rules, ANSWERS))


def test_what_cannot_be_explained_is_a_message(run: Run, file: Any) -> None:
    _is_a_message(run("explain", file("answers.yaml", "concerns: [{area: lip, kind: fuller}]")), "concerns[0].area", "'lips'")
    _is_a_message(run("explain", "nowhere.yaml"), "nowhere.yaml", "cannot be read")


# rules


def test_rules_are_listed_with_their_number(run: Run, rules: RuleBase) -> None:
    ran = run("rules", "list")

    text = ran.out.decode()
    assert ran.code == DONE
    assert all(found.id in text for found in rules.rules)
    assert f"{len(rules.rules)} rules, version {rules.identity.version}, draft" in text


def test_a_rule_is_shown_with_its_file_its_line_and_its_sources(run: Run, rules: RuleBase) -> None:
    wanted = rules.rules[0]

    ran = run("rules", "show", wanted.id)

    text = ran.out.decode()
    assert ran.code == DONE
    assert text.startswith(f"# {wanted.where}")
    assert f"id: {wanted.id}" in text
    assert all(rules.reference.sources[source].title in text for source in wanted.text.sources)


def test_an_unknown_rule_is_a_message_with_the_nearest(run: Run, rules: RuleBase) -> None:
    wanted = rules.rules[0].id

    ran = run("rules", "show", wanted[:-1])

    _is_a_message(ran, "no rule has this id", f"did you mean '{wanted}'?")


def test_clean_rules_pass_the_check(run: Run) -> None:
    ran = run("rules", "check")

    assert (ran.code, ran.err) == (DONE, "")
    assert ran.out.decode().strip().endswith("no issue")


def test_rules_that_smell_fail_the_check_on_standard_error(run: Run, rules_folder: Callable[..., Path]) -> None:
    folder = rules_folder(smells=rule("bare", "{concern: {kind: fuller}}", offer()))

    ran = run("rules", "check", "--rules", folder)

    _is_a_message(ran, "gallery/smells.yaml:2: 'test.bare' has no example in which it fires", "issues")


@pytest.mark.parametrize("command", [("rules", "list"), ("rules", "check"), ("rules", "graph"), ("assess", "answers.yaml")])
def test_wrong_rules_are_a_message_with_file_and_line(command: Any, run: Run, file: Any, rules_folder: Any) -> None:
    folder = rules_folder(wrong=rule("bad", "{histroy: {hiv: yes}}"))
    file("answers.yaml", YAML)

    ran = run(*command, "--rules", folder)

    _is_a_message(ran, "The rules cannot be loaded: 1 problem", "gallery/wrong.yaml:4", "did you mean 'history'?")


def test_a_folder_that_is_not_there_is_a_message(run: Run) -> None:
    _is_a_message(run("rules", "list", "--rules", "nowhere"), "nowhere", "is not a folder of rules")


def test_other_rules_are_used_where_a_folder_is_named(run: Run, file: Any, rules_folder: Any) -> None:
    folder = rules_folder(
        mine=rule("fills", "{concern: {kind: lines}}", offer()) + rule("no", "{history: {hiv: yes}}", hold("refer"))
    )

    ran = run("assess", file("answers.yaml", YAML), "--rules", folder, "--format", "json")

    assert [option["reasons"][0]["rule"] for option in json.loads(ran.out)["options"]] == ["test.fills"]


def test_the_graph_chains_findings_between_rules(run: Run, rules_folder: Any) -> None:
    folder = rules_folder(
        chain=rule("moves", "{concern: {on_movement: yes}}", "find: moves") + rule("fills", "{finding: moves}", offer())
    )

    ran = run("rules", "graph", "--rules", folder)

    lines = [line.strip() for line in ran.out.decode().splitlines()]
    assert lines[0] == "graph LR"
    assert "test_moves --> moves([moves])" in lines
    assert "moves([moves]) --> test_fills" in lines


SIGNED = ("--name", "Example Reviewer", "--role", "nurse prescriber", "--registration", "00X0000X")


def test_a_rule_is_signed_by_name(run: Run, rules_folder: Any) -> None:
    folder = rules_folder(mine=rule("fills", "{concern: {kind: lines}}", offer()))

    ran = run("rules", "sign", "test.fills", *SIGNED, "--rules", folder)
    listed = run("rules", "list", "--rules", folder)

    assert ran.code == DONE
    assert ran.out.decode().startswith("test.fills signed by Example Reviewer, nurse prescriber (00X0000X) on ")
    assert listed.out.decode().strip().endswith("signed")


def test_a_signature_that_cannot_be_given_is_a_message(run: Run, rules_folder: Any) -> None:
    folder = rules_folder(mine=rule("fills", "{concern: {kind: lines}}", offer()))

    _is_a_message(run("rules", "sign", "test.fils", *SIGNED, "--rules", folder), "no rule has this id", "'test.fills'")
    _is_a_message(run("rules", "sign", "test.fills", *SIGNED[2:], "--name", " ", "--rules", folder), "--name: is empty")


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be written by root")
def test_signatures_that_may_not_be_written_are_a_message(run: Run, rules_folder: Any) -> None:
    folder = rules_folder(mine=rule("fills", "{concern: {kind: lines}}", offer()))
    (folder / "signatures.yaml").chmod(0o400)

    _is_a_message(run("rules", "sign", "test.fills", *SIGNED, "--rules", folder), "signatures.yaml: cannot be written")


@pytest.mark.parametrize(("format_", "start"), [("markdown", "# "), ("html", "<!doctype html>")])
def test_the_rule_book_is_printed_or_written(format_: str, start: str, run: Run, tmp_path: Path) -> None:
    printed = run("rules", "book", "--format", format_)
    written = run("rules", "book", "--format", format_, "--output", "book")
    refused = run("rules", "book", "--output", "nowhere/book")

    assert printed.out.decode().lower().startswith(start)
    assert (written.code, written.out, (tmp_path / "book").read_bytes()) == (DONE, b"", printed.out)
    _is_a_message(refused, "nowhere/book: cannot be written")


def test_mutants_are_counted_and_too_few_noticed_is_a_failure(run: Run, rules_folder: Any, file: Any) -> None:
    held = rule("young", "{person: {age: {below: 18}}}", hold("hard_stop"))
    held += rule("hiv", "{history: {hiv: yes}}", hold("review"))
    folder = rules_folder(mine=rule("fills", "{concern: {kind: fuller}}", offer()) + held)
    (folder.parent / "people").mkdir()
    file(
        "people/one.yaml",
        "- say: fuller lips\n  answers: {concerns: [{area: lips, kind: fuller}]}\n"
        "  expect: {outcome: discuss, options: {lips/dermal_filler: suggested (first_line)}}\n",
    )

    ran = run("rules", "mutate", "--rules", folder, "--scenarios", "people", "--minimum", "100")
    enough = run("rules", "mutate", "--rules", folder, "--scenarios", "people", "--minimum", "10")

    assert (ran.code, enough.code) == (BAD_INPUT, DONE)
    assert "not noticed: test.fills: kind also lines" in ran.out.decode()
    assert "changes of 3 rules" in ran.out.decode()
    (folder / "properties").mkdir()
    file(
        "rules/properties/young.yaml",
        "- {id: a.young, title: T, when: {person: {age: {below: 18}}}, never: [{option: {status: [suggested, referred]}}],\n"
        "   because: B, sources: [seed], hazards: [H10]}\n",
    )
    asked = run("rules", "mutate", "--rules", folder, "--scenarios", "people", "--minimum", "0", "--properties-minimum", "61")
    assert asked.code == BAD_INPUT
    assert "not noticed by a property: test.hiv: effect caution" in asked.out.decode()
    assert "5 changes that weaken safety: 60.0 % noticed by the properties alone" in asked.out.decode()
    _is_a_message(run("rules", "mutate", "--rules", folder, "--scenarios", "nowhere"), "nowhere: holds no scenario")


# schema


@pytest.mark.parametrize(("name", "model"), [("answers", Answers), ("assessment", Assessment), ("explanation", Explanation)])
def test_the_schema_of_each_document_is_printed(name: str, model: Any, run: Run) -> None:
    ran = run("schema", name)

    assert ran.code == DONE
    assert json.loads(ran.out) == model.model_json_schema(by_alias=True)


# as a program of its own


def _program(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
    command = [sys.executable, "-m", "recommender", *map(str, arguments)]
    ran = subprocess.run(
        command, input=stdin, capture_output=True, cwd=CHECKOUT, check=False, env={**os.environ, **environment}
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr.decode())


def test_the_program_ends_with_zero_and_nothing_but_the_assessment() -> None:
    ran = _program("assess", "-", "--format", "json", stdin=YAML.encode())

    assert (ran.code, ran.err) == (DONE, "")
    assert json.loads(ran.out)["outcome"] == "discuss"


def test_the_program_ends_with_two_and_a_message() -> None:
    _is_a_message(_program("assess", "-", stdin=b"histroy: {}"), "did you mean 'history'?")


@pytest.mark.slow
def test_the_program_ends_with_three_where_some_lines_were_bad(file: Any) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, "{"))

    ran = _program("assess", lines, "--keep-going")

    assert ran.code == SOME_BAD_LINES
    assert len(ran.out.splitlines()) == 2


@pytest.mark.slow
def test_progress_is_shown_on_standard_error_and_never_among_the_assessments(file: Any) -> None:
    lines = file("many.jsonl", _lines(ANSWERS, ANSWERS))

    ran = _program("assess", lines, TTY_COMPATIBLE="1")

    assert ran.code == DONE
    assert "many.jsonl" in ran.err
    assert [json.loads(line)["outcome"] for line in ran.out.splitlines()] == ["discuss", "discuss"]


@pytest.mark.slow
def test_a_pdf_is_not_written_to_a_terminal() -> None:
    reader, terminal = os.openpty()
    command = [sys.executable, "-m", "recommender", "assess", "-", "--format", "pdf"]

    ran = subprocess.run(command, input=YAML.encode(), stdout=terminal, stderr=subprocess.PIPE, cwd=CHECKOUT, check=False)

    os.close(terminal)
    os.close(reader)
    assert ran.returncode == BAD_INPUT
    assert b"--output: a PDF is not shown on a terminal" in ran.stderr


def test_a_reader_that_goes_away_is_no_failure(file: Any) -> None:
    lines = file("many.jsonl", _lines(*[ANSWERS] * 40))
    command = f"{sys.executable} -m recommender assess {lines} | head -c 10; echo ${{PIPESTATUS[0]}}"

    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=CHECKOUT, check=True)

    assert (ran.stdout[10:], ran.stderr.strip()) == ("1\n", "")
