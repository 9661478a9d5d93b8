"""One rule and one source as entries to open: what each says in plain words, with links from one to the other."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Final

from recommender.documents.assessment import Source, TreatmentFacts
from recommender.export.labels import COUNTRIES
from recommender.export.sections.basis import strength_in_words
from recommender.export.sections.conclusions import NAMED_IN_ADDRESS
from recommender.knowledge.conclusion_words import conclusion_as_told
from recommender.knowledge.conditions import Condition, findings_of
from recommender.knowledge.phrases import Phrases
from recommender.knowledge.reference import CitedSource
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule
from recommender.knowledge.voice import Voice
from recommender.languages import SOURCE, current, day_in_words, either, spoken
from recommender.web.about import words

_NUMBER: Final = r"\d[\d.,–-]*"
_AMOUNT: Final = re.compile(rf"{_NUMBER}(?:(?: or| to| and)? {_NUMBER})*[ -]?(?:units?|IU|U|m[lL]|cc)\b")


def without_amounts(text: str) -> str:
    """A text without how much to inject: no dose is shown to the public."""
    return _AMOUNT.sub(words.AMOUNT, text)


def in_words(day: date) -> str:
    """A day as it is read: 30 November 2027."""
    return day_in_words(day)


class Entries:
    """Writes rules and sources in one wording; every text of the rule base is escaped.

    A rule is linked to by its number: its id may name a medicine that its reader must not be told.
    """

    def __init__(self, rules: RuleBase, voice: Voice) -> None:
        self._rules = rules
        self._voice = voice
        self._numbers = {rule.id: number for number, rule in enumerate(rules.every_rule, start=1)}
        finders = {name: found for name, found in rules.finders.items() if found}
        titles = {name: either([f"“{rule.text.title}”" for rule in found]) for name, found in finders.items()}
        self._phrases = Phrases(voice.reference.questions, titles, "patient")
        names = "|".join(re.escape(name) for name in sorted(rules.reference.sources, key=len, reverse=True))
        self._names = re.compile(rf"\b(?:{names})\b")

    def text(self, text: str) -> str:
        """A text of the rule base, ready for the page."""
        return escape(self._voice.quoted(text))

    def rule(self, rule: Rule) -> str:
        """A rule: its title and conclusion, and behind them everything that it says."""
        return _entry(
            self._anchor(rule),
            self.text(rule.text.title),
            self.text(conclusion_as_told(rule, self._voice)),
            (
                (words.WHEN, self._condition(rule.when)),
                (words.BECAUSE, self.text(rule.text.because)),
                (words.IF_NOT_KNOWN, self.text(rule.text.if_not_known or "")),
                (words.RULE_LIMITS, self._linked(without_amounts(rule.text.limits or ""))),
                (words.RESTS_ON, _list(self._source_link(name) for name in rule.text.sources)),
                (words.BUILDS_ON, _list(self._rule_link(one) for one in self._builds_on(rule))),
                (words.USED_BY, _list(self._rule_link(one) for one in self._used_by(rule))),
                (words.RULE_STANDING, f"{self.text(self._standing(rule))} <code>{self._name(rule)}</code>"),
            ),
        )

    def treatment(self, told: TreatmentFacts, full: TreatmentFacts) -> str:
        """A treatment in the words for its reader, found by every name it has in ``full``.

        A name that may not be shown is encoded in the page, and only the search decodes it, to compare it with what is typed.
        """
        names = [full.name, full.known_as or "", full.clinical_name or ""]
        names += [name for product in full.products for name in (product.name, *product.brands)]
        entry = _entry(
            f"treatment-{NAMED_IN_ADDRESS[full.treatment]}",
            self.text(told.name),
            self.text(told.known_as or ""),
            (
                (words.WHAT_IT_IS, self.text(told.what_it_is)),
                (words.HOW_IT_WORKS, self.text(told.how_it_works)),
                (words.GOOD_FOR, self.text(told.good_for)),
                (words.RESTS_ON, _list(self._source_link(name) for name in told.sources)),
            ),
        )
        also = b64encode(" ".join(filter(None, names)).encode()).decode()
        return entry.replace('class="entry"', f'class="entry" data-also="{also}"', 1)

    def source(self, name: str, source: CitedSource) -> str:
        """A source: its title and publisher, and behind them what it says, how it was read and which rules rest on it."""
        cited = self._voice.cited(name)
        citing = [rule for rule in self._rules.every_rule if name in rule.text.sources]
        by_facts = words.CITED_BY_FACTS if name in self._rules.reference.sources_of_treatments else ""
        return _entry(
            f"source-{name}",
            self._as_published(cited.title or _published(cited)),
            self._as_published(_published(cited) if cited.title else ""),
            (
                (words.SAYS, _in_english(self.text(without_amounts(source.says)))),
                (words.STRENGTH_OF, self.text(words.STRENGTHS.get(source.strength, (source.strength,))[0])),
                (words.SEEN_AS, self.text(words.SEEN.get(source.seen_as or "", source.seen_as or ""))),
                (words.ABOUT, "" if source.jurisdiction == "any" else _in_english(self.text(source.jurisdiction))),
                (words.ADDRESS, self._address(cited.url or "")),
                (words.CITED_BY, _list(self._rule_link(rule) for rule in citing)),
                (words.CITED_ELSEWHERE, escape(by_facts)),
                (words.NAME, f"<code>{self.text(name)}</code>"),
            ),
        )

    def _condition(self, condition: Condition) -> str:
        """The condition as a list with lists in it, from its lines and their depths."""
        html, open_lists = "", 0
        for depth, line in self._phrases.outline(condition):
            while open_lists > depth + 1:
                html, open_lists = f"{html}</li></ul>", open_lists - 1
            html += "<ul>" if open_lists < depth + 1 else "</li>"
            open_lists = depth + 1
            html += f"<li>{self.text(line[0].upper() + line[1:])}"
        return html + "</li></ul>" * open_lists

    def _builds_on(self, rule: Rule) -> Iterator[Rule]:
        for name in sorted(findings_of(rule.when)):
            yield from self._rules.finders.get(name, ())

    def _used_by(self, rule: Rule) -> Iterator[Rule]:
        if rule.finds is not None:
            yield from (other for other in self._rules.every_rule if rule.finds in findings_of(other.when))

    def _standing(self, rule: Rule) -> str:
        text, signed = rule.text, rule.signature
        parts = [words.DRAFT]
        if signed is not None:
            day = in_words(signed.signed_on)
            parts = [words.SIGNED.format(name=signed.name, role=signed.role, registration=signed.registration, day=day)]
        if text.jurisdictions:
            parts.append(words.ONLY_IN.format(places=", ".join(spoken(COUNTRIES)[place] for place in text.jurisdictions)))
        if text.in_force_from:
            parts.append(words.FROM.format(day=in_words(text.in_force_from)))
        if text.in_force_until:
            parts.append(words.UNTIL.format(day=in_words(text.in_force_until)))
        if not rule.in_force(self._rules.on):
            parts.append(words.NOT_NOW)
        return " ".join([*parts, words.DUE.format(day=in_words(self._rules.review_by(rule)))])

    def _linked(self, text: str) -> str:
        """A text in which the name of a source leads to the source."""
        return self._names.sub(lambda found: _link(f"source-{found[0]}", found[0]), self.text(text))

    def _rule_link(self, rule: Rule) -> str:
        return _link(self._anchor(rule), self.text(rule.text.title))

    def _source_link(self, name: str) -> str:
        cited = self._voice.cited(name)
        named = _link(f"source-{name}", self._as_published(cited.title or _published(cited)))
        return f"{named}, {self._as_published(_published(cited))}" if cited.title else named

    def _as_published(self, text: str) -> str:
        """What stands as it was published, in English."""
        return _in_english(escape(text))

    def _anchor(self, rule: Rule) -> str:
        return f"rule-{self._numbers[rule.id]}"

    def _name(self, rule: Rule) -> str:
        return escape(rule.id) if self._voice.may_read(rule.id) else escape(words.NUMBER.format(number=self._numbers[rule.id]))

    def _address(self, url: str) -> str:
        said = escape(url)
        if not url.startswith(("https://", "http://")):
            return said
        return f'<a href="{said}" target="_blank" rel="noreferrer noopener">{said}</a>'


def _in_english(html: str) -> str:
    """English on a page that may be in another language."""
    return html if current() == SOURCE else f'<span lang="{SOURCE}">{html}</span>'


def _published(source: Source) -> str:
    """Publisher and year; where the publisher may not be named either, how strong the source is."""
    publisher = source.publisher or strength_in_words(source.strength)
    return f"{publisher}, {source.year}" if source.year else publisher


def _link(target: str, text: str) -> str:
    return f'<a href="#{escape(target)}">{text}</a>'


def _list(items: Iterable[str]) -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def _entry(name: str, title: str, line: str, parts: Sequence[tuple[str, str]]) -> str:
    said = "".join(f"<dt>{escape(heading)}</dt><dd>{body}</dd>" for heading, body in parts if body)
    return (
        f'<details class="entry" id="{escape(name)}"><summary><b>{title}</b> <span>{line}</span></summary>'
        f"<dl>{said}</dl></details>"
    )
