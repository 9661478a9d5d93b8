"""A keyboard and no pointer, for the browser tests: what has the focus, where Tab and Shift+Tab lead, what a key does."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from form_walk import Form
from playwright.sync_api import expect

MOST: Final = 150  # presses of Tab: more than there are controls on any page


class Focused(NamedTuple):
    """What has the focus: its element, its name, the question that it answers, and which of the answers it is."""

    tag: str
    name: str
    group: str
    option: str


class Keys:
    """A keyboard and what it has its focus on, looking into the components as well."""

    _DEEPEST: Final = """() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    }"""
    _DESCRIBED: Final = """at => {
      const said = at === document.body ? null : at?.cloneNode(true);
      for (const icon of said?.querySelectorAll('[aria-hidden=true]') ?? []) icon.remove();
      const group = at?.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? '';
      const option = at?.labels?.[0]?.innerText?.trim() ?? '';
      const label = at?.getAttribute('aria-label') ?? (option || said?.textContent || '');
      return [at?.tagName.toLowerCase() ?? '', label.replace(/\\s+/g, ' ').trim(), group, option];
    }"""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._page = form.page

    def focused(self) -> Focused:
        """What has the focus now."""
        return Focused(*self._page.evaluate(f"() => ({self._DESCRIBED})(({self._DEEPEST})())"))

    def press(self, key: str) -> None:
        """Press a key, and wait until what it did is done."""
        self._page.keyboard.press(key)
        self._form.quiet()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self._page.keyboard.type(text)

    def at(self, heading: str | re.Pattern[str]) -> None:
        """Wait for the page with this heading, and for the heading to have the focus."""
        self._form.at(heading)
        expect(self._page.get_by_role("heading", level=1)).to_be_focused()

    def to(self, tag: str, name: str, *, key: str = "Tab") -> None:
        """Press Tab until something with this name has the focus."""
        for _ in range(MOST):
            self._page.keyboard.press(key)
            found = self.focused()
            if found.tag == tag and found.name.startswith(name):
                return
        raise AssertionError(f"{key} never came to {name!r}")

    def back_to(self, tag: str, name: str) -> None:
        """Press Shift and Tab until something with this name has the focus."""
        self.to(tag, name, key="Shift+Tab")

    def to_button(self, name: str) -> None:
        """Tab to a button and press it."""
        self.to("button", name)
        self.press("Enter")

    def back_to_button(self, name: str) -> None:
        """Go to a button with Shift and Tab and press it."""
        self.back_to("button", name)
        self.press("Enter")

    def both_ways(self) -> None:
        """Shift and Tab lead away from what has the focus, and Tab leads to it again: nobody is held there."""
        here = self._page.evaluate_handle(self._DEEPEST)
        for key, again in (("Shift+Tab", False), ("Tab", True)):
            self._page.keyboard.press(key)
            is_here = self._page.evaluate(f"here => ({self._DEEPEST})() === here", here)
            assert is_here is again, f"{key} led to {self.focused()}"

    def answer(self, question: str, answer: str) -> None:
        """Choose an answer; it still has the focus once the page has taken notice of it."""
        self.choose(question, answer)
        self._form.quiet()
        assert self.focused()[2:] == (question, answer)

    def choose(self, question: str, answer: str) -> None:
        """Tab to the question's answers, then choose with Space and the arrows."""
        for _ in range(MOST):
            self._page.keyboard.press("Tab")
            if self.focused().group == question:
                break
        self._page.keyboard.press("Space")
        for _ in range(4):
            if self.focused().option == answer:
                return
            self._page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows never came to {answer!r}")
