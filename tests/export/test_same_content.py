"""Every format says the same, in the same order, and leaves nothing out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from export_reading import READ_BY_PEOPLE, as_read, conclusions

from recommender.documents import Assessment
from recommender.export import FORMATS, Cover, media_type, render, summarise
from recommender.export.blocks import Block, Section
from recommender.export.sections.patient_summary import MORE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_no_format_loses_a_conclusion(assessment: Assessment, written_as: str) -> None:
    seen = as_read(render(assessment, written_as), written_as)

    lost = [sentence for sentence in conclusions(assessment) if sentence not in seen]

    assert lost == []


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_sections_stand_in_the_same_order_in_every_format(discuss: Assessment, written_as: str) -> None:
    cover = Cover(note="My own words")
    titles = [section.title for section in summarise(discuss, cover=cover).sections]
    written = [title.upper() if written_as == "text" else title for title in titles]

    seen = as_read(render(discuss, written_as, cover=cover), written_as)

    assert re.search(".*?".join(map(re.escape, written)), seen)


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_a_copy_says_under_its_title_on_which_day_it_was_assessed(nothing_found: Assessment, written_as: str) -> None:
    seen = as_read(render(nothing_found, written_as, cover=Cover(name="Noa", on=date(2027, 3, 15))), written_as)

    day = seen.index("Assessed on: 15 March 2027")
    assert seen.index("Noa") < day < seen.lower().index("the short answer")


def test_what_matters_most_comes_first(discuss: Assessment, emergency: Assessment) -> None:
    quiet = [section.id for section in summarise(discuss, cover=Cover(note="A note")).sections]
    urgent = [section.id for section in summarise(emergency).sections]

    folded = [block.id for block in section_of(discuss, MORE).blocks if isinstance(block, Section)]
    assert quiet == ["answer", "face", "options", "holds", "referrals", "note", MORE]
    assert folded == ["notes", "open", "answered", "comparison", "timeline", "ask", "sources", "about"]
    assert urgent[:2] == ["answer", "alerts"]


def test_an_emergency_is_told_with_its_number_before_anything_else(emergency: Assessment) -> None:
    seen = as_read(render(emergency, "text"), "text")

    assert seen.index("This may be an emergency") < seen.index("Emergency number: 999") < seen.index("BEFORE ANYTHING ELSE")


def test_a_withdrawn_option_is_shown_with_what_defeated_it(discuss: Assessment) -> None:
    option = section_of(discuss, "option-glabella-volume")

    against = option.blocks[-1]

    assert (option.title, option.status) == ("Dermal filler", "Not offered")
    assert [(line.label, line.text) for line in against.lines] == [  # type: ignore[union-attr]
        ("Not to be given", "Filler between the eyebrows can block a vessel that feeds the eye, so it is not offered there."),
        ("Wait", "1 point, told below."),
    ]


def test_a_hold_shows_how_far_it_reaches(discuss: Assessment) -> None:
    in_place = section_of(discuss, "option-glabella-volume").blocks[-1].lines[0]  # type: ignore[union-attr]
    (wait,), (in_doubt,) = (block.lines for block in section_of(discuss, "holds").blocks)  # type: ignore[union-attr]

    assert in_place.details == ("Only for: Hyaluronic acid, poly l lactic acid",)
    assert wait.details == (
        "About: Dermal filler",
        "Until: the skin has healed",
        "Answers behind this: Is the skin there sore, infected or inflamed now? Yes",
    )
    assert in_doubt.details == ()  # it says itself what is not known


def test_reasons_with_the_same_sentence_become_one_with_all_their_sources(discuss: Assessment) -> None:
    why = section_of(discuss, "option-glabella-muscle").blocks[1]

    assert [(line.text, line.sources) for line in why.lines] == [  # type: ignore[union-attr]
        ("These lines show when you move your face, so the muscle under them is making them.", ("1", "2")),
        ("An anti-wrinkle injection relaxes the muscle that makes the lines.", ("1", "4")),
    ]


def test_what_was_not_answered_is_never_listed_as_an_answer(discuss: Assessment) -> None:
    listed = as_read(render(discuss, "text"), "text").split("What you answered")[1].split("What each treatment")[0]

    assert "Have you ever had cold sores? | No" in listed
    assert "muscle or nerve disease" not in listed


def test_what_holds_in_a_country_stands_under_its_name(discuss: Assessment) -> None:
    swelling, product = discuss.notes
    here = discuss.model_copy(update={"notes": (swelling, product.model_copy(update={"about": "your_country"}))})

    blocks = section_of(here, "notes").blocks

    assert [(block.lead, [line.text for line in block.lines]) for block in blocks] == [  # type: ignore[union-attr]
        ("", [swelling.because]),
        ("Where you are (United Kingdom)", [product.because]),
    ]


def test_an_open_question_says_what_it_could_change(discuss: Assessment) -> None:
    leads = [block.lead for block in section_of(discuss, "open").blocks[1:]]  # type: ignore[union-attr]

    assert leads == [
        "Could change Under the eyes – Dermal filler",
        "Could change every option",
        "Could change every option that is not ruled out",
        "Could change every option with: Dermal filler",
        "Could change whether this is said: “Call the emergency number now”",
    ]


def test_nothing_answered_is_said_and_is_not_an_empty_page(nothing_found: Assessment) -> None:
    sections = {section.id for section in summarise(nothing_found).sections}

    assert sections == {"answer", MORE}
    assert "Nothing was answered." in as_read(render(nothing_found, "text"), "text")


def test_a_word_without_a_label_is_shown_as_it_is(emergency: Assessment) -> None:
    seen = as_read(render(emergency, "text"), "text")

    assert "Answers behind this: vision change: Yes; days ago: 1" in seen
    assert "treatment | Dermal filler" in seen


def test_json_is_the_assessment_itself(assessment: Assessment) -> None:
    written = render(assessment, "json", cover=Cover(name="Not in it"))

    assert Assessment.model_validate_json(written) == assessment
    assert b"Not in it" not in written


def test_each_format_has_a_media_type_and_another_is_refused(nothing_found: Assessment) -> None:
    assert [media_type(written_as).partition(";")[0] for written_as in FORMATS] == [
        *("text/plain", "application/json", "text/markdown", "text/html", "application/pdf")
    ]
    with pytest.raises(ValueError, match="unknown format 'docx'"):
        render(nothing_found, "docx")


@pytest.mark.parametrize("written_as", FORMATS)
def test_the_same_assessment_gives_the_same_bytes(discuss: Assessment, written_as: str) -> None:
    again = Assessment.model_validate_json(discuss.json_text())

    assert render(discuss, written_as) == render(again, written_as)


def test_the_same_assessment_gives_the_same_pdf_in_another_process(discuss: Assessment) -> None:
    program = (
        "import sys; from recommender.documents import Assessment; from recommender.export import render; "
        "sys.stdout.buffer.write(render(Assessment.model_validate_json(sys.stdin.buffer.read()), 'pdf'))"
    )
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}

    written = subprocess.run(
        [sys.executable, "-c", program],
        input=discuss.json_text().encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=other,
        check=True,
    )

    assert written.stdout == render(discuss, "pdf")


def section_of(assessment: Assessment, identifier: str) -> Section:
    """The section of a summary with an id."""
    return next(section for section in _sections(summarise(assessment).sections) if section.id == identifier)


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)
