"""What a person does on the form, as steps that the browser tests share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from kept_drafts import give_device, kept_draft
from playwright.sync_api import Locator, Page, Route, expect

from recommender.web import words

# Streamlit's own skip link: a link before the page's landmarks, as it has to be
NOT_OURS = {"exclude": [["[data-testid=stSkipToContent]"]]}

SUMMARY = "Summary for your consultation"
EMERGENCY = "Get help now"
UNDER_AGE = "For adults only"
PREGNANCY = "Are you pregnant or breastfeeding?"
MOVEMENT = "Does it appear, or get deeper, when you move that part of your face?"
REST = "Is it there when your face is quite still?"

INSIDE = """path => {
  const box = path.getBBox(), inside = [];
  for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
    const point = new DOMPoint(box.x + box.width * i / 40, box.y + box.height * j / 40);
    if (path.isPointInFill(point)) inside.push(point);
  }
  const left = inside.filter(p => p.x <= 200), side = left.length ? left : inside;
  const mean = k => side.reduce((sum, p) => sum + p[k], 0) / side.length, x = mean('x'), y = mean('y');
  const nearest = side.reduce((best, p) => Math.hypot(p.x - x, p.y - y) < Math.hypot(best.x - x, best.y - y) ? p : best);
  const seen = nearest.matrixTransform(path.getScreenCTM());
  return [seen.x, seen.y];
}"""

# When the page last told the server something, and last heard from it: a run that was asked for may not have begun yet. And
# where a field is first shown, its script may not have come.
LISTENS = """(() => {
  const socket = window.WebSocket.prototype, send = socket.send;
  window.told = window.heard = 0;
  socket.send = function (data) {
    if (!this.listens) this.addEventListener('message', () => { window.heard = performance.now(); });
    this.listens = true;
    window.told = performance.now();
    return send.call(this, data);
  };
})()"""
SILENT = """() => {
  const now = performance.now(), { told, heard } = window;
  const answered = told === undefined || heard > told || now - told > 5000;
  const drawn = !document.querySelector('[data-testid=stSkeleton]');
  const runs = document.querySelector('.stApp')?.dataset.testScriptState !== 'notRunning';
  return answered && drawn && !runs && !(now - heard < 100);
}"""


def is_at(page: Page, title: str) -> None:
    """Wait for the page with this heading, and until nothing of the page before is left beside it."""
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


@contextmanager
def scripts_held(page: Page) -> Iterator[None]:
    """Streamlit's first script does not come while the block runs: the opening stands alone."""
    held: list[Route] = []
    page.route("**/static/js/index.*.js", lambda route: held.append(route))  # noqa: PLW0108 (the driver marks what it calls)
    yield
    for route in held:
        route.continue_()
    page.unroute_all()


#: the rules of axe that look at colours: all that can be otherwise where nothing but the colours is
OF_COLOURS = ("color-contrast", "link-in-text-block")


def axe_finds(page: Page, *rules: str) -> list[dict[str, Any]]:
    """What axe finds wrong with a page as it is drawn, by all its rules or by these alone.

    What is so no more a moment later was still being drawn.
    """
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: list[dict[str, Any]] = Axe().run(page, NOT_OURS, options).response["violations"]
    if found:
        page.wait_for_timeout(700)
        found = Axe().run(page, NOT_OURS, options).response["violations"]
    return found


