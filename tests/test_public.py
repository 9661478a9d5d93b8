"""The public surface: what the package names, and no more."""

from __future__ import annotations

import ast
import inspect
import pickle
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from command_line import CHECKOUT

import recommender

ANSWERS = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}], "history": {"pregnant": "unsure"}}


def test_the_names_of_the_package_are_sorted_and_each_is_loaded_from_where_a_type_checker_reads_it() -> None:
    read = {
        alias.name: node.module
        for node in ast.walk(ast.parse(inspect.getsource(recommender)))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("recommender")
        for alias in node.names
    }

    assert recommender.__all__ == sorted(recommender.__all__)
    assert dir(recommender) == sorted([*recommender.__all__, "__version__"])
    assert set(recommender.__all__) == set(read)
    for name, home in read.items():
        assert getattr(recommender, name) is getattr(import_module(home), name)


def test_a_name_that_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'recommender' has no attribute 'asess'"):
        recommender.asess  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'asess'"):
        exec("from recommender import asess")


def test_every_public_name_says_in_a_sentence_what_it_promises() -> None:
    unsaid = [name for name in recommender.__all__ if not (inspect.getdoc(getattr(recommender, name)) or "").strip()]

    assert unsaid == []


def test_the_example_of_the_package_runs_as_it_stands() -> None:
    example = (recommender.__doc__ or "").partition("\n\n")[2]

    found: dict[str, object] = {}
    exec(inspect.cleandoc(example), found)

    assert isinstance(found["assessment"], recommender.Assessment)
    assert found["assessment"].outcome == "discuss"


def test_every_error_of_the_package_can_be_caught_as_one() -> None:
    assert issubclass(recommender.AnswersError, recommender.RecommenderError)
    assert issubclass(recommender.RuleBaseError, recommender.RecommenderError)


def test_the_version_is_the_one_that_is_built() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())

    assert project["tool"]["hatch"]["version"]["path"] == "recommender/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", recommender.__version__)


def test_its_types_are_there_for_whoever_checks_theirs() -> None:
    assert (Path(recommender.__file__).parent / "py.typed").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_rules_that_were_used_can_be_sent_to_another_process(rules: recommender.RuleBase, language: str) -> None:
    used = rules.in_language(language)
    before = recommender.assess(used, ANSWERS)

    sent = pickle.loads(pickle.dumps(used))

    assert recommender.assess(sent, ANSWERS) == before


def test_documents_are_read_back_from_what_they_are_written_as(rules: recommender.RuleBase) -> None:
    assessment = recommender.assess(rules, ANSWERS)
    explanation = recommender.explain(rules, assessment)

    for document in (assessment.answers, assessment, explanation):
        assert type(document).model_validate_json(document.model_dump_json()) == document
        assert type(document).model_validate(document.model_dump()) == document


def test_what_is_no_rule_base_and_no_assessment_is_said(rules: recommender.RuleBase) -> None:
    with pytest.raises(TypeError, match="rules should be of the class RuleBase, found nothing"):
        recommender.assess(None, {})
    with pytest.raises(TypeError, match="rules should be of the class RuleBase, found 'rules'"):
        recommender.explain("rules", recommender.assess(rules, {}))
    with pytest.raises(TypeError, match=r"assessment should be of the class Assessment, found \{\}"):
        recommender.explain(rules, {})


def test_the_documented_names_are_those_of_the_package() -> None:
    documented = re.findall(r"^### `(\w+)", (CHECKOUT / "docs" / "api.md").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(documented) == recommender.__all__


@pytest.mark.parametrize("name", ["assess", "explain", "load_rules"])
def test_a_function_is_documented_with_the_parameters_that_it_takes(name: str) -> None:
    heading = re.search(
        rf"^### `{name}(\(.*\))`", (CHECKOUT / "docs" / "api.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )

    bare = inspect.signature(getattr(recommender, name))
    parameters = [one.replace(annotation=inspect.Parameter.empty) for one in bare.parameters.values()]
    assert heading
    assert heading[1].replace('"', "'") == str(inspect.Signature(parameters))


@pytest.mark.parametrize("file", ["README.md", "docs/api.md"])
def test_the_example_of_the_documentation_runs_as_it_stands(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (CHECKOUT / file).read_text(encoding="utf-8"), flags=re.DOTALL)

    exec(example, {})

    assert "botulinum_toxin" in capsys.readouterr().out
