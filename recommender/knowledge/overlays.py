"""Translations of a rule base: files of texts beside the rules (``languages/<language>/``), which decide nothing.

Whatever is wrong with one – a word that is not known, a placeholder lost, a text left out or made from an English one that has
changed since – is told by ``rules check``, and English stands in its place: a translation never keeps the rules from loading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from recommender.atomic_write import atomic_write, locked_folder
from recommender.documents.base import FrozenModel, Text
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RecommenderError, nearest, unknown_word
from recommender.documents.told import Place, ToldText, with_texts
from recommender.knowledge.reference import NotToThePublic, Reference
from recommender.knowledge.rules import Rule
from recommender.knowledge.wordings import place_beside, place_name, place_of, texts_of
from recommender.knowledge.yaml_files import as_yaml, read_yaml
from recommender.languages import OWN_NAMES, PSEUDO
from recommender.languages.pseudo import accented, pseudo
from recommender.languages.signs import numbers_of, signs_of

FOLDER: Final = "languages"
MADE_FROM: Final = "made_from.yaml"
_HEADING: Final = (
    "# Written by 'recommender rules translated': each translated text, and a hash of the English text that it was made from.\n"
)


class OwnWords(FrozenModel):
    """What the public is not told in the words of another language, beside the English ones, which sources may have."""

    never: tuple[Text, ...] = ()
    instead: Mapping[Text, Text] = {}
    limits: Text | None = None

    def beside(self, english: NotToThePublic) -> NotToThePublic:
        """An entry with the words of both languages."""
        never = tuple(dict.fromkeys((*english.never, *self.never)))
        instead = {**english.instead, **self.instead}
        return english.model_copy(update={"never": never, "instead": instead, "limits": self.limits or english.limits})


class _Public(FrozenModel):
    public: tuple[OwnWords, ...]


@dataclass(frozen=True)
class Overlay:
    """The translation of a rule base into one language: its usable texts, by place; and what is wrong with it.

    ``public`` is what stands under that name in the translation of ``wording.yaml``.
    """

    language: str
    texts: Mapping[Place, str]
    public: tuple[OwnWords, ...] = ()
    problems: tuple[Problem, ...] = ()

    def rules(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """The same rules in this language; English where a text is not translated."""
        return tuple(replace(rule, text=with_texts(rule.text, self._said, place_of(rule))) for rule in rules)

    def reference(self, reference: Reference) -> Reference:
        """What stands beside the rules in this language; English where a text is not translated."""
        said = with_texts(reference, lambda text: self._said(text._replace(place=place_beside(text.place))))
        public = tuple(self._own_words(n, entry).beside(entry) for n, entry in enumerate(reference.wording.public))
        return said.model_copy(update={"wording": said.wording.model_copy(update={"public": public})})

    def _said(self, text: ToldText) -> str:
        return self._own(text) if text.told.translated else text.text

    def _own(self, text: ToldText) -> str:
        return self.texts.get(text.place, text.text)

    def _own_words(self, number: int, entry: NotToThePublic) -> OwnWords:  # noqa: ARG002 (what a translation has stands in it)
        return self.public[number] if self.public else OwnWords()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of the language for which something else is said to the public."""
        return tuple(phrase for entry in self.public for phrase in entry.instead)


class PseudoOverlay(Overlay):
    """The translation into the language for tests, made by itself."""

    def _own(self, text: ToldText) -> str:
        return pseudo(text.text)

    def _own_words(self, number: int, entry: NotToThePublic) -> OwnWords:  # noqa: ARG002 (every entry is said)
        instead = {accented(phrase): accented(said) for phrase, said in entry.instead.items()}
        return OwnWords(never=tuple(map(accented, entry.never)), instead=instead)


PSEUDO_OVERLAY: Final = PseudoOverlay(PSEUDO, {})


def read_overlays(root: Path, rules: Sequence[Rule], reference: Reference) -> dict[str, Overlay]:
    """Every translation beside the rules of a folder, by language."""
    folder = root / FOLDER
    texts = texts_of(rules, reference)
    found = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return {path.name: _Reader(root, path, texts, len(reference.wording.public)).overlay() for path in found}