class Form:
    """The form in a page of the browser: that whose drafts the tests keep (``kept_drafts``), or without ``device`` any."""

    def __init__(self, page: Page, address: str, *, device: bool = True) -> None:
        self.page = page
        self.address = address
        page.add_init_script(LISTENS)
        if device:
            give_device(page.context, address)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/{query}")
        self.quiet()

    def resume(self, folder: Path, kind: str, step: str, **details: str) -> None:
        """Open a page of somebody who has answered everything, as the draft of that kind of result has it."""
        self.open(f"?d={kept_draft(folder, kind, **details)}&step={step}")

    def quiet(self) -> None:
        """Wait until the page is there, the server has answered what it was told last, and nothing runs any more."""
        self.page.locator("[data-testid=stMain] h1").first.wait_for()  # the page before may still stand beside it
        self.page.wait_for_timeout(60)  # what was pressed is told
        self.page.wait_for_function(SILENT)

    def at(self, heading: str | re.Pattern[str]) -> None:
        """Wait for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=15_000)
        self.quiet()

    @property
    def step(self) -> str:
        found = re.search(r"step=([\w-]+)", self.page.url)
        return found[1] if found else ""

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.quiet()

    def go_on(self) -> None:
        """Continue, and wait for another page."""
        before = self.page.url
        self.press("Continue")
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.quiet()

    def group(self, question: str) -> Locator:
        return self.page.get_by_role("radiogroup", name=question)

    def answer(self, question: str, answer: str) -> None:
        self.group(question).get_by_text(answer, exact=True).click()
        self.quiet()

    def chosen(self) -> dict[str, str]:
        """Question → the answer that is chosen on this page."""
        found = {}
        for group in self.page.get_by_role("radiogroup").all():
            for option in group.locator("label").all():
                if option.get_by_role("radio").is_checked():
                    found[group.get_attribute("aria-label") or ""] = option.inner_text().strip()
        return found

    def answer_all(self, answer: str) -> int:
        """Give the same answer to every question of the page, as fast as a hand can; how many there were."""
        asked = self._answer_questions(answer) + self._answer_statements(answer)
        self.quiet()
        return asked

    def _answer_questions(self, answer: str) -> int:
        groups = self.page.get_by_role("radiogroup")
        for number in range(groups.count()):
            groups.nth(number).get_by_text(answer, exact=True).click()
        return groups.count()

    def _answer_statements(self, answer: str) -> int:
        """The groups of statements, those too that only now are there."""
        done: set[str] = set()
        while names := [name for name in self.statement_groups() if name not in done]:
            self.answer_group(names[0], answer)
            done.add(names[0])
        return self.page.locator("[class*=st-key-tick-history] input, [class*=st-key-tick-goals] input").count()

    def statement_groups(self) -> list[str]:
        """The names of the groups of statements of this page."""
        found = self.page.locator("[class*=st-key-group-][role=group]")
        return [name for one in found.all() if (name := one.get_attribute("aria-label"))]

    def statements(self, group: str) -> Locator:
        """A group of statements to tick."""
        return self.page.get_by_role("group", name=group, exact=True)

    def answer_group(self, name: str, answer: str) -> None:
        """Give the same answer to every statement of a group."""
        group = self.statements(name)
        if answer == "No":
            group.locator("[class*=st-key-none-] label").click()
        else:
            if answer != "Yes":
                group.locator("[class*=st-key-doubts-] label").click()
                self.quiet()
            boxes = group.locator(f"[class*=st-key-{'tick' if answer == 'Yes' else 'doubt'}-] label")
            for number in range(boxes.count()):
                boxes.nth(number).click()
                self.quiet()
        self.quiet()

    def start(self, age: int) -> None:
        self.open()
        self.press("Start now")
        self.at("How old are you?")
        self.page.get_by_label("Your age in years").fill(str(age))
        self.press("Continue")

    def to_places(self) -> None:
        """From the start past the age of an adult, and none of what is asked after it."""
        self.start(42)
        self.at(PREGNANCY)
        self.answer_all("No")
        self.go_on()
        self.at("Where on your face is it about?")

    def result_of_an_age(self) -> None:
        """The shortest way to a result of which files can be taken along."""
        self.start(42)
        self.at(PREGNANCY)
        draft = re.sub(r"step=.*", "", self.page.url.partition("?")[2])
        self.open(f"?{draft}step=result")
        self.at(SUMMARY)

    def place(self, name: str) -> Locator:
        """A place on the drawing."""
        return self.page.locator("svg").get_by_role("checkbox", name=name, exact=True)

    def point_at(self, name: str) -> None:
        """Press the pointer on a place of the drawing: on a point that lies in it, for it may have a side left and right."""
        shape = self.place(name).locator("path.hit")
        shape.scroll_into_view_if_needed()
        x, y = shape.evaluate(INSIDE)
        self.page.mouse.click(x, y)

    def frown_lines(self) -> None:
        """From the places on: lines between the eyebrows, which show when the face moves."""
        self.at("Between the eyebrows: what do you notice?")
        self.page.get_by_text("Lines, wrinkles or creases").click()
        self.quiet()
        self.answer(MOVEMENT, "Yes")
        self.answer(REST, "No")
        self.go_on()

    def frown_lines_and_fuller_lips(self) -> None:
        """By pointer, to the check of the answers."""
        self.to_places()
        self.point_at("Between the eyebrows")
        self.point_at("Lips")
        expect(self.page.get_by_text("Chosen: Between the eyebrows, Lips")).to_be_visible()
        self.go_on()
        self.frown_lines()
        self.at("Lips: what do you notice?")
        self.page.get_by_text("I would like it fuller or more defined").click()
        self.go_on()
        self.health_with("No")

    def health_with(self, answer: str) -> None:
        """Answer every remaining question the same way, up to the check of the answers."""
        for _ in range(40):
            if self.step == "check":
                return
            self.answer_all(answer)
            self.go_on()
        raise AssertionError("the form never came to the check of the answers")

    def save(self, button: str, folder: Path) -> Path:
        """Press a download button, of the other formats too; where the file is."""
        others = self.page.get_by_text(words.INSIDE_APP["others"], exact=True)
        wanted = self.page.get_by_role("button", name=button)
        expect(wanted.or_(others).first).to_be_visible()
        if not wanted.is_visible():
            others.click()
        with self.page.expect_download() as waiting:
            wanted.click()
        file = folder / waiting.value.suggested_filename
        waiting.value.save_as(file)
        return file

    def violations(self, *rules: str) -> list[str]:
        """What axe finds wrong with the page as it is, by all its rules or by these alone."""
        found = axe_finds(self.page, *rules)
        return [f"{self.step}: {v['id']}: {v['help']}: {v['nodes'][0]['html']}" for v in found]
