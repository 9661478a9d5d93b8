"""Whatever a person types for their copy is shown as typed and breaks no format."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from markdown_it import MarkdownIt

from recommender.documents import Assessment
from recommender.export import FORMATS, Cover, render
from recommender.export.formats.fonts import NOT_DRAWN, is_drawable, with_drawable_characters
from recommender.export.summary import readable

NAMES = {
    "accents": "Zoë Ångström-Đặng",
    "emoji": "Rae 🌻 👩🏽‍⚕️ 🏳️‍🌈",
    "hebrew": "שרה לוי",
    "arabic": "كريم الحسن",
    "script": "<script>alert(1)</script>",
    "entity": "Tom &amp; \"Jo\" 'X' </title>",
    "markup": "# *a* _b_ $c$ @d \\e `f` ~g~ [h](i) ![j](k) | l || m",
    "typst": '#panic("x") #{1/0} <label> @ref $ x',
    "template": "{{ 7 * 7 }} {% raw %}",
    "no font has it": "王小明 \U000f0000 \ufffe",
    "combining": "Z̸̡̢̛a̵l̷g̶o̷",
}
NOTES = {
    "long": "word " * 400,
    "without a space": "x" * 2000,
    "right to left": "שלום עולם, מה שלומך? " * 95,
    "emoji only": "🌻" * 2000,
    "lines": "\n\n- a\n# b\n    c\n1. d\n| e | f |\n> g\n```\nh\n---\n===\n",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("written_as", FORMATS)
def test_any_name_can_be_written(nothing_found: Assessment, written_as: str, name: str) -> None:
    plain = render(nothing_found, written_as)

    written = render(nothing_found, written_as, cover=Cover(name=name))

    assert (written == plain) == (written_as == "json")


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
@pytest.mark.parametrize("written_as", FORMATS)
def test_a_note_of_two_thousand_characters_can_be_written(nothing_found: Assessment, written_as: str, note: str) -> None:
    plain = render(nothing_found, written_as)

    written = render(nothing_found, written_as, cover=Cover(note=note))

    assert (written == plain) == (written_as == "json")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_html_shows_a_name_and_never_reads_it(nothing_found: Assessment, name: str) -> None:
    page = render(nothing_found, "html", cover=Cover(name=name)).decode()

    shown = re.findall(r'<bdi class="typed">(.*?)</bdi>', page)
    assert len(shown) == 1
    assert not re.search(r"[<>\"']", shown[0])
    assert "<script" not in page


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_markdown_shows_a_name_and_never_reads_it(nothing_found: Assessment, name: str) -> None:
    page = render(nothing_found, "markdown", cover=Cover(name=name)).decode()

    second = MarkdownIt("gfm-like", {"linkify": False}).parse(page)[4].children or []
    assert "".join(token.content for token in second if token.type == "text") == f"For: {' '.join(name.split())}"
    assert {token.type for token in second} <= {"text", "strong_open", "strong_close"}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_a_note_stays_one_quotation_in_markdown(nothing_found: Assessment, note: str) -> None:
    before = _structure(render(nothing_found, "markdown"))

    after = _structure(render(nothing_found, "markdown", cover=Cover(note=note)))

    note_at = after.index("blockquote_open", 2 + after.index("blockquote_open"))
    assert after[: note_at - 1] + after[note_at + 1 :] == before
    assert after[note_at - 1] == "heading_open"


def _structure(page: bytes) -> list[str]:
    return [
        token.type
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(page.decode())
        if token.level == 0 and token.nesting == 1
    ]


def test_text_holds_its_width_and_sends_a_terminal_no_controls(discuss: Assessment) -> None:
    written = render(discuss, "text", cover=Cover(name="\x1b[31mRed\x07", note="a\x00b\x9bc" + "x" * 2000)).decode()

    too_long = [line for line in written.splitlines() if len(line) > 88 and "https://" not in line]
    assert too_long == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", written)
    assert "For: [31mRed" in written


def test_controls_that_turn_the_reading_direction_are_left_out() -> None:
    assert readable("a\u202eb\u2066c\u2069") == "abc"
    assert readable("one\r\ntwo\u2028three\rfour\tfive") == "one\ntwo\nthree\nfour five"
    assert readable("\ud800!") == "\ufffd!"


def test_joiners_inside_names_are_kept() -> None:
    assert readable("نمی\u200cخواهم 👩\u200d⚕") == "نمی\u200cخواهم 👩\u200d⚕"


def test_right_to_left_names_and_emoji_are_drawn_in_the_pdf(nothing_found: Assessment) -> None:
    written = render(nothing_found, "pdf", cover=Cover(name="Noa שרה كريم 🌻"))

    seen = pypdf.PdfReader(io.BytesIO(written)).pages[0].extract_text()
    assert {"ש", "ר", "ה", "🌻", "Noa"} <= {*seen, *seen.split()}
    assert with_drawable_characters("Noa שרה كريم 🌻 →≥") == "Noa שרה كريم 🌻 →≥"


def test_what_no_font_has_stands_as_numbers_in_the_pdf_which_says_so(nothing_found: Assessment) -> None:
    written = render(nothing_found, "pdf", cover=Cover(name="王小明 Noa"))
    drawn = render(nothing_found, "pdf", cover=Cover(name="Noa"))

    seen, plain = (" ".join(pypdf.PdfReader(io.BytesIO(one)).pages[0].extract_text().split()) for one in (written, drawn))
    assert "For: [U+738B U+5C0F U+660E] Noa" in seen
    assert NOT_DRAWN in seen
    assert NOT_DRAWN not in plain


@pytest.mark.parametrize(("one", "other"), [("王小明", "李小明"), ("नेहा", "नेह"), ("ณัฐ", "ณัฏ"), ("a\u1ab0", "a")])
def test_two_names_never_look_the_same_in_the_pdf(one: str, other: str) -> None:
    assert with_drawable_characters(one) != with_drawable_characters(other)
    assert not is_drawable(one)


def test_a_letter_of_two_characters_is_drawn_as_one() -> None:
    assert with_drawable_characters("Nguye\u0302\u0303n s\u0327") == "Nguyễn ş"
    assert with_drawable_characters("a\u200db\ufe0f\u034f") in ("a\u200db\ufe0f\u034f", "a\u200db", "ab")