def hash_of(text: str) -> str:
    """What stands for an English text that a translation was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def mark_translated(root: Path, language: str, rules: Sequence[Rule], reference: Reference, *, renewed: bool = False) -> int:
    """Write down from which English texts the translations of a language were made; how many were not written down before.

    A translation whose English text has changed since stays stale unless ``renewed`` says that it was looked at again.
    Raises RecommenderError where there is no such language or its file cannot be written.
    """
    folder = root / FOLDER / language
    if not folder.is_dir():
        known = tuple(OWN_NAMES)
        raise RecommenderError([Problem(language, f"no translation in {folder}", known, nearest(language, known))])
    english, made_from, new = texts_of(rules, reference), dict[str, dict[str, str]](), 0
    with locked_folder(folder):
        before = _made_from(folder)
        for place in sorted(read_overlays(root, rules, reference)[language].texts, key=lambda p: tuple(map(str, p))):
            file, name, now = str(place[0]), place_name(place), hash_of(english[place])
            noted = before.get(file, {}).get(name)
            new += noted is None or (renewed and noted != now)
            made_from.setdefault(file, {})[name] = now if noted is None or renewed else noted
        with atomic_write(folder / MADE_FROM, private=False) as written:
            written.write_text(_HEADING + as_yaml(made_from), encoding="utf-8")
    return new


def _made_from(folder: Path) -> dict[str, dict[str, str]]:
    file = folder / MADE_FROM
    data = read_yaml(file, MADE_FROM).data if file.is_file() else None
    if not isinstance(data, dict):
        return {}
    return {file: {str(k): str(v) for k, v in inner.items()} for file, inner in data.items() if isinstance(inner, dict)}


@dataclass
class _Reader:
    """Reads the translation into one language, and tells what is wrong with it."""

    root: Path
    folder: Path
    english: Mapping[Place, str]
    entries: int  # how many the English list of what the public is not told has
    texts: dict[Place, str] = field(default_factory=dict)
    public: tuple[OwnWords, ...] = ()

    def overlay(self) -> Overlay:
        """The translation."""
        language, self._known, problems = self.folder.name, self._tree(), list[Problem]()
        if language not in OWN_NAMES:
            problems.append(unknown_word(f"{FOLDER}/{language}", "language", language, OWN_NAMES))
        for path in sorted(self.folder.rglob("*.yaml")):
            name = path.relative_to(self.folder).as_posix()
            if name != MADE_FROM:
                problems += self._file(path, name)
        return Overlay(language, self.texts, self.public, (*problems, *self._left_out(), *self._stale()))

    def _tree(self) -> dict[Place, list[str | int]]:
        """Each place on the way to a text → what may stand below it, in the order of English."""
        below: dict[Place, dict[str | int, None]] = {}
        for place in self.english:
            for depth in range(len(place)):
                below.setdefault(place[:depth], {})[place[depth]] = None
        return {place: list(names) for place, names in below.items()}

    def _shown(self, name: str) -> str:
        return f"{FOLDER}/{self.folder.name}/{name}"

    def _file(self, path: Path, name: str) -> Iterator[Problem]:
        file = read_yaml(path, self._shown(name))
        yield from file.problems
        data, known = file.data, tuple(map(str, self._known[()]))
        if name not in known:
            yield Problem(self._shown(name), "no file of rules has this name", (), nearest(name, known))
        elif data is not None:
            if name == "wording.yaml" and isinstance(data, dict) and "public" in data:
                yield from self._read_public(data["public"], file.where)
                data = {key: inner for key, inner in data.items() if key != "public"}
            yield from self._walk(data, (name,), lambda place: file.where(place[1:]))

    def _walk(self, data: Any, place: Place, where: Callable[[Place], str]) -> Iterator[Problem]:
        allowed = self._known.get(place)
        if allowed is None:
            yield from self._text(data, place, where(place))
            return
        is_list = isinstance(data, list) and all(isinstance(name, int) for name in allowed)
        if is_list and len(data) != len(allowed):
            yield Problem(where(place), f"{place_name(place)}: {len(data)} texts, the English list has {len(allowed)}")
        elif is_list or isinstance(data, dict):
            for name, inner in enumerate(data) if is_list else data.items():
                if name in allowed:
                    yield from self._walk(inner, (*place, name), where)
                else:
                    words = tuple(map(str, allowed))
                    yield Problem(where((*place, name)), f"unknown name '{name}'", (), nearest(name, words))
        else:
            yield Problem(where(place), f"{place_name(place) or place[0]}: expected texts by name")

    def _text(self, text: Any, place: Place, where: str) -> Iterator[Problem]:
        if not isinstance(text, str) or not text.strip():
            yield Problem(where, f"{place_name(place)}: expected text")
            return
        for what, kept in (("placeholders and signs", signs_of), ("numbers", numbers_of)):
            wanted, found = kept(self.english[place]), kept(text)
            if wanted != found:
                fault = f"{place_name(place)}: the {what} are {' '.join(sorted(found.elements())) or 'none'}"
                yield Problem(where, fault, tuple(sorted(wanted.elements())))
                return
        self.texts[place] = text.strip()

    def _read_public(self, data: Any, where: Callable[[Place], str]) -> Iterator[Problem]:
        try:
            own = _Public(public=data).public
        except ValidationError as error:
            yield from problems_of(error, _Public, at=where)
            return
        if len(own) != self.entries:
            yield Problem(where(("public",)), f"public: expected a list of {self.entries} entries, as in English")
            return
        said = [(number, text) for number, entry in enumerate(own) for both in entry.instead.items() for text in both]
        strays = [(number, sign) for number, text in said for sign in sorted(signs_of(text))]
        for number, sign in strays:
            yield Problem(where(("public", number)), f"public[{number}].instead: a phrase has the sign {sign}")
        self.public = () if strays else own

    def _left_out(self) -> Iterator[Problem]:
        for place in self.english:
            if place not in self.texts:
                yield Problem(self._shown(str(place[0])), f"{place_name(place)}: is not translated, English stands there")
        if not self.public:
            yield Problem(self._shown("wording.yaml"), "public: is not translated")

    def _stale(self) -> Iterator[Problem]:
        made_from = _made_from(self.folder)
        for place in self.texts:
            noted = made_from.get(str(place[0]), {}).get(place_name(place))
            if noted is None:
                fault = "it is not written down from which English text this was made: run 'recommender rules translated'"
            elif noted != hash_of(self.english[place]):
                fault = "the English text has changed since this was translated"
            else:
                continue
            yield Problem(self._shown(str(place[0])), f"{place_name(place)}: {fault}")
