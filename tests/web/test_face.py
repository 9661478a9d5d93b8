"""The face map: every place, every state, safe text, and the same drawing in the browser and in the PDF."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
import typst

from recommender.documents.vocabulary import AREAS
from recommender.export.face import COLOURS, face_shapes, face_svg, swatch_svg
from recommender.export.face_pen import mirrored
from recommender.export.illustrations import DESCRIPTIONS, illustration_svg, illustrations_for

SVG = "{http://www.w3.org/2000/svg}"


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


def test_a_face_without_states_has_no_pattern() -> None:
    assert list(drawn({}).iter(f"{SVG}pattern")) == []


def test_states_differ_by_pattern_as_well_as_by_colour() -> None:
    patterns = []
    for state, colour in COLOURS.items():
        pattern = next(drawn({"lips": state}).iter(f"{SVG}pattern"))
        patterns.append("".join(ET.tostring(child, encoding="unicode").replace(colour, "") for child in pattern))

    assert len(set(patterns)) == len(COLOURS)
    assert len(set(COLOURS.values())) == len(COLOURS)


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


def test_left_and_right_are_mirror_images() -> None:
    assert mirrored("M210 20 C220 30 230 40 240 50 Z") == "M190 20 C180 30 170 40 160 50 Z"
    assert mirrored(mirrored("M210.5 20 L-3 7 Z")) == "M210.5 20 L-3 7 Z"


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


def test_self_tests_show_the_movement_of_their_place() -> None:
    assert illustrations_for("glabella", "on_movement") == ("rest", "frown")
    assert illustrations_for("forehead", "on_movement") == ("rest", "raised_brows")
    assert illustrations_for("crows_feet", "on_movement") == ("rest", "smile")
    assert illustrations_for("upper_lip", "at_rest") == ("rest",)
    assert illustrations_for("under_eye", "cause") == ("stretch",)
    assert illustrations_for("nasolabial_fold", "vanishes_when_lifted") == ("lift",)
    assert illustrations_for("neck", "on_movement") == ()
    assert illustrations_for("lips", "severity") == ()
