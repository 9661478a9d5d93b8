"""The file in which a clinic says its name, its address and its telephones, with its mark beside it."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from pydantic import ValidationError

from recommender.documents.base import Text
from recommender.documents.clinic import Clinic, ClinicDetails, Mark
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RecommenderError, shown, unknown_word
from recommender.knowledge.yaml_files import read_yaml
from recommender.text_files import decoded, unreadable

MOST_BYTES: Final = 64_000
_MOST_PIXELS: Final = 2000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_SVG: Final = "{http://www.w3.org/2000/svg}"
#: what a drawing may be made of: shapes and colours, and nothing that runs, loads or needs a font
_SHAPES: Final = (
    *("svg", "g", "defs", "title", "desc", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"),
    *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
)
_LEADS_AWAY: Final = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|@import", re.IGNORECASE)


class ClinicFile(ClinicDetails):
    """The file as it is written: the mark is the name of a file beside it."""

    mark: Text | None = None


class ClinicFileError(RecommenderError):
    """The clinic's file is not valid."""

    heading = "The clinic's file cannot be used"


def read_clinic(path: Path) -> Clinic:
    """The clinic as its file says; raises ClinicFileError with everything that is wrong: where, what was found, what is
    allowed.
    """
    file = read_yaml(path, path.name, what="a clinic's file")
    problems = list(file.problems)
    if not problems:
        try:
            written = ClinicFile.model_validate({} if file.data is None else file.data)
        except ValidationError as error:
            problems += problems_of(error, ClinicFile, at=file.where)
        else:
            mark = _mark(path.parent / written.mark, file.where(("mark",))) if written.mark else None
            if not isinstance(mark, Problem):
                return Clinic(**{**dict(written), "mark": mark})
            problems.append(mark)
    raise ClinicFileError(problems)


def _mark(path: Path, where: str) -> Mark | Problem:
    """The picture in a file, or why it cannot be the mark."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("svg", "png"):
        return unknown_word(where, "kind of picture", path.name, ("name.svg", "name.png"))
    try:
        with path.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
    except OSError as error:
        return unreadable(f"{where}: {path.name}", error)
    if len(content) > MOST_BYTES:
        return Problem(where, f"{path.name} has more than {MOST_BYTES:,} bytes: a mark is small")
    fault = next(_faults_of_png(content) if kind == "png" else _faults_of_svg(content), None)
    if fault is not None:
        return Problem(where, f"{path.name}: {fault}")
    return Mark(kind="png" if kind == "png" else "svg", content=content)


def _faults_of_png(content: bytes) -> Iterator[str]:
    if not content.startswith(_PNG):
        yield "is no PNG"
        return
    at, seen = len(_PNG), b""
    while at + 12 <= len(content) and seen != b"IEND":
        length, seen = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        if content[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(seen + body)):
            yield "is a damaged PNG"
            return
        if seen == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
            if not (0 < width <= _MOST_PIXELS and 0 < height <= _MOST_PIXELS):
                yield f"is {width} × {height} pixels: at most {_MOST_PIXELS} each way"
                return
        at += 12 + length
    if seen != b"IEND":
        yield "is a PNG that ends too early"


def _faults_of_svg(content: bytes) -> Iterator[str]:
    text = decoded(content, "")
    if isinstance(text, Problem):
        yield text.message
        return
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        yield "has a document type or raw text in it: save it as plain SVG"
        return
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (neither document type nor entities: see above)
    except ElementTree.ParseError as error:
        yield f"is not SVG: {error}"
        return
    if root.tag != f"{_SVG}svg" or not ("viewBox" in root.attrib or {"width", "height"} <= root.attrib.keys()):
        yield "is no SVG that says its size (viewBox, or width and height)"
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _SHAPES:
            yield f"has {shown(name)} in it: save it as plain SVG, text as paths (allowed: {', '.join(_SHAPES)})"
        for attribute, value in element.attrib.items():
            plain = attribute.rpartition("}")[2].lower()
            if plain.startswith("on") or _LEADS_AWAY.search(value) or (plain == "href" and not value.startswith("#")):
                yield f"has {shown(plain)} in it, which runs or loads something: save it as plain SVG"
