"""What a step of the questioning asks, in words, and what may be typed to answer it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from recommender.cli.questioning import AFTER, BEFORE, COUNTRY, PLACES, SEEN, START, Value
from recommender.documents.answer_path import AGE, AnswerPath, seen_in
from recommender.documents.answers import Answers
from recommender.documents.problems import nearest, shown
from recommender.documents.vocabulary import Area
from recommender.export.labels import COUNTRIES
from recommender.knowledge.fields import FIELDS
from recommender.knowledge.reference import Questions, QuestionWords
from recommender.knowledge.regions import REGIONS
from recommender.languages import spoken

UNSURE: Final = "unsure"
COMMANDS: Final[Mapping[str, str]] = {"?": "why", "s": "skip", "b": "back", "q": "quit"}
_MOST_DIGITS = 9
_WHY_COUNTRY = "The emergency number and some of the rules depend on it."
_WHY_START = "Some signs after an injection need help quickly, so they are asked about before anything else."
_WHY_PLACES = "What may fit, and what speaks against it, is not the same at every place."
_WHY_SEEN = "What you notice there decides what may fit, and what else is asked."
_WHY_ELSE = "The answer can still change the result."


class NotUnderstoodError(Exception):
    """What was typed is no answer; the text says what is allowed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list. Without a value the question is left open: the document has no word for it."""

    value: str | None
    label: str
    hint: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One step in the words of one reader. Without ``choices`` a whole number is typed; ``several`` may be named of a list.

    ``about`` is the answer it asks for, None where it asks for something else.
    """

    heading: str
    ask: str
    why: str
    intro: str = ""
    help: str = ""
    test: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    several: bool = False
    none: str = ""
    may_be_left: bool = False
    about: AnswerPath | None = None

    @property
    def allowed(self) -> str:
        """What may be typed, in a few words."""
        if not self.choices:
            said = "A whole number"
        elif self.several:
            said = f"One or more of 1 to {len(self.choices)} with spaces between, or 0"
        else:
            said = "1 or 2" if len(self.choices) == 2 else f"1 to {len(self.choices)}"
        return f"{said} ({'?, s, b or q' if self.may_be_left else '?, b or q'})"

    def read(self, typed: str) -> Value | None:
        """The answer that was typed, or None for one that leaves the question open; raises NotUnderstoodError."""
        if not self.choices:
            return self._number(typed)
        if not self.several:
            return self._choice(typed).value
        if typed == "0":
            return ()
        if typed.lower() in self._known:
            return (cast("str", self._choice(typed).value),)  # a label may hold a comma
        separated = re.split(r"[\s,;]+" if typed[:1].isdigit() else r"\s*[,;]\s*", typed.strip(" ,;"))
        return tuple(dict.fromkeys(cast("str", self._choice(one).value) for one in separated))

    @property
    def _known(self) -> Mapping[str, Choice]:
        """The words that may be typed: the labels, and the words of the answers document."""
        return {word.lower(): choice for choice in self.choices for word in (choice.label, choice.value or UNSURE)}

    def _choice(self, typed: str) -> Choice:
        if typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS and 0 < int(typed) <= len(self.choices):
            return self.choices[int(typed) - 1]
        known = self._known
        found = known.get(typed.lower().replace("’", "'"))
        if found is None:
            near = nearest(typed, [*known, *COMMANDS.values()])
            raise self._not_understood("is none of the answers", typed, known[near].label if near and near in known else near)
        return found

    def _number(self, typed: str) -> int:
        if not (typed.isascii() and typed.isdigit()):
            raise self._not_understood("is no whole number", typed, nearest(typed, COMMANDS.values()))
        if len(typed) > _MOST_DIGITS:
            raise self._not_understood("is too long for a number", typed, None)
        return int(typed)

    def _not_understood(self, what: str, typed: str, near: str | None) -> NotUnderstoodError:
        said = f"{shown(typed)} {what}." if typed else "Nothing was typed."
        meant = f" Did you mean “{near}”?" if near else ""
        return NotUnderstoodError(f"{said}{meant} Type: {self.allowed}.")


def question_of(step: str, questions: Questions, answers: Answers) -> Question:
    """The question of a step, in the wording of ``questions``."""
    if step == COUNTRY:
        named = tuple(Choice(country, name) for country, name in spoken(COUNTRIES).items())
        return Question("", "Where are you?", _WHY_COUNTRY, choices=named)
    if step == START:
        about = (
            Choice(BEFORE, "Preparing a consultation, before an injection"),
            Choice(AFTER, "An injection already had, and what followed it: warning signs first"),
        )
        return Question("", "What is it about?", _WHY_START, choices=about)
    if step == PLACES:
        return _places(questions)
    if step.startswith(SEEN):
        return _seen(cast("Area", step.removeprefix(SEEN)), questions)
    return _interview(step, questions, answers)


def _places(questions: Questions) -> Question:
    listed = ((region, area, questions.areas[area]) for region, areas in REGIONS.items() for area in areas)
    return Question(
        heading="",
        ask="Where is it about?",
        why=_WHY_PLACES,
        choices=tuple(Choice(area, said.label, said.hint or "", region) for region, area, said in listed),
        several=True,
        none="No place: only whether something about health matters",
    )


def _seen(area: Area, questions: Questions) -> Question:
    said = questions.areas[area]
    return Question(
        heading=said.label,
        ask="What do you notice there? Choose everything that fits.",
        why=_WHY_SEEN,
        help=said.hint or "",
        choices=tuple(Choice(kind, questions.kinds[kind].label) for kind in said.kinds),
        several=True,
        none="Nothing fits: the place stays open",
    )


def _interview(path: str, questions: Questions, answers: Answers) -> Question:
    at = AnswerPath.parse(path, seen_in(answers.document()))
    field = FIELDS[at.group][at.name]
    plain = field.name.replace("_", " ")
    words = questions.about(at) or QuestionWords(ask=plain, clinical=plain)
    heading, intro = _heading(at, questions)
    labels = {**questions.answers, **words.answers}
    choices = tuple(Choice(word, labels.get(word, word.replace("_", " "))) for word in field.words)
    if choices and UNSURE not in field.words:
        choices = (*choices, Choice(None, labels[UNSURE]))
    return Question(
        heading=heading,
        intro=intro,
        ask=words.ask,
        help=words.help or "",
        test=questions.test_of(at),
        why=words.why or _WHY_ELSE,
        choices=choices,
        may_be_left=path != AGE,
        about=at,
    )


def _heading(at: AnswerPath, questions: Questions) -> tuple[str, str]:
    """The heading that questions of one kind stand under, and what is said there."""
    if at.seen is not None:
        return f"{questions.areas[at.seen.area].label}: {questions.kinds[at.seen.kind].label}", ""
    group = next((group for group in questions.groups if at.question in group.questions), None)
    return (group.title, group.intro or "") if group and at.question != AGE else ("", "")
