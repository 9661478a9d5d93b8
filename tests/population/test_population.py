"""A population is told what each of its people is told alone, whatever form it comes in, and loses nobody in silence."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, broken_documents, few_answers, rule_base_of, rules_at_random, sampled, shipped

from recommender import RuleBase
from recommender.documents.answer_path import seen_in
from recommender.documents.answers import read_answers
from recommender.documents.problems import AnswersError
from recommender.inference.assess import conclude
from recommender.population import SCHEMA, PeopleTable, Population, files, read_documents, read_table
from recommender.population.files import assess_file

PEOPLE = Population(shipped())
FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}
ANNE = {"person": {"age": 40}, "concerns": [FROWN], "history": {"pregnant": False}}
UNDER_AGE = {"person": {"age": 17}, "jurisdiction": "uk"}
EMERGENCY = {"after_treatment": {"treatment": "dermal_filler", "symptoms": {"vision_change": "yes"}}}
NO_PLACE = {"concerns": [{"kind": "lines"}]}
THREE = [ANNE, UNDER_AGE, EMERGENCY]


def alone(rules: RuleBase, document: dict[str, Any], row: int) -> dict[str, Any]:
    """What somebody is told alone, as a row."""
    found = conclude(rules, read_answers(document))
    policy = found._policy
    spoken = {one.rule.id for one in policy.offers if one.certain} | {
        one.rule.id for one in policy.referrals if policy.named(one)
    }
    spoken |= {one.rule.id for one in (*policy.holds, *policy.alerts) if one.certain or one.doubted}
    return {
        "row": row,
        "outcome": found.outcome,
        "options": in_order({"area": one.area, "treatment": one.treatment, "status": one.status} for one in found.options),
        "alerts": in_order({"urgency": one.urgency, "in_doubt": one.in_doubt} for one in found.alerts),
        "referrals": sorted({one.to for one in found.referrals}),
        "rules": sorted(spoken),
    }


def in_order(found: Any) -> Any:
    return sorted(found, key=str)


def told(people: PeopleTable, population: Population = PEOPLE) -> list[dict[str, Any]]:
    rows = population.assess(people).to_pylist()
    lists = ("options", "alerts", "referrals")
    return [{**row, **{name: in_order(row[name]) for name in lists}} for row in rows]


@pytest.mark.hypothesis
@settings(max_examples=sampled(3))
@given(st.lists(answers_documents(), min_size=1, max_size=40))
def test_each_is_told_what_they_are_told_alone(documents: list[dict[str, Any]]) -> None:
    found = read_documents(documents)

    assert found.rejected == ()
    assert told(found) == [alone(shipped(), document, row) for row, document in enumerate(documents, start=1)]


@pytest.mark.hypothesis
@settings(max_examples=sampled(10))
@given(rules_at_random(), st.lists(few_answers(), min_size=1, max_size=10))
def test_by_any_rules_each_is_told_what_they_are_told_alone(
    texts: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    rules = rule_base_of(texts)

    found = told(read_documents(documents), Population(rules))

    assert found == [alone(rules, document, row) for row, document in enumerate(documents, start=1)]


@pytest.mark.hypothesis
@settings(max_examples=sampled(10))
@given(st.lists(st.one_of(answers_documents(), broken_documents()), min_size=1, max_size=10))
def test_a_row_is_rejected_just_where_its_document_is_none_and_for_the_same_problems(documents: list[dict[Any, Any]]) -> None:
    wrong = {}
    for row, document in enumerate(documents, start=1):
        try:
            read_answers(document)
        except AnswersError as error:
            wrong[row] = "; ".join(map(str, error.problems))

    found = read_documents(documents)

    assert dict(found.rejected) == wrong
    assert [*found.rows] == [row for row in range(1, len(documents) + 1) if row not in wrong]


def cells(document: dict[str, Any]) -> dict[str, Any]:
    """A document as the cells of a table."""
    read = read_answers(document).document()
    row: dict[str, Any] = {name: read[name] for name in ("jurisdiction", "respondent") if name in read}
    row["after_treatment"] = "yes" if "after_treatment" in read else None
    for group in ("person", "history", "goals", "screening", "after_treatment"):
        row |= {f"{group}.{name}": value for name, value in read.get(group, {}).items() if name != "symptoms"}
    row |= {
        f"after_treatment.symptoms.{name}": value for name, value in read.get("after_treatment", {}).get("symptoms", {}).items()
    }
    for number, concern in enumerate(read.get("concerns", ())):
        row |= {f"concerns[{number}].{name}": value for name, value in concern.items()}
    assert len(seen_in(read)) == len(read.get("concerns", ()))
    return row


def table_of(documents: list[dict[str, Any]]) -> pa.Table:
    rows = [cells(document) for document in documents]
    names = sorted({name for row in rows for name in row})
    return pa.table({name: pa.array([row.get(name) for row in rows]) for name in names})


@pytest.mark.hypothesis
@settings(max_examples=sampled(3))
@given(st.lists(answers_documents(), min_size=1, max_size=10))
def test_a_table_says_what_its_documents_say(documents: list[dict[str, Any]]) -> None:
    assert told(read_table(table_of(documents))) == told(read_documents(documents))


@pytest.mark.parametrize("kind", ["parquet", "csv", "jsonl"])
def test_a_file_of_each_kind_comes_to_the_same_and_says_which_rows_are_wrong(tmp_path: Path, kind: str) -> None:
    source, output = tmp_path / f"people.{kind}", tmp_path / f"assessed.{kind}"
    rows = [cells(document) for document in THREE]
    rows.insert(1, {"concerns[0].kind": "lines", "history.pregnant": "perhaps"})
    names = sorted({name for row in rows for name in row})
    if kind == "jsonl":
        documents = [ANNE, {**NO_PLACE, "history": {"pregnant": "perhaps"}}, UNDER_AGE, EMERGENCY]
        source.write_text("".join(json.dumps(document) + "\n" for document in documents))
    elif kind == "csv":
        with source.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["id", *names])
            writer.writeheader()
            writer.writerows({"id": f"p{number}", **row} for number, row in enumerate(rows))
    else:
        columns = {name: pa.array([row.get(name) for row in rows]) for name in names}
        pq.write_table(pa.table({"id": ["p0", "p1", "p2", "p3"], **columns}), source)

    run = assess_file(shipped(), source, output)

    rejects = [json.loads(line) for line in (tmp_path / f"assessed.{kind}.rejects.jsonl").read_text().splitlines()]
    assert (run.people, run.rejected) == (3, 1)
    assert [one["row"] for one in rejects] == [2]
    assert "concerns[0].area" in rejects[0]["error"]
    assert "perhaps" in rejects[0]["error"]
    assert run.counts["outcomes"] == {"discuss": 1, "stop": 1, "emergency": 1}
    assert not (tmp_path / f"assessed.{kind}.parts").exists()
    if kind == "csv":
        written = [*csv.DictReader(output.read_text().splitlines())]
        assert [row["id"] for row in written] == ["p0", "p2", "p3"]
        assert [row["outcome"] for row in written] == ["discuss", "stop", "emergency"]
    elif kind == "parquet":
        written = pq.read_table(output)
        assert written["id"].to_pylist() == ["p0", "p2", "p3"]
        assert written.drop_columns(["id"]).schema.equals(SCHEMA)
    else:
        assert [json.loads(line)["row"] for line in output.read_text().splitlines()] == [1, 3, 4]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("history.pregnnt\nyes\n", "did you mean 'history.pregnant'"),
        ("concerns[0].aera\nlips\n", "did you mean 'concerns[0].area'"),
        ("", "is empty"),
    ],
)
def test_what_is_no_table_of_answers_is_refused_with_what_is_allowed(tmp_path: Path, text: str, said: str) -> None:
    source = tmp_path / "people.csv"
    source.write_text(text)

    with pytest.raises(AnswersError, match=r"(?s).*") as refused:
        assess_file(shipped(), source, tmp_path / "assessed.csv")

    assert said in str(refused.value)
    assert not (tmp_path / "assessed.csv").exists()


def test_a_run_that_was_broken_off_ends_with_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BATCH", 2)
    source = tmp_path / "people.jsonl"
    source.write_text("".join(json.dumps(document) + "\n" for document in [*THREE, NO_PLACE, *THREE]))
    whole = tmp_path / "whole.parquet"
    assess_file(shipped(), source, whole)
    output = tmp_path / "assessed.parquet"

    def breaks_off(rows: int) -> None:
        if rows >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_file(shipped(), source, output, done=breaks_off)
    begun = sorted(one.name for one in (tmp_path / "assessed.parquet.parts").iterdir())
    run = assess_file(shipped(), source, output)

    assert "000001.json" in begun
    assert not output.with_name("assessed.parquet.parts").exists()
    assert output.read_bytes() == whole.read_bytes()
    assert (run.people, run.rejected) == (6, 1)


def test_what_was_begun_for_another_input_is_not_gone_on_with(tmp_path: Path) -> None:
    source, parts = tmp_path / "people.jsonl", tmp_path / "assessed.parquet.parts"
    source.write_text(json.dumps(ANNE) + "\n")
    parts.mkdir()
    (parts / "run.json").write_text("{}")

    with pytest.raises(files.FileError, match="another input"):
        assess_file(shipped(), source, tmp_path / "assessed.parquet")


@pytest.mark.slow
def test_killed_half_way_the_command_finishes_on_the_second_call(tmp_path: Path) -> None:
    source, output = tmp_path / "people.jsonl", tmp_path / "assessed.parquet"
    source.write_text("".join(json.dumps(document) + "\n" for document in THREE * 60_000))
    command = [sys.executable, "-m", "recommender", "population", str(source), str(output)]
    first = subprocess.Popen(command)
    while not [*output.parent.glob("assessed.parquet.parts/*.json")][1:]:
        assert first.poll() is None
        os.sched_yield()
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not output.exists()

    subprocess.run(command, check=True)

    again = tmp_path / "again.parquet"
    subprocess.run([*command[:-1], str(again)], check=True)
    assert output.read_bytes() == again.read_bytes()
    assert pq.read_metadata(output).num_rows == 180_000
