"""The PDF is a document that a screen reader can read and that carries everything it needs."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from pypdf.generic import ContentStream
from strategies import shipped

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.answers import HISTORY_KEYS
from recommender.export import Cover, render, summarise
from recommender.export.blocks import Paragraph, Section
from recommender.export.drawings.svg import FILLER, TOXIN
from recommender.export.formats.fonts import FOLDER

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
MOST_FONT_BYTES = 3_000_000
FACE = (
    "Drawing of a face. Anti-wrinkle injection: Between the eyebrows. Dermal filler: Under the eyes. "
    "Not now, or not offered: Lips. Someone else to see: Skin of the whole face."
)
BARS = (
    "Bars on a scale of months, showing how long the effect is reported to last. "
    "Anti-wrinkle injection: about 3 to 4 months. Dermal filler: Hyaluronic acid: about 6 to 18 months. "
    "Dermal filler: Calcium hydroxylapatite: about 12 to 18 months. Dermal filler: PMMA with collagen: about 60 months."
)


@pytest.fixture
def reader(discuss: Assessment) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render(discuss, "pdf", cover=Cover(name="Noa", note="A note"))))


def test_it_is_tagged_and_says_its_language_and_title(reader: pypdf.PdfReader) -> None:
    root: Any = reader.root_object

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean is an object)
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Summary for your consultation"


def test_it_claims_the_accessibility_standard(reader: pypdf.PdfReader) -> None:
    root: Any = reader.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_it_holds_no_author_and_no_time(reader: pypdf.PdfReader) -> None:
    assert reader.metadata is not None

    assert {key for key in reader.metadata if key in ("/Author", "/CreationDate", "/ModDate")} == set()


def test_its_structure_is_headings_lists_tables_and_described_figures(reader: pypdf.PdfReader) -> None:
    elements = list(structure(reader.root_object["/StructTreeRoot"]))

    kinds = Counter(str(element["/S"]) for element in elements)
    assert kinds["/H1"] == 7
    assert kinds["/H2"] == 13
    assert kinds["/H3"] == 4
    assert kinds["/Table"] == 3
    assert kinds["/TH"] == 3 + 3 + 2
    assert kinds["/L"] > 10
    assert kinds["/Link"] > 10
    alternatives = [str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"]
    assert alternatives == [FACE, BARS]


def structure(element: Any) -> Iterator[Any]:
    """Every structure element under one, in reading order."""
    element = element.get_object()
    if "/S" in element:
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if hasattr(found, "get") and found.get("/Type") not in ("/MCR", "/OBJR"):
            yield from structure(found)


def test_its_first_page_has_the_mark(reader: pypdf.PdfReader) -> None:
    drawn = ContentStream(reader.pages[0].get_contents(), reader)
    filled = {tuple(map(float, given)) for given, command in drawn.operations if command == b"scn" and len(given) == 3}
    colours = {tuple(round(part * 255) for part in colour) for colour in filled}

    assert {tuple(bytes.fromhex(colour[1:])) for colour in (TOXIN, FILLER)} <= colours


def test_its_pages_are_a4_and_numbered(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)

    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    for number, page in enumerate(reader.pages, start=1):
        assert f"page {number} of {count}" in page.extract_text()


@pytest.mark.slow
def test_its_last_page_holds_no_few_lines_that_closer_setting_can_save(discuss: Assessment) -> None:
    ends = {}
    for lines in range(0, 36, 3):
        pages = pypdf.PdfReader(io.BytesIO(render(discuss, "pdf", cover=Cover(note="A line\n" * lines)))).pages
        ends[lines] = len(pages[-1].extract_text().splitlines())

    assert {lines: left for lines, left in ends.items() if left < 7} == {}


def test_all_its_fonts_are_inside_it(reader: pypdf.PdfReader) -> None:
    pages: Any = reader.pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]

    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
        assert "/ToUnicode" in font


def test_its_links_lead_to_the_sources_and_to_web_addresses_only(reader: pypdf.PdfReader) -> None:
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]

    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link and "/URI" in link["/A"]}
    assert addresses == {
        "https://example.org/toxin?id=1&part=2",
        "https://example.org/fillers/a-very-long-address-that-does-not-fit-on-one-line-of-a-summary-in-a-terminal",
    }


def test_the_fonts_are_small_and_carry_their_licences() -> None:
    fonts = sorted(FOLDER.glob("*.ttf"))

    assert sum(font.stat().st_size for font in fonts) < MOST_FONT_BYTES
    for font in fonts:
        licence = FOLDER / f"{font.stem.partition('-')[0]}-LICENSE.txt"
        assert "Copyright" in licence.read_text(encoding="utf-8")


def test_a_pdf_set_by_a_program_of_its_own_is_the_same(discuss: Assessment) -> None:
    apart = render(discuss, "pdf", in_subprocess=True)

    assert apart == render(discuss, "pdf")
    assert apart.startswith(b"%PDF-")


def test_where_no_program_can_be_started_the_pdf_is_set_all_the_same(
    discuss: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert render(discuss, "pdf", in_subprocess=True) == render(discuss, "pdf")


def test_its_headings_are_those_of_the_summary_in_their_order_and_skip_no_level(assessment: Assessment) -> None:
    elements = list(structure(read(assessment).root_object["/StructTreeRoot"]))

    headings = [element for element in elements if str(element["/S"]) in HEADINGS]
    levels = [HEADINGS.index(str(element["/S"])) for element in headings]
    assert [str(element["/T"]) for element in headings] == list(titles(summarise(assessment).sections))
    assert levels[0] == 0
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


def test_every_drawing_in_it_has_words_in_its_place_and_every_table_a_head(assessment: Assessment) -> None:
    elements = list(structure(read(assessment).root_object["/StructTreeRoot"]))

    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    for table in (element for element in elements if element["/S"] == "/Table"):
        cells = list(structure(table))
        heads = [cell for cell in cells if cell["/S"] == "/TH"]
        columns = {len(row["/K"]) for row in cells if row["/S"] == "/TR"}
        assert [cell["/S"] for cell in cells if cell["/S"] in ("/THead", "/TBody")] == ["/THead", "/TBody"]
        assert {len(heads)} >= columns  # one for each column
        assert {str(attribute["/Scope"]) for head in heads for attribute in head["/A"] if "/Scope" in attribute} == {"/Column"}


def test_it_is_read_in_the_order_in_which_it_is_seen(assessment: Assessment) -> None:
    reader = read(assessment)

    said = list(marks(reader.root_object["/StructTreeRoot"]))
    for page in reader.pages:
        number = page.indirect_reference
        assert [mark for where, mark in said if where == number] == content_marks(page, reader)


def read(assessment: Assessment) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(render(assessment, "pdf")))


def titles(sections: Iterable[Section]) -> Iterator[str]:
    """The titles of sections and of the sections in them, in reading order."""
    for section in sections:
        yield f"{section.title} – {section.status}" if section.status else section.title
        yield from titles(block for block in section.blocks if isinstance(block, Section))


def marks(element: Any, page: Any = None) -> Iterator[tuple[Any, int]]:
    """Page and number of every piece of content, in the order in which it is read."""
    element = element.get_object()
    page = element.raw_get("/Pg") if "/Pg" in element else page
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if not hasattr(found, "get"):
            yield page, int(found)
        elif found.get("/Type") == "/MCR":
            yield found.raw_get("/Pg") if "/Pg" in found else page, int(found["/MCID"])
        elif found.get("/Type") != "/OBJR":
            yield from marks(found, page)


def content_marks(page: Any, reader: pypdf.PdfReader) -> list[int]:
    """The numbers of the pieces of content of a page, in the order in which they are drawn."""
    operations = ContentStream(page.get_contents(), reader).operations
    begun = (operands[1] for operands, operator in operations if operator == b"BDC" and hasattr(operands[1], "get"))
    return [int(properties["/MCID"]) for properties in begun if "/MCID" in properties]


def test_its_first_page_is_the_whole_answer_with_its_day_and_the_rest_begins_on_the_second() -> None:
    health = dict.fromkeys(HISTORY_KEYS, "no")
    seen = [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}, {"area": "lips", "kind": "fuller"}]
    answers = {"person": {"age": 42}, "concerns": seen, "history": health}
    for language, more in (("en", "More"), ("es", "Más")):
        assessment = assess(shipped("uk").in_language(language), answers)
        reader = pypdf.PdfReader(io.BytesIO(render(assessment, "pdf", cover=Cover(on=date(2027, 3, 15)))))

        first, second, *_, last = (" ".join(page.extract_text().split()) for page in reader.pages)
        beside = [block for block in summarise(assessment).sections[0].blocks if isinstance(block, Paragraph)]
        assert "2027" in first
        assert [block.line.text for block in beside if block.line.text not in first] == []
        assert second.startswith(more)
        assert last.count(" ") > 30
