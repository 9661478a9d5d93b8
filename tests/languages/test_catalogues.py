"""The catalogues of translations: they have exactly the messages of the code, and each keeps what it has to keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from marked import MARKED, SPEAKING, TREES, unsaid
from strategies import shipped

from recommender.languages import SHIPPED, SOURCE
from recommender.languages.catalogues import catalogue_file
from recommender.languages.extraction import is_translated, messages_of_code, text_of, update
from recommender.languages.signs import signs_of

TRANSLATED = [language for language in SHIPPED if language != SOURCE]


def entries(language: str) -> list[Message]:
    with catalogue_file(language).open("rb") as file:
        return [entry for entry in read_po(file, locale=language) if entry.id]


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_message_of_the_code_and_none_that_is_gone(language: str) -> None:
    written = catalogue_file(language).read_text(encoding="utf-8")

    assert written == text_of(language, update(language, messages_of_code())), "run: make messages"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert [entry.id for entry in entries(language) if not is_translated(entry)] == []


def strays(entry: Message) -> list[str]:
    """The forms of a translation that lack a placeholder or a sign of their message, or have one more.

    The first form is that of one thing; each other one is held against the message's form of several.
    """
    one, *several = forms(entry.id)
    wanted = [one, *(several or [one]) * len(forms(entry.string))]
    return [said for said, message in zip(forms(entry.string), wanted, strict=False) if signs_of(said) != signs_of(message)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_every_placeholder_and_every_sign_of_its_message(language: str) -> None:
    assert {entry.id: found for entry in entries(language) if (found := strays(entry))} == {}


@pytest.mark.parametrize(
    "stray", ["%", " %s", " {x}", "{number}", "`", "**", "<b>", "</b>", "&nbsp;", " #", " _", "\\", " [", "|", " $", " @"]
)
def test_one_sign_too_many_or_too_few_in_a_translation_is_noticed(stray: str) -> None:
    with_one, without = f"{{number}} places{stray}", "{number} places"
    plural = ("{number} place", "{number} places")

    assert strays(Message(without, without)) == strays(Message(plural, plural)) == []
    assert strays(Message(without, with_one)) == [with_one]
    assert strays(Message(with_one, without)) == [without]
    assert strays(Message(plural, (plural[0], with_one))) == [with_one]
    assert strays(Message(plural, (with_one, plural[1]))) == [with_one]


def test_a_message_is_read_in_the_language_now_spoken_and_never_as_it_stands_in_the_code() -> None:
    assert "recommender.web.words" in SPEAKING
    assert "recommender.export.summary" in MARKED

    assert {module: found for module in TREES if (found := sorted(set(unsaid(module))))} == {}


def test_no_module_looks_a_word_up_while_it_is_loaded_for_it_would_stay_english() -> None:
    found = [
        f"{module}:{one.lineno}: {one.value.id}.{one.attr}"
        for module, tree in TREES.items()
        if module not in SPEAKING
        for one in looked_up(tree, set(words_modules(tree)))
    ]

    assert found == []


def words_modules(tree: ast.Module) -> Iterator[str]:
    """The names under which a module knows words modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                if f"{node.module}.{name.name}" in SPEAKING:
                    yield name.asname or name.name


def looked_up(node: ast.AST, modules: set[str]) -> Iterator[Any]:
    """What is read of these modules outside the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Attribute) and isinstance(child.value, ast.Name) and child.value.id in modules:
            yield child
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (*child.args.defaults, *filter(None, child.args.kw_defaults), *child.decorator_list):
                yield from looked_up(ast.Expression(part), modules)
        elif not isinstance(child, ast.Lambda):
            yield from looked_up(child, modules)


def test_the_label_of_a_product_has_one_name_in_spanish() -> None:
    assert [entry.id for entry in entries("es") if "etiquetado" in str(entry.string).lower()] == []


def test_a_place_has_no_word_of_anatomy_in_the_spanish_of_patients() -> None:
    places = shipped().in_language("es").reference.questions.areas

    anatomical = re.compile(r"\b(extern|intern|lateral|medial|superficie)", re.IGNORECASE)
    assert [area for area, words in places.items() if anatomical.search(words.label)] == []
    assert anatomical.search(places["crows_feet"].clinical)
