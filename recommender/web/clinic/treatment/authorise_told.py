"""What a prescriber is asked and has answered, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from recommender.documents.authorisation import Authorisation, Planned
from recommender.documents.consultation import Consultation
from recommender.knowledge.reference import Reference
from recommender.languages import short_day
from recommender.records.domain.authorising import has_ended, is_outdated, waiting_plan
from recommender.web.clinic.treatment import authorise_words as said
from recommender.web.clinic.ui.typed_days import moment_text


def plan_text(plan: Iterable[Planned], reference: Reference) -> str:
    """A plan in the nurse's words: each treatment with its places and its product."""
    names = {facts.treatment: facts.name for facts in reference.treatments}
    places = reference.questions.areas
    return "; ".join(
        f"{one.product or names[one.treatment]} ({', '.join(places[area].label for area in one.areas)})" for one in plan
    )


def authorisation_told(one: Authorisation, reference: Reference) -> str:
    """One plan and its answer in a sentence."""
    if one.by is None or one.at is None:
        name, at = (one.asked_by.name if one.asked_by else ""), one.asked_at
        return said.ASKED.format(name=name, at=moment_text(at) if at else "", plan=plan_text(one.asked, reference))
    told = {"name": one.by.name, "at": moment_text(one.at), "because": one.because}
    if one.answer == "refused":
        return said.REFUSED.format(**told)
    if one.herself:
        return said.HERSELF.format(**told)
    words = said.CHANGED if one.answer == "changed" else said.AUTHORISED
    until = short_day(one.valid_until) if one.valid_until else ""
    sentences = [words.format(**told, plan=plan_text(one.plan, reference), until=until)]
    if one.seen and one.seen_on:
        sentences.append(said.SEEN_TOLD[one.seen].format(day=short_day(one.seen_on)))
    if one.afterwards:
        sentences.append(said.AFTERWARDS)
    return " ".join(sentences)


def standing_told(consultation: Consultation, reference: Reference) -> Iterator[tuple[str, str]]:
    """The kind of note and the sentence of what holds now: the last answer, a plan that waits, emergencies."""
    kinds = {"authorised": "done", "changed": "done", "refused": "error"}
    given, asked = consultation.authorisation, waiting_plan(consultation)
    outdated = given is not None and is_outdated(given, consultation)
    if outdated:
        yield "error", said.OUTDATED
    for one in consultation.answers_of_prescribers[-1:]:
        yield "plain" if outdated else kinds[one.answer or "refused"], authorisation_told(one, reference)
    if given is not None and has_ended(given, consultation):
        yield "error", said.ENDED
    if asked is not None:
        yield "plain", authorisation_told(asked, reference)
    for emergency in consultation.emergencies:
        medicine = said.MEDICINES[emergency.medicine]
        told = said.EMERGENCY_TOLD.format(
            medicine=medicine, because=emergency.because, name=emergency.by.name, at=moment_text(emergency.at)
        )
        yield "error", told
