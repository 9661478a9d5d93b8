"""What stands beside the rules: sources, facts about the treatments, and the wording of every question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from recommender.documents.answer_path import CONCERN, AnswerPath
from recommender.documents.assessment import Source, TreatmentFacts
from recommender.documents.base import FrozenModel, Text
from recommender.documents.problems import Problem
from recommender.documents.told import AsItIs, ForAll, ForNurses
from recommender.documents.vocabulary import (
    Area,
    Destination,
    Effect,
    Jurisdiction,
    Kind,
    Outcome,
    Respondent,
    Role,
    Stance,
    Status,
    Treatment,
    Urgency,
)
from recommender.knowledge.consent_forms import ConsentForms
from recommender.knowledge.rules import Signature

HISTORY = "history."
Telephone = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,6}$")]


class CitedSource(FrozenModel):
    """One source: what it says in our words, where it stands, how strong it is, how it was seen and when it was recorded."""

    title: Text
    publisher: Text
    says: Text
    jurisdiction: Text
    kind: Text
    strength: Text
    recorded: date
    year: int | None = None
    url: Text | None = None
    seen_as: Text | None = None

    def cited_as(self, identifier: str) -> Source:
        """The citation that travels in an assessment."""
        return Source(
            id=identifier, title=self.title, publisher=self.publisher, year=self.year, url=self.url, strength=self.strength
        )


class AreaWords(FrozenModel):
    """A place: what the patient and the nurse call it, and the kinds the form offers there (any may be given).

    ``moves`` is how to move it: it stands for ``{moves}`` in a self-test.
    """

    label: ForAll[Text]
    clinical: ForNurses[Text]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    hint: ForAll[Text | None] = None
    moves: ForAll[Text | None] = None


class KindWords(FrozenModel):
    """A thing seen: what patient and nurse call it, and the details that go with it."""

    label: ForAll[Text]
    clinical: ForNurses[Text]
    details: tuple[str, ...] = ()


class RecordedBy(FrozenModel):
    """What in a clinic's records shows a "yes": an injection of this treatment, ever or within so many months."""

    treatment: Treatment
    months: Annotated[int, Field(ge=1, le=24)] | None = None


class QuestionWords(FrozenModel):
    """One question: as the patient is asked, as the nurse reads it, why it is asked, help and how to test oneself.

    ``tick`` says a "yes" as a statement to tick, where the question stands in a group of such. ``of: nurse`` is asked of a
    nurse alone: no patient is ever shown it, and to a patient it is no open question. ``passes`` says when a "yes" becomes a
    "no" by time alone. ``follows`` names the question whose "no" is a "no" to this one too. ``lasts`` says why an answer is
    worth confirming at a later visit; what has none is asked anew. ``recorded`` is what in the records shows a "yes".
    """

    ask: ForAll[Text]
    clinical: ForNurses[Text]
    tick: ForAll[Text | None] = None
    of: Literal["nurse"] | None = None
    passes: ForAll[Text | None] = None
    follows: Text | None = None
    lasts: Text | None = None
    recorded: RecordedBy | None = None
    help: ForAll[Text | None] = None
    why: ForAll[Text | None] = None
    test: ForAll[tuple[Text, ...]] = ()
    answers: ForAll[Mapping[str, Text]] = Field(default_factory=dict)


class QuestionGroup(FrozenModel):
    """Questions that belong together, in this order.

    With ``none`` they are statements to tick: it is the last of them, and denies all that is not ticked.
    """

    id: Text
    title: ForAll[Text]
    intro: ForAll[Text | None] = None
    none: ForAll[Text | None] = None
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]


class QuestionPage(FrozenModel):
    """Groups that a patient is asked on one page; every other group is a page of its own."""

    id: Text
    title: ForAll[Text]
    groups: Annotated[tuple[Text, ...], Field(min_length=1)]


