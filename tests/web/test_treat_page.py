"""The page of the treatment as Streamlit runs it: every field kept by itself, nothing written over, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from site_runs import heading, opened
from streamlit.testing.v1 import AppTest
from treat_samples import BY, OTHER, TOXIN, decided, kept_in

from recommender.documents.consultation import Consultation
from recommender.records import life
from recommender.records.consultations import Kept
from recommender.web.clinic.archive import archive, consultations

pytestmark = pytest.mark.usefixtures("nurse")
POINT = {"area": "glabella", "x": 0.5, "y": 0.3, "amount": "2.5"}


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


class Page:
    """The page of one record, run without a browser."""

    def __init__(self, consultation: Consultation | None = None) -> None:
        self.id = kept_in(archive(), consultation or decided(TOXIN)).id
        self.app = self.again()

    def again(self) -> AppTest:
        """Open the page anew, as a refresh does."""
        self.app = opened({"record": self.id, "step": "treat"})
        assert not self.app.exception
        return self.app

    @property
    def stored(self) -> Consultation:
        return self.kept.consultation

    @property
    def kept(self) -> Kept:
        return consultations().get(self.id, by=BY)

    def by_another(self, **fields: Any) -> None:
        """Somebody else writes into the record."""
        kept = self.kept
        consultations().save(self.id, kept.version, life.write(kept.consultation, by=OTHER, **fields), by=OTHER)

    def field(self, kind: str, path: str, part: str = "") -> Any:
        wanted = f"{path}-{part}-" if part else f"{path}-"
        found = [one for one in self.app.get(kind) if (one.key or "").startswith(wanted) and one.key.count("-") >= 2]
        found = [one for one in found if part or one.key.removeprefix(wanted)[0].isdigit()]
        assert len(found) == 1, [one.key for one in self.app.get(kind)]
        return found[0]

    def type(self, path: str, text: str, part: str = "", *, kind: str = "text_input") -> None:
        self.field(kind, path, part).set_value(text).run()
        assert not self.app.exception

    def choose(self, path: str, value: str, part: str = "", *, kind: str = "radio") -> None:
        self.type(path, value, part, kind=kind)

    def value(self, path: str, part: str = "", *, kind: str = "text_input") -> Any:
        return self.field(kind, path, part).value

    def press(self, name: str) -> None:
        self.app.button(key=f"{name}-{self.id}").click().run()
        assert not self.app.exception

    def buttons(self) -> set[str]:
        return {(button.key or "").removesuffix(f"-{self.id}") for button in self.app.button}

    def said(self) -> str:
        return "\n".join(note.value for note in self.app.html)

    def tell(self, path: str, told: Mapping[str, Any]) -> None:
        """What a drawn component of the page tells; its key is that of the page as it stands."""
        self.app.session_state[self.key(path)] = told
        self.app.run()
        assert not self.app.exception

    def key(self, path: str) -> str:
        state = next(value for name, value in self.app.session_state.filtered_state.items() if name.startswith("fields-"))
        root = path.partition("[")[0].partition(".")[0]
        numbers = [state.numbers.get(one, 0) for one in dict.fromkeys((root, path))]
        owner = next(name for name in self.app.session_state.filtered_state if name.startswith("fields-"))
        return "-".join([path, *map(str, numbers), owner.removeprefix("fields-")])


def test_the_page_opens_and_nothing_is_chosen_or_filled_in_beforehand() -> None:
    page = Page()

    assert heading(page.app) == "Consultation of Made Up"
    assert [field.value for field in page.app.radio] == [None] * len(page.app.radio)
    assert {field.value for field in page.app.text_input} == {""}
    assert page.stored == decided(TOXIN).model_copy(update={"decisions": page.stored.decisions})
