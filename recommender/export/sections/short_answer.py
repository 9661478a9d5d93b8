"""The short answer: the outcome, and for each thing that was named which treatment fits and why, or who else to see.

Every reason is the short one of the rule that decides. A fact is never made of an "unsure": there it says that an answer
is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from recommender.documents.answer_path import CONCERN, AnswerPath, address
from recommender.documents.assessment import NOTHING_CONCLUDED, Assessment, Hold, Option, Reason, Referral, TreatmentFacts
from recommender.documents.vocabulary import ON_THE_TABLE, STATUS_OF, TREATMENTS, Effect, Outcome, Status, Treatment
from recommender.export.blocks import Block, Bullets, Callout, FaceState, Line, Paragraph, Section, Tone
from recommender.export.labels import Labels
from recommender.export.sections.conclusions import (
    NOT_NEEDED,
    NOTES,
    OPTIONS,
    REFERRALS,
    TONE_OF_OUTCOME,
    emergency_call,
)
from recommender.export.sections.treatments import face_beside, face_state, face_states
from recommender.languages import either, message, not_reviewed, plural, spoken, together, translate

NOT_ANSWERED: Final = plural(
    "{number} health question is not answered, so this may still change.",
    "{number} health questions are not answered, so this may still change.",
)
ANSWERED_UNSURE: Final = plural(
    "{number} health question is answered “{unsure}”, so this may still change.",
    "{number} health questions are answered “{unsure}”, so this may still change.",
)
NEITHER_KNOWN: Final = plural(
    "{number} health question is not answered, or answered “{unsure}”, so this may still change.",
    "{number} health questions are not answered, or answered “{unsure}”, so this may still change.",
)
#: the part of a page where a summary is taken along
TAKE_ALONG: Final = "take-it-along"
_ABOUT_HEALTH: Final = ("history", "symptoms")
#: outcomes with which what to do comes before the rest
_HELP: Final = ("emergency", "same_day", "contact_injector", "self_care")
#: how an option stands → what is said of it
_STANDS: Final[dict[Status, str]] = {
    "suggested": "{treatment}",
    "open": message("{treatment} only if an answer still open speaks for it"),
    "review": message("{treatment} only if a prescriber agrees"),
    "deferred": message("{treatment}, but not now"),
    "referred": message("{treatment} only after someone else has looked"),
    "withdrawn": message("no {treatment}"),
}
#: the same where it waits for an answer too
_STANDS_OPEN: Final[dict[Status, str]] = {
    **_STANDS,
    "deferred": message("{treatment} only if an answer still open speaks for it, and in any case not now"),
    "referred": message("{treatment} only if an answer still open speaks for it and someone else has looked"),
}
#: the same of one that waits for an answer and for a prescriber
_OPEN_TO_DECIDE: Final = message("{treatment} only if an answer still open speaks for it and a prescriber agrees")
#: what a hold on the person does to a treatment, where no place was named
_HELD: Final[dict[Effect, str]] = {
    "review": message("a prescriber decides"),
    "defer": message("not now"),
    "refer": message("only after someone else has looked"),
    "hard_stop": message("not offered"),
}
_LATER: Final = frozenset(STATUS_OF.values()) - {*ON_THE_TABLE, "withdrawn"}
#: how the options stand that an outcome is about
_ABOUT: Final[dict[Outcome, tuple[Status, ...]]] = {
    "stop": ("withdrawn",),
    "defer": ("deferred",),
    "review": ("review",),
    "discuss": ("suggested", "open"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one thing seen: the place, what is seen there, the answer, how it is drawn, and where more is said."""

    place: str
    seen: str
    answer: str
    state: FaceState | None
    more: str


def answer(assessment: Assessment, labels: Labels, *beside: Block) -> Section:
    """The short answer, what to do now, what stands ``beside`` it, and what every output says of itself.

    Where help is needed, what to do comes first; where it is needed today, a nurse alone reads of treatments. A patient reads
    the lines beside the face.
    """
    nurse = assessment.answers.respondent == "nurse"
    said = tuple(_lines(assessment, labels)) if nurse or not assessment.needs_help_today else ()
    what_to_do = tuple(_what_to_do(assessment, labels))
    blocks = (*what_to_do, *said) if assessment.outcome in _HELP else (*said, *what_to_do)
    tone: Tone = TONE_OF_OUTCOME.get(assessment.outcome, "calm")
    first = Callout(tone, headline(assessment, labels))
    spoken_to = (Paragraph(Line(translate("In these sentences, “you” is the patient."))),) if nurse else ()
    return Section("answer", translate("The short answer"), (first, *blocks, *spoken_to, *beside, *standing(labels)))


