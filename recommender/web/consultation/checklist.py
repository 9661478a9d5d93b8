"""What a nurse is asked on one page: what is seen, place by place, and every question that matters, in clinical words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Literal, NamedTuple

from recommender.documents.answers import AREA_DETAILS, read_answers
from recommender.documents.vocabulary import SEVERITIES, Area, Kind
from recommender.export.labels import Labels
from recommender.export.sections.basis import could_change
from recommender.knowledge.reference import QuestionGroup, QuestionWords
from recommender.knowledge.voice import Voice
from recommender.languages import short_day
from recommender.records.domain.known import Fact
from recommender.web.clinic.ui.question_names import product_words
from recommender.web.consultation import words as said
from recommender.web.handover.patient_file import draft_of
from recommender.web.patient.journey import Journey, is_after
from recommender.web.state.draft import GRADED, MOST, PLACES, UNSURE, Draft, choices, detail_key, grading_key, kinds_key
from recommender.web.ui import fields


class Row(NamedTuple):
    """One thing to answer: its key in the draft, what is asked (``name``: said in full), and what stands there now.

    ``open`` says whether it is unanswered and could still change something; ``note`` says what. ``given`` is what the patient
    answered, where a patient did; ``differs`` says that the nurse found otherwise. ``typed`` is what could not be saved. What
    is ``known`` from elsewhere is shown and not asked. ``unread`` is an answer that the patient brought and nobody has read
    through with them; ``before`` is one of an earlier visit that waits to be confirmed, and ``source`` says what the records
    have. ``denied`` rows are those that "no to all of these" answers.
    """

    key: str
    ask: str
    name: str
    kind: Literal["one", "several", "number", "known"]
    options: tuple[tuple[str, str], ...]
    value: Any
    open: bool
    note: str = ""
    hint: str = ""
    under: str = ""
    most: int = 0
    given: str = ""
    differs: bool = False
    typed: str = ""
    unread: bool = False
    before: str = ""
    source: str = ""
    denied: bool = False


class Part(NamedTuple):
    """Rows under one heading; with ``stays`` an answered row does not move to the folded list."""

    id: str
    title: str
    rows: tuple[Row, ...]
    lead: str = ""
    stays: bool = False


class Checklist:
    """The rows of one consultation, from its draft and what still matters. It decides nothing itself."""

    def __init__(
        self,
        voice: Voice,
        draft: Draft,
        journey: Journey,
        *,
        given: Mapping[str, Any] | None = None,
        graded: frozenset[Area] = frozenset(),
        typed: Mapping[str, str] | None = None,
        known: Mapping[str, str] | None = None,
        facts: Mapping[str, Fact] | None = None,
        shown: Mapping[str, str] | None = None,
    ) -> None:
        """``graded`` are places whose lines nobody signs for before they are graded, ``typed`` is by key what is not saved,
        ``known`` says from where what of the draft is known that nobody is asked, ``facts`` are those of the records, and
        ``shown`` by key what else the records say of it.
        """
        self._facts, self._shown = facts or {}, shown or {}
        self._graded_before_signing = graded
        self._typed = typed or {}
        self._known = known or {}
        self._draft = draft
        self._given = draft_of(read_answers(given)) if given is not None else None
        self._reference = voice.reference
        self._needed = journey.needed
        self._answers: dict[str, str] = dict(self._reference.questions.answers) | {UNSURE: said.NOT_KNOWN}
        self._answers |= {facts.treatment: facts.name for facts in self._reference.treatments}
        assessment = journey.assessment
        labels = Labels(assessment)
        self._changes = {
            self._draft.key_of(question.path): could_change(question.could_change, assessment.options, labels)
            for question in assessment.open_questions
        }

    @property
    def left(self) -> int:
        """How many questions there are that could still change something."""
        return sum(row.open for part in self.parts() for row in part.rows)

    @property
    def unread(self) -> int:
        """How many answers the patient brought that nobody has read through with them."""
        return len(self._draft.unread)

    def parts(self) -> tuple[Part, ...]:
        """The places with what is seen there, then the topics with what is needed or was answered."""
        return (*self._places(), *(part for part in self._topics() if part.rows))

    def everything(self) -> tuple[Row, ...]:
        """A row for each question that could be answered at all, whether it matters now or not."""
        rows = [row for part in self._places() for row in part.rows if row.kind != "several"]
        return (*rows, *(self._row(key) for group in self._groups() for key in group.questions))

    def said(self, key: str, value: Any) -> str:
        """A value of a key in words."""
        if value is None:
            return said.NOT_ASKED
        if isinstance(value, list):
            questions = self._reference.questions
            labels = questions.areas if key == PLACES else questions.kinds
            return ", ".join(labels[word].label for word in value) or said.NOT_SAID
        if key in MOST:
            return str(value)
        if key.startswith("grading."):
            return self._answers[value]
        return self._label(fields.question_words(self._reference.questions, key), value)

    def _places(self) -> Iterator[Part]:
        for area in self._draft.places:
            label = self._reference.questions.areas[area].label
            yield Part(f"place-{area}", label, tuple(self._place(area, label)), stays=True)

    def _place(self, area: Area, label: str) -> Iterator[Row]:
        questions, chosen = self._reference.questions, self._draft.kinds(area)
        offered = questions.areas[area].kinds
        kinds = (*offered, *(kind for kind in chosen if kind not in offered))
        options = tuple((kind, questions.kinds[kind].label) for kind in kinds)
        name = f"{label}: {said.PLACE_SEEN}"
        seen = Row(kinds_key(area), said.PLACE_SEEN, name, "several", options, list(chosen), open=False)
        yield seen._replace(**self._beside(seen))
        for kind in chosen:
            own = questions.kinds[kind].label
            listed = questions.kinds[kind].details
            for detail in (*listed, *(name for name in AREA_DETAILS if name not in listed)):
                key = detail_key(area, kind, detail)
                if detail in listed or key in self._needed or self._draft.get(key) is not None:
                    yield self._row(key, before=f"{label} – {own}: ", under=own)
            if "on_movement" in listed:
                yield from (self._graded(area, kind, side, f"{label} – {own}: ", own) for side in GRADED)

    def _graded(self, area: Area, kind: Kind, side: str, before: str, own: str) -> Row:
        """How marked it is: the nurse's alone, and no answer to the rules."""
        key, ask = grading_key(area, kind, side), said.GRADED[side]
        options = tuple((word, self._answers[word]) for word in SEVERITIES)
        value = self._draft.get(key)
        is_open = value is None and kind == "lines" and area in self._graded_before_signing
        note = said.BEFORE_SIGNING if is_open else ""
        return Row(key, ask, f"{before}{ask}", "one", options, value, open=is_open, note=note, under=own)

    def _topics(self) -> Iterator[Part]:
        for title, groups in groupby(self._groups(), key=lambda group: str(said.TOPICS[group.id])):
            first, *others = groups
            rows = tuple(row for group in (first, *others) for row in self._asked(group))
            yield Part(first.id, title, rows, lead=self._lead(first))

    def _asked(self, group: QuestionGroup) -> Iterator[Row]:
        """What a group asks now. It can be denied at once where a patient can do so, but for what the nurse alone judges."""
        for key in group.questions:
            if key in self._needed or self._draft.get(key) is not None:
                alone = fields.question_words(self._reference.questions, key).of == "nurse"
                yield self._row(key)._replace(denied=group.none is not None and not alone)

    def _groups(self) -> Iterator[QuestionGroup]:
        asks_after = self._draft.answers().after_treatment is not None
        yield from (group for group in self._reference.questions.groups if asks_after or not is_after(group))

    def _lead(self, group: QuestionGroup) -> str:
        """What is said before questions that are a nurse's alone; the other introductions speak to patients."""
        alone = all(self._reference.questions.questions[key].of == "nurse" for key in group.questions)
        return group.intro or "" if alone else ""

    def _row(self, key: str, *, before: str = "", under: str = "") -> Row:
        words = fields.question_words(self._reference.questions, key)
        value = self._draft.get(key)
        is_open = value is None and key in self._needed
        row = Row(
            key,
            words.ask,
            f"{before}{words.ask}",
            "known" if key in self._known else "number" if key in MOST else "one",
            tuple((word, self._label(words, word)) for word in choices(key)),
            value,
            is_open,
            note=self._changes.get(key, said.COULD_CHANGE_OTHER) if is_open else "",
            hint=self._known.get(key, (words.help or "") if words.of == "nurse" else ""),
            under=under,
            most=MOST.get(key, 0),
            typed=self._typed.get(key, ""),
            unread=key in self._draft.unread,
            source=self._shown.get(key, ""),
        )
        if (fact := self._facts.get(key)) is not None:
            row = self._by_records(row, fact)
        return row if words.of == "nurse" else row._replace(**self._beside(row))

    def _by_records(self, row: Row, fact: Fact) -> Row:
        """A row with what the records say of it: to be confirmed while it is not answered."""
        day, answer = short_day(fact.on), self.said(row.key, fact.answer)
        shown = said.BY_RECORD.format(day=day, product=product_words(self._reference, fact.product)) if fact.product else ""
        if row.open:
            return row._replace(before=fact.answer, source=shown or said.RECONFIRM.format(day=day, answer=answer))
        if fact.answer == "yes" and row.value == "no":
            return row._replace(source=shown or said.AGAINST_RECORD.format(day=day, answer=answer))
        return row._replace(source=shown if row.value == fact.answer else "")

    def _beside(self, row: Row) -> dict[str, Any]:
        """What the patient answered to the same, and whether the nurse found otherwise."""
        if self._given is None:
            return {}
        given = self._given.get(row.key)
        answer = said.PATIENT_SAID.format(answer=self.said(row.key, given)) if given not in (None, []) else said.PATIENT_SILENT
        differs = given is not None and row.value is not None and given != row.value
        return {"given": answer, "differs": differs}

    def _label(self, words: QuestionWords, word: str) -> str:
        """An answer in a nurse's words: the short ones, for the long ones speak to patients."""
        return self._answers.get(word) or words.answers.get(word, word)
