"""How far somebody has come: which of their pages this is, and how long the rest takes.

The pages are those that the person has now, and so are the questions on them. The time is that of reading their words and of
answering, at rates that are chosen and stated here (``docs/web.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Final
from weakref import WeakKeyDictionary

from recommender.documents.answer_path import AGE
from recommender.knowledge.reference import Questions
from recommender.knowledge.rulebase import RuleBase
from recommender.web import words
from recommender.web.patient.journey import CHECK, PLACES, Journey, JourneyStep
from recommender.web.state.draft import Draft
from recommender.web.ui import fields

_WORDS_A_MINUTE: Final = 200
_ANSWER: Final = 2.0  # seconds to answer one question
_SELF_TEST: Final = 20.0  # seconds before the mirror
_PAGE: Final = 5.0  # seconds of a page on which what is read depends on what is chosen: the face, the check
_ADULT: Final = 42

_whole: WeakKeyDictionary[RuleBase, int] = WeakKeyDictionary()  # minutes of an adult, one for each language


def progress(rules: RuleBase, journey: Journey, step: JourneyStep, draft: Draft) -> str:
    """Where a page stands among those of this person, in words; empty where it stands in no order."""
    if draft.get(AGE) is not None or draft.after:
        journey.needed  # noqa: B018 (all at once is faster than one by one)
    pages = _in_order(journey)
    if step not in pages:
        return ""
    here = pages.index(step)
    if draft.get(AGE) is None and not draft.after:
        return before_the_age(rules, here + 1)
    minutes = _minutes(journey, pages[here:], _questions(rules, draft))
    said = words.STEP_AT_LEAST if _places_to_come(draft, step) else words.STEP
    return said.format(number=here + 1, count=len(pages), time=_about(minutes))


def before_the_age(rules: RuleBase, number: int) -> str:
    """The same before the age is known, on which it depends: how many pages there are is not told, the time for an adult is."""
    if rules not in _whole:
        draft = Draft({"values": {AGE: _ADULT}})
        journey = Journey(rules, draft)
        _whole[rules] = _minutes(journey, _in_order(journey), _questions(rules, draft))
    return words.STEP_FIRST.format(number=number, time=_about(_whole[rules]))


def _about(minutes: int) -> str:
    return words.ABOUT_MINUTES.of(minutes).format(number=minutes)


def _in_order(journey: Journey) -> list[JourneyStep]:
    return [step for step in journey.in_order if step.kind not in ("start", "result")]


def _places_to_come(draft: Draft, step: JourneyStep) -> bool:
    """Whether the places, each of which has a page, are still to be named."""
    return not draft.after and not draft.places and (step.part == "you" or step.name == PLACES)


def _questions(rules: RuleBase, draft: Draft) -> Questions:
    return rules.voice("patient", draft.country or rules.jurisdiction).reference.questions


def _minutes(journey: Journey, pages: list[JourneyStep], questions: Questions) -> int:
    return max(1, ceil(sum(_seconds(journey, page, questions) for page in pages) / 60))


def _seconds(journey: Journey, page: JourneyStep, questions: Questions) -> float:
    keys = journey.keys(page)
    tests = sum(_SELF_TEST for key in keys if questions.test_of(fields.answer_of(key)))
    read = sum(len(text.split()) for text in _texts(page, keys, questions))
    return read * 60 / _WORDS_A_MINUTE + len(keys) * _ANSWER + tests + (_PAGE if page.kind in (PLACES, "seen", CHECK) else 0)


def _texts(page: JourneyStep, keys: tuple[str, ...], questions: Questions) -> Iterator[str]:
    """The words of a page that are read without opening anything."""
    yield page.title
    asked = set(keys)
    for group in page.groups:
        if asked.intersection(group.questions):
            yield from filter(None, (group.title, group.intro, group.none))
    if page.kind == "seen":
        yield from (questions.kinds[kind].label for kind in questions.areas[page.area].kinds)
    for key in keys:
        said = fields.question_words(questions, key)
        yield from (said.tick,) if said.tick else (said.ask, said.help or "", *questions.test_of(fields.answer_of(key)))