def _lines(assessment: Assessment, labels: Labels) -> Iterator[Block]:
    """The lines of the short answer, without a reason that the headline gives for all of them."""
    reason = _because("", _about(assessment, labels)[1])
    told = [(replace(line, text=line.text.replace(reason, "")), state) for line, state in _told(assessment, labels)]
    things = [(line, state) for line, state in told if line.more]
    if things and assessment.answers.respondent == "patient" and face_states(assessment):
        lines, shown = zip(*things, strict=True)
        yield face_beside(assessment, labels, lines, shown)
        told = [one for one in told if one not in things]
    if told:
        yield Bullets("", tuple(line for line, _ in told))


def _what_to_do(assessment: Assessment, labels: Labels) -> Iterator[Block]:
    number = labels.sentence("emergency_number")
    if number and assessment.outcome == "emergency":
        yield emergency_call(number)
    if labels.sentence("outcome_next"):
        more = "" if assessment.outcome in _HELP else TAKE_ALONG
        yield Paragraph(Line(labels.sentence("outcome_next"), label=translate("What to do now"), more=more))
    if number and not number.isdigit() and assessment.alerts and assessment.outcome != "emergency":
        yield Paragraph(Line(number, label=translate("Emergency number")))  # of an unknown country: every number


def standing(labels: Labels, *, draft_alone: bool = False) -> Iterator[Block]:
    """What every output says of itself: that it is a draft, and that nobody has checked a translation."""
    said = labels.sentence("draft") if draft_alone else labels.standing
    if said:
        yield Paragraph(Line(said, label=translate("Please note")))
    if not_reviewed():
        yield Paragraph(Line(not_reviewed()))


def still_open_first(assessment: Assessment, labels: Labels) -> str:
    """How many health questions that could change the result are not answered, or "unsure"; nothing before a call for help."""
    open_paths = (question.path for question in assessment.open_questions)
    paths = [path for path in open_paths if AnswerPath.parse(path).group in _ABOUT_HEALTH]
    if not paths or assessment.needs_help_today:
        return ""
    unsure = sum(bool(labels.given(path)) for path in paths)
    said = {0: NOT_ANSWERED, len(paths): ANSWERED_UNSURE}.get(unsure, NEITHER_KNOWN)
    return said.of(len(paths)).format(number=len(paths), unsure=labels.of("answer", "unsure"))


def headline(assessment: Assessment, labels: Labels) -> str:
    """What is open, and the outcome as the rules word it, with what it is about and why; where that is help, it comes first."""
    outcome = labels.sentence("outcome") or labels.of("outcome", assessment.outcome)
    what, why = _about(assessment, labels)
    told = f"{outcome.rstrip('.')}: {_because(what, why)}." if what else outcome
    said = (still_open_first(assessment, labels), told)
    return " ".join(filter(None, reversed(said) if assessment.outcome in _HELP else said))


def _about(assessment: Assessment, labels: Labels) -> tuple[str, str]:
    """What an outcome is about: treatments, or whom to see first; and why, where it is so for the same reason everywhere."""
    if assessment.outcome == "refer":
        firsts = [one for one in assessment.referrals if one.stance == "instead" and one.to != "not_needed"]
        whom = dict.fromkeys(_lower(labels.of("destination", one.to)) for one in firsts)
        return together([*whom]) if whom else "", _same(short(one.reasons) for one in firsts)
    statuses = _ABOUT.get(assessment.outcome, ())
    found = [option for status in statuses for option in assessment.options if option.status == status]
    about = [(option.treatment, _why(option)) for option in found if option.role == "first_line"]
    about = about or [(option.treatment, _why(option)) for option in found]
    if not assessment.answers.concerns:
        held = _held(assessment)
        about = [(treatment, _why_held(holds)) for treatment, holds in held if STATUS_OF[holds[0].effect] in statuses]
    names = dict.fromkeys(_lower(labels.of("treatment", treatment)) for treatment, _ in about)
    return together([*names]) if names else "", "" if assessment.outcome == "discuss" else _same(why for _, why in about)


