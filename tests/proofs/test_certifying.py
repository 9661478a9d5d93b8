"""The certificate of exact rules: made where all of it is proved, shown with those rules, refused for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from command_line import Run
from rule_texts import hold, offer, rule

from recommender import RecommenderError, load_rules
from recommender.knowledge import shipped_rules
from recommender.knowledge.certificate import FILE, Certificate, Proved, properties_fingerprint
from recommender.proofs import certifying
from recommender.proofs.certifying import as_html, certify
from recommender.web.about.html import AboutHtml

PROPERTY = """\
- id: a.young
  title: Nobody <young> is offered anything
  when: {person: {age: {below: 18}}}
  never: [{option: {status: [suggested, open, review, deferred, referred]}}]
  because: B
  sources: [seed]
  hazards: [H10]
"""
RULES = rule("lips", "{concern: {area: lips, kind: fuller}}", offer()) + rule(
    "young", "{person: {age: {below: 18}}}", hold("hard_stop")
)


def certificate_of(folder: Path) -> Certificate:
    """A certificate of the rules in a folder, as if all of it were proved."""
    rules = load_rules(folder)
    one = Proved(id="a.young", title="Nobody <young> is offered anything", hazards=("H10",), places=2)
    return Certificate(
        version=rules.identity.version,
        fingerprint=rules.fingerprint,
        properties_fingerprint=properties_fingerprint(folder),
        rules=len(rules.rules),
        proved_on=date(2026, 2, 3),
        solvers=("one", "other"),
        solver_library="a library 1",
        properties=(one,),
        any_rules=(one, one),
        checks=("never-fires",),
        exceptions=(),
    )


@pytest.fixture
def folder(rules_folder: Callable[..., Path]) -> Path:
    """A folder of rules with a property and a certificate of both."""
    found = rules_folder(here=RULES)
    (found / "properties").mkdir()
    (found / "properties" / "young.yaml").write_text(PROPERTY, encoding="utf-8")
    (found / FILE).write_text(certificate_of(found).model_dump_json(by_alias=True), encoding="utf-8")
    return found


def about(folder: Path) -> str:
    """How this works, of the rules in a folder."""
    rules = load_rules(folder)
    return AboutHtml(rules, rules.voice("patient", "uk")).text()


def test_it_is_shown_with_exactly_these_rules(folder: Path) -> None:
    assert "On 3 February 2026, two programs proved 3 sentences about safety of just these rules" in about(folder)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("gallery/here.yaml", "below: 18", "below: 17"),
        ("properties/young.yaml", "below: 18", "below: 16"),
        ("labels.yaml", "lidocaine_allergy", "diabetes"),
        (FILE, "rules-certificate/1", "rules-certificate/2"),
        (FILE, '"solvers"', '"solver"'),
    ],
)
def test_it_is_refused_for_others(folder: Path, file: str, before: str, after: str, run: Run) -> None:
    path = folder / file
    assert run("rules", "certify", "--verify", folder / FILE, "--rules", folder).code == 0
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    refused = run("rules", "certify", "--verify", folder / FILE, "--rules", folder)

    assert refused.code == 2
    assert FILE in refused.err
    assert "sentences about safety" not in about(folder)
    assert load_rules(folder).certificate is None


def test_rules_that_are_changed_in_memory_have_none(folder: Path) -> None:
    rules = load_rules(folder)

    assert rules.certificate is not None
    assert rules.in_language("es").certificate == rules.certificate
    assert rules.with_changed({"test.young": None}, {"test.young"}).certificate is None


def test_what_is_not_proved_is_not_certified(folder: Path, run: Run) -> None:
    file = folder / "gallery" / "here.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("below: 18", "below: 17"), encoding="utf-8")

    refused = run("rules", "certify", "--rules", folder, "--output", folder.parent / "made.json")

    assert refused.code == 2
    assert "a.young is broken" in refused.err
    assert not (folder.parent / "made.json").exists()


@pytest.mark.slow
def test_the_shipped_rules_are_certified_as_json_and_as_a_page() -> None:
    rules = load_rules()

    found = certify(shipped_rules(), rules, on=date(2026, 2, 3))
    page = as_html(found)

    assert Certificate.model_validate_json(found.model_dump_json(by_alias=True)) == found
    assert found.fingerprint == rules.fingerprint
    assert len(found.properties) > 100
    assert {one.id for one in found.any_rules} == {one.id for one in certifying.GENERAL}
    assert found.solver_library.startswith("python-sat ")
    assert all(f"<code>{one.id}</code>" in page for one in found.properties)
    assert rules.fingerprint in page


def test_the_page_escapes_what_it_is_given(folder: Path) -> None:
    page = as_html(certificate_of(folder))

    assert "Nobody &lt;young&gt; is offered anything" in page
    assert "<young>" not in page


def test_what_has_no_property_is_told(folder: Path) -> None:
    (folder / "properties" / "young.yaml").unlink()

    with pytest.raises(RecommenderError, match="holds no property"):
        certify(folder, load_rules(folder), on=date(2026, 2, 3))
