"""Translations of a rule base: files of texts beside the rules (``languages/<language>/``), which decide nothing.

Whatever is wrong with one – a word that is not known, a placeholder lost, a text left out or made from an English one that has
changed since – is told by ``rules check``, and English stands in its place: a translation never keeps the rules from loading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from recommender.atomic_write import atomic_write, locked_folder
from recommender.documents.problems import Problem, RecommenderError, nearest
from recommender.knowledge.reference import Reference
from recommender.knowledge.rules import Rule
from recommender.knowledge.wordings import Place, texts_of
from recommender.knowledge.yaml_files import as_yaml, read_yaml
from recommender.languages import OWN_NAMES, PSEUDO
from recommender.languages.pseudo import accented, pseudo
from recommender.languages.signs import signs_of

FOLDER: Final = "languages"
MADE_FROM: Final = "made_from.yaml"
_PUBLIC: Final = ("wording.yaml", "public")
_PUBLIC_FIELDS: Final = ("never", "instead", "limits")
_HEADING: Final = (
    "# Written by 'recommender rules translated': each translated text, and a hash of the English text that it was made from.\n"
)


@dataclass(frozen=True)
class Overlay:
    """The translation of a rule base into one language: its usable texts, by place; and what is wrong with it.

    ``public`` is what stands under that name in the translation of ``wording.yaml``.
    """

    language: str
    texts: Mapping[Place, str]
    public: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()

    def text(self, place: Place, english: str) -> str:
        """The text for a place; English where it is not translated."""
        return self.texts.get(place, english)

    def public_in(self, reference: Reference) -> tuple[Mapping[str, Any], ...]:
        """What the public is not told: the English words, which quoted sources may have, and those of the language."""
        entries = [entry.model_dump(mode="json") for entry in reference.wording.public]
        for entry, own in zip(entries, self.public, strict=False):
            entry["never"] = [*entry["never"], *(word for word in own.get("never", ()) if word not in entry["never"])]
            entry["instead"] = {**entry["instead"], **own.get("instead", {})}
            entry["limits"] = own.get("limits", entry["limits"])
        return tuple(entries)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of the language for which something else is said to the public."""
        return tuple(phrase for entry in self.public for phrase in entry.get("instead", {}))


class PseudoOverlay(Overlay):
    """The translation into the language for tests, made by itself."""

    def text(self, place: Place, english: str) -> str:  # noqa: ARG002 (every place is said)
        """The English text in other letters."""
        return pseudo(english)

    def public_in(self, reference: Reference) -> tuple[Mapping[str, Any], ...]:
        """The same with the words in other letters."""
        entries = [entry.model_dump(mode="json") for entry in reference.wording.public]
        for entry in entries:
            entry["never"] = [*entry["never"], *map(accented, entry["never"])]
            own = {accented(phrase): accented(said) for phrase, said in entry["instead"].items()}
            entry["instead"] = {**entry["instead"], **own}
        return tuple(entries)


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


def place_name(place: Place) -> str:
    """A place below its file, in one text."""
    return " / ".join(map(str, place[1:]))


def mark_translated(root: Path, language: str, rules: Sequence[Rule], reference: Reference, *, renewed: bool = False) -> int:
    """Write down from which English texts the translations of a language were made; how many were not written down before.

    A translation whose English text has changed since stays stale unless ``renewed`` says that it was looked at again.
    Raises RecommenderError where there is no such language or its file cannot be written.
    """
    folder = root / FOLDER / language
    if not folder.is_dir():
        known = tuple(OWN_NAMES)
        raise RecommenderError([Problem(language, f"no translation in {folder}", known, nearest(language, known))])
    with locked_folder(folder):
        return _mark_translated(root, language, rules, reference, renewed=renewed)