def _same(reasons: Iterable[str]) -> str:
    """The reason that is the only one, or nothing."""
    different = set(reasons)
    return different.pop() if len(different) == 1 else ""


def answers(assessment: Assessment, labels: Labels) -> tuple[Line, ...]:
    """A line for each thing that was named, those with the same answer together; then who else to see for the person.

    Where nothing was named, a line for each treatment that something speaks against.
    """
    return tuple(line for line, _ in _told(assessment, labels))


def _told(assessment: Assessment, labels: Labels) -> Iterator[tuple[Line, FaceState | None]]:
    lines = [*_together(tuple(_by_thing(assessment, labels)))]
    if not assessment.answers.concerns and assessment.outcome not in _HELP:
        lines += ((_line(treatment, holds, labels), None) for treatment, holds in _held(assessment))
    yield from _as_known(lines, assessment.treatments)
    yield from ((line, None) for line in whom_to_see(assessment, labels))


def _as_known(
    lines: Iterable[tuple[Line, FaceState | None]], treatments: Iterable[TreatmentFacts]
) -> Iterator[tuple[Line, FaceState | None]]:
    """The lines, with the name by which people know a treatment once, where it may be told."""
    names = {facts.name: facts.known_as for facts in treatments if facts.known_as}
    for line, state in lines:
        text = line.text
        for name in [name for name in names if name.lower() in text.lower()]:
            at = text.lower().index(name.lower()) + len(name)
            known = translate("you may know it as “{name}”").format(name=names.pop(name))
            text = f"{text[:at]} ({known}){text[at:]}"
        yield replace(line, text=text), state


def whom_to_see(assessment: Assessment, labels: Labels) -> Iterator[Line]:
    """Who is to be seen about the person as a whole: first, or as well."""
    for referral in assessment.referrals:
        if referral.area is None and referral.to != "not_needed":
            label = translate("First") if referral.stance == "instead" else translate("As well")
            yield Line(f"{_upper(_see(referral, labels))}.", label=label)


def seen_elsewhere(assessment: Assessment, labels: Labels, whom: Sequence[str]) -> Iterator[Line]:
    """Who of ``whom`` is to be seen about a place, whatever may be injected there."""
    for referral in assessment.referrals:
        if referral.area is not None and referral.to in whom:
            yield Line(f"{_upper(_see(referral, labels))}.", label=labels.of("area", referral.area))


def short(reasons: Iterable[Reason]) -> str:
    """The first short reason among reasons, or nothing where each is in doubt."""
    return next((reason.in_short for reason in reasons if reason.in_short), "")


def _by_thing(assessment: Assessment, labels: Labels) -> Iterator[_Told]:
    without_rule = {e.path for note in assessment.notes if note.rule == NOTHING_CONCLUDED for e in note.evidence}
    for index, concern in enumerate(assessment.answers.concerns):
        options = [o for o in assessment.options if o.area == concern.area and concern.kind in o.kinds]
        referrals = [r for r in assessment.referrals if r.area == concern.area and concern.kind in r.kinds]
        if not (options or referrals or address(CONCERN, "area", index) in without_rule):
            continue  # help today, or somebody who comes before all of this, is the answer
        answer = " ".join(f"{_upper(said)}." for said in _answer(options, referrals, labels))
        state = face_state(options, referrals)
        where = NOT_NEEDED if {referral.to for referral in referrals} == {"not_needed"} else REFERRALS
        more = OPTIONS if options else where if referrals else NOTES
        yield _Told(labels.of("area", concern.area), labels.of("kind", concern.kind), answer, state, more)


def _answer(options: Sequence[Option], referrals: Sequence[Referral], labels: Labels) -> Iterator[str]:
    standing = [option for option in options if option.status in ON_THE_TABLE]
    later = [option for option in options if option.status in _LATER]
    elsewhere = [referral for referral in referrals if referral.to != "not_needed"]
    shown = standing or later
    if shown:
        said = tuple(_ranked(shown, options, labels))
        yield from said
        also = translate("also {see}") if standing else translate("first {see}")
        yield from (also.format(see=_see(referral, labels, unless=said)) for referral in elsewhere)
    elif elsewhere:
        first, *others = elsewhere
        yield translate("neither – {see}").format(see=_see(first, labels))
        yield from (translate("also {see}").format(see=_see(referral, labels)) for referral in others)
    elif referrals:
        yield _because(labels.of("destination", "not_needed"), short(referrals[0].reasons))
    elif options:
        yield from _stand(options, labels)
    else:
        yield translate("these rules have no answer; ask at your consultation")


