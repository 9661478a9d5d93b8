"""The labels that an assessment carries for its readers: those of the words it uses, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from recommender.documents.answer_path import AnswerPath, given
from recommender.documents.answers import Answers
from recommender.documents.assessment import Alert, OpenQuestion, Option
from recommender.documents.vocabulary import Jurisdiction, Outcome
from recommender.knowledge.fields import Field
from recommender.knowledge.reference import Questions, Reference
from recommender.knowledge.voice import Voice


def words_of(
    voice: Voice,
    answers: Answers,
    *,
    outcome: Outcome,
    jurisdiction: Jurisdiction,
    alerts: Sequence[Alert],
    questions: Iterable[OpenQuestion],
    options: Iterable[Option],
    followed: Iterable[Field],
) -> Mapping[str, str]:
    """Word → label, as described at ``Assessment.words``."""
    reference = voice.reference
    words = dict(_fixed(reference))
    wording, asked = reference.wording, reference.questions
    told = outcome_told(outcome, answers, alerts)
    words["outcome"] = wording.outcomes[told]
    words["outcome_next"] = wording.outcome_next.get(told, wording.outcome_next[outcome])
    words["draft"] = wording.draft
    words["disclaimer"] = wording.disclaimer
    words["emergency_number"] = wording.emergency_number.of(jurisdiction)
    words |= {f"product.{product}": name for product, name in voice.products.items()}
    for concern in answers.concerns:
        words[f"area.{concern.area}"] = asked.areas[concern.area].label
        words[f"kind.{concern.kind}"] = asked.kinds[concern.kind].label
    deciding = [path for option in options for path in option.deciding]
    others = map(AnswerPath.parse, (*(fact.path() for fact in followed), *(question.path for question in questions), *deciding))
    words |= words_of_answers(asked, (*others, *(at for at, _ in given(answers.document()))))
    return dict(sorted(words.items()))


def outcome_told(outcome: Outcome, answers: Answers, alerts: Sequence[Alert]) -> str:
    """The name in ``wording.yaml`` of what is said of an outcome: it may rest on what is in doubt, or on nothing named."""
    if outcome == "nothing_found" and not answers.concerns:
        return "nothing_named" if answers.after_treatment is None else "nothing_described"
    deciding = [alert for alert in alerts if alert.urgency == outcome]
    in_doubt = {alert.in_doubt for alert in deciding}
    if True in in_doubt:
        return f"{outcome}_and_in_doubt" if False in in_doubt else f"{outcome}_in_doubt"
    if outcome == "same_day" and all(reason.in_doubt for alert in deciding for reason in alert.reasons):
        return "same_day_may_be"
    return outcome


def words_of_answers(asked: Questions, paths: Iterable[AnswerPath]) -> dict[str, str]:
    """The question behind each path, and the answers to it that have words of their own."""
    words = {}
    for at in paths:
        label = asked.about(at)
        if label is not None:
            words[f"question.{at.question}"] = label.ask
            words |= {f"answer.{at.question}.{value}": text for value, text in label.answers.items()}
    return words


def _fixed(reference: Reference) -> Iterator[tuple[str, str]]:
    wording = reference.wording
    for facts in reference.treatments:
        yield f"treatment.{facts.treatment}", facts.name
    for group, words in (
        ("status", wording.statuses),
        ("role", wording.roles),
        ("effect", wording.effects),
        ("destination", wording.destinations),
        ("urgency", wording.urgencies),
        ("stance", wording.stances),
        ("answer", reference.questions.answers),
    ):
        yield from ((f"{group}.{word}", label) for word, label in words.items())