def _mark_translated(root: Path, language: str, rules: Sequence[Rule], reference: Reference, *, renewed: bool) -> int:
    folder = root / FOLDER / language
    english = texts_of(rules, reference)
    made_from: dict[str, dict[str, str]] = {}
    before, new = _made_from(folder), 0
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
    """Reads the translation into one language, and gathers what is wrong with it."""

    root: Path
    folder: Path
    english: Mapping[Place, str]
    entries: int  # how many the English list of what the public is not told has
    texts: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    public: tuple[Mapping[str, Any], ...] = ()

    def overlay(self) -> Overlay:
        """The translation."""
        language = self.folder.name
        if language not in OWN_NAMES:
            known = tuple(OWN_NAMES)
            self.problems.append(Problem(f"{FOLDER}/{language}", "no such language", known, nearest(language, known)))
        self._known = self._tree()
        for path in sorted(self.folder.rglob("*.yaml")):
            name = path.relative_to(self.folder).as_posix()
            if name != MADE_FROM:
                self._file(path, name)
        self.problems += self._left_out()
        self.problems += self._stale()
        return Overlay(language, self.texts, self.public, tuple(self.problems))

    def _tree(self) -> dict[Place, list[str | int]]:
        """Each place on the way to a text → what may stand below it, in the order of English."""
        below: dict[Place, dict[str | int, None]] = {}
        for place in self.english:
            for depth in range(len(place)):
                below.setdefault(place[:depth], {})[place[depth]] = None
        return {place: list(names) for place, names in below.items()}

    def _shown(self, name: str) -> str:
        return f"{FOLDER}/{self.folder.name}/{name}"

    def _file(self, path: Path, name: str) -> None:
        file = read_yaml(path, self._shown(name))
        self.problems += file.problems
        known = self._known[()]
        if name not in known:
            names = tuple(map(str, known))
            self.problems.append(Problem(self._shown(name), "no file of rules has this name", (), nearest(name, names)))
            return
        if file.data is None and not file.problems:
            return
        data = file.data
        if name == _PUBLIC[0] and isinstance(data, dict) and "public" in data:
            data = dict(data)
            self._read_public(data.pop("public"), file.where(("public",)))
        self._walk(data, (name,), lambda place: file.where(place[1:]))

    def _walk(self, data: Any, place: Place, where: Any) -> None:
        if place in self.english:
            self._text(data, place, where(place))
            return
        allowed = self._known[place]
        if isinstance(data, list) and all(isinstance(name, int) for name in allowed):
            if len(data) != len(allowed):
                fault = f"{place_name(place)}: {len(data)} texts, the English list has {len(allowed)}"
                self.problems.append(Problem(where(place), fault))
                return
            data = dict(enumerate(data))
        if not isinstance(data, dict):
            self.problems.append(Problem(where(place), f"{place_name(place) or place[0]}: expected texts by name"))
            return
        for name, inner in data.items():
            if name in allowed:
                self._walk(inner, (*place, name), where)
            else:
                words = tuple(map(str, allowed))
                self.problems.append(Problem(where((*place, name)), f"unknown name '{name}'", (), nearest(name, words)))

    def _text(self, text: Any, place: Place, where: str) -> None:
        if not isinstance(text, str) or not text.strip():
            self.problems.append(Problem(where, f"{place_name(place)}: expected text"))
            return
        wanted, found = signs_of(self.english[place]), signs_of(text)
        if wanted != found:
            fault = f"{place_name(place)}: the placeholders and signs are {' '.join(sorted(found.elements())) or 'none'}"
            self.problems.append(Problem(where, fault, tuple(sorted(wanted.elements()))))
            return
        self.texts[place] = text.strip()

    def _read_public(self, data: Any, where: str) -> None:
        if not isinstance(data, list) or len(data) != self.entries or not all(isinstance(entry, dict) for entry in data):
            self.problems.append(Problem(where, f"public: expected a list of {self.entries} entries, as in English"))
            return
        faults = list(self._public_faults(data, where))
        self.problems += faults
        if not faults:
            self.public = tuple(data)

    def _public_faults(self, data: Sequence[Mapping[str, Any]], where: str) -> Iterator[Problem]:
        for index, entry in enumerate(data):
            for name in entry:
                if name not in _PUBLIC_FIELDS:
                    yield Problem(
                        where, f"public[{index}]: unknown name '{name}'", _PUBLIC_FIELDS, nearest(name, _PUBLIC_FIELDS)
                    )
            never, instead = entry.get("never", []), entry.get("instead", {})
            if not isinstance(never, list) or not all(isinstance(word, str) and word.strip() for word in never):
                yield Problem(where, f"public[{index}].never: expected a list of words")
            if not isinstance(instead, dict) or not all(isinstance(said, str) and said.strip() for said in instead.values()):
                yield Problem(where, f"public[{index}].instead: expected phrases, each with what is said instead")
            elif stray := sorted(sign for phrase in (*instead, *instead.values()) for sign in signs_of(str(phrase))):
                yield Problem(where, f"public[{index}].instead: a phrase has the sign {stray[0]}")
            if not isinstance(entry.get("limits", "."), str):
                yield Problem(where, f"public[{index}].limits: expected text")

    def _left_out(self) -> Iterator[Problem]:
        for place in self.english:
            if place not in self.texts:
                yield Problem(self._shown(str(place[0])), f"{place_name(place)}: is not translated, English stands there")
        if not self.public:
            yield Problem(self._shown(_PUBLIC[0]), "public: is not translated")

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
