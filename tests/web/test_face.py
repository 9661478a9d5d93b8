"""The face map: every place, every state, safe text, and the same drawing in the browser and in the PDF."""

from __future__ import annotations

import itertools
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import typst
from PIL import Image, ImageDraw

import recommender.web
from recommender.documents.vocabulary import AREAS
from recommender.export.drawings.assets import part, places
from recommender.export.drawings.face import (
    CHART_HEIGHT,
    COLOURS,
    INSETS,
    PALING,
    TINT,
    WIDTH,
    FaceShape,
    face,
    face_shapes,
    face_svg,
    swatch_svg,
)
from recommender.export.drawings.illustrations import DESCRIPTIONS, Illustration, illustration_svg, illustrations_for
from recommender.export.drawings.mark import mark_svg
from recommender.export.drawings.svg import FILLER, IN_THE_DARK, STOP, TOXIN
from recommender.export.drawings.tones import PAPER, PARTS, TONES, palette, toned, toned_in_browser
from recommender.export.formats.pdf import TEMPLATE
from recommender.web.state.draft import Draft

#: the colours on which a place may lie
LARGE_PARTS = ("skin", "shade", "upper-lip", "brow", "hair")
PALED_WITH = "#fdfcfa"
WEB = Path(recommender.web.__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
PIXELS = 2  # of a mask, for one unit of the drawing
ON_A_PHONE = 343 / WIDTH  # CSS pixels for one unit, where the screen is 390 wide
REACH = 3  # how much the stroke of what a finger hits adds to its width, in units (face.css)


def drawn(states: dict[str, str]) -> ET.Element:
    return ET.fromstring(face_svg(states, title="Face", description="A face."))


def test_every_place_is_on_the_map_once() -> None:
    shapes = face_shapes()

    assert [shape.area for shape in shapes] == list(AREAS)
    assert len({shape.path for shape in shapes}) == len(AREAS)


@pytest.mark.parametrize("area", AREAS)
def test_a_place_with_a_state_is_drawn_in_its_colour_and_pattern(area: str) -> None:
    for state, colour in COLOURS.items():
        picture = drawn({area: state})
        patterns = [pattern.get("id") for pattern in picture.iter(f"{SVG}pattern")]
        marks = [path for path in picture.iter(f"{SVG}path") if path.get("fill") == f"url(#{patterns[0]})"]

        assert len(patterns) == len(marks) == 1
        assert marks[0].get("stroke") == colour


def mask(path: str) -> np.ndarray:
    """What lies within a path, as pixels of the drawing."""
    picture = Image.new("1", (WIDTH * PIXELS, int(CHART_HEIGHT) * PIXELS + 40))
    for outline in outlines(path):
        ImageDraw.Draw(picture).polygon([(x * PIXELS, y * PIXELS) for x, y in outline], fill=1)
    return np.array(picture)


def outlines(path: str) -> list[list[tuple[float, float]]]:
    """The corners of each closed shape of a path, its curves cut into short lines."""
    shapes: list[list[tuple[float, float]]] = []
    for command, arguments in re.findall(r"([MLChv])([^MLChvZ]*)", path):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", arguments)]
        x, y = shapes[-1][-1] if shapes else (0, 0)
        if command == "M":
            shapes.append([(numbers[0], numbers[1])])
        elif command == "L":
            shapes[-1] += zip(numbers[::2], numbers[1::2], strict=True)
        elif command == "C":
            for at in range(0, len(numbers), 6):
                shapes[-1] += curve(shapes[-1][-1], numbers[at : at + 6])
        else:
            shapes[-1].append((x + numbers[0], y) if command == "h" else (x, y + numbers[0]))
    return shapes


def curve(start: tuple[float, float], bends: list[float]) -> list[tuple[float, float]]:
    points = [start, *zip(bends[::2], bends[1::2], strict=True)]
    steps = [(1 - at, at) for at in np.linspace(0.1, 1, 10)]
    weights = [(u**3, 3 * u * u * t, 3 * u * t * t, t**3) for u, t in steps]
    return [tuple(sum(w * point[axis] for w, point in zip(row, points, strict=True)) for axis in (0, 1)) for row in weights]  # type: ignore[misc]


def widest(inside: np.ndarray) -> float:
    """The diameter of the largest circle within a mask, in units of the drawing."""
    spots = np.argwhere(inside)
    edge = spots[[not inside[y - 1 : y + 2, x - 1 : x + 2].all() for y, x in spots]]
    return max(float(np.hypot(*(edge - spot).T).min()) for spot in spots[::5]) * 2 / PIXELS


def test_no_spot_of_the_face_belongs_to_two_places() -> None:
    masks = {shape.area: mask(shape.hit) for shape in face_shapes()}

    shared = {pair for pair in itertools.combinations(masks, 2) if (masks[pair[0]] & masks[pair[1]]).any()}

    assert shared == set()


@pytest.mark.slow
@pytest.mark.parametrize("shape", face_shapes(), ids=lambda shape: shape.area)
def test_a_fingertip_fits_into_every_place_on_a_phone(shape: FaceShape) -> None:
    for one in re.findall("[^M]+", shape.hit):
        assert (widest(mask(f"M{one}")) + REACH) * ON_A_PHONE >= 24


@pytest.mark.parametrize("shape", face_shapes(), ids=lambda shape: shape.area)
def test_every_side_of_a_place_is_ticked_where_a_finger_hits_it(shape: FaceShape) -> None:
    spots = [(round(y * PIXELS), round(x * PIXELS)) for x, y in shape.ticks]

    sides = [mask(f"M{side}") for side in re.findall("[^M]+", shape.hit)]

    assert [sum(side[spot] for spot in spots) for side in sides] == [1] * len(sides)


def test_a_face_without_states_has_no_pattern() -> None:
    assert list(drawn({}).iter(f"{SVG}pattern")) == []


def test_states_differ_by_pattern_as_well_as_by_colour() -> None:
    patterns = []
    for state, colour in COLOURS.items():
        pattern = next(drawn({"lips": state}).iter(f"{SVG}pattern"))
        patterns.append("".join(ET.tostring(child, encoding="unicode").replace(colour, "") for child in pattern))

    assert len(set(patterns)) == len(COLOURS)
    assert len(set(COLOURS.values())) == len(COLOURS)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Of two colours, as WCAG has it."""
    lights = []
    for colour in (one, other):
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def red_green_blue(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def over(ground: tuple[float, ...], colour: tuple[float, ...], opacity: float) -> tuple[float, ...]:
    return tuple(below * (1 - opacity) + above * opacity for below, above in zip(ground, colour, strict=True))


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("state", sorted(set(COLOURS) - {"selected"}))
def test_the_pattern_of_a_state_stands_out_whatever_lies_below_it(state: str, tone: str) -> None:
    colour, picture = red_green_blue(COLOURS[state]), face_svg({"lips": state}, title="Face", description="A face.", tone=tone)

    for below in (palette(tone)[name] for name in LARGE_PARTS):
        assert f'fill="{below}"' in picture
        ground = over(over(red_green_blue(below), red_green_blue(PALED_WITH), PALING), colour, TINT)
        assert contrast(colour, ground) >= 3
    assert f'fill="{PALED_WITH}"' in picture.replace(toned(face(), tone), "")


@pytest.mark.parametrize("tone", TONES)
def test_what_a_self_test_shows_stands_out_on_every_skin(tone: str) -> None:
    colours = {part: red_green_blue(colour) for part, colour in palette(tone).items()}

    for ground in (colours["skin"], over(colours["skin"], colours["halo"], 0.5)):
        assert contrast(colours["mark"], ground) >= 3
    for name in ("mark", "skin"):
        assert palette(tone)[name] in illustration_svg("frown", tone=tone)


def test_tones_are_looks_and_nothing_else() -> None:
    chosen, other = Draft({"values": {"person.age": 42}}), Draft({"values": {"person.age": 42}})

    assert chosen.put("tone", "5")
    assert not chosen.put("tone", "pink")
    assert not chosen.put("tone", ["5"])

    assert (chosen.tone, other.tone) == ("5", PAPER)
    assert (chosen.answers(), chosen.chosen) == (other.answers(), other.chosen)
    assert Draft(chosen.content()).tone == "5"


def test_each_tone_draws_every_colour_of_the_files_otherwise() -> None:
    for name in ("frown", "smile", "lift"):
        pictures = {illustration_svg(name, tone=tone) for tone in TONES}
        assert len(pictures) == len(TONES)
    assert "var(--skin)" in toned_in_browser(face())
    assert not set(re.findall(r"#\w{6}", toned_in_browser(face()))) & set(PARTS.values())


#: how colours of a screen look to somebody who lacks one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)
EYES: Mapping[str, list[list[float]]] = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no long": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no medium": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no short": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def seen_as(colour: str, eyes: str) -> np.ndarray:
    """A colour as these eyes see it, in CIE L*a*b*, where a distance of 2 is just noticed."""
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in red_green_blue(colour)]
    x, y, z = np.array(TO_XYZ) @ np.clip(np.array(EYES[eyes]) @ light, 0, 1) / [0.9505, 1, 1.089]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("colours", [tuple(IN_THE_DARK), tuple(IN_THE_DARK.values())], ids=["light", "dark"])
def test_toxin_filler_and_stop_are_told_apart_by_everybody(colours: tuple[str, ...], eyes: str) -> None:
    for one, other in itertools.combinations(colours, 2):
        assert np.linalg.norm(seen_as(one, eyes) - seen_as(other, eyes)) > 18


def test_toxin_filler_and_stop_can_be_read_on_every_page() -> None:
    for light, dark in IN_THE_DARK.items():
        assert contrast(red_green_blue(light), red_green_blue("#ffffff")) >= 4.5
        assert contrast(red_green_blue(dark), red_green_blue("#10171d")) >= 4.5


def test_the_colours_that_mean_something_are_the_same_from_the_form_to_the_pdf() -> None:
    theme = tomllib.loads((WEB / ".streamlit" / "config.toml").read_text())["theme"]
    red = f"light-dark({STOP}, {IN_THE_DARK[STOP]})"

    assert (COLOURS["botulinum_toxin"], COLOURS["dermal_filler"], COLOURS["held"]) == (TOXIN, FILLER, STOP)
    assert re.findall(r'fill="(#\w+)"', mark_svg()) == [TOXIN, FILLER]
    assert (theme["light"]["redTextColor"], theme["dark"]["redTextColor"]) == (STOP, IN_THE_DARK[STOP])
    for page in ("page_head/site.css", "clinic/auth/sign_in.html"):
        assert f"--red: {red};" in (WEB / page).read_text()
    assert f'urgent: (bar: rgb("{STOP}")' in TEMPLATE.read_text()


def test_the_drawing_is_light_enough_for_a_slow_line() -> None:
    marked = dict.fromkeys([area for area in AREAS if area not in INSETS][:8], "both")

    assert len(face_svg(marked, title="Face", description="A face.")) < 25_000


@pytest.mark.parametrize("states", [{"moon": "both"}, {"lips": "pink"}])
def test_an_unknown_place_or_state_is_refused(states: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no such place or state"):
        face_svg(states, title="Face", description="A face.")


def test_title_and_description_are_text_never_markup() -> None:
    picture = ET.fromstring(face_svg({}, title="<script>x</script>", description='"&<b>'))

    assert picture.findtext(f"{SVG}title") == "<script>x</script>"
    assert picture.findtext(f"{SVG}desc") == '"&<b>'
    assert picture.get("role") == "img"


def test_the_drawing_needs_nothing_that_a_pdf_cannot_show() -> None:
    text = face_svg(dict(zip(AREAS, itertools.cycle(COLOURS))), title="Face", description="A face.")

    assert not re.search(r"var\(|foreignObject|<style|<script|href=|<text", text)


def test_the_pdf_maker_sets_the_drawing_and_its_colours() -> None:
    picture = face_svg({"lips": "held"}, title="Face", description="A face.").encode()

    plain = typst.compile(_page(face_svg({}, title="Face", description="A face.").encode()), format="svg")
    marked = typst.compile(_page(picture), format="svg")

    assert marked != plain


def _page(svg: bytes) -> bytes:
    numbers = ", ".join(str(byte) for byte in svg)
    return f'#image(bytes(({numbers})), format: "svg")'.encode()


@pytest.mark.parametrize("area", [area for area, place in places().items() if place.outline.count("M") == 2])
def test_left_and_right_are_mirror_images(area: str) -> None:
    place = places()[area]

    for path in (place.outline, place.hit):
        right, left = path.removeprefix("M").split(" M")

        assert left == mirrored(right)
    assert place.ticks[1] == (WIDTH - place.ticks[0][0], place.ticks[0][1])


def mirrored(path: str) -> str:
    """A path of absolute commands on the other side of the face."""
    across = itertools.cycle((True, False))
    return re.sub(r"-?\d+(?:\.\d+)?", lambda one: f"{WIDTH - float(one[0]):g}" if next(across) else one[0], path)


def test_a_swatch_shows_the_pattern_of_its_state() -> None:
    for state, colour in COLOURS.items():
        assert re.findall(r"url\(#(.+?)\)", swatch_svg(state)) == re.findall(r'pattern id="(.+?)"', swatch_svg(state))
        assert colour in swatch_svg(state)


def test_every_illustration_is_a_picture_with_words() -> None:
    pictures = {}
    for name, said in DESCRIPTIONS.items():
        picture = ET.fromstring(illustration_svg(name))
        pictures[name] = illustration_svg(name)

        assert picture.get("role") == "img"
        assert picture.findtext(f"{SVG}title") == said

    assert len(set(pictures.values())) == len(DESCRIPTIONS)


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("rest", set()),
        ("frown", {"brows", "eyes"}),
        ("raised_brows", {"brows", "eyes"}),
        ("smile", {"eyes", "mouth"}),
        ("pursed_lips", {"mouth"}),
        ("scrunched_nose", {"brows", "eyes"}),
        ("stretch", {"eyes"}),
        ("lift", set()),
    ],
)
def test_a_movement_changes_the_features_that_move(name: Illustration, moved: set[str]) -> None:
    at_rest = {feature: part(feature) for feature in ("brows", "eyes", "nose", "mouth")}

    drawing = illustration_svg(name)

    assert {feature for feature, still in at_rest.items() if still not in drawing} == moved


def test_self_tests_show_the_movement_of_their_place() -> None:
    assert illustrations_for("glabella", "on_movement") == ("rest", "frown")
    assert illustrations_for("forehead", "on_movement") == ("rest", "raised_brows")
    assert illustrations_for("crows_feet", "on_movement") == ("rest", "smile")
    assert illustrations_for("upper_lip", "at_rest") == ("rest",)
    assert illustrations_for("under_eye", "cause") == ("stretch",)
    assert illustrations_for("nasolabial_fold", "vanishes_when_lifted") == ("lift",)
    assert illustrations_for("neck", "on_movement") == ()
    assert illustrations_for("lips", "severity") == ()
