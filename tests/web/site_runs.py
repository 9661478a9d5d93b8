"""The site as Streamlit runs it without a browser, and what its drafts hold: for the tests of the pages."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any, Final

from strategies import shipped
from streamlit.testing.v1 import AppTest

from recommender.documents.vocabulary import Jurisdiction
from recommender.languages import speaking
from recommender.web.patient import start_page
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token

SITE: Final = Path(__file__).resolve().parents[2] / "recommender" / "web" / "router.py"


def opened(query: dict[str, str]) -> AppTest:
    """The page that an address leads to."""
    app = AppTest.from_file(str(SITE), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def page(store: DraftStore, step: str, *, after: bool = False, **values: Any) -> tuple[AppTest, str]:
    """A page of a draft that holds these answers, and the token of the draft."""
    token = new_token()
    draft = Draft()
    draft.after = after
    for key, value in values.items():
        assert draft.put(key.replace("__", "."), value), key
    store.save(token, draft.content())
    return opened({"d": token, "step": step}), token


def values_of(store: DraftStore, token: str) -> dict[str, Any]:
    """What a draft in the store holds."""
    content = store.load(token)
    assert content is not None
    return dict(content["values"])


def start_title(country: Jurisdiction = "other", language: str = "en") -> str:
    """The heading of the first page in a country."""
    with speaking(language):
        return start_page.start_title(shipped(country).in_language(language).voice("patient", country).reference)


def heading(app: AppTest) -> str:
    """The heading of a page that ran without an error."""
    assert not app.exception
    return str(app.title[0].value)


def plain_text(html: str) -> str:
    """The text of a note, without the marks of names in it."""
    return unescape(html.replace('<bdi translate="no">', "").replace("</bdi>", ""))
