"""The PDF is a document that a screen reader can read and that carries everything it needs."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from recommender.documents import Assessment
from recommender.export import Cover, render
from recommender.export.fonts import FOLDER

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
    assert kinds["/H1"] == 14
    assert kinds["/H2"] == 5
    assert kinds["/H3"] == 4
    assert kinds["/Table"] == 4
    assert kinds["/TH"] == 2 + 3 + 3 + 2
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


def test_its_pages_are_a4_and_numbered(reader: pypdf.PdfReader) -> None:
    count = len(reader.pages)

    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    for number, page in enumerate(reader.pages, start=1):
        assert f"page {number} of {count}" in page.extract_text()


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
    apart = render(discuss, "pdf", apart=True)

    assert apart == render(discuss, "pdf")
    assert apart.startswith(b"%PDF-")


def test_where_no_program_can_be_started_the_pdf_is_set_all_the_same(
    discuss: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert render(discuss, "pdf", apart=True) == render(discuss, "pdf")
