"""What is checked of a page of the application as it is drawn, whatever page it is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from form_walk import OF_COLOURS, axe_finds
from playwright.sync_api import Page

FOLDER = Path(__file__).parent
TREES = FOLDER / "trees"
MEASURES = FOLDER / "page_checks.js"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1180, "height": 900}
NARROW = {"width": 320, "height": 256}  # what 1280 by 1024 is at 400 %
LONGEST = 110  # characters of a line of a tree: enough to know a sentence by
#: what an outline has; a citation is a link that is a number
_ROLES = (
    "alert|button|checkbox|combobox|figure|group|heading|img|link|main|navigation|radio|radiogroup|region|search|searchbox|"
    "status|table|textbox"
)
OUTLINE = re.compile(rf"\s*- '?({_ROLES})\b(?! \"\d+\")")
DRAWN = """colours => {
  const drawn = document.querySelector('#opening') ?? document.querySelector('.stApp') ?? document.body;
  const { backgroundColor: back, color } = getComputedStyle(drawn);
  const theme = { light: ['rgb(255, 255, 255)', 'rgb(27, 42, 51)'], dark: ['rgb(16, 23, 29)', 'rgb(232, 238, 241)'] }[colours];
  return theme ? back === theme[0] && color === theme[1] : !['rgb(27, 42, 51)', 'rgb(232, 238, 241)'].includes(color);
}"""
#: what a tree says otherwise each time: tokens and fragments in addresses, codes, days and moments
VARYING = (
    (re.compile(r"\b[dD]=[\w-]{22}"), "d=TOKEN"),
    (re.compile(r"#a=[\w.~-]+"), "#a=ANSWERS"),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "http://ADDRESS"),
    (re.compile(r"record=[\w-]{22}|patient=[\w-]{22}"), "record=ID"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "DAY"),
    (re.compile(r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4}"), "DAY"),
    (re.compile(r"\b\d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\b"), "CODE"),
)


class State(NamedTuple):
    """A page in one state: its name, which is the name of its tree, what has to have the focus there, and its title.

    Of a page that is mostly text that changes with the rules only the outline is kept as its tree.
    """

    name: str
    focus: Literal["heading", "summary", ""]
    title: str
    outline: bool = False


class Checks:
    """All that is checked, gathered over the states of one walk; what is wrong is told once, at its end."""

    def __init__(self, page: Page, *, update_trees: bool, whole: bool) -> None:
        """With ``whole``, axe looks at each state in all colours; else in light ones, and in dark or forced ones in turn."""
        self._page, self._update, self.wrong, self.seen = page, update_trees, list[str](), list[str]()
        self._whole = whole
        page.add_init_script(path=MEASURES)

    def all_of(self, state: State) -> None:
        """Check a state of the page in every colour, width and spacing; the page is left as it was."""
        assert state.name not in self.seen, f"{state.name} is walked twice"
        self.seen.append(state.name)
        found = [*self._focus(state), *self._head(state), *self._tree(state)]
        found += [f"has {one} smaller than a finger" for one in self._measured("targets")]
        found += self._measured("top")
        found += [f"does not hold still: {one}" for one in self._measured("moving")]
        found += [f"hides {one} behind its bar when it has the focus" for one in self._measured("covered")]
        for colours in ("light", "dark", "forced"):
            found += [f"in {colours} colours {one}" for one in self._in_colours(colours)]
        found += self._in_space(state)
        self.wrong += [f"{state.name}: {one}" for one in found]

    def _measured(self, name: str) -> list[str]:
        result: list[str] = self._page.evaluate(f"() => measured.{name}()")
        return result

    def _focus(self, state: State) -> Iterator[str]:
        wanted = {"heading": "h1", "summary": "[role=alert]", "": ""}[state.focus]
        focused = self._page.evaluate("() => measured.focused()?.outerHTML.slice(0, 120)")
        if wanted and not self._page.evaluate("selector => measured.focused()?.matches(selector)", wanted):
            yield f"has the focus on {focused} and not on {wanted}"

    def _head(self, state: State) -> Iterator[str]:
        language, title = self._page.evaluate("() => [document.documentElement.lang, document.title]")
        if language != "en":
            yield f"says that its language is {language!r}"
        if title != state.title:
            yield f"is called {title!r} and not {state.title!r}"

    def _tree(self, state: State) -> Iterator[str]:
        now, kept = self.tree(outline=state.outline), TREES / f"{state.name}.yaml"
        if self._update:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(now, encoding="utf-8")
            return
        if not kept.exists():
            yield f"has no reviewed tree {kept.name}: run with --update-trees, and read what it wrote"
            return
        before = kept.read_text(encoding="utf-8")
        if before != now:
            changed = list(difflib.unified_diff(before.splitlines(), now.splitlines(), lineterm="", n=1))[2:]
            yield "has another accessibility tree than the reviewed one:\n    " + "\n    ".join(changed)

    def tree(self, *, outline: bool) -> str:
        """What a screen reader is given of the page, without what varies; a long sentence is cut."""
        shot = self._page.locator("body").aria_snapshot()
        for pattern, name in VARYING:
            shot = pattern.sub(name, shot)
        lines: list[str] = []
        for line in shot.splitlines():
            _, _, words = line.strip().partition(": ")
            said_twice = (
                line.lstrip(" -").startswith(("paragraph:", "text:")) and f'"{words.strip(chr(34))}"' in (lines or [""])[-1]
            )
            if said_twice or line.endswith('- /placeholder: ""') or (outline and not OUTLINE.match(line)):
                continue  # a control's own words, once more, are its label
            lines.append(line)
        deep = [len(line) - len(line.lstrip()) for line in lines] + [0]
        lines = [line.rstrip(":") if deep[at + 1] <= deep[at] else line for at, line in enumerate(lines)]
        return "".join(f"{line[:LONGEST]}…\n" if len(line) > LONGEST else f"{line}\n" for line in lines)

    def _in_colours(self, colours: str) -> list[str]:
        self.put_on(colours)
        its_turn = colours in ("light", ("dark", "forced")[len(self.seen) % 2])
        found = (
            [f"axe finds {one}" for one in self._violations(*(() if colours == "light" else OF_COLOURS))]
            if self._whole or its_turn
            else []
        )
        if colours == "forced":
            found += [f"nothing shows that {one} has the focus" for one in self._measured("unseen")]
            if self._page.locator(".stDateInput").count():
                self._page.keyboard.press("Escape")  # a calendar opens as soon as a field for a day has the focus
        else:
            found += self._measured("borders")
        if colours == "forced":
            self.put_on("light")
        return found

    def put_on(self, colours: str) -> None:
        """Show the page in light, dark or forced colours, and wait until it is."""
        self._page.emulate_media(
            color_scheme="dark" if colours == "dark" else "light", forced_colors="active" if colours == "forced" else "none"
        )
        self._page.wait_for_function(DRAWN, arg=colours)

    def _violations(self, *rules: str) -> list[str]:
        violations = axe_finds(self._page, *rules)
        return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in violations]

    def _in_space(self, state: State) -> list[str]:
        self._page.set_viewport_size(NARROW)
        found = [f"at 320 pixels {one}" for one in self._measured("cut")]
        found += [f"at 400 % {one}" for one in self._measured("top") if state.focus == "heading"]
        self._page.set_viewport_size(DESK)
        found += [f"at {DESK['width']} pixels {one}" for one in self._measured("cut")]
        if state.outline:  # tables and long texts, which stand otherwise where there is room
            found += [f"at {DESK['width']} pixels axe finds {one}" for one in self._violations()]
        self._page.set_viewport_size(PHONE)
        self._page.evaluate("() => measured.spaced(true)")
        found += [f"with wide spacing {one}" for one in self._measured("cut")]
        self._page.evaluate("() => measured.spaced(false)")
        return found

    def judge(self, *, staff: bool) -> None:
        """Fail with all that is wrong, and with the trees of states that the walk never came to."""
        kept = {file.stem for file in TREES.glob("*.yaml") if file.stem.startswith("staff-") == staff}
        self.wrong += [f"{name}: has a tree, and no walk comes to it" for name in sorted(kept - set(self.seen))]
        if self.wrong:
            pytest.fail("\n".join(self.wrong), pytrace=False)
