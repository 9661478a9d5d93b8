"""A patient's answers as the fragment of an address: whole at the other end, bounded, and refused with a reason."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from PIL import Image
from strategies import answers_documents

from recommender import AnswersError, RuleBase, assess
from recommender.documents import Assessment, read_answers
from recommender.documents.answers import AREA_DETAILS, HISTORY_KEYS
from recommender.documents.vocabulary import AREAS, KINDS
from recommender.web.handover import link
from recommender.web.handover.link import LARGEST, LONGEST, fragment_of, packed, qr_code, read_fragment, unpacked
from recommender.web.state.draft import choices, detail_key

GIVEN: dict[str, Any] = {
    "respondent": "patient",
    "person": {"age": 42},
    "concerns": [
        {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "unsure"},
        {"area": "lips", "kind": "fuller"},
    ],
    "history": {"pregnant": "no", "diabetes": "unsure"},
    "goals": {"keep_movement": "yes"},
}
BEFORE = "https://clinic.example/prepare/?step=consultation#"


@pytest.fixture(scope="module")
def assessment(rules: RuleBase) -> Assessment:
    return assess(rules, GIVEN)


def problem(text: str) -> str:
    with pytest.raises(AnswersError) as caught:
        read_fragment(text)
    (found,) = caught.value.problems
    return str(found)


def squeezed(content: bytes) -> str:
    """Content packed by somebody else, without the words in common."""
    return "a=1." + base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def test_the_answers_come_over_whole_with_what_the_page_said(assessment: Assessment) -> None:
    fragment = fragment_of(assessment)

    draft = read_fragment(f"#{fragment}")

    whole = {"schema": "consultation-answers/1", **GIVEN, "respondent": "nurse", "screening": {}}
    assert draft.answers().document() == whole
    assert draft.handed == {
        "then": {
            "outcome": assessment.outcome,
            "options": [{"area": o.area, "treatment": o.treatment, "status": o.status} for o in assessment.options],
            "rules": assessment.rules.fingerprint[:23],
        }
    }
    assert fragment == fragment_of(assessment)


@given(answers_documents())
@settings(max_examples=200, deadline=None)
def test_any_answers_document_survives(document: dict[str, Any]) -> None:
    whole = read_answers(document).document()

    text = packed({"answers": whole})

    assert json.loads(unpacked(text)) == {"answers": whole}
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_the_words_in_common_are_part_of_format_1_and_never_change() -> None:
    # a link made yesterday must be read tomorrow: other words are another format, with a number of its own
    assert (
        hashlib.sha256(Path(link.__file__).with_name("link_dictionary_1.txt").read_bytes()).hexdigest()
        == "08890368941ce2c8098dff66b2c284922faab1c0955e7984a2abbdd5e362aee0"
    )


def test_a_link_made_by_an_earlier_version_is_read() -> None:
    made = "a=1.ePlqswVUI6gA0SwgosKJRdQ4tcjlP1o6rMXwsYlRLdmeBurML4AGJ1Z3"

    draft = read_fragment(made + "k95LisU-moN_zMXC2MQiydzILCktLTnNMi1NqbYWALvVeJQ")

    assert draft.answers().document()["person"] == {"age": 42}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not one of the links"),
        ("#take-it-along", "not one of the links"),
        ("a=2.AAAA", "later version"),
        ("a=1.", "nothing does"),
        ("a=1.AA%41", "a character stands in it"),
        ("a=1.AAAAA", "not whole"),
        ("a=1.AAAA", "not whole"),
        (squeezed(b"\xff\xfe"), "no text"),
        (squeezed(b"[1]"), "expected an answers document"),
        (squeezed(b'{"answers": 4}'), "expected a mapping"),
        (squeezed(b'{"answers": {"history": {"pregnant": "maybe"}}}'), "answers.history.pregnant: "),
        (squeezed(b'{"history": {"hiv": "no"}, "history": {}}'), "'history' stands twice"),
        ("a=1." + "A" * LONGEST, f"more than {LONGEST:,} characters"),
    ],
)
def test_what_cannot_be_used_says_what_is_wrong(text: str, said: str) -> None:
    assert said in problem(text)


def test_a_link_that_was_cut_off_or_changed_anywhere_is_refused(assessment: Assessment) -> None:
    fragment = fragment_of(assessment)
    start = fragment.index(".") + 1

    cut = [fragment[:length] for length in range(start + 1, len(fragment))]
    changed = [fragment[:n] + ("A" if fragment[n] != "A" else "B") + fragment[n + 1 :] for n in range(start, len(fragment) - 1)]

    assert [text for text in (*cut, *changed) if not problem(text).startswith("the link: ")] == []


def test_what_is_added_behind_is_refused(assessment: Assessment) -> None:
    content = base64.urlsafe_b64decode(fragment_of(assessment).removeprefix("a=1.") + "===")

    assert "was added" in problem("a=1." + base64.urlsafe_b64encode(content + b"more").decode().rstrip("="))


def test_a_small_link_that_unpacks_to_very_much_is_refused_before_it_does() -> None:
    bomb = squeezed(b"[" * 10_000_000)
    assert len(bomb) < LONGEST

    assert f"more than {LARGEST:,} bytes" in problem(bomb)


@pytest.mark.slow
def test_a_person_with_everything_everywhere_still_fits_into_a_link(rules: RuleBase) -> None:
    words = {name: choices(detail_key("lips", "lines", name)) for name in AREA_DETAILS}
    pairs = [(area, kind) for area in AREAS for kind in KINDS][:200]  # no answers document has more
    everything = [
        {"area": area, "kind": kind, **{name: said[number % len(said)] for name, said in words.items() if name != "severity"}}
        for number, (area, kind) in enumerate(pairs)
    ]
    history = {key: ("yes", "no", "unsure")[number % 3] for number, key in enumerate(HISTORY_KEYS)}
    given = {"respondent": "patient", "concerns": everything, "history": history, "person": {"age": 42}}

    fragment = fragment_of(assess(rules, given))

    assert len(fragment) * 2 < LONGEST
    assert len(unpacked(fragment.removeprefix("a=1."))) * 2 < LARGEST
    assert len(read_fragment(fragment).answers().concerns) == 200
    assert qr_code(BEFORE + fragment) is None


def test_the_code_is_the_link_to_a_reader_of_codes(assessment: Assessment) -> None:
    address = BEFORE + fragment_of(assessment)

    svg = qr_code(address)

    assert svg is not None
    (read,) = zxingcpp.read_barcodes(picture_of(svg))
    assert read.text == address


def picture_of(svg: str) -> Image.Image:
    """The modules of a QR code's drawing, eight pixels each: the rows of strokes that it consists of."""
    size = int((re.search(r'viewBox="0 0 (\d+) ', svg) or [0, 0])[1])
    image = Image.new("L", (size, size), 255)
    stroke = re.findall(r'd="([^"]+)"', svg)[-1]
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", stroke):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            for step in range(int(values[0])):
                image.putpixel((int(x) + step, int(y)), 0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return image.resize((size * 8, size * 8), Image.Resampling.NEAREST)
