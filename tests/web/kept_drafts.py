"""Drafts of people who have answered everything, for tests that begin at a later page of the form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

from recommender.documents.answers import GOAL_KEYS, HISTORY_KEYS, SYMPTOM_KEYS
from recommender.web.state.draft import PLACES, Draft, detail_key, kinds_key
from recommender.web.state.draft_store import DraftStore, new_token

#: the secret of the browser whose drafts these are
DEVICE: Final = "made-up-device-secret0"

FROWN: Final = {
    PLACES: ["glabella"],
    kinds_key("glabella"): ["lines"],
    detail_key("glabella", "lines", "on_movement"): "yes",
    detail_key("glabella", "lines", "at_rest"): "no",
}
FROWN_AND_LIPS: Final = {**FROWN, PLACES: ["glabella", "lips"], kinds_key("lips"): ["fuller"]}
CIRCLES: Final = {
    PLACES: ["under_eye"],
    kinds_key("under_eye"): ["dark_circles"],
    detail_key("under_eye", "dark_circles", "cause"): "pigment",
}
MOLE: Final = {PLACES: ["cheek"], kinds_key("cheek"): ["suspicious_lesion"]}


def adult(answer: str, **own: Any) -> dict[str, Any]:
    """Everything about the health of somebody of 42 answered the same way, but for what is given."""
    health = {f"history.{key}": answer for key in HISTORY_KEYS} | {f"goals.{key}": answer for key in GOAL_KEYS}
    return {"person.age": 42, **health} | {f"history.{key}": value for key, value in own.items()}


def _signs(answer: str, **own: str) -> dict[str, Any]:
    """Every sign after an injection answered the same way, but for what is given."""
    return {f"after_treatment.symptoms.{key}": own.get(key, answer) for key in SYMPTOM_KEYS}


#: a kind of result → what was answered, and whether it was about an injection that was had
RESULTS: Final[Mapping[str, tuple[dict[str, Any], bool]]] = {
    "ordinary": (adult("no") | FROWN, False),
    "both": (adult("no") | FROWN_AND_LIPS, False),
    "neither": (adult("no") | MOLE, False),
    "unsure": (adult("unsure") | FROWN, False),
    "wait": (adult("no", pregnant="yes") | FROWN_AND_LIPS, False),
    "stop": (adult("no", toxin_reaction="yes") | FROWN, False),
    "emergency": (_signs("no", vision_change="yes"), True),
    "after": (_signs("no", mild_headache="yes"), True),
}


def drafts_in(folder: Path) -> DraftStore:
    """The drafts of that browser where a server keeps them."""
    return DraftStore(folder / "drafts.sqlite").of(DEVICE)


def give_device(context: BrowserContext, address: str) -> None:
    """Make a browser the one with that secret, for the form at an address."""
    context.add_cookies([{"name": f"recommender_device_{urlsplit(address).port}", "value": DEVICE, "url": address}])


def kept_draft(folder: Path, kind: str, **details: Any) -> str:
    """Keep the draft of a kind of result where a server keeps its own; its token. ``details`` are of the frown lines."""
    values, after = RESULTS[kind]
    return kept(
        folder, values | {detail_key("glabella", "lines", name): answer for name, answer in details.items()}, after=after
    )


def kept(folder: Path, values: Mapping[str, Any], *, after: bool = False) -> str:
    """Keep a draft with these answers where a server keeps its own; its token."""
    draft = Draft({"values": dict(values), "after": after, "shown": list(values)})
    assert {key for key in values if draft.get(key) is None} == set()
    token = new_token()
    drafts_in(folder).save(token, draft.content())
    return token
