"""The blocks of a summary: one frozen tree that every format writes in the order in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from recommender.documents.clinic import Mark as Picture
from recommender.documents.vocabulary import Area

Tone = Literal["urgent", "warning", "caution", "calm", "quiet"]
FaceState = Literal["botulinum_toxin", "dermal_filler", "both", "elsewhere", "held", "not_needed"]
Days = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what leads into it, what belongs under it, and the numbers of its sources.

    ``more`` is the id of the section that says more about it, where there is one.
    """

    text: str
    label: str = ""
    details: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line on its own."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines under a short lead-in, which may be empty."""

    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first cell of a row is its heading."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A sentence that must not be missed. With ``calls`` every number in it is one that a telephone can call."""

    kind: Tone
    text: str
    calls: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that a person typed: shown as typed, never read as markup."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Face:
    """The face map: a state for each area; lines that say the same, each with its state in ``shown``, if it has one.

    ``tone`` is the skin tone in which it is drawn, one of ``drawings.tones.TONES`` or empty.
    """

    title: str
    states: tuple[tuple[Area, FaceState], ...]
    lines: tuple[Line, ...]
    shown: tuple[FaceState | None, ...]
    alt: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One bar: the days (first, last) in which the effect starts, is full and ends, where they are known."""

    label: str
    start: Days | None
    full: Days | None
    end: Days | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each treatment starts, is full and wears off: bars, the same in words, and a text alternative of the drawing."""

    title: str
    rows: tuple[TimelineRow, ...]
    lines: tuple[Line, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rule on the way from answers to a conclusion: its sentence, the answers it matched, and the steps it builds on.

    ``label`` says what it does to a treatment, if it holds one.
    """

    said: str
    label: str
    answers: tuple[str, ...]
    builds_on: tuple[int, ...]
    against: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """How one conclusion follows: steps, each after those it builds on; ``lines`` say the same as the drawing."""

    title: str
    steps: tuple[Step, ...]
    conclusion: str
    lines: tuple[Line, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered point on the face chart: from 0 (left, top) to 1, and which product of the visit it belongs to, from 0."""

    number: int
    x: float
    y: float
    area: Area
    product: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The face chart with what was put where: the drawing, and every point of it in words."""

    marks: tuple[Mark, ...]
    key: Table
    alt: str


@dataclass(frozen=True, slots=True)
class Handwriting:
    """A hand-drawn signature: the path of its strokes (SVG), and a text alternative."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the numbered list: what it is, and where it can be read.

    ``quoted`` is what of the text stands as it was published, in English in every language: title and publisher.
    """

    number: str
    text: str
    url: str
    quoted: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before what is quoted, that, and the text after it."""
        before, quoted, after = self.text.partition(self.quoted) if self.quoted else ("", "", self.text)
        return before, quoted, after

    @property
    def is_web_address(self) -> bool:
        """Whether the address may be made a link."""
        return self.url.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of sources that the lines point to."""

    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; ``status`` is a word or two shown after the heading.

    ``area`` is the place that the whole section is about; ``folded`` is shown on a screen only when it is opened.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    status: str = ""
    tone: Tone = "quiet"
    area: Area | None = None
    folded: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Its id, and those of the sections in it."""
        inner = (block.names for block in self.blocks if isinstance(block, Section))
        return (self.id, *(name for names in inner for name in names))

    @property
    def listed(self) -> tuple[SourceEntry, ...]:
        """The sources that are listed in it, or in a section within it."""
        inner = (
            block.entries if isinstance(block, Sources) else block.listed
            for block in self.blocks
            if isinstance(block, Sources | Section)
        )
        return tuple(entry for entries in inner for entry in entries)


Drawn = Face | Timeline | Chain | Chart | Handwriting
Block = Section | Paragraph | Bullets | Table | Callout | Typed | Drawn | Sources


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is: the clinic's name, the lines below it, and its mark."""

    name: str
    lines: tuple[str, ...]
    mark: Picture | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole summary: what stands under its title, then its sections. ``compact``: on paper it is set to fit one page."""

    title: str
    language: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    letterhead: Letterhead | None = None
    compact: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The ids of its sections, and of the sections in them."""
        return frozenset(name for section in self.sections for name in section.names)

    @property
    def source_numbers(self) -> frozenset[str]:
        """The numbers of the sources that this summary lists."""
        return frozenset(entry.number for section in self.sections for entry in section.listed)

    def in_tone(self, tone: str) -> Summary:
        """The same with every face in a tone of ``drawings.tones``."""
        return replace(self, sections=tuple(_section_in_tone(section, tone) for section in self.sections))


def _section_in_tone(section: Section, tone: str) -> Section:
    return replace(section, blocks=tuple(_in_tone(block, tone) for block in section.blocks))


def _in_tone(block: Block, tone: str) -> Block:
    match block:
        case Section():
            return _section_in_tone(block, tone)
        case Face():
            return replace(block, tone=tone)
        case _:
            return block
