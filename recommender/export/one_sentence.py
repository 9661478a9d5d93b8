"""The short answer in one sentence: what the outcome says, with the treatments, people and places that it says it of.

Every part of it is a label of the document. What is not offered stands in front of what may be discussed, and how many
health questions are open in front of everything but a call for help.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recommender.documents.assessment import Assessment, Option
from recommender.documents.vocabulary import Area, Effect, Outcome, Status
from recommender.export.blocks import Line
from recommender.export.labels import Labels
from recommender.languages import message, plural, translate

NAMED: Final = "{said}: {named}."
AT_PLACES: Final = "{what} ({places})"
MANY_PLACES: Final = message("{number} places")
NOT_OFFERED_FIRST: Final = "{not_offered}. {answer}"
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
_ABOUT_HEALTH: Final = ("history.", "after_treatment.symptoms.")
#: outcomes before which nothing is said
_CALLS_FOR_HELP: Final = ("emergency", "same_day")
#: so many places are named; of more it says how many, and each stands below
PLACES_NAMED: Final = 3
#: outcome → the options that it speaks of, and the holds on the person that it speaks of where there is no such option
_OPTIONS: Final[dict[Outcome, tuple[Status, Effect | None]]] = {
    "stop": ("withdrawn", "hard_stop"),
    "defer": ("deferred", "defer"),
    "discuss": ("suggested", None),
    "review": ("review", "review"),
}
#: outcomes that may be read as an offer: what is not offered is said before them
_AN_OFFER: Final = ("discuss", "review")
_HELD_BACK: Final[tuple[Status, ...]] = ("referred", "deferred", "review")


def one_sentence(assessment: Assessment, labels: Labels) -> str:
    """What was concluded for this person: what is open, the outcome as the rules word it, and what it is about."""
    return " ".join(filter(None, (still_open_first(assessment, labels), _outcome(assessment, labels))))


def still_open_first(assessment: Assessment, labels: Labels) -> str:
    """How many health questions that could change the result are not answered, or "unsure"; nothing before a call for help."""
    paths = [question.path for question in assessment.open_questions if question.path.startswith(_ABOUT_HEALTH)]
    if not paths or assessment.outcome in _CALLS_FOR_HELP:
        return ""
    unsure = sum(bool(labels.given(path)) for path in paths)
    said = {0: NOT_ANSWERED, len(paths): ANSWERED_UNSURE}.get(unsure, NEITHER_KNOWN)
    return said.of(len(paths)).format(number=len(paths), unsure=labels.of("answer", "unsure"))


def _outcome(assessment: Assessment, labels: Labels) -> str:
    """The outcome as the rules word it, and what it is about where that is named."""
    said = labels.sentence("outcome") or labels.of("outcome", assessment.outcome)
    named = _referred(assessment, labels) if assessment.outcome == "refer" else _treatments(assessment, labels)
    sentence = NAMED.format(said=said.rstrip(". "), named=named) if named else said
    withdrawn = _by_treatment((o for o in assessment.options if o.status == "withdrawn"), labels)
    if assessment.outcome in _AN_OFFER and withdrawn:
        not_offered = NAMED.format(said=labels.of("status", "withdrawn"), named=withdrawn).rstrip(".")
        return NOT_OFFERED_FIRST.format(not_offered=not_offered, answer=sentence)
    return sentence


def held_back(assessment: Assessment, labels: Labels) -> tuple[Line, ...]:
    """What stands beside something that may be discussed and is not open to be: a line for each status, the strongest first."""
    if assessment.outcome not in _AN_OFFER:
        return ()
    named = {
        status: _by_treatment((option for option in assessment.options if option.status == status), labels)
        for status in _HELD_BACK
        if status != _OPTIONS[assessment.outcome][0]
    }
    return tuple(Line(f"{text}.", label=labels.of("status", status)) for status, text in named.items() if text)


def _treatments(assessment: Assessment, labels: Labels) -> str:
    status, effect = _OPTIONS.get(assessment.outcome, ("", None))
    named = _by_treatment((option for option in assessment.options if option.status == status), labels)
    if named or effect is None:
        return named
    return labels.list_of("treatment", (t for hold in assessment.holds if hold.effect == effect for t in hold.treatments))


def _by_treatment(options: Iterable[Option], labels: Labels) -> str:
    places: dict[str, list[Area]] = {}
    for option in options:
        places.setdefault(option.treatment, []).append(option.area)
    return "; ".join(_at(labels.of("treatment", treatment), areas, labels) for treatment, areas in places.items())


def _referred(assessment: Assessment, labels: Labels) -> str:
    """Whom to see, and about which place; whoever is to be seen instead of an injection, where there is anybody."""
    instead = [one for one in assessment.referrals if one.stance == "instead" and one.to != "not_needed"]
    places: dict[str, list[Area]] = {}
    for referral in instead:
        places.setdefault(referral.to, []).extend([referral.area] if referral.area else [])
    return "; ".join(_at(labels.of("destination", to), areas, labels) for to, areas in places.items())


def _at(what: str, areas: Sequence[Area], labels: Labels) -> str:
    if not areas:
        return what
    few = len(set(areas)) <= PLACES_NAMED
    places = labels.list_of("area", areas) if few else translate(MANY_PLACES).format(number=len(set(areas)))
    return AT_PLACES.format(what=what, places=places)
