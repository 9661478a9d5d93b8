"""The result page shows every block of the summary, in its order, as text and never as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from recommender import RuleBase, assess, explain
from recommender.export import Cover, summarise, summary_with_explanation
from recommender.export.blocks import Bullets, Callout, Line, Paragraph, Section, Summary, Table
from recommender.web.result.summary_html import SummaryHtml


class Seen(HTMLParser):
    """The text and the ids of a piece of HTML, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value and tag in ("section", "details")]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


def test_every_section_is_there_in_its_order(rules: RuleBase) -> None:
    answers = {
        "person": {"age": 42},
        "concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}, {"area": "lips", "kind": "fuller"}],
        "history": {"pregnant": "unsure"},
    }
    summary = summarise(assess(rules, answers))

    found = seen(SummaryHtml(summary).text()).ids

    assert [name for name in found if name in {section.id for section in summary.sections}] == [s.id for s in summary.sections]
    assert {"option-glabella-muscle", "option-lips-volume", "open", "in-doubt"} <= set(found)


def test_every_sentence_of_every_block_is_there(rules: RuleBase) -> None:
    summary = summarise(assess(rules, {"concerns": [{"area": "under_eye", "kind": "hollow"}], "history": {"pregnant": "yes"}}))

    text = " ".join(seen(SummaryHtml(summary).text()).words)

    missing = [said for said in sentences(summary.sections) if " ".join(said.split()) not in text]
    assert missing == []


def test_why_is_folded_at_each_conclusion_and_why_not_at_each_place(rules: RuleBase) -> None:
    answers = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}], "history": {"pregnant": "yes"}}
    assessment = assess(rules, answers | {"respondent": "nurse"})

    html = SummaryHtml(summary_with_explanation(assessment, explain(rules, assessment))).text()

    folded = re.findall(r'<details id="explanation-([^"]+)" class="folded"><summary><h(\d)>([^<]+)</h', html)
    assert folded == [
        ("option-glabella-muscle", "5", "Why? Step by step"),
        ("place-glabella", "4", "Why not the other one?"),
        ("hold-1", "3", "Why? Step by step: Wait: Dermal filler (soft-tissue filler)"),
        ("hold-2", "3", "Why? Step by step: Wait: Botulinum toxin type A"),
        ("what-if", "2", "What would change it"),
    ]
    assert 'aria-label="How this follows: Botulinum toxin type A, Glabella: Not now"' in html


def test_a_patient_unfolds_each_part_behind_the_answer_by_itself(rules: RuleBase) -> None:
    assessment = assess(rules, {"concerns": [{"area": "lips", "kind": "fuller"}], "history": {"blood_thinners": "yes"}})

    html = SummaryHtml(summarise(assessment)).text()

    first, _, more = html.partition('<section id="more"')
    assert seen(first).ids == ["answer", "holds"]
    assert "<details" not in first
    parts = re.findall(r'<details id="([^"]+)" class="folded"><summary><h3>', more)
    assert parts == re.findall(r'<details id="([^"]+)"', more)
    assert {"options", "comparison", "sources"} <= set(parts)


def test_in_an_emergency_nothing_is_folded_and_the_number_can_be_pressed(rules: RuleBase) -> None:
    told = {"jurisdiction": "uk", "after_treatment": {"treatment": "dermal_filler", "symptoms": {"vision_change": "yes"}}}
    summary = summarise(assess(rules, told))

    html = SummaryHtml(summary).text()

    assert seen(html).ids == ["answer"]
    assert '<a href="tel:999">999</a>' in html
    assert "<details" not in html


def sentences(blocks: tuple[object, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Section():
                found += [block.title, *([block.status] if block.status else []), *sentences(block.blocks)]
            case Paragraph(line):
                found += of_line(line)
            case Bullets(lead, lines):
                found += [lead, *(said for line in lines for said in of_line(line))]
            case Callout(_, text):
                found.append(text)
            case Table():
                found += [block.caption, *block.header, *(said for row in block.rows for cell in row for said in of_line(cell))]
            case _:
                pass
    return found


def of_line(line: Line) -> list[str]:
    return [line.text, *line.details]


def test_what_was_typed_is_shown_and_never_read_as_markup(rules: RuleBase) -> None:
    typed = "<img src=x onerror=alert(1)> & 'more'"
    summary = summarise(assess(rules, {}), cover=Cover(name=typed, note=typed))

    html = SummaryHtml(summary).text()

    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt; &amp;") == 2


def test_a_text_of_a_rule_is_never_read_as_markup() -> None:
    line = Line("<b>x</b>", label="<i>", details=("<u>",), sources=("<s>",))
    blocks = (Bullets("<p>", (line,)), Table("<c>", ("<h>", "<h2>"), ((line, line),)), Callout("calm", "<q>"), Paragraph(line))

    html = SummaryHtml(Summary("t", "en", (), (Section("a<b", "<h1>", blocks, status="<em>"),))).text()

    assert not re.search(r"<(b>x|i>|u>|s>|p>&|c>|h>|q>|em>|h1>)", html)
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_each_source_stands_under_the_number_by_which_it_is_cited(rules: RuleBase) -> None:
    html = SummaryHtml(summarise(assess(rules, {"concerns": [{"area": "under_eye", "kind": "hollow"}]}))).text()

    listed = re.findall(r'<li id="source-(\d+)" value="(\d+)"', html)

    assert [number for number, shown in listed if number != shown] == []
    assert set(re.findall(r'href="#source-(\d+)"', html)) <= {number for number, _ in listed}
    assert [int(number) for number, _ in listed] != list(range(1, len(listed) + 1))  # some are not cited