class Questions(FrozenModel):
    """The wording of everything that can be asked. The order of ``groups`` is the order of the interview."""

    answers: ForAll[Mapping[str, Text]]
    areas: Mapping[Area, AreaWords]
    kinds: Mapping[Kind, KindWords]
    details: Mapping[str, QuestionWords]
    groups: tuple[QuestionGroup, ...]
    pages: tuple[QuestionPage, ...] = ()
    questions: Mapping[str, QuestionWords]

    def about(self, answer: AnswerPath) -> QuestionWords | None:
        """The words for an answer."""
        return (self.details if answer.group == CONCERN else self.questions).get(answer.question)

    def asked_of(self, respondent: Respondent, path: str) -> bool:
        """Whether the one who answers is asked this at all: some questions are a nurse's alone."""
        words = self.about(AnswerPath.parse(path))
        return words is None or words.of is None or words.of == respondent

    def test_of(self, answer: AnswerPath) -> tuple[str, ...]:
        """The steps by which somebody can find an answer out themselves, with how the place is moved."""
        words = self.about(answer)
        moves = self.areas[answer.seen.area].moves if answer.seen is not None else None
        steps = (step.replace("{moves}", moves or "") for step in (words.test if words is not None else ()))
        return tuple(filter(None, steps))

    def on_pages(self) -> Iterator[tuple[str, str, tuple[QuestionGroup, ...]]]:
        """Each page of groups, in their order: its id, its title and what stands on it."""
        page_of = {group: page for page in self.pages for group in page.groups}
        for first in self.groups:
            page = page_of.get(first.id)
            if page is None:
                yield first.id, first.title, (first,)
            elif first.id == page.groups[0]:
                yield page.id, page.title, tuple(group for group in self.groups if group.id in page.groups)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with what follows what, with what lasts, with what is ticked, and with what stands on which page."""
        yield from self._follows_wrongly()
        yield from self._lasts_wrongly()
        yield from self._not_to_tick()
        yield from self._on_no_page()

    def _follows_wrongly(self) -> Iterator[Problem]:
        """What ``follows`` names is a question of the history, asked in a group before, that follows none: it is answered
        before what follows it is shown.
        """
        groups = {path: place for place, group in enumerate(self.groups) for path in group.questions}
        for path, words in self.questions.items():
            if words.follows is None:
                continue
            before = self.questions.get(words.follows)
            where = f"questions.yaml: {path}"
            if not path.startswith(HISTORY) or not words.follows.startswith(HISTORY) or before is None:
                yield Problem(where, f"follows '{words.follows}': both have to be questions of 'history'")
            elif before.follows is not None:
                yield Problem(where, f"follows '{words.follows}', which follows another itself: name that one")
            elif groups.get(words.follows, 0) >= groups.get(path, len(groups)):
                yield Problem(where, f"follows '{words.follows}', which is not asked in a group before it")

    def _lasts_wrongly(self) -> Iterator[Problem]:
        """What time alone changes does not last, and what is not of the person's history is asked anew."""
        for path, words in self.questions.items():
            where = f"questions.yaml: {path}"
            if words.lasts is not None and words.passes is not None:
                yield Problem(where, "has both 'lasts' and 'passes': what passes with time is asked anew")
            for name in ("lasts", "recorded"):
                if getattr(words, name) is not None and not path.startswith(HISTORY):
                    yield Problem(where, f"has '{name}': only a question of 'history' may")

    def _not_to_tick(self) -> Iterator[Problem]:
        """A patient's question has a statement to tick where its group is ticked, and there alone."""
        ticked = {path: group.none is not None for group in self.groups for path in group.questions}
        for path, words in self.questions.items():
            if (ticked.get(path, words.tick is not None) and words.of is None) != (words.tick is not None):
                why = (
                    "needs a 'tick': its group has a 'none'" if words.tick is None else "has a 'tick', and its group no 'none'"
                )
                yield Problem(f"questions.yaml: {path}", why)

    def _on_no_page(self) -> Iterator[Problem]:
        """A page names groups that follow each other, and none twice."""
        order = [group.id for group in self.groups]
        named = [group for page in self.pages for group in page.groups]
        for page in self.pages:
            if page.groups[0] not in order:
                yield Problem(f"questions.yaml: {page.id}", f"no group '{page.groups[0]}'")
                continue
            first = order.index(page.groups[0])
            if list(page.groups) != order[first : first + len(page.groups)]:
                yield Problem(f"questions.yaml: {page.id}", "its groups have to follow each other as 'groups' has them")
        for group in sorted({group for group in named if named.count(group) > 1}):
            yield Problem(f"questions.yaml: {group}", "stands on two pages")


class NotToThePublic(FrozenModel):
    """What patients are not told in some jurisdictions: parts of words that never appear, and what is said instead.

    ``instead`` replaces whole phrases, the longest first, whatever their case; a first capital letter stays one.
    """

    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    never: Annotated[tuple[Text, ...], Field(min_length=1)]
    instead: Mapping[Text, Text] = {}
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class EmergencyNumbers(FrozenModel):
    """Whom to call in an emergency: the number of each country; ``other`` is said where the country is not known.

    ``other`` holds every number, so that there is one to press whatever the country.
    """

    uk: AsItIs[Telephone]
    us: AsItIs[Telephone]
    au: AsItIs[Telephone]
    ca: AsItIs[Telephone]
    eu: AsItIs[Telephone]
    other: ForAll[Text]

    @model_validator(mode="after")
    def _holds_every_number(self) -> Self:
        missing = [number for number in (self.eu, self.uk, self.us, self.au) if number not in self.other]
        if missing:
            raise ValueError(f"'other' should hold every number: it lacks {', '.join(missing)}")
        return self

    def of(self, jurisdiction: Jurisdiction) -> str:
        """The number for a jurisdiction, or a sentence with every number."""
        return str(getattr(self, jurisdiction))


def _for_every(words: Any) -> AfterValidator:
    """Refuses texts that lack one for some word of the vocabulary."""

    def whole(texts: Mapping[str, str]) -> Mapping[str, str]:
        missing = [word for word in get_args(words) if word not in texts]
        if missing:
            raise ValueError(f"should have a text for {', '.join(missing)}")
        return texts

    return AfterValidator(whole)


