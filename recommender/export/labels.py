"""The words of an assessment for its readers: labels, questions with their answers, and numbers of sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recommender.documents.answer_path import AnswerPath, Seen, answer_at, seen_in
from recommender.documents.assessment import Alert, Assessment, Evidence
from recommender.documents.consultation import Decision
from recommender.documents.explanation import Explanation
from recommender.documents.vocabulary import Area, Jurisdiction, Kind
from recommender.languages import message, translate

COUNTRIES: Final[Mapping[Jurisdiction, str]] = {
    "uk": message("United Kingdom"),
    "us": message("United States"),
    "au": message("Australia"),
    "ca": message("Canada"),
    "eu": message("European Union"),
    "other": message("Another country"),
}
#: words whose own group, not "answer", holds their label when they are an answer
_GROUP_OF = {"area": "area", "kind": "kind", "treatment": "treatment"}


class Labels:
    """Looks up the words of an assessment, and of its explanation.

    A word without a label is shown as it is, with spaces for underscores; one with an empty label may not be named.
    """

    def __init__(self, assessment: Assessment, explanation: Explanation | None = None) -> None:
        self._words = {**assessment.words, **(explanation.words if explanation else {})}
        told = assessment.aftercare_sources if assessment.tells_aftercare else ()
        self.sources = (*assessment.sources, *told, *(explanation.sources if explanation else ()))
        self._answers = assessment.answers.document()
        self._seen = seen_in(self._answers)
        self._numbers = {source.id: str(number) for number, source in enumerate(self.sources, start=1)}

    def of(self, group: str, word: str) -> str:
        """The label of a word of a group: ``of("area", "lips")``."""
        return self._words.get(f"{group}.{word}", word.replace("_", " "))

    def urgency(self, alert: Alert) -> str:
        """What an alert asks for; while it is not known whether its signs are there, what each answer would ask for."""
        in_doubt = self._words.get(f"urgency.{alert.urgency}_in_doubt") if alert.in_doubt else None
        return in_doubt or self.of("urgency", alert.urgency)

    def place(self, decision: Decision) -> str:
        """The label of a decision's place, which the findings may no longer contain."""
        return self._words.get(f"area.{decision.area}") or decision.place or self.of("area", decision.area)

    def sentence(self, key: str) -> str:
        """A sentence of the document (``outcome``, ``disclaimer`` …), or nothing where it has none."""
        return self._words.get(key, "")

    @property
    def standing(self) -> str:
        """That the rules are a draft, and what they are for."""
        return " ".join(filter(None, (self.sentence("draft"), self.sentence("disclaimer"))))

    def list_of(self, group: str, words: Iterable[str]) -> str:
        """The labels of several words, one after the other."""
        return ", ".join(dict.fromkeys(self.of(group, word) for word in words))

    def question(self, path: str) -> str:
        """The question behind an answer's path; for a detail of something seen, with where it is seen."""
        at = AnswerPath.parse(path, self._seen)
        asked = self._asked(at)
        return f"{self.thing(at.seen)}: {asked}" if at.seen else asked

    def _asked(self, at: AnswerPath) -> str:
        return self._words.get(f"question.{at.question}") or at.name.replace("_", " ")

    def answer(self, path: str, value: str | int) -> str:
        """The label of an answer."""
        at = AnswerPath.parse(path)
        own = self._words.get(f"answer.{at.question}.{value}") or self._words.get(f"{_GROUP_OF.get(at.name, 'answer')}.{value}")
        return own or self.of("answer", str(value))

    def answered(self, path: str, value: str | int) -> str:
        """A question and its answer as one phrase."""
        asked = self._asked(AnswerPath.parse(path))
        return f"{asked}{'' if asked.endswith(('?', ':', '.')) else ':'} {self.answer(path, value)}"

    def given(self, path: str) -> str:
        """The label of what was answered there, or nothing where nothing was."""
        value = answer_at(self._answers, path)
        return "" if value is None else self.answer(path, value)

    def target(self, target: str) -> str:
        """What may change, by the name that open questions and explanations have for it: ``lips/dermal_filler``."""
        kind, _, word = target.partition("/")
        match kind:
            case "alert":
                return translate("whether this is said: “{urgency}”").format(urgency=self.of("urgency", word))
            case "referral":
                return translate("who else to see: {destination}").format(destination=self.of("destination", word))
            case _:
                return f"{self.of('area', kind)} – {self.of('treatment', word)}" if word else self.of("treatment", kind)

    def thing(self, seen: Seen) -> str:
        """What is seen, and where."""
        return f"{self.of('area', seen.area)} – {self.of('kind', seen.kind)}"

    def at(self, area: Area | None, kinds: tuple[Kind, ...]) -> frozenset[str]:
        """What the heading of a conclusion about one thing at one place already says of what is seen."""
        return frozenset((self.thing(Seen(area, kinds[0])),)) if area and len(kinds) == 1 else frozenset()

    def evidence(self, evidence: Iterable[Evidence], said: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The answers behind a conclusion as one detail, or none: what is seen, unless ``said``, then what was answered."""
        phrases = [phrase for phrase in self.phrases(evidence) if phrase not in said]
        return (translate("Answers behind this: {phrases}").format(phrases="; ".join(phrases)),) if phrases else ()

    def phrases(self, evidence: Iterable[Evidence]) -> tuple[str, ...]:
        """The answers behind a conclusion: what is seen, then what was answered, each once."""
        return tuple(dict.fromkeys(self._phrases(evidence)))

    def _phrases(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        for one in evidence:
            at = AnswerPath.parse(one.path, self._seen)
            if at.seen:
                yield self.thing(at.seen)
            if not at.seen or at.name not in ("area", "kind"):
                said = self.answered(one.path, one.value)
                before = one.follows_from
                follows = translate("{answer} (follows from: {before})")
                yield follows.format(answer=said, before=self.answered(before, one.value)) if before else said

    def cite(self, sources: Iterable[str]) -> tuple[str, ...]:
        """The numbers of sources in the list of sources; one that is not in it is shown by its name."""
        cited = {self._numbers.get(source, source) for source in sources}
        return tuple(sorted(cited, key=lambda number: (not number.isdigit(), number.zfill(4))))
