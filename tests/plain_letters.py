"""What of a page is left in plain letters while it speaks the language for tests, in which every letter is another one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

#: addresses, hashes, codes, names of files: the same in every language
SAME = re.compile(
    r"https?://\S+|\{\w+\}|sha256\S*(?: [0-9a-f]{6,})?|\[(?:seed|[A-Z]+\d?-\d+)\]"
    r"|\b[a-z0-9_]+\.[a-z0-9_-]+\b|\bconsultation-record/1"  # ids of rules and of what is kept
    r"|[\w.@-]+\.(?:pdf|html|md|json|csv)\b|\bUTC\b|[0-9a-f]{16,}"
)
WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN_ATTRIBUTES = frozenset({"aria-label", "alt", "title", "placeholder", "data-label", "data-found", "data-nothing"})
SILENT_TAGS = frozenset({"style", "script", "code"})
VOID = frozenset({"area", "br", "circle", "hr", "img", "input", "link", "meta", "path", "rect"})
#: fields of Streamlit's messages that people read
SHOWN_FIELDS = frozenset({"body", "label", "options", "placeholder", "help", "caption", "html_content", "title", "text"})
#: keys in the data of a component that hold no words
SILENT_KEYS = frozenset(
    [
        *("id", "key", "page", "step", "type", "content", "chosen", "regions", "area", "to", "described", "size", "value"),
        *(
            "values",
            "tone",
            "kind",
            "count",
            "look",
            "unit",
            "treatment",
            "address",
            "colour",
            "given",
            "before",
            "path",
            "record",
        ),
        *("language", "languages", "format", "role", "remembers"),
    ]
)


class _Words(HTMLParser):
    """Collects what a reader of HTML sees or hears, but for what says that it is in a language of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        silent = any(self._silent[-1:]) or tag in SILENT_TAGS or (tag != "html" and "lang" in dict(attrs))
        if not silent:
            self.found += [value or "" for name, value in attrs if name in SHOWN_ATTRIBUTES]
        if tag not in VOID:
            self._silent.append(silent)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._silent:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._silent[-1:]):
            self.found.append(data)


def left_in_text(text: str) -> set[str]:
    """The words of a text that are left in plain letters."""
    return set(WORD.findall(SAME.sub(" ", text)))


def left_in_html(html: str) -> set[str]:
    """The words of a page that are left in plain letters."""
    reader = _Words()
    reader.feed(html)
    return {word for text in reader.found for word in left_in_text(text)}


def left_on(app: AppTest) -> set[str]:
    """The words that a page sends to the browser in plain letters, each with where it stands."""
    left, nodes = set(), list(app._tree.children.values())
    while nodes:
        node = nodes.pop()
        nodes += node.children.values() if isinstance(node, Block) else ()
        if isinstance(node.proto, Message):
            left |= {f"{where}: {word}" for where, text in _shown(node.proto, "") for word in left_in_html(text)}
    return left


def _shown(message: Message, where: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        values = [value] if isinstance(value, str | Message) else value if hasattr(value, "__iter__") else []
        for one in values:
            if isinstance(one, Message):
                yield from _shown(one, f"{where}.{field.name}")
            elif field.name == "json":
                yield from _in_data(json.loads(one), getattr(message, "component_name", ""))
            elif field.name in SHOWN_FIELDS and isinstance(one, str):
                yield f"{type(message).__name__}.{field.name}", one


def _in_data(data: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, inner in data.items():
            if key == "options":  # of an answer the word is told to the server, and its label is read
                yield from ((f"{where}.{key}", str(one[-1] if isinstance(one, list) else one)) for one in inner)
            elif key not in SILENT_KEYS:
                yield from _in_data(inner, f"{where}.{key}")
    elif isinstance(data, list):
        for inner in data:
            yield from _in_data(inner, where)
    elif isinstance(data, str):
        yield where, data
