"""The injection chart and the signature pad in a real browser: one tap a point, nothing lost, by keyboard too."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from form_server import Server
from form_walk import INSIDE, OF_COLOURS, Form
from playwright.sync_api import Browser, Locator, Page, expect

from recommender.documents.vocabulary import AREAS
from recommender.export.drawings.face import CHART_HEIGHT, WIDTH
from recommender.languages import speaking, spoken
from recommender.web.components import signature_pad
from recommender.web.components.injection_chart.words import WORDS
from recommender.web.components.signature_pad import read_drawing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.getAttribute('aria-label') || at?.labels?.[0]?.firstChild?.textContent || at?.innerText || '';
}"""


class Stage(Server):
    """The page of the components alone, served as the application is."""

    script = "tests/web/clinic_app.py"


class Chart(Form):
    """The stage in a page of the browser."""

    def show(self, query: str = "") -> None:
        self.open(query or "?stage")  # an address without a word shows the form's opening first
        self.next.wait_for()
        self.pad.wait_for()

    @property
    def next(self) -> Locator:
        return self.page.get_by_label(WORDS["next"])

    @property
    def face(self) -> Locator:
        return self.page.locator(".stage > svg")

    @property
    def marks(self) -> Locator:
        return self.page.locator(".mark")

    @property
    def status(self) -> Locator:
        return self.page.locator(".chart .status")

    @property
    def rows(self) -> Locator:
        return self.page.locator(".chart tbody tr")

    @property
    def pad(self) -> Locator:
        return self.page.locator(".box svg")

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the drawing, in its own units, is on the screen."""
        box = self.face.bounding_box()
        assert box
        return box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / CHART_HEIGHT

    def tap(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.on_screen(x, y))

    def note(self, amount: str, *places: tuple[float, float]) -> None:
        self.next.fill(amount)
        self.face.scroll_into_view_if_needed()
        for x, y in places:
            self.tap(x, y)

    def noted(self, count: int | None = None) -> list[dict[str, Any]]:
        """The points that Python has, once there are so many."""
        self.quiet()
        if count is not None:
            self.page.wait_for_function(
                "count => JSON.parse(document.querySelector('#noted').textContent).length === count", arg=count
            )
        return list(json.loads(self.page.locator("#noted").text_content() or ""))

    def amounts(self, *wanted: str) -> None:
        """Wait until Python has these amounts, in this order."""
        self.page.wait_for_function(
            "wanted => JSON.stringify(JSON.parse(document.querySelector('#noted').textContent).map(p => p.amount)) === wanted",
            arg=json.dumps(list(wanted), separators=(",", ":")),
        )

    def drawn(self, *, there: bool = True) -> str | None:
        """What Python has of the signature, once there is one, or none."""
        self.page.wait_for_function("there => (document.querySelector('#drawn').textContent !== 'null') === there", arg=there)
        found = json.loads(self.page.locator("#drawn").text_content() or "")
        return found if found is None else str(found)

    def stroke(self, *, across: float = 0.6, steps: int = 40) -> None:
        """A wave over the pad with the button held down, as wide as this share of it."""
        self.pad.scroll_into_view_if_needed()
        box = self.pad.bounding_box()
        assert box
        for step in range(steps + 1):
            x = box["x"] + box["width"] * (0.2 + across * step / steps)
            y = box["y"] + box["height"] * (0.5 + min(across, 0.3) * math.sin(step / 4))
            self.page.mouse.move(x, y)
            if step == 0:
                self.page.mouse.down()
        self.page.mouse.up()

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED).startswith(name):
                return
        raise AssertionError(f"Tab never came to {name!r}")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Stage(tmp_path_factory.mktemp("stage"))
    server.start()
    yield server.address
    server.stop()
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture
def chart(page: Page, stage: str) -> Chart:
    return Chart(page, stage)


FOREHEAD = [(150 + 20 * (number % 6), 128 + 22 * (number // 6)) for number in range(12)]


def test_a_tap_on_any_place_notes_that_place_where_it_was_tapped(chart: Chart) -> None:
    chart.show()
    chart.next.fill("1.5")

    spots = []
    for area in AREAS:
        hit = chart.page.locator(f'.place[data-area="{area}"] .hit')
        hit.scroll_into_view_if_needed()
        x, y = hit.evaluate(INSIDE)
        box = chart.face.bounding_box()
        assert box
        spots.append(((x - box["x"]) / box["width"], (y - box["y"]) / box["height"]))
        chart.page.mouse.click(x, y)
    noted = chart.noted(len(AREAS))

    assert [point["area"] for point in noted] == list(AREAS)
    assert {point["amount"] for point in noted} == {"1.5"}
    for point, (x, y) in zip(noted, spots, strict=True):
        assert (point["x"], point["y"]) == pytest.approx((x, y), abs=0.003)


@pytest.mark.parametrize(
    ("x", "y", "area"),
    [
        (240, 96, "forehead"),
        (204, 231, "nose"),
        (257, 288, "cheek"),
        (200, 391, "lips"),
        (120, 300, "cheek"),
        (200, 516, "neck"),
    ],
)
def test_a_tap_between_the_places_counts_for_the_nearest(chart: Chart, x: float, y: float, area: str) -> None:
    chart.show()

    chart.note("2", (x, y))

    assert [point["area"] for point in chart.noted(1)] == [area]


def test_a_tap_beside_the_face_is_refused_with_a_sentence(chart: Chart) -> None:
    chart.show()

    chart.note("2", (12, 12), (390, 545))

    expect(chart.status).to_have_text(WORDS["nowhere"])
    assert chart.noted() == []


def test_every_spot_of_the_face_below_the_hair_belongs_to_a_place(chart: Chart) -> None:
    chart.show()
    chart.next.fill("1")
    chart.face.scroll_into_view_if_needed()

    for x, y in (
        (200, 110),
        (95, 200),
        (305, 130),
        (75, 240),
        (100, 330),
        (310, 300),
        (160, 420),
        (240, 395),
        (175, 300),
        (265, 300),
    ):
        chart.tap(x, y)

    assert len(chart.noted(10)) == 10


@pytest.mark.parametrize("query", ["", "?slow=1", "?restless=1"])
def test_twelve_hurried_taps_all_arrive_in_order(chart: Chart, query: str) -> None:
    chart.show(query)

    chart.note("4", *FOREHEAD)
    noted = chart.noted(12)

    assert [(round(point["x"] * WIDTH), round(point["y"] * CHART_HEIGHT)) for point in noted] == [
        (pytest.approx(x, abs=2), pytest.approx(y, abs=2)) for x, y in FOREHEAD
    ]
    expect(chart.page.locator(".chart .total")).to_have_text("Total 48 units in 12 points")
    expect(chart.marks).to_have_count(12)


@pytest.mark.parametrize("typed", ["", " ", "0", "0.000", "1,5", "1,000", "-1", "1000.001", "2.5555", "four", "1e2"])
def test_an_amount_that_is_none_is_refused_with_a_sentence_and_notes_nothing(chart: Chart, typed: str) -> None:
    chart.show()

    chart.note(typed, (200, 195))

    expect(chart.next).to_be_focused()
    expect(chart.next).to_have_attribute("aria-invalid", "true")
    expect(chart.next).to_have_accessible_description(re.compile(re.escape(WORDS["wrongAmount"])))
    assert chart.noted() == []


def test_on_a_spanish_page_a_comma_stands_before_decimals_and_what_may_be_a_thousand_is_asked_about(chart: Chart) -> None:
    chart.open("?lang=es")
    with speaking("es"):
        words = dict(spoken(WORDS))
    field = chart.page.get_by_label(words["next"])
    field.wait_for()

    for typed, place in (("4,5", (170, 140)), ("2.5", (230, 140)), ("1.000", (200, 195))):
        field.fill(typed)
        chart.face.scroll_into_view_if_needed()
        chart.tap(*place)

    chart.amounts("4.5", "2.5")
    expect(field).to_have_accessible_description(re.compile(re.escape(words["twoWays"])))
    expect(chart.page.locator(".chart .total strong")).to_have_text("7 unidades")
    expect(chart.rows.first.locator("input")).to_have_value("4,5")


def test_the_amount_stays_for_the_next_point_until_it_is_changed(chart: Chart) -> None:
    chart.show()

    chart.note("0.1", (170, 140), (230, 140))
    chart.note("1000", (200, 195))

    chart.amounts("0.1", "0.1", "1000")
    expect(chart.page.locator(".chart .total strong")).to_have_text("1000.2 units")


def test_amount_and_place_of_a_point_are_changed_afterwards(chart: Chart) -> None:
    chart.show()
    chart.note("4", (170, 140), (230, 140))
    first = chart.rows.nth(0).get_by_role("textbox")

    first.fill("2.50")
    first.press("Enter")
    chart.amounts("2.5", "4")
    first.fill("0")
    first.press("Enter")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_accessible_description(re.compile(r"It stays at 2\.5 units"))
    expect(chart.page.locator("#typed")).to_have_text("1: 0")
    chart.marks.nth(1).click()
    expect(chart.page.locator(".panel .title")).to_have_text("Point 2: Forehead (frontalis), patient's left")
    panel = chart.page.locator(".panel")
    panel.get_by_role("textbox").fill("3")
    panel.get_by_role("textbox").press("Enter")
    chart.amounts("2.5", "3")
    panel.get_by_role("combobox").select_option("brow")
    chart.page.wait_for_function("() => document.querySelector('#noted').textContent.includes('brow')")
    expect(first).to_have_value("0")
    first.fill("")
    first.press("Enter")
    expect(first).to_have_value("2.5")
    expect(first).not_to_have_attribute("aria-invalid", "true")
    expect(chart.page.locator("#typed")).to_have_text("")

    assert [(point["area"], point["amount"]) for point in chart.noted()] == [("forehead", "2.5"), ("brow", "3")]


def test_a_point_is_dragged_to_another_place_and_never_off_the_face(chart: Chart) -> None:
    chart.show()
    chart.note("4", (200, 195))
    mouse = chart.page.mouse

    mouse.move(*chart.on_screen(200, 195))
    mouse.down()
    mouse.move(*chart.on_screen(290, 300), steps=6)
    mouse.up()
    expect(chart.status).to_have_text("Point 1 moved: Cheek (midface), patient's left.")
    mouse.move(*chart.on_screen(290, 300))
    mouse.down()
    mouse.move(*chart.on_screen(390, 20), steps=6)
    mouse.up()
    expect(chart.status).to_have_text(WORDS["nowhere"])
    (point,) = chart.noted(1)

    assert point["area"] == "cheek"
    assert (point["x"] * WIDTH, point["y"] * CHART_HEIGHT) == pytest.approx((290, 300), abs=2)
    assert chart.marks.evaluate("mark => parseFloat(mark.style.left)") == pytest.approx(point["x"] * 100)


def test_what_was_done_last_is_undone_one_after_the_other(chart: Chart) -> None:
    chart.show()
    chart.note("4", (170, 140), (230, 140))
    chart.page.get_by_role("button", name="Remove point 1", exact=False).last.click()
    chart.noted(1)
    undo = chart.page.get_by_role("button", name=WORDS["undo"])

    undo.click()
    assert [round(point["x"], 1) for point in chart.noted(2)] == [0.4, 0.6]
    undo.click()
    chart.noted(1)
    undo.click()
    chart.noted(0)

    expect(undo).to_be_hidden()


def test_the_points_of_other_products_are_seen_and_out_of_reach(chart: Chart) -> None:
    chart.show()
    expect(chart.page.locator(".others .symbol")).to_have_count(2)
    expect(chart.page.locator(".legend")).to_contain_text("Another product")

    chart.note("1", (0.45 * WIDTH, 0.57 * CHART_HEIGHT))

    assert [point["area"] for point in chart.noted(1)] == ["lips"]


def test_a_full_chart_takes_no_more_and_says_so(chart: Chart) -> None:
    chart.show("?full=1")
    expect(chart.marks).to_have_count(200)

    chart.note("1", (200, 300))

    expect(chart.status).to_have_text("A product has at most 200 points on the chart")
    assert len(chart.noted()) == 200


def test_what_python_does_not_keep_is_not_shown_as_kept(chart: Chart) -> None:
    chart.show("?refuse=1")

    chart.note("1", (200, 195))

    expect(chart.marks).to_have_count(0)
    assert chart.noted() == []


def test_what_cannot_be_taken_is_told_on_the_chart_and_the_next_tap_counts(chart: Chart) -> None:
    chart.show("?broken=1")
    problem = chart.page.locator(".chart .problem")
    expect(problem).to_contain_text("points[0].area: 'moon'")
    expect(chart.marks).to_have_count(0)

    chart.note("1", (200, 195))

    assert [point["area"] for point in chart.noted(1)] == ["glabella"]
    expect(problem).to_be_hidden()


def test_points_a_few_millimetres_apart_are_noted_each_on_a_phone_too(chart: Chart) -> None:
    chart.show()

    chart.note("4", (200, 190), (187, 190), (213, 190), (200, 204))

    assert len(chart.noted(4)) == 4


def listening(page: Page) -> int:
    """How many listeners the window has for the end of a press."""
    browser = page.context.new_cdp_session(page)
    window = browser.send("Runtime.evaluate", {"expression": "window"})["result"]["objectId"]
    every = browser.send("DOMDebugger.getEventListeners", {"objectId": window})["listeners"]
    return sum(one["type"] in ("pointerup", "pagehide") for one in every)


def test_a_chart_that_is_gone_listens_no_more(chart: Chart) -> None:
    chart.show()
    before, hide = listening(chart.page), chart.page.get_by_text("Hide the chart")

    for _ in range(2):
        hide.click()
        expect(chart.face).to_have_count(0)
        gone = listening(chart.page)
        hide.click()
        chart.next.wait_for()

    assert gone < before
    assert listening(chart.page) == before


def test_a_chart_that_was_away_comes_back_as_it_was(chart: Chart) -> None:
    chart.show()
    chart.note("1.5", (200, 195), (170, 140))
    chart.noted(2)
    hide = chart.page.get_by_text("Hide the chart")

    hide.click()
    expect(chart.face).to_have_count(0)
    hide.click()
    expect(chart.marks).to_have_count(2)
    chart.note("2", (230, 140))

    chart.amounts("1.5", "1.5", "2")


def test_a_run_of_the_page_takes_neither_what_is_typed_nor_the_focus_nor_what_is_dragged(chart: Chart) -> None:
    chart.show("?restless=1")
    chart.note("4", (200, 195))
    chart.noted(1)
    mouse, runs = chart.page.mouse, chart.page.locator("#runs")

    def runs_twice() -> None:
        before = int(runs.text_content() or 0)
        chart.page.wait_for_function("before => Number(document.querySelector('#runs').textContent) >= before + 2", arg=before)

    field = chart.rows.nth(0).get_by_role("textbox")
    field.fill("7.")
    runs_twice()
    expect(field).to_be_focused()
    expect(field).to_have_value("7.")
    field.fill("7.5")
    chart.next.focus()
    chart.amounts("7.5")
    mouse.move(*chart.on_screen(200, 195))
    mouse.down()
    mouse.move(*chart.on_screen(220, 240), steps=3)
    dragged = chart.marks.evaluate("mark => mark.style.left")
    runs_twice()
    assert chart.marks.evaluate("mark => mark.style.left") == dragged
    mouse.move(*chart.on_screen(290, 300), steps=3)
    mouse.up()
    expect(chart.status).to_have_text("Point 1 moved: Cheek (midface), patient's left.")
    expect(chart.marks).to_have_count(1)
    chart.marks.focus()
    runs_twice()
    expect(chart.marks).to_be_focused()
    chart.pad.scroll_into_view_if_needed()
    box = chart.pad.bounding_box()
    assert box
    mouse.move(box["x"] + 40, box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + 140, box["y"] + 90, steps=5)
    runs_twice()
    mouse.move(box["x"] + 240, box["y"] + 40, steps=5)
    mouse.up()

    drawn = read_drawing(chart.drawn())
    assert drawn.count("M") == 1
    assert drawn.count("L") >= 2


def test_by_keyboard_alone(chart: Chart) -> None:
    chart.show()
    keyboard = chart.page.keyboard
    chart.tab_to(WORDS["next"])
    keyboard.type("2.5")
    chart.tab_to(WORDS["addAt"])
    keyboard.type("Glab")
    chart.tab_to(WORDS["add"])
    keyboard.press("Enter")
    keyboard.press("Enter")
    chart.noted(2)
    keyboard.press("Shift+Tab")
    keyboard.type("Lateral canthal area (crow's feet), patient's l")
    keyboard.press("Tab")
    keyboard.press("Space")
    first, second, third = chart.noted(3)
    assert [first["area"], second["area"], third["area"]] == ["glabella", "glabella", "crows_feet"]
    assert math.dist((first["x"] * 400, first["y"] * 636), (second["x"] * 400, second["y"] * 636)) >= 15
    assert third["x"] > 0.5

    chart.page.locator("h1").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    chart.tab_to("Point 3: Lateral canthal area")
    for _ in range(5):
        keyboard.press("ArrowUp")
    keyboard.press("PageUp")
    assert chart.page.evaluate(FOCUSED).startswith("Point 2: Glabella")
    chart.page.wait_for_function(
        "y => Math.abs(JSON.parse(document.querySelector('#noted').textContent)[2].y - y) < 0.001",
        arg=third["y"] - 10 / CHART_HEIGHT,
    )
    keyboard.press("Delete")
    assert chart.page.evaluate(FOCUSED).startswith("Point 2: Lateral canthal area")
    chart.noted(2)
    chart.tab_to("Amount of point 1, Glabella")
    chart.tab_to("Amount of point 1, Glabella")
    keyboard.press("Control+A")
    keyboard.type("3")
    keyboard.press("Enter")
    chart.amounts("3", "2.5")
    chart.tab_to("Remove point 1")
    keyboard.press("Enter")
    chart.amounts("2.5")

    assert chart.page.evaluate(FOCUSED).startswith("Remove point 1, Lateral canthal area")


def test_the_arrows_beside_a_point_move_it_too(chart: Chart) -> None:
    chart.show()
    chart.note("1", (200, 140))
    before = chart.noted(1)[0]

    chart.page.get_by_role("button", name=WORDS["toRight"]).click()
    chart.page.get_by_role("button", name=WORDS["down"]).click()
    chart.page.wait_for_function("before => document.querySelector('#noted').textContent !== before", arg=json.dumps([before]))
    chart.page.wait_for_timeout(400)
    after = chart.noted(1)[0]

    assert (after["x"] - before["x"]) * WIDTH == pytest.approx(2, abs=0.1)
    assert (after["y"] - before["y"]) * CHART_HEIGHT == pytest.approx(2, abs=0.1)


def test_on_a_phone_fingers_tap_scroll_drag_and_sign(browser: Browser, stage: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    chart = Chart(context.new_page(), stage)
    chart.show()
    fingers = context.new_cdp_session(chart.page)

    def finger(*way: tuple[float, float]) -> None:
        for place, (x, y) in enumerate(way):
            kind = "touchMove" if place else "touchStart"
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            chart.page.wait_for_timeout(20)
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    chart.next.fill("2")
    chart.face.scroll_into_view_if_needed()
    for x, y in ((200, 195), (150, 140), (250, 140)):
        chart.page.touchscreen.tap(*chart.on_screen(x, y))
    chart.noted(3)
    top = (chart.face.bounding_box() or {})["y"]
    x, y = chart.on_screen(200, 300)
    finger(*((x, y - 12 * step) for step in range(12)))  # a swipe over the drawing scrolls the page
    chart.page.wait_for_timeout(300)
    assert (chart.face.bounding_box() or {})["y"] < top - 40
    assert len(chart.noted()) == 3
    chart.face.scroll_into_view_if_needed()
    (fx, fy), (tx, ty) = chart.on_screen(200, 195), chart.on_screen(290, 300)
    finger(*((fx + (tx - fx) * step / 8, fy + (ty - fy) * step / 8) for step in range(9)))
    expect(chart.status).to_have_text("Point 1 moved: Cheek (midface), patient's left.")
    chart.pad.scroll_into_view_if_needed()
    box = chart.pad.bounding_box()
    assert box
    finger(*((box["x"] + 60 + 6 * step, box["y"] + 70 + 30 * math.sin(step / 3)) for step in range(30)))

    assert read_drawing(chart.drawn())
    assert [point["area"] for point in chart.noted()] == ["cheek", "forehead", "forehead"]
    assert chart.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    context.close()


def test_a_signature_arrives_as_it_was_drawn_and_clears_by_keyboard(chart: Chart) -> None:
    chart.show()
    state = chart.page.locator(".below .state")
    expect(state).to_have_text(signature_pad.WORDS["empty"])

    chart.stroke()
    first = read_drawing(chart.drawn())
    expect(state).to_have_text(signature_pad.WORDS["signed"])
    expect(chart.page.get_by_role("img", name="Signature of the test")).to_be_visible()
    chart.stroke(across=0.3)
    chart.page.wait_for_function("first => JSON.parse(document.querySelector('#drawn').textContent) !== first", arg=first)
    second = read_drawing(chart.drawn())
    clear = chart.page.get_by_role("button", name=signature_pad.WORDS["clear"])
    clear.focus()
    chart.page.keyboard.press("Enter")

    assert chart.drawn(there=False) is None
    assert second.startswith(first)
    expect(clear).to_be_focused()
    expect(state).to_have_text(signature_pad.WORDS["cleared"])
    chart.stroke()
    assert read_drawing(chart.drawn()).count("M") == 1


def test_a_signature_is_drawn_by_keyboard_alone(chart: Chart) -> None:
    chart.show()
    keys = chart.page.keyboard
    for _ in range(60):
        keys.press("Tab")
        if chart.pad.evaluate("one => one.getRootNode().activeElement === one"):
            break
    keys.press("ArrowUp")  # nothing is drawn while the pen is up
    for way in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        keys.press("Space")
        expect(chart.page.locator(".below .state")).to_have_text(signature_pad.WORDS["down"])
        for _ in range(12):
            keys.press(way)
        keys.press("Space")

    chart.page.wait_for_function("() => document.querySelector('#drawn').textContent.split('M').length === 4")
    assert read_drawing(chart.drawn()) == "M 60 112 L 156 112 M 156 112 L 156 208 M 156 208 L 60 208"
    expect(chart.page.locator(".below .state")).to_have_text(signature_pad.WORDS["signed"])
    expect(chart.pad).to_be_focused()


def test_a_stroke_begun_while_the_last_one_is_still_on_its_way_is_kept(chart: Chart) -> None:
    chart.show("?slow=1")
    chart.stroke(across=0.3)
    box = chart.pad.bounding_box()
    assert box

    chart.page.mouse.move(box["x"] + 200, box["y"] + 30)
    chart.page.mouse.down()
    chart.page.mouse.move(box["x"] + 250, box["y"] + 100, steps=5)
    chart.drawn()
    chart.page.wait_for_timeout(300)
    chart.page.mouse.move(box["x"] + 300, box["y"] + 30, steps=5)
    chart.page.mouse.up()
    chart.page.wait_for_function("() => document.querySelector('#drawn').textContent.split('M').length === 3")

    assert read_drawing(chart.drawn()).count("M") == 2


def test_what_is_too_small_for_a_signature_is_not_taken_for_one_and_may_be_gone_on_with(chart: Chart) -> None:
    chart.show()

    chart.stroke(across=0.03, steps=4)

    expect(chart.page.locator(".signature .problem")).to_have_text(signature_pad.WORDS["small"])
    assert chart.drawn(there=False) is None
    chart.page.wait_for_timeout(400)
    chart.stroke()
    assert read_drawing(chart.drawn()).count("M") == 2


def test_a_scribble_of_an_hour_is_thinned_out_until_it_can_be_kept(chart: Chart) -> None:
    chart.show()

    chart.pad.evaluate(
        """pad => {
          pad.setPointerCapture = () => {};
          const box = pad.getBoundingClientRect();
          const send = (name, x, y) => pad.dispatchEvent(new PointerEvent(name, { pointerId: 7, button: 0, bubbles: true,
            clientX: box.left + x * box.width, clientY: box.top + y * box.height }));
          send('pointerdown', .5, .5);
          const wave = (at) => .5 + .45 * Math.sin(at);
          for (let at = 1; at < 60000; at++) send('pointermove', wave(at * 1.7), wave(at * 2.9 + 1));
          send('pointerup', .5, .5);
        }"""
    )
    drawn = chart.drawn()

    assert 20_000 < len(drawn or "") <= 200_000
    assert read_drawing(drawn) == drawn


@pytest.mark.parametrize(  # colours change no width
    ("colours", "width"), [("light", 390), ("light", 768), ("light", 1024), ("dark", 390), ("forced", 390)]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(chart: Chart, colours: str, width: int) -> None:
    chart.page.emulate_media(
        color_scheme="dark" if colours == "dark" else "light", forced_colors="active" if colours == "forced" else "none"
    )
    chart.page.set_viewport_size({"width": width, "height": 900})
    rules = () if colours == "light" else OF_COLOURS
    chart.show()
    found = chart.violations(*rules)
    chart.note("", (200, 195))
    found += chart.violations(*rules)
    chart.note("2.5", (200, 195), (150, 140), (300, 235))
    chart.stroke()
    chart.drawn()
    chart.noted(3)
    found += chart.violations(*rules)
    wide = chart.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    targets = chart.page.locator(".chart :is(button:not(.mark), input, select):visible, .signature button:visible")
    sizes = targets.evaluate_all("all => all.map(one => Math.min(one.offsetWidth, one.offsetHeight))")

    assert found == []
    assert wide <= width
    assert min(sizes) >= 44
