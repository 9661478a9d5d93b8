"""Translations of the rules: the same rules in other words; whatever is wrong with one is told, and English stands there."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from strategies import further

from recommender import RuleBase, RuleBaseError, assess, explain, load_rules
from recommender.documents.problems import RecommenderError
from recommender.documents.told import with_texts
from recommender.export import render
from recommender.knowledge import shipped_rules
from recommender.knowledge.checks import issues
from recommender.knowledge.overlays import mark_translated
from recommender.knowledge.wordings import texts_of
from recommender.knowledge.yaml_files import as_yaml
from recommender.languages import PSEUDO, SHIPPED, SOURCE

FROWN = {"person": {"age": 40}, "concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]}
Translated = Callable[[dict[str, Any]], Path]


@pytest.fixture
def translated(tmp_path: Path) -> Translated:
    """The shipped rules with a translation that is these files alone."""

    def made(files: dict[str, Any]) -> Path:
        shutil.copytree(shipped_rules(), tmp_path / "rules", ignore=shutil.ignore_patterns("languages"))
        folder = tmp_path / "rules" / "languages" / "es"
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(as_yaml(content), encoding="utf-8")
        return tmp_path / "rules"

    return made


def said_of(rules: RuleBase) -> list[str]:
    """The problems of the translation, but for what is left out and what is not written down yet."""
    every = [str(problem) for problem in rules.overlays["es"].problems]
    return [one for one in every if "is not translated" not in one and "not written down" not in one]


@pytest.mark.slow
def test_the_same_rules_in_other_words_have_the_same_fingerprint_and_come_to_the_same(translated: Translated) -> None:
    folder = translated({"questions.yaml": {"areas": {"glabella": {"label": "Entre las cejas"}}}})

    english, spanish = load_rules(folder), load_rules(folder, language="es")
    here, there = assess(english, FROWN), assess(spanish, FROWN)

    assert (here.language, there.language) == ("en", "es")
    assert there.words["area.glabella"] == "Entre las cejas"
    assert here.words["area.glabella"] == "Between the eyebrows"
    assert there.rules == here.rules
    assert there.model_dump(exclude={"words", "language"}) == here.model_dump(exclude={"words", "language"})


def test_rules_in_a_language_are_made_once_and_lead_back_to_the_english_ones() -> None:
    rules = load_rules()

    assert rules.in_language(PSEUDO) is rules.in_language(PSEUDO)
    assert rules.in_language(PSEUDO).in_language(SOURCE) is rules
    assert rules.in_language(PSEUDO).english is rules


def test_every_text_that_may_be_translated_is_said_in_the_other_language_and_nothing_that_decides() -> None:
    rules = load_rules()
    other = rules.in_language(PSEUDO)

    english, said = texts_of(rules.every_rule, rules.reference), texts_of(other.every_rule, other.reference)

    assert [place for place, text in said.items() if text == english.get(place)] == []
    assert len(said) == len(english)
    here, there = ([with_texts(rule.text, lambda _: "") for rule in one.rules] for one in (rules, other))
    assert here == there
    assert [r.when for r in rules.rules] == [r.when for r in other.rules]


def test_an_explanation_is_in_the_language_of_its_assessment_whatever_the_rules_speak() -> None:
    rules = load_rules()
    assessment = assess(rules.in_language(PSEUDO), FROWN)

    assert explain(rules, assessment) == explain(rules.in_language(PSEUDO), assessment)
    assert "[" in str(explain(rules, assessment).words)


#: what is wrong in a translation → what is told of it
WRONG: Final[list[tuple[dict[str, Any], str]]] = [
    (
        {"questions.yaml": {"areas": {"glabela": {"label": "x"}}}},
        "languages/es/questions.yaml:2: unknown name 'glabela' – did you mean 'glabella'?",
    ),
    (
        {"questions.yaml": {"areas": {"lips": {"lable": "x"}}}},
        "languages/es/questions.yaml:3: unknown name 'lable' – did you mean 'label'?",
    ),
    (
        {"questions.yaml": {"areas": {"lips": {"label": ["x"]}}}},
        "languages/es/questions.yaml:3: areas / lips / label: expected text",
    ),
    ({"questions.yaml": {"areas": "x"}}, "languages/es/questions.yaml:1: areas: expected texts by name"),
    (
        {"questions.yaml": {"details": {"on_movement": {"test": ["x"]}}}},
        "languages/es/questions.yaml:3: details / on_movement / test: 1 texts, the English list has 3",
    ),
    ({"question.yaml": {}}, "languages/es/question.yaml: no file of rules has this name – did you mean 'questions.yaml'?"),
    (
        {"safety/pregnancy.yaml": {"pregnancy.nothing": {"title": "x"}}},
        "languages/es/safety/pregnancy.yaml:1: unknown name 'pregnancy.nothing'",
    ),
    (
        {"wording.yaml": {"disclaimer": "Llame al {numero}"}},
        "languages/es/wording.yaml:1: disclaimer: the placeholders and signs are {numero}",
    ),
    (
        {"wording.yaml": {"disclaimer": "Llame al {number} o al {number}"}},
        "languages/es/wording.yaml:1: disclaimer: the placeholders and signs are {number} {number}",
    ),
    (
        {"wording.yaml": {"draft": "Borrador **%s"}},
        "languages/es/wording.yaml:1: draft: the placeholders and signs are % * *",
    ),
    (
        {"wording.yaml": {"emergency_number": {"other": "112, 999, 991, 000"}}},
        "languages/es/wording.yaml:2: emergency_number / other: the numbers are 000 112 991 999",
    ),
    (
        {"wording.yaml": {"public": [{}, {}, {}, {}, {"instead": {"relleno": "tratamiento *"}}]}},
        "languages/es/wording.yaml:6: public[4].instead: a phrase has the sign *",
    ),
    (
        {"wording.yaml": {"public": [{"never": ["x"]}]}},
        "languages/es/wording.yaml:1: public: expected a list of 5 entries, as in English",
    ),
    (
        {"wording.yaml": {"public": [{"nevr": ["x"]}, {}, {}, {}, {}]}},
        "languages/es/wording.yaml:2: public[0].nevr: unknown field 'nevr' – did you mean 'never'?",
    ),
    (
        {"wording.yaml": {"public": [{"never": "toxina"}, {}, {}, {}, {}]}},
        "languages/es/wording.yaml:2: public[0].never: should be a list, found 'toxina'",
    ),
    (
        {"wording.yaml": {"public": [{"instead": {"toxina": " "}}, {}, {}, {}, {}]}},
        "languages/es/wording.yaml:3: public[0].instead.toxina: should not be empty",
    ),
    (
        {"wording.yaml": {"public": [{"limits": ["x"]}, {}, {}, {}, {}]}},
        "languages/es/wording.yaml:2: public[0].limits: should be text",
    ),
    ({"wording.yaml": {"public": "toxina"}}, "languages/es/wording.yaml:1: public: should be a list, found 'toxina'"),
]  # fmt: skip


@pytest.mark.parametrize("wrong", further(WRONG, *WRONG[::9]))
def test_what_is_wrong_with_a_translation_is_told_and_the_rules_load_all_the_same(
    wrong: tuple[dict[str, Any], str], translated: Translated
) -> None:
    files, told = wrong
    rules = load_rules(translated(files))

    assert said_of(rules)[0].startswith(told)
    assert assess(rules.in_language("es"), FROWN).outcome == assess(rules, FROWN).outcome


def test_a_translation_that_is_no_yaml_is_told_and_english_stands_there(translated: Translated) -> None:
    folder = translated({"questions.yaml": {}})
    (folder / "languages" / "es" / "questions.yaml").write_text("areas: {lips: [", encoding="utf-8")

    rules = load_rules(folder, language="es")

    assert "languages/es/questions.yaml:2: not YAML" in said_of(rules)[0]
    assert rules.reference.questions.areas["lips"].label == "Lips"


def test_the_check_lists_what_is_left_out_and_what_is_not_written_down(translated: Translated) -> None:
    rules = load_rules(translated({"questions.yaml": {"areas": {"lips": {"label": "Labios"}}}}))

    told = [str(problem) for problem in issues(rules)]

    assert "languages/es/questions.yaml: areas / lips / clinical: is not translated, English stands there" in told
    assert [one for one in told if "areas / lips / label" in one] == [
        (
            "languages/es/questions.yaml: areas / lips / label: it is not written down from which English text this was made: "
            "run 'recommender rules translated'"
        )
    ]


@pytest.mark.slow
def test_a_translation_is_stale_once_its_english_text_changes_until_it_was_looked_at_again(translated: Translated) -> None:
    folder = translated({"questions.yaml": {"areas": {"lips": {"label": "Labios"}, "nose": {"label": "Nariz"}}}})
    marked(folder)
    english = folder / "questions.yaml"
    english.write_text(english.read_text().replace("label: Lips\n", "label: The lips\n"), encoding="utf-8")

    assert marked(folder) == 0
    assert stale(folder) == [
        "languages/es/questions.yaml: areas / lips / label: the English text has changed since this was translated"
    ]
    assert marked(folder, renewed=True) == 1
    assert stale(folder) == []


def marked(folder: Path, *, renewed: bool = False) -> int:
    rules = load_rules(folder)
    return mark_translated(folder, "es", rules.every_rule, rules.reference, renewed=renewed)


def stale(folder: Path) -> list[str]:
    return said_of(load_rules(folder))


def test_a_language_without_a_translation_cannot_be_marked(translated: Translated) -> None:
    folder = translated({"questions.yaml": {}})
    rules = load_rules(folder)

    with pytest.raises(RecommenderError, match="did you mean 'es'"):
        mark_translated(folder, "e", rules.every_rule, rules.reference)


def test_a_language_that_is_not_known_is_refused() -> None:
    with pytest.raises(RuleBaseError, match="'esp'"):
        load_rules(language="esp")


def test_what_the_public_is_not_told_holds_in_both_languages(translated: Translated) -> None:
    public = [{}, {}, {"never": ["toxina"], "instead": {"toxina botulínica": "medicina de este tipo"}}, {}, {}]
    names = {"botulinum_toxin": {"good_for": "La toxina botulínica relaja. Botulinum toxin is the name."}}
    rules = load_rules(translated({"wording.yaml": {"public": public}, "treatments.yaml": names}), language="es")

    told = rules.voice("patient", "uk").reference.treatments[0].good_for

    assert told == "La medicina de este tipo relaja. Medicine of this kind is the name."


def test_the_check_finds_what_the_public_may_not_be_told_in_a_translation(translated: Translated) -> None:
    public = [{}, {}, {"never": ["toxina"], "instead": {"sin uso": "nada"}}, {}, {}]
    rules = load_rules(translated({"wording.yaml": {"public": public, "draft": "Una toxina."}}))

    told = [str(problem) for problem in issues(rules)]

    assert "languages/es/wording.yaml: draft: may not be said to the public in 'uk': 'Una toxina.': toxin, toxina" in told
    assert "languages/es/wording.yaml: says something instead of 'sin uso', and no text has it" in told


def test_a_number_with_a_mark_for_thousands_is_the_same_in_both_languages(translated: Translated) -> None:
    folder = translated({})
    wording, own = folder / "wording.yaml", folder / "languages" / "es" / "wording.yaml"
    wording.write_text(re.sub("(?m)^draft: .*$", "draft: 2,036 sessions in 0.5 years", wording.read_text()), encoding="utf-8")
    own.parent.mkdir(parents=True)
    own.write_text("draft: 2.036 sesiones en 0,5 años", encoding="utf-8")

    assert load_rules(folder, language="es").reference.wording.draft == "2.036 sesiones en 0,5 años"


def test_every_output_of_a_translated_assessment_says_its_language_and_that_nobody_reviewed_it() -> None:
    rules = load_rules(language="es")
    assessment = assess(rules, FROWN)

    page, text = (render(assessment, one).decode() for one in ("html", "markdown"))

    assert '<html lang="es">' in page
    assert SHIPPED == ("en", "es")
    assert render(assessment, "pdf").startswith(b"%PDF-")
    assert "not yet signed by a clinician" in text or "profesional" in text


def test_the_steps_that_add_a_rule_end_without_an_issue(tmp_path: Path) -> None:
    """Those of rules/README.md, with the source, the rule and the translation that stand there."""
    folder = tmp_path / "rules"
    shutil.copytree(shipped_rules(), folder)
    steps = (folder / "README.md").read_text().partition("## Add a rule")[2].partition("## Change a rule")[0]
    source, rule, translation = (textwrap.dedent(block) for block in re.findall(r"```yaml\n(.*?)```", steps, re.DOTALL))
    for name, text in (
        ("sources.yaml", source),
        ("safety/wishes.yaml", rule),
        ("languages/es/safety/wishes.yaml", translation),
    ):
        with (folder / name).open("a") as file:
            file.write(f"\n{text}")

    before = load_rules(folder)
    written = mark_translated(folder, "es", before.every_rule, before.reference)

    assert written == 2
    assert [str(issue) for issue in issues(load_rules(folder))] == []