class Wording(FrozenModel):
    """Words that appear on every summary, and what the public may be told, by jurisdiction."""

    draft: ForAll[Text]
    disclaimer: ForAll[Text]
    nothing_concluded: ForAll[Text]
    outcomes: Annotated[ForAll[Mapping[str, Text]], _for_every(Outcome)]
    outcome_next: Annotated[ForAll[Mapping[str, Text]], _for_every(Outcome)]
    statuses: Annotated[ForAll[Mapping[str, Text]], _for_every(Status)]
    roles: Annotated[ForAll[Mapping[str, Text]], _for_every(Role)]
    effects: Annotated[ForAll[Mapping[str, Text]], _for_every(Effect)]
    destinations: Annotated[ForAll[Mapping[str, Text]], _for_every(Destination)]
    stances: Annotated[ForAll[Mapping[str, Text]], _for_every(Stance)]
    urgencies: Annotated[ForAll[Mapping[str, Text]], _for_every(Urgency)]
    emergency_number: EmergencyNumbers
    local_number: ForAll[Text]
    public: tuple[NotToThePublic, ...]


class Label(FrozenModel):
    """Answers about health with which labels rule a product out; without ``places`` and ``jurisdictions``, everywhere."""

    product: Text
    not_with: Annotated[tuple[Text, ...], Field(min_length=1)]
    places: tuple[Area, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class CoolingOff(FrozenModel):
    """Whole days between being told and being treated, for people below an age (for everybody, without one)."""

    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    below_age: Annotated[int, Field(ge=0, le=120)] | None = None
    days: Annotated[int, Field(ge=1, le=365)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class PrescriberSigns(FrozenModel):
    """Treatments whose record a prescriber signs beside a nurse."""

    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    treatments: Annotated[tuple[Treatment, ...], Field(min_length=1)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class AuthorisedFirst(FrozenModel):
    """How a prescriber has to see a patient whom she authorises to be injected, and for how many days that is good at most."""

    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    seen: Literal["in_person", "live"]
    valid_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class Review(FrozenModel):
    """When somebody is usually seen again after a treatment, in whole days from the injection."""

    treatment: Treatment
    days: Annotated[int, Field(ge=1, le=365)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class Beside(FrozenModel):
    """Places beside one that is treated in which a nurse may count a point to it."""

    treatment: Treatment
    place: Area
    reaches: Annotated[tuple[Area, ...], Field(min_length=1)]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Text


class ConsultationDuties(FrozenModel):
    """What a visit keeps to beside the rules, by jurisdiction; when the patient is seen again; what a place reaches."""

    cooling_off: tuple[CoolingOff, ...] = ()
    prescriber: tuple[PrescriberSigns, ...] = ()
    authorisation: tuple[AuthorisedFirst, ...] = ()
    follow_up: tuple[Review, ...] = ()
    beside: tuple[Beside, ...] = ()

    def review_after(self, treatment: Treatment) -> int | None:
        """Days until somebody is usually seen again; None where no source says."""
        return max((entry.days for entry in self.follow_up if entry.treatment == treatment), default=None)

    def reached(self, treatment: Treatment, place: Area) -> frozenset[Area]:
        """The places in which a point of a treatment may be counted to this one."""
        found = (entry.reaches for entry in self.beside if (entry.treatment, entry.place) == (treatment, place))
        return frozenset().union(*found)


class Edition(FrozenModel):
    """Which rule base this is, and by when each rule that names no day of its own is to be reviewed."""

    version: Text
    title: Text
    review_by: date


class Reference(FrozenModel):
    """Everything beside the rules."""

    identity: Edition
    signatures: Mapping[str, Signature]
    sources: Mapping[str, CitedSource]
    treatments: tuple[TreatmentFacts, ...]
    labels: tuple[Label, ...]
    questions: Questions
    wording: Wording
    consultation: ConsultationDuties
    consent: ConsentForms

    @cached_property
    def cited(self) -> Mapping[str, frozenset[str]]:
        """Each file beside the rules → every source that it cites."""
        parts = {f"{name}.yaml": getattr(self, name) for name in type(self).model_fields if name != "sources"}
        return {file: cited for file, part in parts.items() if (cited := _cited(part))}

    @cached_property
    def sources_of_treatments(self) -> frozenset[str]:
        """Every source that the facts about the treatments cite, without the advice for after an injection."""
        return _cited(tuple(facts.model_copy(update={"aftercare": {}}) for facts in self.treatments))

    @cached_property
    def sources_of_aftercare(self) -> frozenset[str]:
        """Every source that the advice for after an injection cites."""
        return _cited(tuple(facts.aftercare for facts in self.treatments))


def _cited(part: object) -> frozenset[str]:
    """Every source that is cited in a part, at any depth."""
    match part:
        case FrozenModel():
            inner = tuple(getattr(part, name) for name in type(part).model_fields)
        case Mapping():
            inner = tuple(part.values())
        case tuple():
            inner = part
        case _:
            inner = ()
    return frozenset(getattr(part, "sources", ())).union(*map(_cited, inner))