def _ranked(shown: Sequence[Option], options: Sequence[Option], labels: Labels) -> Iterator[str]:
    """What fits, the first choice first; a first choice that is ruled out is mentioned with a second one that is not."""
    firsts = [option for option in shown if option.role == "first_line"]
    if not firsts:
        yield from _stand([o for o in options if o.status == "withdrawn" and o.role == "first_line"], labels)
    yield from _stand(firsts, labels)
    for said in _stand([option for option in shown if option not in firsts], labels):
        yield translate("after or beside it, {said}").format(said=said) if firsts else said
    yield from _stand([option for option in options if option.status in _LATER and option not in shown], labels)


def _stand(options: Iterable[Option], labels: Labels) -> Iterator[str]:
    """How options stand, and why: those that stand alike for the same reason in one phrase."""
    alike: dict[tuple[str, str], list[str]] = {}
    for option in options:
        alike.setdefault((_stands(option), _why(option)), []).append(_lower(labels.of("treatment", option.treatment)))
    for (stands, why), treatments in alike.items():
        yield _because(stands.format(treatment=either(treatments)), why)


def _stands(option: Option) -> str:
    """How one option stands, without its name and why."""
    if option.status == "open" and any(hold.effect == "review" for hold in option.defeats):
        return translate(_OPEN_TO_DECIDE)
    return spoken(_STANDS_OPEN if option.deciding else _STANDS)[option.status]


def _why(option: Option) -> str:
    """The short reason of whatever decides how an option stands; none while it waits for an answer."""
    if option.status == "open":
        return ""
    return short(option.reasons) if option.status == "suggested" else _why_held(option.defeats)


def _why_held(holds: Sequence[Hold]) -> str:
    """The short reason of the first of the strongest holds that is known; where none is, that an answer is missing."""
    strongest = [hold for hold in holds if hold.effect == holds[0].effect]
    return translate("an answer is missing") if all(hold.in_doubt for hold in strongest) else short(strongest)


def _see(referral: Referral, labels: Labels, *, unless: Sequence[str] = ()) -> str:
    """Whom to see, and why unless that has just been said."""
    whom = translate("see {whom}").format(whom=_lower(labels.of("destination", referral.to)))
    why = short(referral.reasons)
    return whom if any(_because("", why) in said for said in unless if why) else _because(whom, why)


def _because(said: str, why: str) -> str:
    return translate("{said}, because {why}").format(said=said, why=why) if why else said


def _held(assessment: Assessment) -> Iterator[tuple[Treatment, Sequence[Hold]]]:
    for treatment in TREATMENTS:
        holds = [hold for hold in assessment.holds if treatment in hold.treatments and hold.effect != "caution"]
        if holds:
            yield treatment, holds


def _line(treatment: Treatment, holds: Sequence[Hold], labels: Labels) -> Line:
    said = spoken(_HELD)[holds[0].effect]
    return Line(f"{_upper(_because(said, _why_held(holds)))}.", label=labels.of("treatment", treatment))


def _together(told: Sequence[_Told]) -> Iterator[tuple[Line, FaceState | None]]:
    """One line for each answer, with the places that it is about; what is seen is named where a place has several answers."""
    by_answer: dict[str, list[_Told]] = {}
    for one in told:
        by_answer.setdefault(one.answer, []).append(one)
    for answer, same in by_answer.items():
        names = []
        for one in same:
            alone = all(other.answer == answer for other in told if other.place == one.place)
            names.append(one.place if alone else f"{one.place} ({_lower(one.seen)})")
        yield Line(answer, label=", ".join(dict.fromkeys(names)), more=same[0].more), same[0].state


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """A label as it stands within a sentence; "I …" and abbreviations keep their capital."""
    stays = text.startswith("I ") or (text[:2].isupper() and text[:2].isalpha())
    return text if stays else text[:1].lower() + text[1:]
