"""``recommender interview``: one question at a time on the terminal, kept after each answer, to go on with at any time."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Annotated, Final

import typer

from recommender.cli.kept_answers import KeptAnswers
from recommender.cli.options import JurisdictionChoice, LanguageChoice, LanguageOption, RespondentChoice, RulesFolder
from recommender.cli.questioning import Asked, Questioning
from recommender.cli.questions import COMMANDS, NotUnderstoodError, Question, question_of
from recommender.cli.terminal import Terminal
from recommender.documents.answer_path import AGE
from recommender.documents.answers import Answers, read_answers
from recommender.documents.problems import AnswersError
from recommender.export import summarise, text_of
from recommender.knowledge import RuleBase, load_rules
from recommender.knowledge.reference import Reference

_HELP_ALONE: Final = ("answer", "alerts")  # in an emergency: what to do now, and why
_OPENING: Final = (
    "Answer with a number or a word. You can also type: ? to see why something is asked, s to leave it out, b to go back one "
    "question, q to stop. What you leave out stays open and does not count as “no”."
)


def interview(
    file: Annotated[str, typer.Argument(help="Where the answers are kept, as JSON; goes on with those that are in it.")],
    *,
    respondent: Annotated[
        RespondentChoice | None, typer.Option(help="Who answers (default: as the file says, else the patient).")
    ] = None,
    rules: RulesFolder = None,
    jurisdiction: Annotated[
        JurisdictionChoice | None,
        typer.Option(help="Where the person is (asked where nothing says it).", envvar="RECOMMENDER_JURISDICTION"),
    ] = None,
    language: LanguageOption = LanguageChoice.EN,  # type: ignore[attr-defined]
) -> None:
    """Ask what matters, one question at a time, and keep every answer in a file to go on with later.

    Example: recommender interview answers.json
    """
    kept = KeptAnswers(file)
    found = kept.read()
    base = load_rules(rules, language=language.value)
    answers, asked = found or (Answers(), Asked())
    document = answers.document()
    if respondent is not None:
        document["respondent"] = respondent.value
    if jurisdiction not in (None, JurisdictionChoice.OTHER):  # type: ignore[attr-defined]
        document.setdefault("jurisdiction", jurisdiction.value)  # the answers read the same wherever they are taken
    options = f" --rules {shlex.quote(str(rules))}" if rules else ""
    sitting = _Sitting(base, kept, Questioning(base, read_answers(document), asked, asks_country=jurisdiction is None), options)
    sitting.open()
    try:
        sitting.run()
    except (EOFError, KeyboardInterrupt):
        sitting.stop(interrupted=True)


class _Sitting:
    """One run of the command: it shows each question, reads what is typed and keeps every answer at once."""

    def __init__(self, rules: RuleBase, kept: KeptAnswers, questioning: Questioning, options: str) -> None:
        self._kept = kept
        self._file = shlex.quote(kept.name)
        self._options = options
        self._questioning = questioning
        self._rules = rules
        self._terminal = Terminal()

    @property
    def _words(self) -> Reference:
        """The questions in the words for whoever answers, where they are."""
        answers = self._questioning.answers
        return self._rules.voice(answers.respondent, answers.jurisdiction or self._rules.jurisdiction).reference

    def open(self) -> None:
        """Say what this is and where the answers are kept; finds out at once whether they can be."""
        self._keep()
        if self._questioning.urgency is not None:
            return  # what to do now comes before anything else
        self._terminal.say(f"{self._words.wording.draft} {self._words.wording.disclaimer}")
        self._terminal.say(_OPENING)
        count = self._questioning.answered
        self._terminal.say(
            f"Going on where you stopped: {self._kept.name} holds {count} answer{'s' * (count != 1)}."
            if count
            else f"Your answers are kept in {self._kept.name} on this computer, each as soon as you give it."
        )

    def run(self) -> None:
        """Ask until nothing can change any more, tell the result, and go on if the last answer is taken back."""
        urgency = None
        while True:
            step = self._questioning.step
            if self._questioning.urgency not in (None, urgency):
                self._say_what_to_do()
                if step is not None:
                    self._terminal.say("The few questions that are left show whether help is needed even sooner.")
            urgency = self._questioning.urgency
            if step is None:
                self._tell()
                if not self._is_taken_back():
                    return
            elif not self._asks(step):
                self.stop(interrupted=False)
                return

    def stop(self, *, interrupted: bool) -> None:
        """Say that it stopped before its end, and how to go on."""
        if interrupted:
            self._terminal.say("")
        if self._questioning.step is not None:
            again = f"recommender interview {self._file}{self._options}"
            self._terminal.say(f"Stopped. Your answers are kept in {self._kept.name}. To go on, type: {again}")

    def _asks(self, step: str) -> bool:
        """Ask the question of a step until it is answered or given up for the one before; False to stop."""
        question = question_of(step, self._words.questions, self._questioning.answers)
        counted = question.about is not None and step != AGE  # before, it is not known what can be asked
        if question.about is not None and question.about.group == "symptoms":
            question = replace(question, intro=f"{question.intro}\n{self._number()}".strip())
        self._terminal.show(question, left=self._questioning.at_most_left if counted else 0)
        while True:
            typed = self._terminal.typed(question.allowed)
            match next((sign for sign, word in COMMANDS.items() if typed.lower() in (sign, word)), None):
                case "q":
                    return False
                case "?":
                    self._terminal.say(question.why)
                case "b":
                    if self._goes_back():
                        return True
                    self._terminal.say("There is no question before this one to go back to.")
                case "s" if not question.may_be_left:
                    self._terminal.say(f"This one cannot be left out. Type: {question.allowed}.")
                case left:
                    if self._is_taken(question, "" if left else typed, leave=bool(left)):
                        return True

    def _is_taken(self, question: Question, typed: str, *, leave: bool) -> bool:
        """Take what was typed as the answer, or say why it is none."""
        try:
            value = None if leave else question.read(typed)
            if value is None:
                self._questioning.leave()
            else:
                self._questioning.take(value)
        except NotUnderstoodError as problem:
            self._terminal.say(str(problem))
            return False
        except AnswersError as error:
            self._terminal.say(" ".join(f"The answer {problem.message}." for problem in error.problems))
            return False
        self._keep()
        return True

    def _goes_back(self) -> bool:
        if not self._questioning.take_back():
            return False
        self._keep()
        self._terminal.say("Your last answer is taken back.")
        return True

    def _keep(self) -> None:
        self._kept.keep(self._questioning.answers, self._questioning.asked)

    def _say_what_to_do(self) -> None:
        words = self._questioning.assessment.words
        self._terminal.say(words["outcome"], strong=True)
        self._terminal.say(words["outcome_next"])
        self._terminal.say(self._number(), strong=True)

    def _number(self) -> str:
        return f"Emergency number: {self._questioning.assessment.words['emergency_number']}"

    def _tell(self) -> None:
        """The result, and how to take it along; in an emergency what to do now, and why, alone."""
        whole = summarise(self._questioning.assessment)
        emergency = self._questioning.urgency == "emergency"
        told = tuple(part for part in whole.sections if not emergency or part.id in _HELP_ALONE)
        self._terminal.print(text_of(replace(whole, sections=told), width=self._terminal.width))
        command = f"recommender assess {self._file}{self._options}"
        kept = self._kept.name
        self._terminal.say(f"Your answers are kept in {kept}, and how far you came in {kept}.asked. You can delete both.")
        if told != whole.sections:
            self._terminal.say(f"The whole summary: {command}")
        self._terminal.say(f"As a PDF: {command} --format pdf --output summary.pdf")
        if self._questioning.urgency is not None and not emergency:
            self._say_what_to_do()  # a long summary has moved it out of sight

    def _is_taken_back(self) -> bool:
        return (
            bool(self._questioning.asked.steps)
            and self._terminal.typed("Enter to end, or b to change your last answer").lower() in ("b", COMMANDS["b"])
            and self._goes_back()
        )
