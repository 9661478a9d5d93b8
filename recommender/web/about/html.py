"""How this works as HTML: what a person may want to know first, then every rule and every source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from recommender.export.formats.html import with_calls
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule
from recommender.knowledge.voice import Voice
from recommender.web import words as form_words
from recommender.web.about import words
from recommender.web.about.entries import Entries, in_words
from recommender.web.state.draft_store import KEPT_FOR_HOURS

_SOURCES = "sources"


class AboutHtml:
    """Writes the page of one rule base for the reader of one voice."""

    def __init__(self, rules: RuleBase, voice: Voice) -> None:
        self._rules = rules
        self._voice = voice
        self._entries = Entries(rules, voice)

    def text(self) -> str:
        """The whole page below its lead."""
        sections = tuple(self._sections())
        contents = "".join(f'<li><a href="#{name}">{escape(title)}</a></li>' for name, title, _ in sections)
        return f'<nav aria-label="{escape(words.CONTENTS)}"><ul>{contents}</ul></nav>' + "".join(
            f'<section><h2 id="{name}" tabindex="-1">{escape(title)}</h2>{body}</section>' for name, title, body in sections
        )

    def _sections(self) -> Iterator[tuple[str, str, str]]:
        rules = len(self._rules.every_rule)
        number = with_calls(self._voice.reference.wording.emergency_number.of(self._voice.jurisdiction))
        yield "answers", words.ANSWERS, _points(said.format(hours=KEPT_FOR_HOURS) for said in words.ANSWERS_SAID)
        yield "conclusions", words.CONCLUSIONS, _points(said.format(rules=rules) for said in words.CONCLUSIONS_SAID)
        yield "limits", words.LIMITS, _points(words.LIMITS_SAID) + f"<p>{escape(form_words.CALL).format(number=number)}</p>"
        yield "treatments", words.TREATMENTS, self._treatments()
        yield "standing", words.STANDING, self._standing()
        yield "strength", words.STRENGTH, f"<p>{escape(words.STRENGTH_SAID)}</p>{_pairs(words.STRENGTHS.values())}"
        yield "browse", words.BROWSE, self._search() + self._every_rule() + self._every_source()

    def _standing(self) -> str:
        every = self._rules.every_rule
        signed = sum(rule.signature is not None for rule in every)
        status = words.SOME_SIGNED if signed else words.NONE_SIGNED
        status = words.ALL_SIGNED if signed == len(every) else status
        examples = sum(len(rule.text.examples) for rule in every)
        identity = self._rules.reference.identity
        return (
            f'<p class="status">{escape(status.format(rules=len(every), signed=signed))}</p>'
            + _points(said.format(examples=examples) for said in words.STANDING_SAID)
            + f"<dl><dt>{words.VERSION}</dt><dd>{escape(identity.version)}</dd>"
            f"<dt>{words.REVIEW}</dt><dd>{in_words(identity.review_by)}</dd>"
            f"<dt>{words.FINGERPRINT}</dt><dd><code>{escape(self._rules.fingerprint)}</code> "
            f"<p>{escape(words.FINGERPRINT_SAID)}</p></dd>{self._proved()}</dl>"
        )

    def _proved(self) -> str:
        """What was proved of exactly these rules, where that is known."""
        certificate = self._rules.certificate
        if certificate is None:
            return ""
        said = words.PROVED_SAID.format(
            day=in_words(certificate.proved_on),
            properties=len(certificate.properties) + len(certificate.any_rules),
            exceptions=len(certificate.exceptions),
        )
        return f"<dt>{escape(words.PROVED)}</dt><dd>{escape(said)}</dd>"

    def _treatments(self) -> str:
        """What each treatment is, by the name it has here; whatever else it is called leads a search to it."""
        told, full = self._voice.reference.treatments, self._rules.reference.treatments
        entries = "".join(self._entries.treatment(here, all_of_it) for here, all_of_it in zip(told, full, strict=True))
        return f'<div class="group" data-part="treatments">{entries}</div>'

    def _search(self) -> str:
        about = {folder: _about(folder) for folder, _ in self._by_folder()}
        shown = {"": words.SHOW_ALL} | about | {_SOURCES: words.SHOW_SOURCES}
        options = "".join(
            f'<option value="{escape(value)}">{self._entries.text(label)}</option>' for value, label in shown.items()
        )
        return (
            f'<div class="search" role="search"><label for="words">{escape(words.SEARCH)}</label>'
            f'<p class="hint" id="words-hint">{escape(words.SEARCH_HINT)}</p>'
            '<input id="words" type="search" autocomplete="off" spellcheck="false" aria-describedby="words-hint">'
            f'<label for="part">{escape(words.SHOW)}</label><select id="part">{options}</select>'
            f'<p role="status" data-found="{escape(words.FOUND)}" data-named="{escape(words.FOUND_AS)}" '
            f'data-nothing="{escape(words.NOT_FOUND)}"></p>'
            f'<button type="button" hidden>{escape(words.CLEAR)}</button></div>'
        )

    def _by_folder(self) -> Iterator[tuple[str, tuple[Rule, ...]]]:
        """Folder → its rules in the order of their files; the folders known here first, then any other."""
        known = tuple(words.FOLDERS)
        rank = {folder: place for place, folder in enumerate(known)}
        ordered = sorted(self._rules.every_rule, key=lambda rule: (rank.get(_folder(rule), len(known)), *_place(rule)))
        for folder, rules in groupby(ordered, key=_folder):
            yield folder, tuple(rules)

    def _every_rule(self) -> str:
        groups = ""
        for folder, rules in self._by_folder():
            topics = "".join(
                f'<section class="topic"><h5>{self._entries.text(words.TOPICS.get(file) or _spaced(file))}</h5>'
                f"{''.join(self._entries.rule(rule) for rule in same)}</section>"
                for file, same in groupby(rules, key=lambda rule: _place(rule)[0].partition("/")[2].removesuffix(".yaml"))
            )
            groups += _group(folder, self._entries.text(_about(folder)), len(rules), topics)
        return f'<section class="kind"><h3>{escape(words.RULES)}</h3>{groups}</section>'

    def _every_source(self) -> str:
        every = self._rules.reference.sources
        known = [strength for strength in words.STRENGTHS if any(source.strength == strength for source in every.values())]
        groups = ""
        for strength in (*known, *sorted({source.strength for source in every.values()} - set(known))):
            same = sorted((s.publisher.lower(), s.title, name) for name, s in every.items() if s.strength == strength)
            inner = "".join(self._entries.source(name, every[name]) for _, _, name in same)
            title = words.STRENGTHS.get(strength, (strength,))[0]
            groups += _group(_SOURCES, self._entries.text(title), len(same), inner)
        return f'<section class="kind"><h3>{escape(words.SOURCES)}</h3><p>{escape(words.AMOUNTS)}</p>{groups}</section>'


def _group(part: str, title: str, count: int, inner: str) -> str:
    heading = f'<h4>{title} <span class="count">({count})</span></h4>'
    return f'<details class="group" data-part="{escape(part)}"><summary>{heading}</summary>{inner}</details>'


def _place(rule: Rule) -> tuple[str, int]:
    file, _, line = rule.where.rpartition(":")
    return file, int(line)


def _folder(rule: Rule) -> str:
    return rule.where.partition("/")[0]


def _about(folder: str) -> str:
    return words.FOLDERS.get(folder) or _spaced(folder)


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace("/", ", ").capitalize()


def _points(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(word)}</dt><dd>{escape(said)}</dd>' for word, said in pairs)}</dl>"
