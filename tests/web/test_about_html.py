"""How this works: every rule and every source is there, each leads to the other, and no text is read as markup."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from forbidden_words import forbidden_in

from recommender import RuleBase
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction
from recommender.knowledge.rules import Signature, text_hash
from recommender.knowledge.voice import Voice
from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.about.entries import in_words, without_amounts
from recommender.web.about.html import AboutHtml
from recommender.web.about.page import written

SMALL_RULE = """
- id: gallery.trial
  title: A rule of its own
  when:
    all:
      - any:
          - history: {hiv: yes}
          - person: {age: {at_least: 18}}
      - history: {pregnant: no}
  hold: {treatment: dermal_filler, effect: defer, until: it is <later>}
  because: Because & so.
  if_not_known: If & so.
  sources: [T1-101]
  limits: See T1-101, and give 20 units.
  jurisdictions: [uk, us]
  in_force_from: 2020-01-31
  in_force_until: 2020-12-31
  examples:
    - {say: fires, given: {jurisdiction: uk, history: {pregnant: no, hiv: yes}}, expect: fires}
    - {say: silent, given: {jurisdiction: uk, history: {pregnant: yes}}, expect: silent}
"""


class Page(HTMLParser):
    """The text and the links of each entry, by its id; the group it stands in; every id and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: dict[str, str] = {}
        self.links: dict[str, set[str]] = {}
        self.group: dict[str, str] = {}
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self._part = self._entry = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "details":
            self._part = given.get("data-part") or self._part
            self._entry = given.get("id") or ""
            if self._entry:
                self.group[self._entry], self.text[self._entry], self.links[self._entry] = self._part, "", set()
        if tag == "a" and self._entry:
            self.links[self._entry].add(given["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._entry = ""

    def handle_data(self, data: str) -> None:
        if self._entry:
            self.text[self._entry] += f"{data} "


@pytest.fixture(scope="module")
def voice(rules: RuleBase) -> Voice:
    return rules.voice("patient", "other")


@pytest.fixture(scope="module")
def html(rules: RuleBase, voice: Voice) -> str:
    return AboutHtml(rules, voice).text()


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


@pytest.fixture(scope="module")
def anchor(rules: RuleBase) -> dict[str, str]:
    return {rule.id: f"rule-{number}" for number, rule in enumerate(rules.every_rule, start=1)}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_rule_is_there_in_the_group_of_its_folder_with_all_it_says(
    rules: RuleBase, page: Page, anchor: dict[str, str]
) -> None:
    for rule in rules.every_rule:
        said = squeezed(page.text[anchor[rule.id]])
        wanted = (rule.text.title, rule.text.because, about_words.DRAFT, in_words(rules.review_by(rule)), rule.id)

        assert [text for text in wanted if squeezed(text) not in said] == [], rule.id
        assert page.group[anchor[rule.id]] == rule.where.partition("/")[0]
    assert sum(name.startswith("rule-") for name in page.text) == len(rules.every_rule)


def test_every_source_is_there_with_all_it_says(rules: RuleBase, voice: Voice, page: Page) -> None:
    for name, source in rules.reference.sources.items():
        said = squeezed(page.text[f"source-{name}"])
        strength, seen = about_words.STRENGTHS[source.strength][0], about_words.SEEN.get(source.seen_as or "", "")
        cited = voice.cited(name)
        says = voice.quoted(without_amounts(source.says))
        wanted = (cited.title, cited.publisher, str(source.year or ""), says, strength, seen, name)

        assert [text for text in wanted if squeezed(text) not in said] == [], name
        assert cited.url is None or cited.url in page.links[f"source-{name}"]
    assert sum(name.startswith("source-") for name in page.text) == len(rules.reference.sources)


def test_the_name_that_people_know_leads_a_search_to_ours_and_is_shown_nowhere_else(rules: RuleBase) -> None:
    html = AboutHtml(rules, rules.voice("patient", "uk")).text()

    also = [b64decode(found).decode().lower() for found in re.findall(r'data-also="([^"]+)"', html)]
    assert ["botox" in names for names in also] == [True, False]
    assert "<b>Muscle-relaxing injection</b>" in html
    assert "botox" not in html.lower()


def test_a_rule_leads_to_its_sources_and_a_source_to_its_rules(rules: RuleBase, page: Page, anchor: dict[str, str]) -> None:
    for rule in rules.every_rule:
        for source in rule.text.sources:
            assert f"#source-{source}" in page.links[anchor[rule.id]]
            assert f"#{anchor[rule.id]}" in page.links[f"source-{source}"]


def test_no_source_claims_a_rule_that_does_not_cite_it(rules: RuleBase, page: Page, anchor: dict[str, str]) -> None:
    claimed = {name: {link for link in links if link.startswith("#rule-")} for name, links in page.links.items()}

    for name in rules.reference.sources:
        assert claimed[f"source-{name}"] == {f"#{anchor[rule.id]}" for rule in rules.every_rule if name in rule.text.sources}


def test_a_rule_leads_to_the_rules_it_builds_on_and_they_lead_back(page: Page, anchor: dict[str, str]) -> None:
    assert f"#{anchor['movement.lines-on-movement']}" in page.links[anchor["movement.offer-toxin"]]
    assert f"#{anchor['movement.offer-toxin']}" in page.links[anchor["movement.lines-on-movement"]]


def test_every_link_of_the_page_leads_somewhere_and_every_name_is_given_once(page: Page, html: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_name_of_a_source_in_a_limit_leads_to_it(page: Page, anchor: dict[str, str]) -> None:
    assert {"#source-T1-037", "#source-seed"} <= page.links[anchor["movement.offer-toxin"]]


def test_conditions_and_conclusions_are_in_the_words_of_the_person(page: Page, anchor: dict[str, str]) -> None:
    breastfeeding, offer = page.text[anchor["pregnancy.breastfeeding-filler"]], page.text[anchor["movement.offer-toxin"]]

    assert "Are you breastfeeding? “Yes”" in breastfeeding
    assert "Wait: Dermal filler, until after breastfeeding" in breastfeeding
    assert "Worth discussing: Anti-wrinkle injection (first choice)" in offer
    assert "Another rule has found: “Lines made by facial movement”" in offer
    assert "Call the emergency number now" in page.text[anchor["after.vision"]]


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_the_page_names_nothing_that_the_public_may_not_be_told(rules: RuleBase, jurisdiction: Jurisdiction) -> None:
    assert forbidden_in(AboutHtml(rules, rules.voice("patient", jurisdiction)).text(), jurisdiction) == []


def test_no_text_is_read_as_markup(rules: RuleBase, page: Page) -> None:
    voice = Voice(rules.reference, "patient", "other")
    voice.said = lambda text: f"<img src=x onerror=alert(1)>{text}\"'&"  # type: ignore[method-assign]
    html = AboutHtml(rules, voice).text()
    seen = Page(html)

    assert "<img" not in html
    assert seen.tags == page.tags
    assert seen.ids == page.ids


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("doses of 26, 31 or 36 units according to", "doses of [amount left out] according to"),
        ("20–50 U improved", "[amount left out] improved"),
        ("A 25 U study", "A [amount left out] study"),
        ("(100-unit family)", "([amount left out] family)"),
        ("1.5 mL in each lip", "[amount left out] in each lip"),
        ("on days 2–4 and at 12 months, 84% of the units", "on days 2–4 and at 12 months, 84% of the units"),
    ],
)
def test_how_much_to_inject_is_left_out(told: str, left: str) -> None:
    assert without_amounts(told) == left


def test_no_amount_stands_in_what_a_source_says(page: Page) -> None:
    said = {name: text.partition(about_words.SAYS)[2] for name, text in page.text.items() if name.startswith("source-")}

    assert [name for name, text in said.items() if re.search(r"\d ?(U|units?|ml)\b", text, re.IGNORECASE)] == []
    assert sum(about_words.AMOUNT in text for text in said.values()) > 1


def test_it_says_what_these_rules_are_and_that_nobody_has_signed_them(rules: RuleBase, html: str) -> None:
    text = unescape(html)

    assert about_words.NONE_SIGNED.format(rules=len(rules.every_rule)) in text
    assert rules.fingerprint in text
    assert rules.reference.identity.version in text
    assert f"{sum(len(rule.text.examples) for rule in rules.every_rule)} in all" in text
    for strength, (_, meaning) in about_words.STRENGTHS.items():
        assert meaning in text, strength


def test_a_signature_is_told_where_it_holds(rules: RuleBase) -> None:
    def signed(number: int) -> RuleBase:
        hands = {"name": "N. N.", "role": "nurse", "registration": "00X", "signed_on": date(2027, 3, 1)}
        first = [replace(r, signature=Signature(text=text_hash(r.text), **hands)) for r in rules.rules[:number]]
        return replace(rules, rules=(*first, *rules.rules[number:]))

    one, every = (
        AboutHtml(signed(number), signed(number).voice("patient", "other")).text() for number in (1, len(rules.rules))
    )

    assert about_words.SOME_SIGNED.format(signed=1, rules=len(rules.every_rule)) in one
    assert one.count("Signed by N. N., nurse, 00X, on 1 March 2027.") == 1
    assert about_words.ALL_SIGNED.format(rules=len(rules.every_rule)) in every
    assert about_words.DRAFT not in every


def test_a_folder_nobody_has_named_and_a_rule_with_everything(rules_of: Callable[[str], RuleBase]) -> None:
    small = rules_of(SMALL_RULE)
    html = AboutHtml(small, small.voice("patient", "other")).text()
    said = squeezed(Page(html).text["rule-1"])

    assert ">Gallery <" in html
    assert '<option value="gallery">Gallery</option>' in html
    assert "Wait: Dermal filler, until it is <later>" in said
    assert "Because & so." in said
    assert "It is only for: United Kingdom, United States." in said
    assert "It applies from 31 January 2020. It applies until 31 December 2020. It does not apply now." in said
    assert '<a href="#source-T1-101">T1-101</a>, and give [amount left out].' in html
    assert (
        "<dd><ul><li>All of these:<ul><li>Any of these:<ul><li>Do you live with HIV? “Yes”</li><li>How old are you? 18 or more"
        "</li></ul></li><li>Are you pregnant? “No”</li></ul></li></ul></dd>"
    ) in html


def test_it_is_written_once_for_a_rule_base_and_stays_small(rules: RuleBase) -> None:
    page = written(rules, "other")

    assert written(rules, "other") is page
    assert len(gzip.compress(page.encode(), 6, mtime=0)) < 120_000


def test_the_words_of_the_pages_name_neither_treatment_nor_medicine(rules: RuleBase) -> None:
    named = {word.lower() for facts in rules.reference.treatments for word in (facts.name, facts.clinical_name)}
    named |= {product.name.lower() for facts in rules.reference.treatments for product in facts.products}
    named |= {"anti-wrinkle", "filler", "botulinum", "toxin", "botox", "hyaluron"}
    texts = [text.lower() for module in (words, about_words) for value in vars(module).values() for text in strings(value)]

    assert len(texts) > 150
    assert [(text, name) for text in texts for name in named if name in text] == []


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, tuple) else []
