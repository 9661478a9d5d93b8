"""People who answer the whole form, each by answers of their own made at random: most of them say no to most."""

from __future__ import annotations

import json
import random
from typing import Any, Final

from benchmarks.web.visitor import VisitError, Visitor, key_of

_PDF: Final = "JVBERi"  # how a PDF begins, in base64
_MOST_PAGES: Final = 80
_YES_ONE_IN: Final = 20
_UNSURE_ONE_IN: Final = 30
_TAKES_PDF_ONE_IN: Final = 3


async def answer_form(visitor: Visitor, chance: random.Random) -> None:
    """From the start to the result; one in three takes the PDF along, where it offers files: an emergency does not.

    Raises VisitError where what is asked does not come.
    """
    await visitor.press("begin")
    for _ in range(_MOST_PAGES):
        await _fill_in(visitor, chance)
        if not any(key_of(button.id).startswith("continue-") for button in visitor.page.of("button")):
            break
        await visitor.press("continue")
    shown = [one.component_name for one in visitor.page.of("bidi_component")]
    if not any(name.endswith("summary") for name in shown):
        raise VisitError(f"no result: the last page is {visitor.page.heading!r}")
    if any(name.endswith("downloads") for name in shown) and chance.randrange(_TAKES_PDF_ONE_IN) == 0:
        await take_pdf(visitor)


async def take_pdf(visitor: Visitor) -> None:
    """Press the button of the PDF. Raises VisitError where none comes."""
    await visitor.ask(_files(visitor).id, wanted={"format": "pdf", "press": 1})
    made = json.loads(_files(visitor).json)["made"] or {}
    if not made.get("content", "").startswith(_PDF):
        raise VisitError("no PDF came")


def _files(visitor: Visitor) -> Any:
    return next(shown for shown in visitor.page.of("bidi_component") if shown.component_name.endswith("downloads"))


async def _fill_in(visitor: Visitor, chance: random.Random) -> None:
    for shown in list(visitor.page.of("text_input")):
        if key_of(shown.id) == "person.age":
            await visitor.type(shown.id, str(chance.randint(19, 70)))
        elif key_of(shown.id) == "after_treatment.days_ago":
            await visitor.type(shown.id, str(chance.randint(0, 30)))
    for shown in list(visitor.page.of("bidi_component")):
        if key_of(shown.id) == "face":
            areas = [area["id"] for area in json.loads(shown.json)["areas"]]
            places: list[str] = []
            for area in chance.sample(areas, chance.randint(1, 3)):
                places.append(area)
                await visitor.tell(shown.id, choice={"places": places, "count": len(places)})
    boxes = [box for box in visitor.page.of("checkbox") if key_of(box.id).startswith("seen.")]
    for box in chance.sample(boxes, min(len(boxes), chance.randint(1, 2))):
        await visitor.tick(box.id)
    await _choose(visitor, chance)
    await _tick(visitor, chance)


async def _tick(visitor: Visitor, chance: random.Random) -> None:
    """Tick some statements of the page, and say of each group that none of the others is so."""
    ticked: set[str] = set()
    while shown := next((box for box in visitor.page.of("checkbox") if _is_next(box, ticked)), None):
        ticked.add(shown.id)
        if key_of(shown.id).startswith("none.") or chance.randrange(_YES_ONE_IN) == 0:
            await visitor.tick(shown.id)


def _is_next(box: Any, ticked: set[str]) -> bool:
    return box.id not in ticked and key_of(box.id).startswith(("tick.", "none."))


async def _choose(visitor: Visitor, chance: random.Random) -> None:
    """Answer every question of the page, also those that an answer brings."""
    asked: set[str] = set()
    while shown := next((one for one in visitor.page.of("radio") if one.id not in asked), None):
        asked.add(shown.id)
        await visitor.choose(shown.id, _answer(list(shown.options), chance))


def _answer(options: list[str], chance: random.Random) -> str:
    if {"Yes", "No"} <= set(options):
        if chance.randrange(_YES_ONE_IN) == 0:
            return "Yes"
        return options[-1] if chance.randrange(_UNSURE_ONE_IN) == 0 else "No"
    return chance.choice(options)
