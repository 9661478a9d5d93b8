"""The interview on the terminal: typed through a pipe and on a real terminal, stopped, gone on with and taken back."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from answered_in_every_way import concluded, told
from command_line import CHECKOUT, DONE, Ran, Run, is_a_message
from forbidden_words import forbidden_in
from rule_texts import offer, rule
from strategies import further, of_the_whole, shipped
from test_interview_whole import complete

from recommender import Answers, RuleBase, assess
from recommender.cli.questioning import AFTER, BEFORE, PLACES, SEEN, START, Asked, Questioning, Value
from recommender.documents.answer_path import answer_at
from recommender.documents.answers import read_answers
from recommender.documents.vocabulary import JURISDICTIONS, OUTCOMES
from recommender.interview import needed, ruled_out

Interview = Callable[..., Ran]
BETWEEN = "2"
FROWN_LINES = ("1", "42", BETWEEN, "1")  # before an injection, the age, between the eyebrows, lines
STROKE_SIGNS = ("2", "no", "no", "yes")  # after an injection, no change of sight or of the skin's colour


@pytest.fixture
def interview(run: Run, monkeypatch: pytest.MonkeyPatch) -> Interview:
    """Types lines into ``recommender interview answers.json``; the input ends after them. The country is said, by default."""
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "other")

    def call(*lines: str, options: tuple[object, ...] = (), name: str = "answers.json") -> Ran:
        ran = run("interview", name, *options, stdin="".join(f"{line}\n" for line in lines).encode())
        assert isinstance(ran, Ran)
        return ran

    return call


def _kept(name: str = "answers.json") -> dict[str, Any]:
    return dict(json.loads(Path(name).read_text(encoding="utf-8")))


def _text(ran: Ran) -> str:
    """What was printed, as running text."""
    return " ".join(ran.out.decode().split())


# people


@pytest.mark.slow
def test_an_ordinary_person_is_interviewed_to_the_end(interview: Interview, rules: RuleBase) -> None:
    ran = interview(*FROWN_LINES, "no", "yes", *["2"] * 60)

    assert (ran.code, ran.err) == (DONE, "")
    assert assess(rules, _kept()).outcome == "discuss"
    assert needed(rules, _kept()) == ()
    assert _kept()["concerns"] == [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}]
    assert "About this summary" in ran.out.decode()
    assert "recommender assess answers.json --format pdf --output summary.pdf" in _text(ran)


@pytest.mark.slow
def test_how_many_questions_are_left_never_grows_and_comes_to_one(interview: Interview) -> None:
    ran = interview(*FROWN_LINES, *["3"] * 60)

    left = [int(number) for number in re.findall(r"At most (\d+) more questions?\b", ran.out.decode())]
    assert len(left) > 20
    assert left == sorted(left, reverse=True)
    assert left[-1] == 1


def test_places_and_things_seen_are_named_by_number_or_by_word_and_several_at_once(interview: Interview) -> None:
    interview("1", "42", "2, lips ,2", "Lines, wrinkles or creases", "1 3")

    seen = [(concern["area"], concern["kind"]) for concern in _kept()["concerns"]]
    assert seen == [("glabella", "lines"), ("lips", "fuller"), ("lips", "lip_inversion")]


def test_nobody_need_name_a_place_or_find_there_what_they_see(interview: Interview) -> None:
    interview("1", "42", "0", "no")
    interview("1", "42", BETWEEN, "0", "no", name="other.json")

    assert _kept() == _kept("other.json")
    assert _kept()["history"] == {"pregnant": "no"}
    assert _kept()["concerns"] == []


def test_i_do_not_know_is_unsure_where_the_document_has_the_word_and_else_left_open(interview: Interview) -> None:
    interview("1", "42", "chin", "contour", "I don't know", "3")
    ran = interview("unsure", "q")

    assert _kept()["concerns"] == [{"area": "chin", "kind": "contour", "bite_problem": "unsure", "breathing_problem": "unsure"}]
    assert _kept("answers.json.asked")["asked"]["left_open"] == ["concerns[0].severity"]
    assert "Severity" not in _text(interview("q"))
    assert "How much does it stand out" in _text(ran)


@pytest.mark.slow
def test_a_question_left_out_stays_unanswered_and_is_not_asked_again(interview: Interview, rules: RuleBase) -> None:
    ran = interview(*FROWN_LINES, *["s"] * 60)
    again = interview()

    assert "Left out" not in ran.err
    assert _kept()["history"] == _kept()["goals"] == {}
    assert _kept()["concerns"] == [{"area": "glabella", "kind": "lines"}]
    assert "history.pregnant" in {question.path for question in assess(rules, _kept()).open_questions}
    assert "Are you pregnant?" not in _text(again).split("What is still open")[0]


def test_somebody_under_age_is_asked_nothing_more(interview: Interview, rules: RuleBase) -> None:
    ran = interview("1", "17")

    assert _kept()["person"] == {"age": 17}
    assert assess(rules, _kept()).outcome == "stop"
    assert "Where is it about?" not in _text(ran)
    assert "At most" not in _text(ran)
    assert "THE SHORT ANSWER" in ran.out.decode()


def test_a_nurse_is_asked_in_clinical_words_and_for_scores(interview: Interview) -> None:
    nurse = ("--respondent", "nurse")

    ran = interview(*FROWN_LINES, *["2"] * 60, options=nurse)
    patient = interview(*FROWN_LINES, *["2"] * 60, name="other.json")

    assert _kept()["respondent"] == "nurse"
    assert _kept()["screening"] == {"dcq_score": 2, "cops_score": 2}
    assert "Glabella: Rhytids" in _text(ran)
    assert "DCQ" not in _text(patient)
    assert "screening" not in _kept("other.json")


def test_a_nurse_goes_on_with_what_a_patient_answered(interview: Interview) -> None:
    interview(*FROWN_LINES, "no")
    ran = interview("yes", "q", options=("--respondent", "nurse"))

    assert _kept()["respondent"] == "nurse"
    assert _kept()["concerns"] == [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}]
    assert "On movement (dynamic)" in _text(ran)


def test_the_country_is_kept_with_the_answers_that_name_none(interview: Interview) -> None:
    ran = interview("2", options=("--jurisdiction", "uk"))
    later = interview(options=("--jurisdiction", "us"))

    assert _kept()["jurisdiction"] == "uk"
    assert "Emergency number: 999" in _text(ran)
    assert "Emergency number: 999" in _text(later)


def test_the_country_is_asked_first_where_nothing_says_it(interview: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOMMENDER_JURISDICTION")

    ran = interview("s", "3", "2")

    assert _text(ran).count("Where are you?") == 1
    assert "This one cannot be left out." in _text(ran)
    assert _kept()["jurisdiction"] == "au"
    assert "Emergency number: 000" in _text(ran)


def test_the_country_can_be_taken_back(interview: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOMMENDER_JURISDICTION")

    interview("3", "b", "1", "2")

    assert _kept()["jurisdiction"] == "uk"


@pytest.mark.parametrize("jurisdiction", further(JURISDICTIONS, "au"))
def test_no_patient_is_asked_in_words_that_may_not_be_shown_there(jurisdiction: Any, interview: Interview) -> None:
    where = ("--jurisdiction", jurisdiction)
    before = interview("?", "1", "?", "42", "?", BETWEEN, "?", "1", "?", "x", options=where)
    after = interview("2", "?", "x", name="other.json", options=where)

    assert [forbidden_in(ran.out.decode(), jurisdiction) for ran in (before, after)] == [[], []]


# help that is needed


def test_an_emergency_is_told_before_anything_else_and_nothing_more_is_asked(interview: Interview) -> None:
    ran = interview(*STROKE_SIGNS, options=("--jurisdiction", "uk"))

    at_once = ran.out.decode().partition("> yes")[2].strip()
    assert at_once.startswith("This may be an emergency. Call for help now.")
    signs = _kept()["after_treatment"]["symptoms"]
    assert signs == {"vision_change": "no", "white_or_mottled_skin": "no", "stroke_signs": "yes"}
    assert "Emergency number: 999" in _text(ran)
    assert "Why: This can be a stroke." in ran.out.decode()
    assert "The whole summary" not in ran.out.decode()


def test_an_emergency_that_is_kept_is_told_first_when_going_on(interview: Interview) -> None:
    interview(*STROKE_SIGNS)
    ran = interview()

    assert ran.out.decode().startswith("This may be an emergency. Call for help now.")


def test_an_emergency_answered_by_mistake_can_be_taken_back(interview: Interview) -> None:
    interview(*STROKE_SIGNS, "b", "no")

    signs = _kept()["after_treatment"]["symptoms"]
    assert signs == {"vision_change": "no", "white_or_mottled_skin": "no", "stroke_signs": "no"}


def test_help_needed_the_same_day_leaves_only_what_could_still_be_an_emergency(interview: Interview, rules: RuleBase) -> None:
    ran = interview("2", *["no"] * 5, "unsure", *["2"] * 30)

    printed = ran.out.decode()
    told_at = printed.index("get medical help today.")
    asked_later = printed[told_at:].split("Summary for your consultation")[0]
    assert assess(rules, _kept()).outcome == "same_day"
    assert "help is needed even sooner" in " ".join(asked_later.split())
    assert "Has your voice gone hoarse" in asked_later
    assert "Are you pregnant" not in asked_later
    assert "Do your teeth or gums hurt?" not in asked_later
    assert printed.rindex("get medical help today.") > printed.index("About this summary")


# wrong entries, why, back, stop


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("3",), "'3' is none of the answers. Type: 1 or 2 (?, b or q)."),
        (("",), "Nothing was typed. Type: 1 or 2"),
        (("bck",), "'bck' is none of the answers. Did you mean “back”?"),
        (("1", "old"), "'old' is no whole number. Type: A whole number"),
        (("1", "-3"), "'-3' is no whole number."),
        (("1", "42.5"), "'42.5' is no whole number."),
        (("1", "²"), "is no whole number."),
        (("1", "121"), "The answer should be 120 or less, found 121."),
        (("1", "9" * 5000), "is too long for a number."),
        (("1", "s"), "This one cannot be left out. Type: A whole number"),
        (("1", "42", "25"), "'25' is none of the answers. Type: One or more of 1 to 24"),
        (("1", "42", "2 x"), "'x' is none of the answers."),
        (("1", "42", "0 2"), "'0' is none of the answers."),
        (("1", "42", "forhead"), "'forhead' is none of the answers. Did you mean “Forehead”?"),
        (("1", "42", "2", "1", "yess"), "'yess' is none of the answers. Did you mean “Yes”? Type: 1 to 3 (?, s, b or q)."),
        (("b",), "There is no question before this one to go back to."),
        (("\x1b[A",), "'\\x1b[A' is none of the answers."),
    ],
)
def test_what_is_no_answer_is_said_with_what_is_allowed_and_asked_again(
    lines: tuple[str, ...], said: str, interview: Interview
) -> None:
    interview(*lines[:-1])
    before = _kept()

    ran = interview(lines[-1])

    assert ran.code == DONE
    assert said in _text(ran)
    assert _kept() == before


def test_bytes_of_another_encoding_are_no_answer(run: Run) -> None:
    ran = run("interview", "answers.json", "--jurisdiction", "uk", stdin=b"\xff\n1\n")

    assert ran.code == DONE
    assert "is none of the answers" in _text(ran)
    assert _kept("answers.json.asked")["asked"]["steps"] == ["start"]


def test_why_something_is_asked_is_shown_and_it_is_asked_again(interview: Interview, rules: RuleBase) -> None:
    ran = interview(*FROWN_LINES, "?", "no")

    assert rules.reference.questions.details["at_rest"].why in _text(ran)
    assert _kept()["concerns"] == [{"area": "glabella", "kind": "lines", "at_rest": "no"}]


@pytest.mark.slow
def test_going_back_takes_answers_back_one_by_one_to_the_first(interview: Interview) -> None:
    interview(*FROWN_LINES, "no", "s", "no")
    steps = _kept("answers.json.asked")["asked"]["steps"]
    kept = [(_kept(), _kept("answers.json.asked")["asked"])]
    for _ in steps:
        interview("b")
        kept.append((_kept(), _kept("answers.json.asked")["asked"]))

    assert len(steps) == 7
    assert kept[1][0]["history"] == {}
    assert [asked["left_open"] for _, asked in kept[1:3]] == [["concerns[0].on_movement"], []]
    assert kept[3][0]["concerns"] == [{"area": "glabella", "kind": "lines"}]
    assert kept[4][0]["concerns"] == []
    assert [asked["places"] for _, asked in kept[4:6]] == [["glabella"], []]
    assert kept[6][0]["person"] == {}
    assert kept[7][1] == {"steps": [], "places": [], "left_open": []}


def test_going_back_from_the_first_sign_leads_to_the_choice_of_what_it_is_about(interview: Interview) -> None:
    interview("2", "b", "1", "42")

    assert "after_treatment" not in _kept()
    assert _kept()["person"] == {"age": 42}


def test_the_last_answer_can_be_changed_when_the_result_was_told(interview: Interview) -> None:
    interview("1", "17", "b", "71")

    assert _kept()["person"] == {"age": 71}


@pytest.mark.parametrize("ending", [("q",), ("quit",), ()])
def test_stopping_and_the_end_of_the_input_keep_the_answers_and_say_how_to_go_on(
    ending: tuple[str, ...], interview: Interview
) -> None:
    ran = interview("1", "42", *ending)

    assert ran.code == DONE
    assert _text(ran).endswith(
        "Stopped. Your answers are kept in answers.json. To go on, type: recommender interview answers.json"
    )
    assert _kept()["person"] == {"age": 42}


def test_going_on_says_so_and_asks_nothing_again(interview: Interview) -> None:
    interview("1", "42", "2 13", "1")
    ran = interview("1")

    asked = _text(ran)
    assert "Going on where you stopped: answers.json holds 3 answers." in asked
    assert asked.index("Lips ---- What do you notice there?") > 0
    assert all(again not in asked for again in ("What is it about?", "How old are you?", "Where is it about?"))


def test_answers_from_elsewhere_are_gone_on_with(interview: Interview, file: Any) -> None:
    file("answers.json", json.dumps({"concerns": [{"area": "lips", "kind": "fuller"}], "history": {"pregnant": "no"}}))

    ran = interview("42", "no")

    assert _kept()["concerns"] == [{"area": "lips", "kind": "fuller"}]
    assert _kept()["history"] == {"pregnant": "no", "breastfeeding": "no"}
    assert "Are you pregnant?" not in _text(ran)


def test_answers_that_were_changed_elsewhere_are_not_taken_for_those_that_were_asked(interview: Interview, file: Any) -> None:
    interview(*FROWN_LINES, "s", "s", "s")
    file("answers.json", json.dumps({"person": {"age": 42}, "concerns": [{"area": "glabella", "kind": "lines"}]}))

    ran = interview()

    assert "Is it there when your face is quite still?" in _text(ran)


def test_a_new_file_starts_anew_whatever_an_earlier_one_left_beside_it(interview: Interview) -> None:
    interview(*FROWN_LINES)
    Path("answers.json").unlink()

    ran = interview()

    assert "What is it about?" in _text(ran)


# what is kept


def test_what_is_kept_is_for_its_owner_alone_and_nothing_else_is_left(interview: Interview, tmp_path: Path) -> None:
    interview(*FROWN_LINES, "no")

    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert files == {"answers.json": 0o600, "answers.json.asked": 0o600}


def test_a_link_stays_a_link(interview: Interview, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "answers.json").symlink_to(tmp_path / "elsewhere" / "mine.json")

    interview("1", "42")

    assert (tmp_path / "answers.json").is_symlink()
    assert _kept("elsewhere/mine.json")["person"] == {"age": 42}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("answers.json", "person: {age: 42}\n", ["answers.json:1: not JSON"]),
        ("answers.json", "", ["answers.json: is empty"]),
        ("answers.json", '{"histroy": {}}', ["did you mean 'history'?"]),
        ("answers.json", "[1]", ["expected an answers document"]),
        ("answers.json", b'{"person": "\xff"}', ["save it as UTF-8"]),
        (
            "answers.yaml",
            "person: {age: 42}\n",
            ["answers are kept as JSON here, not as YAML: name a file such as answers.json"],
        ),
        ("people.jsonl", "{}\n", ["not as one document a line"]),
        ("answers.json.asked", "mine", ["answers.json.asked: is not what an interview writes", "move it away"]),
    ],
)
def test_a_file_that_is_something_else_is_a_message_and_stays_as_it_is(
    name: str, content: Any, words: list[str], interview: Interview, file: Any
) -> None:
    path = file(name, content)
    before = path.read_bytes()

    ran = interview("1", "42", name=name.removesuffix(".asked"))

    is_a_message(ran, *words)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["-", ".", "nowhere/answers.json"])
def test_where_nothing_can_be_kept_nothing_is_asked(name: str, interview: Interview) -> None:
    is_a_message(interview("1", "42", name=name), name)


def test_other_rules_are_asked_about_and_named_in_what_to_type_next(interview: Interview, rules_folder: Any) -> None:
    folder = rules_folder(mine=rule("fills", "{concern: {kind: lines, at_rest: yes}}", offer()))

    ran = interview(*FROWN_LINES, "yes", options=("--rules", folder))

    assert "At most 1 more question Is it there" in _text(ran)
    assert f"recommender assess answers.json --rules {folder} --format pdf" in _text(ran)


# anybody


def _answer(step: str, whole: dict[str, Any]) -> Value:
    """What somebody with all these answers says to a step."""
    if step == START:
        return AFTER if "after_treatment" in whole else BEFORE
    if step == PLACES:
        return tuple(concern["area"] for concern in whole["concerns"])
    if step.startswith(SEEN):
        return tuple(concern["kind"] for concern in whole["concerns"] if concern["area"] == step.removeprefix(SEEN))
    return answer_at(whole, step)  # type: ignore[no-any-return]


def _typed(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else {BEFORE: "1", AFTER: "2"}.get(str(value), str(value))


def _person(rules: RuleBase, seed: int) -> dict[str, Any]:
    """Somebody at random; who asks about an injection they had is asked about that alone."""
    whole = complete(rules, random.Random(seed), ordinary=seed % 3 == 0)
    return {"after_treatment": whole["after_treatment"]} if "after_treatment" in whole else whole


def _questioned(rules: RuleBase, whole: dict[str, Any]) -> tuple[Questioning, list[str]]:
    """Somebody asked to the end, and what they typed."""
    questioning, lines = Questioning(rules, Answers(), Asked()), []
    while questioning.step is not None:
        value = _answer(questioning.step, whole)
        lines.append(_typed(value))
        questioning.take(value)
    return questioning, lines


def _comes_to_the_same(seeds: range) -> None:
    rules = shipped()
    endings = set()
    for seed in seeds:
        whole = _person(rules, seed)
        questioning, _ = _questioned(rules, whole)
        everything, found = read_answers(whole), assess(rules, whole)

        endings.add(questioning.urgency)
        if questioning.urgency is not None:
            assert OUTCOMES.index(questioning.assessment.outcome) <= OUTCOMES.index(found.outcome), seed  # never milder
        elif ruled_out(rules, everything) and everything.after_treatment is None:
            assert questioning.assessment == assess(rules, {"person": whole["person"]}), seed
        else:
            asked = questioning.answers
            on_the_table = any(option.status != "withdrawn" for option in found.options)
            assert questioning.assessment.outcome == found.outcome or not on_the_table, seed
            assert told(rules, asked, concluded(rules, asked)) == told(rules, everything, concluded(rules, everything)), seed
    assert endings == {None, "emergency", "same_day"}


@pytest.mark.slow
@pytest.mark.sampled
def test_what_is_kept_comes_to_what_all_answers_come_to() -> None:
    _comes_to_the_same(range(16, 16 + of_the_whole(400, quick=10)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 4, 9])
def test_what_is_typed_is_what_is_kept_all_at_once_or_one_answer_a_run(seed: int, interview: Interview) -> None:
    questioning, lines = _questioned(shipped(), _person(shipped(), seed))

    interview(*lines)
    for line in lines:
        interview(line, name="slowly.json")

    assert _kept() == _kept("slowly.json") == questioning.answers.document()


@pytest.mark.slow
@pytest.mark.sampled
def test_no_answer_makes_more_left_to_ask() -> None:
    rules = shipped()
    for seed in range(of_the_whole(120, quick=3)):
        whole, questioning, left = _person(rules, seed), Questioning(rules, Answers(), Asked()), []
        while questioning.step is not None:
            if questioning.step.startswith(("concerns[", "history.", "goals.", "after_treatment.")):
                left.append(questioning.at_most_left)
                if random.Random(f"{seed} {questioning.step}").random() < 0.2:
                    questioning.leave()
                    continue
            questioning.take(_answer(questioning.step, whole))

        assert left == sorted(set(left), reverse=True), seed


# on a real terminal


def _hears_interrupts() -> None:
    """As on every terminal; a suite that runs in the background of a shell ignores them, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class _Terminal:
    """``recommender interview answers.json`` on a terminal of its own, 60 characters wide."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "recommender", "interview", "answers.json"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**environment, "RECOMMENDER_JURISDICTION": "other", "TERM": "xterm", "PYTHONPATH": str(CHECKOUT)},
            preexec_fn=_hears_interrupts,  # noqa: PLW1509 (it touches no lock)
        )
        os.close(theirs)
        self.shown = ""

    def waits(self) -> str:
        """What is shown until it waits for something to be typed, or ends."""
        text, give_up = b"", time.monotonic() + 60
        while not text.endswith(b"> ") and time.monotonic() < give_up:
            if not select.select([self._ours], [], [], 1)[0]:
                continue
            try:
                read = os.read(self._ours, 65536)
            except OSError:  # the other end of a terminal is gone
                read = b""
            if not read:
                break
            text += read
        new = text.decode(errors="replace")
        self.shown += new
        return new

    def types(self, line: str) -> str:
        os.write(self._ours, f"{line}\n".encode())
        return self.waits()

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], _Terminal]]:
    monkeypatch.chdir(tmp_path)
    opened: list[_Terminal] = []

    def open_one() -> _Terminal:
        opened.append(_Terminal(tmp_path))
        opened[-1].waits()
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.mark.slow
def test_on_a_terminal_a_person_is_killed_interrupted_and_interviewed_to_the_end(
    terminal: Callable[[], _Terminal], rules: RuleBase
) -> None:
    killed = terminal()
    for line in FROWN_LINES:
        killed.types(line)
    killed.program.kill()
    killed.program.wait()
    after_kill = _kept()
    interrupted = terminal()
    interrupted.types("no")
    interrupted.program.send_signal(signal.SIGINT)
    goodbye = interrupted.waits()
    last = terminal()
    shown = last.types("yes")
    while "Enter to end" not in shown:
        shown = last.types("2")
    last.types("")

    plain = re.sub(r"\x1b\[[0-9;]*m", "", last.shown).replace("\r", "")
    assert after_kill["concerns"] == [{"area": "glabella", "kind": "lines"}]
    assert "Stopped. Your answers are kept in answers.json." in " ".join(goodbye.split())
    assert (interrupted.program.wait(), last.program.wait()) == (DONE, DONE)
    assert "Going on where you stopped" in plain
    assert "Is it there when your face is quite still?" not in plain.split("Summary for")[0]
    assert _kept()["concerns"] == [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}]
    assert needed(rules, _kept()) == ()
    assert "\x1b[1m" in last.shown
    assert [line for line in plain.splitlines() if len(line) > 60 and "http" not in line and "> " not in line] == []


@pytest.mark.slow
def test_no_colour_reaches_a_pipe(interview: Interview) -> None:
    ran = interview(*FROWN_LINES, "no", "yes", *["2"] * 60)

    assert b"\x1b" not in ran.out


@pytest.mark.slow
def test_the_end_of_the_input_on_a_terminal_stops_and_keeps(terminal: Callable[[], _Terminal]) -> None:
    screen = terminal()
    screen.types("1")

    goodbye = screen.types("42\n\x04")
    while screen.program.poll() is None and (more := screen.waits()):
        goodbye += more

    assert screen.program.wait() == DONE
    assert "Stopped. Your answers are kept in answers.json." in " ".join(screen.shown.split())
    assert _kept()["person"] == {"age": 42}


def test_going_back_takes_an_answer_from_the_line_it_was_given_to(rules: RuleBase) -> None:
    """Two lines at one place change their order with what is told of them."""
    told = [{"area": "glabella", "kind": "lines", "on_movement": "yes"}, {"area": "glabella", "kind": "lines"}]
    questioning = Questioning(rules, read_answers({"person": {"age": 42}, "concerns": told}), Asked())
    before = questioning.answers
    for step in ("concerns[0].at_rest", "concerns[1].at_rest", "concerns[1].on_movement"):
        assert questioning.step == step
        questioning.take("no")

    while questioning.take_back():
        pass

    assert questioning.answers == before


def test_a_step_that_is_no_answer_of_the_document_keeps_its_name(rules: RuleBase) -> None:
    steps = (START, "seen.lips", "concerns[9].at_rest", "history", "concerns[0].at_rest")
    told = [{"area": "glabella", "kind": "lines"}]
    questioning = Questioning(
        rules, read_answers({"person": {"age": 42}, "concerns": told}), Asked(steps=steps, left_open=steps)
    )

    asked = questioning.step
    questioning.take("no")

    assert questioning.asked == Asked(steps=(*steps, asked), left_open=steps)
