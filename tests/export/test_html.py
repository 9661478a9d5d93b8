"""The HTML stands alone, is safe to open, and is built for a screen reader."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from recommender.documents import Assessment
from recommender.export import Cover, render
from recommender.export.drawings.timeline import timeline_svg
from recommender.export.labels import Labels
from recommender.export.sections.treatments import timeline

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Outline(HTMLParser):
    """The elements of a page, and whether each that opens also closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def outline(discuss: Assessment) -> Outline:
    parser = Outline()
    parser.feed(render(discuss, "html", cover=Cover(name="Noa", note="A note")).decode())
    return parser


def test_every_element_that_opens_also_closes(outline: Outline) -> None:
    assert outline.open == []


def test_it_loads_nothing_and_runs_nothing(outline: Outline) -> None:
    tags = {tag for tag, _ in outline.seen}
    policy = next(attrs for tag, attrs in outline.seen if tag == "meta" and "http-equiv" in attrs)

    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not any(name.startswith("on") or name == "src" for _, attrs in outline.seen for name in attrs)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_headings_never_skip_a_level(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.seen if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert max(levels) == 4


def test_tables_have_captions_and_headings_of_rows_and_columns(outline: Outline) -> None:
    tags = [tag for tag, _ in outline.seen]
    scopes = [attrs.get("scope") for tag, attrs in outline.seen if tag == "th"]

    assert tags.count("table") == tags.count("caption") == 3
    assert set(scopes) == {"col", "row"}


def test_identifiers_are_unique_and_every_link_inside_leads_somewhere(outline: Outline) -> None:
    identifiers = [attrs["id"] for _, attrs in outline.seen if "id" in attrs]
    inside = {str(attrs["href"])[1:] for tag, attrs in outline.seen if tag == "a" and str(attrs["href"]).startswith("#")}

    assert len(identifiers) == len(set(identifiers))
    assert inside
    assert inside <= set(identifiers)


def test_only_web_addresses_become_links(discuss: Assessment) -> None:
    harmful = discuss.model_copy(update={"sources": (discuss.sources[0].model_copy(update={"url": "javascript:alert(1)"}),)})

    page = render(harmful, "html").decode()

    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in page


def test_the_number_to_call_in_an_emergency_can_be_pressed(emergency: Assessment) -> None:
    page = render(emergency, "html").decode()

    number = emergency.words["emergency_number"]
    assert number.isdigit()
    assert f'<a href="tel:{number}">{number}</a>' in page


def test_the_drawings_say_in_words_what_they_show(discuss: Assessment) -> None:
    page = render(discuss, "html").decode()

    face, bars = (ET.fromstring(svg) for svg in re.findall(r"(?s)<svg[^>]*role=\"img\".*?</svg>", page))
    for drawing, words in ((face, "Under the eyes"), (bars, "about 6 to 18 months")):
        assert words in (drawing.findtext("{http://www.w3.org/2000/svg}desc") or "")
        assert drawing.findtext("{http://www.w3.org/2000/svg}title")


def test_the_bars_stand_on_one_scale_and_end_where_the_effect_may_end(discuss: Assessment) -> None:
    section = timeline(discuss.treatments, Labels(discuss))
    drawn = ET.fromstring(timeline_svg(section.blocks[0]))  # type: ignore[arg-type]

    bars = [bar.attrib for bar in drawn.findall("{http://www.w3.org/2000/svg}rect")][:-3]  # the last three are the key
    ends = {bar["y"]: round(float(bar["x"]) + float(bar["width"])) for bar in bars}
    assert list(ends.values()) == [68, 282, 282, 464]  # 4, 18 and 18 of 30 months; 60 months run to the edge
    assert len(drawn.findall("{http://www.w3.org/2000/svg}path[@fill]")) == 1  # and into an arrow


def test_without_figures_there_is_no_drawing_and_the_words_stay(discuss: Assessment) -> None:
    facts = discuss.treatments[1].model_copy(update={"products": ()})

    page = render(discuss.model_copy(update={"treatments": (facts,)}), "html").decode()

    assert "It depends on the filler and the place." in page
    assert "bars-title" not in page


def test_what_is_folded_is_unfolded_by_a_link_to_it_for_it_stands_inside(discuss: Assessment) -> None:
    page = render(discuss, "html").decode()

    parts = re.findall(r'<details>\n<summary>.*</summary>\n<div id="([^"]+)">', page)

    assert parts
    assert len(parts) == page.count("<details")
