"""A condition in words, generated from what it tests, in the patient's or the nurse's voice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recommender.documents.answer_path import AnswerPath
from recommender.documents.vocabulary import Respondent
from recommender.knowledge.conditions import (
    UNANSWERED,
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Test,
)
from recommender.knowledge.fields import DERIVED
from recommender.knowledge.reference import Questions, QuestionWords
from recommender.languages import either, message, spoken, together, translate

#: what is asked of nobody, in words
_DERIVED: Mapping[str, Mapping[Respondent, str]] = {
    "symptoms_described": {"patient": message("Is any sign described?"), "nurse": message("symptoms described")},
    "asks_after_injection": {
        "patient": message("Are you asking about an injection you had?"),
        "nurse": message("asks about what followed an injection"),
    },
}
_OTHER = {
    ("same_area", False): message("something else at this place:"),
    ("same_area", True): message("nothing else at this place that is:"),
    ("anywhere", False): message("somewhere on the face:"),
    ("anywhere", True): message("nowhere on the face:"),
}


@dataclass(frozen=True)
class Phrases:
    """Words for conditions, from the questions as a voice has them; ``findings`` gives the title of each finding."""

    questions: Questions
    findings: dict[str, str]
    voice: Respondent = "nurse"

    def outline(self, condition: Condition, depth: int = 0) -> Iterator[tuple[int, str]]:
        """The condition as lines with their depth: one test a line, groups under "all of these" and "any of these"."""
        match condition:
            case All(parts):
                yield from self._group(translate("all of these:"), [one for part in parts for one in self._apart(part)], depth)
            case AnyOf(parts):
                yield from self._group(translate("any of these:"), parts, depth)
            case ConcernTest() if len(self._apart(condition)) > 1:
                yield from self._group(translate("all of these:"), self._apart(condition), depth)
            case OtherConcern(where, tests, negated) if self.voice == "patient":
                yield from self._group(spoken(_OTHER)[where, negated], self._apart(ConcernTest(tests)), depth)
            case _:
                yield depth, self.leaf(condition)

    def _group(self, heading: str, parts: Sequence[Condition], depth: int) -> Iterator[tuple[int, str]]:
        yield depth, heading
        for part in parts:
            yield from self.outline(part, depth + 1)

    def _apart(self, condition: Condition) -> Sequence[Condition]:
        """For the patient, several tests of one thing seen are said one by one."""
        if self.voice == "patient" and isinstance(condition, ConcernTest):
            return [ConcernTest((test,)) for test in condition.tests]
        return [condition]

    def leaf(self, condition: Condition) -> str:
        """One leaf of a condition in words."""
        match condition:
            case ConcernTest(tests):
                return "; ".join(self.test(test) for test in tests)
            case OtherConcern(where, tests, negated):
                return f"{spoken(_OTHER)[where, negated]} {'; '.join(self.test(test) for test in tests)}"
            case AnswerTest(test):
                return self.test(test)
            case FindingTest(names):
                found = either([self.findings.get(name, name.replace("_", " ")) for name in names])
                return (
                    translate("another rule has found: {finding}").format(finding=found) if self.voice == "patient" else found
                )
            case All() | AnyOf():
                return "; ".join(text for _, text in self.outline(condition))

    def test(self, test: Test) -> str:
        """One test in words: what it is about, and what it must be."""
        subject = self.subject(test)
        if self.voice == "patient" and test.negated and (words := test.accepted("certain")):
            test = replace(test, words=words, at_least=None, below=None, negated=False)
        wanted = translate("not {answer}").format(answer=self._wanted(test)) if test.negated else self._wanted(test)
        return f"{subject}{'' if subject.endswith('?') else ':'} {wanted}"

    def subject(self, test: Test) -> str:
        """What a test is about."""
        if test.field in DERIVED:
            return spoken(_DERIVED)[test.field.name][self.voice]
        if test.field.group == "concern" and test.field.name in ("area", "kind"):
            noticed = translate("what is noticed") if self.voice == "patient" else translate("what is seen")
            return translate("place") if test.field.name == "area" else noticed
        words = self._words(test)
        return words.ask if words is not None else test.field.name.replace("_", " ")

    def _words(self, test: Test) -> QuestionWords | None:
        return self.questions.about(AnswerPath(test.field.group, test.field.name))

    def _wanted(self, test: Test) -> str:
        if test.words:
            return either([self._quoted(test, word) for word in (*test.field.words, UNANSWERED) if word in test.words])
        bounds = []
        if test.at_least is not None:
            bounds.append(translate("{least} or more").format(least=self._quoted(test, str(test.at_least))))
        if test.below is not None:
            bounds.append(translate("less than {bound}").format(bound=self._quoted(test, str(test.below))))
        return together(bounds)

    def _quoted(self, test: Test, word: str) -> str:
        said = self._word(test, word)
        is_answer = self.voice == "patient" and word != UNANSWERED and not test.field.is_number
        return f"“{said}”" if is_answer else said

    def _word(self, test: Test, word: str) -> str:
        if word == UNANSWERED:
            return translate("not answered")
        if test.field.group == "concern" and test.field.name == "area":
            return self.questions.areas[word].label  # type: ignore[index]
        if test.field.group == "concern" and test.field.name == "kind":
            return self.questions.kinds[word].label  # type: ignore[index]
        words = self._words(test)
        if self.voice == "patient" and words is not None and word in words.answers:
            return words.answers[word]
        said = self.questions.answers.get(word, word)
        as_it_is = test.field.is_number or self.voice == "patient" or said.startswith("I ")
        return said if as_it_is else said.lower()
