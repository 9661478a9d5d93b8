"""Messages are said in the language now spoken, each thread its own, and English where there is nothing else."""

from __future__ import annotations

import string
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest

from recommender.languages import PSEUDO, current, message, not_reviewed, plural, speaking, speaks, spoken, translate
from recommender.languages.pseudo import accented, pseudo


@pytest.fixture
def words() -> Iterator[Any]:
    module: Any = ModuleType("made_up_words")
    sys.modules["made_up_words"] = module
    module.TITLE = message("A title")
    module.PARTS = {"one": message("The first"), "file": "first.pdf"}
    module.LINES = (message("A line"), (message("A button"), "name.html"))
    speaks("made_up_words")
    yield module
    del sys.modules["made_up_words"]


def test_a_words_module_says_its_constants_in_the_language_now_spoken_and_leaves_names_of_files(words: Any) -> None:
    assert (words.TITLE, words.PARTS["one"]) == ("A title", "The first")

    with speaking(PSEUDO):
        assert pseudo("A title") == words.TITLE
        assert {"one": pseudo("The first"), "file": "first.pdf"} == words.PARTS
        assert (pseudo("A line"), (pseudo("A button"), "name.html")) == words.LINES

    assert words.TITLE == "A title"


def test_a_constant_that_is_changed_is_said_as_it_is_now(words: Any) -> None:
    with speaking(PSEUDO):
        assert pseudo("A title") == words.TITLE
        words.TITLE = message("Another")
        assert pseudo("Another") == words.TITLE


def test_each_thread_speaks_its_own_language() -> None:
    def said(language: str) -> list[tuple[str, str]]:
        with speaking(language):
            return [(current(), translate("Hello")) for _ in range(200)]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(said, ["en", PSEUDO, "en", PSEUDO]))

    english, other = [("en", "Hello")] * 200, [(PSEUDO, pseudo("Hello"))] * 200
    assert found == [english, other, english, other]


def test_a_language_that_is_not_known_is_english() -> None:
    with speaking("tlh"):
        assert (current(), translate("Hello"), not_reviewed()) == ("en", "Hello", "")


def test_a_number_chooses_the_form_of_a_text() -> None:
    found = plural("{number} source", "{number} sources")

    assert [found.of(number) for number in (0, 1, 2)] == ["{number} sources", "{number} source", "{number} sources"]
    with speaking(PSEUDO):
        assert found.of(1) == pseudo("{number} source")


def test_the_language_for_tests_changes_every_letter_and_no_placeholder_mark_or_address() -> None:
    said = pseudo("Call <b>{number}</b> &amp; read https://example.org/a now")

    assert not set(accented(string.ascii_letters)) & set(string.ascii_letters)
    assert "<b>{number}</b> &amp; " in said
    assert "https://example.org/a" in said
    assert (said[0], said[-1]) == ("[", "]")


def test_the_language_for_tests_is_about_two_fifths_longer() -> None:
    text = "This prepares a consultation. The rules are a draft, not yet signed by a clinician."

    assert 1.25 < len(pseudo(text)) / len(text) < 1.5


def test_what_is_not_marked_stays_as_it_is() -> None:
    with speaking(PSEUDO):
        assert spoken({"a": ("plain", 3)}) == {"a": ("plain", 3)}


LOADED_WHILE_SPEAKING = """
import sys
from recommender.languages import PSEUDO, speaking
from recommender.web.clinic import pages
from recommender.web.clinic.frame import function_of

table = dict(pages.PAGES)
with speaking(PSEUDO):
    for page in table.values():
        for named in filter(None, (page.draw, page.keep)):
            function_of(named)
    import recommender.export.formats.html, recommender.export.formats.pdf


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        yield from texts(list(value.values()))


for name, module in sorted(sys.modules.items()):
    if name.startswith("recommender."):
        for constant in filter(str.isupper, vars(module)):
            if any(text[:1] == "[" and text[-1:] == "]" and not text.isascii() for text in texts(vars(module)[constant])):
                print(name, constant)
"""


@pytest.mark.slow
def test_a_page_that_is_loaded_for_a_reader_of_one_language_keeps_its_words_for_all() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED_WHILE_SPEAKING], capture_output=True, text=True, check=True, timeout=60)

    assert ran.stdout == ""
