"""The clinic's file: read whole with its mark, or refused with where it is wrong, what was found and what is allowed."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest

from recommender.knowledge.clinic_file import MOST_BYTES, ClinicFileError, read_clinic

CLINIC = """\
name: Example Aesthetics
address: [12 Example Street, London]
telephone: +44 20 7946 0000
night_telephone: +44 20 7946 0999
registration: CQC 1-234
mark: mark.svg
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0L8 8" stroke="#123"/></svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(width: int = 1, height: int = 1) -> bytes:
    """A grey picture."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def folder_with(folder: Path, text: str = CLINIC, mark: bytes = SVG.encode(), name: str = "mark.svg") -> Path:
    (folder / name).write_bytes(mark)
    (folder / "clinic.yaml").write_text(text)
    return folder / "clinic.yaml"


def test_a_clinic_is_read_with_its_mark(tmp_path: Path) -> None:
    clinic = read_clinic(folder_with(tmp_path))

    assert (clinic.name, clinic.address, clinic.night_telephone) == (
        "Example Aesthetics",
        ("12 Example Street", "London"),
        "+44 20 7946 0999",
    )
    assert clinic.mark is not None
    assert clinic.mark.address == f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}"


def test_only_name_address_and_telephone_are_needed_and_a_mark_may_be_a_png(tmp_path: Path) -> None:
    text = "name: A\naddress: [B]\ntelephone: '020 7946 0000'\n"

    bare = read_clinic(folder_with(tmp_path, text))
    with_png = read_clinic(folder_with(tmp_path, f"{text}mark: mark.png\n", png(), "mark.png"))

    assert (bare.mark, bare.night_telephone, bare.registration) == (None, None, None)
    assert with_png.mark is not None
    assert (with_png.mark.kind, with_png.mark.content) == ("png", png())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("night_telephone", "night_phone", r"clinic\.yaml:4: .*unknown field 'night_phone' – did you mean 'night_telephone'"),
        ("+44 20 7946 0000", "call us", r"clinic\.yaml:3: telephone: .*found 'call us'"),
        ("+44 20 7946 0000", "02079460000", r"clinic\.yaml:3: '02079460000' is no number here.*in quotes it is text"),
        ("[12 Example Street, London]", "London", r"clinic\.yaml:2: address: should be a list, found 'London'"),
        ("name: Example Aesthetics\n", "", r"clinic\.yaml:1: name: is missing"),
        ("mark.svg", "mark.gif", r"clinic\.yaml:6: unknown kind of picture 'mark.gif'.*name.svg, name.png"),
        ("mark.svg", "none.svg", r"clinic\.yaml:6: none.svg: cannot be read: No such file"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_where_and_what(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in CLINIC

    with pytest.raises(ClinicFileError, match=words):
        read_clinic(folder_with(tmp_path, CLINIC.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (SVG.replace("<path", "<script>alert(1)</script><path"), "has 'script' in it"),
        (SVG.replace("<path", "<text>A</text><path"), "text as paths"),
        (SVG.replace("<path", '<path onload="alert(1)"'), "has 'onload' in it, which runs or loads something"),
        (SVG.replace('"#123"', '"url(https://elsewhere.example/a)"'), "has 'stroke' in it, which runs or loads something"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}', "has a document type"),
        (SVG.replace(' viewBox="0 0 8 8"', ""), "is no SVG that says its size"),
        (SVG.replace("</svg>", ""), "is not SVG"),
        ("x" * (MOST_BYTES + 1), "has more than 64,000 bytes"),
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_no_mark(tmp_path: Path, mark: str, words: str) -> None:
    with pytest.raises(ClinicFileError, match=words):
        read_clinic(folder_with(tmp_path, mark=mark.encode()))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (b"no picture", "is no PNG"),
        (png().replace(b"IDAT", b"IDAX"), "is a damaged PNG"),
        (png()[:-12], "ends too early"),
        (png(2001, 1), "is 2001 × 1 pixels: at most 2000 each way"),
    ],
)
def test_a_picture_that_is_damaged_or_too_large_is_no_mark(tmp_path: Path, mark: bytes, words: str) -> None:
    text = CLINIC.replace("mark.svg", "mark.png")

    with pytest.raises(ClinicFileError, match=words):
        read_clinic(folder_with(tmp_path, text, mark, "mark.png"))
