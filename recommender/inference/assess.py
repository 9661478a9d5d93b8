"""``assess``: from an answers document to an assessment. No clock, no input or output, no randomness."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from recommender.documents.answer_path import natural
from recommender.documents.answers import Answers, read_answers
from recommender.documents.assessment import Assessment
from recommender.inference.conclusions import Conclusions
from recommender.inference.derivation import Derivation
from recommender.inference.network import Fired, Network
from recommender.inference.plain import fired_plainly
from recommender.inference.policy import Policy
from recommender.inference.possibilities import Relevance
from recommender.inference.statements import statements_of
from recommender.inference.words import words_of
from recommender.knowledge.fields import Facts
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase, refuse_others
from recommender.languages import speaking

_compiling = threading.Lock()


def network_of(rules: RuleBase) -> Network:
    """The compiled network of a rule base, the same in every language: built once, kept as long as the rule base is."""
    kept = rules.english.kept
    if Network not in kept:
        with _compiling:
            if Network not in kept:
                kept[Network] = Network(rules.english.rules)
    found: Network = kept[Network]
    return found


def assess(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> Assessment:
    """What the rules conclude from one person's answers.

    ``answers`` is an answers document, as the model or as plain data. Pure: the same answers and rules give the same
    assessment, byte for byte, in any order of concerns, in the language of the rules; safe to call from several threads.
    Raises AnswersError, listing the problems by their path, if the answers are not a valid document; a valid one never fails.
    """
    refuse_others(rules, RuleBase, "rules")
    given = read_answers(answers)
    facts = rules.facts(given)
    with speaking(rules.language):
        return _assessment(rules, given, facts, network_of(rules).run(facts))


def conclude(rules: RuleBase, answers: Answers) -> Conclusions:
    """What ``assess`` concludes, without the words, the sources and the questions that are still open."""
    facts = rules.facts(answers)
    return concluded(rules, answers, facts, network_of(rules).run(facts))


def concluded(
    rules: RuleBase,
    answers: Answers,
    facts: Facts,
    fired: Iterable[Fired],
    *,
    reading: Reading[bool] | None = None,
    said: Callable[[str], str] = str,
) -> Conclusions:
    """What is concluded from what fired; ``reading`` is that of the same rules and facts, where there is one already."""
    fired, reading = tuple(fired), reading or rules.reading(facts)
    policy = Policy(reading.people, statements_of(rules, reading, facts, fired))
    derivation = Derivation(fired, rules.by_id, facts, reading, said)
    return Conclusions(answers, policy, derivation, rules.reference.wording, said)


def assess_plainly(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> Assessment:
    """The same assessment by plain reading, without a network: what ``assess`` and short cuts are held against."""
    given = read_answers(answers)
    facts = rules.facts(given)
    with speaking(rules.language):
        return _assessment(rules, given, facts, fired_plainly(rules, facts))


def _assessment(rules: RuleBase, answers: Answers, facts: Facts, fired: Iterable[Fired]) -> Assessment:
    voice = rules.voice(answers.respondent, facts.jurisdiction)
    found = concluded(rules, answers, facts, fired, said=voice.said)
    outcome, cited = found.outcome, found.cited | rules.reference.sources_of_treatments
    questions = Relevance(rules, answers, facts=facts).open_questions
    return Assessment(
        outcome=outcome,
        options=found.options,
        holds=found.holds,
        referrals=found.referrals,
        alerts=found.alerts,
        notes=found.notes,
        open_questions=questions,
        rules=rules.identity,
        jurisdiction=facts.jurisdiction,
        language=rules.language,
        answers=answers,
        treatments=voice.reference.treatments,
        sources=tuple(voice.cited(source) for source in sorted(cited, key=natural)),
        aftercare_sources=tuple(
            voice.cited(source) for source in sorted(rules.reference.sources_of_aftercare - cited, key=natural)
        ),
        words=words_of(
            voice,
            answers,
            outcome=outcome,
            jurisdiction=facts.jurisdiction,
            alerts=found.alerts,
            questions=questions,
            options=found.options,
            followed=facts.followed,
        ),
    )
