"""Properties decided for everybody: what is proved has no counterexample; what is broken has one that the engine confirms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import few_answers, further, rule_base_of, rules_at_random, sampled, shipped

from recommender import RecommenderError, RuleBase, assess
from recommender.documents import read_answers
from recommender.knowledge import shipped_rules
from recommender.knowledge.parsing import read_condition
from recommender.logic.circuit import Circuit, SolversDisagreeError
from recommender.proofs.claims import Claim
from recommender.proofs.proof import Verdict, enough_places, is_broken, prove
from recommender.proofs.properties import Property, PropertyText, read_properties

PROPERTIES = {one.id: one for one in read_properties(shipped_rules(), shipped())}
#: of these another rule says the same where the property asks for it
SAID_TWICE = {
    "after.early-lump-not-settling",
    "country.uk-prescriber",
    "places.licence-condition",
    "places.masseter-toxin",
    "places.neck-toxin-licence-condition",
    "places.neck-toxin-off-label",
}
CLAIMS: list[dict[str, Any]] = [
    {"option": {"status": ["suggested", "open"]}},
    {"option": {"status": "review", "treatment": "dermal_filler"}},
    {"option": {"status": ["deferred", "referred", "withdrawn"]}},
    {"option": {"status": "suggested", "role": "first_line"}},
    {"hold": {"treatment": "dermal_filler", "effect": "review"}},
    {"referral": {"to": ["medical", "skin_consultation", "surgical_opinion"]}},
    {"alert": {"urgency": ["emergency", "same_day"]}},
    {"outcome": ["emergency", "same_day", "contact_injector"]},
    {"any": [{"alert": {"urgency": "emergency"}}, {"option": {"status": "suggested"}}]},
]


def controlling_rules() -> list[str]:
    """The rules that the hazard log names as controls."""
    log = (shipped_rules() / "HAZARDS.md").read_text(encoding="utf-8")
    controls = " ".join(line for line in log.splitlines() if line.startswith("- Controlled by:"))
    return sorted({name for name in controls.split("`") if name in shipped().by_id})


def decided(rules: RuleBase, one: Property, *, more_places: int = 0) -> Verdict:
    """What is found of one property."""
    return next(iter(prove(rules, [one], places=enough_places(rules, one) + more_places)))


@pytest.mark.slow
def test_every_shipped_property_is_proved() -> None:
    verdicts = list(prove(shipped(), PROPERTIES.values()))

    assert [verdict.about.id for verdict in verdicts if not verdict.proved] == []
    assert {verdict.about.id for verdict in verdicts} == set(PROPERTIES)


@pytest.mark.parametrize(
    "name",
    further(
        sorted(set(controlling_rules()) - SAID_TWICE)[:: 1 if strategies.length == "whole" else 4],
        *sorted(set(controlling_rules()) - SAID_TWICE)[:5:4],
    ),
)
def test_without_a_rule_that_controls_a_hazard_a_property_is_broken(name: str) -> None:
    without = shipped().with_changed({name: None}, {name})

    broken = [verdict for verdict in prove(without, PROPERTIES.values(), places=3) if not verdict.proved]

    assert broken
    assert all(verdict.confirmed for verdict in broken)


def test_a_counterexample_is_the_smallest_person_and_assess_confirms_it() -> None:
    without = shipped().with_changed({"pregnancy.toxin": None}, {"pregnancy.toxin"})

    verdict = decided(without, PROPERTIES["pregnancy.nothing-now"])

    assert verdict.answers is not None
    document = verdict.answers.document()
    assert (document["history"], len(document["concerns"])) == ({"pregnant": "yes"}, 1)
    offered = {option.status for option in assess(without, verdict.answers).options}
    assert offered & {"suggested", "open", "review"}


def test_a_threshold_that_no_rule_tests_is_told_apart() -> None:
    text = {
        **PROPERTIES["age.nothing-under-18"].text.model_dump(by_alias=True, exclude_none=True),
        "when": {"person": {"age": {"below": 19}}},
    }

    verdict = decided(shipped(), property_of(text, shipped()))

    assert verdict.answers is not None
    assert verdict.confirmed
    assert verdict.answers.person.age == 18


def property_of(text: dict[str, Any], rules: RuleBase) -> Property:
    """A property as written."""
    read = PropertyText.model_validate(text)
    when = read_condition(read.when, ("when",), lambda *_: None)
    return Property.of(read, when, rules, where="written.yaml:1")


Written = tuple[list[dict[str, Any]], dict[str, Any]]


@st.composite
def rules_and_a_property(draw: st.DrawFn) -> Written:
    """Rules at random, and a claim of whoever one of them is about, as written."""
    texts = draw(rules_at_random())
    when = draw(st.sampled_from([text["when"] for text in texts]))
    kind = draw(st.sampled_from(("never", "always")))
    claims = draw(st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=2, unique_by=str))
    return texts, {"id": "made.up", "title": "T", "when": when, kind: claims, "because": "B", "hazards": ["H01"]}


@pytest.mark.slow
@given(written=rules_and_a_property(), documents=st.lists(few_answers(), min_size=1, max_size=6))
@settings(max_examples=sampled(100))
def test_whoever_breaks_a_property_is_found_and_whoever_is_found_breaks_it(
    written: Written, documents: list[dict[str, Any]]
) -> None:
    rules = rule_base_of(written[0])
    one = property_of(written[1], rules)

    verdict = decided(rules, one)

    found = [document for document in documents if is_broken(rules, one, read_answers(document))]
    assert not (verdict.proved and found)
    assert verdict.proved or verdict.confirmed, verdict.answers_text


@pytest.mark.slow
@given(written=rules_and_a_property())
@settings(max_examples=sampled(60))
def test_more_places_than_are_enough_decide_nothing_otherwise(written: Written) -> None:
    rules = rule_base_of(written[0])
    one = property_of(written[1], rules)

    assert len({decided(rules, one, more_places=more).proved for more in (0, 1, 2)}) == 1


@pytest.mark.slow
def test_more_places_decide_nothing_otherwise_of_the_shipped_rules() -> None:
    verdicts = prove(shipped(), PROPERTIES.values(), places=2 + max(enough_places(shipped(), p) for p in PROPERTIES.values()))

    assert all(verdict.proved for verdict in verdicts)


def test_two_solvers_that_disagree_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    circuit = Circuit(checked=True)
    one = circuit.fresh()
    assert not circuit.possible([one, -one])

    monkeypatch.setattr(circuit._others[0], "solve", lambda **_: True)

    with pytest.raises(SolversDisagreeError):
        circuit.possible([one, -one])


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_a_claim_says_one_thing(claim: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one of"):
        Claim.model_validate({**claim, "note": {"about": "timing"}})


def test_what_is_wrong_with_a_property_is_said_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "properties"
    folder.mkdir()
    (folder / "wrong.yaml").write_text(
        "- id: a.b\n  title: T\n  when: {history: {pregnent: yes}}\n  never:\n    - option: {status: sugested}\n"
        "  because: B\n  hazards: [H11]\n"
        "- id: a.c\n  title: T\n  when: {finding: nothing_such}\n  because: B\n  hazards: [X]\n",
        encoding="utf-8",
    )

    with pytest.raises(RecommenderError) as raised:
        read_properties(tmp_path, shipped())

    said = [str(problem) for problem in raised.value.problems]
    assert any(line.startswith("properties/wrong.yaml:3") and "did you mean 'pregnant'?" in line for line in said), said
    assert any(line.startswith("properties/wrong.yaml:5") and "did you mean 'suggested'?" in line for line in said), said
    assert any("nothing_such" in line for line in said), said
