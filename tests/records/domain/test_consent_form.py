"""The consent form of a visit: for what is planned there, in that day's words, and asked for anew where the plan grew."""

from __future__ import annotations

from typing import Any

import pytest
from record_samples import CONSENTED, LIPS, NOW, NURSE, TODAY, TOXIN, answers, begun, whole
from strategies import shipped

from recommender.documents.consultation import Consultation
from recommender.records.domain.completeness import completeness
from recommender.records.domain.consent_form import consent_form, notice_of
from recommender.records.domain.permissions import NotAllowed
from recommender.records.domain.workflow import begin, decide, write

LIPS_FILLER: dict[str, Any] = {"area": "lips", "treatment": "dermal_filler", "by": NURSE, "at": NOW}
FILLER = TOXIN.model_copy(
    update={"treatment": "dermal_filler", "unit": "ml", "points": (TOXIN.points[0].model_copy(update={"area": "lips"}),)}
)


def _lips(jurisdiction: str = "uk") -> Consultation:
    draft = begin(shipped(), answers(concerns=[LIPS], jurisdiction=jurisdiction), by=NURSE)
    return decide(draft, "agree", **LIPS_FILLER)


def _parts(consultation: Consultation) -> set[str]:
    return {item.id.partition("/")[0] for item in consent_form(shipped(), consultation).items}


def test_a_form_holds_what_is_for_everybody_and_what_is_planned_and_nothing_is_answered_in_it() -> None:
    form = consent_form(shipped(), whole())

    words = shipped().reference.consent.of("uk")
    assert (form.form, form.version) == (words.form, words.version)
    assert {item.accepted for item in form.items} == {None}
    assert (form.signature, form.signed_at) == (None, None)
    assert _parts(whole()) == {"general", "botulinum_toxin"}
    assert _parts(_lips()) == {"general", "dermal_filler"}
    assert _parts(write(whole(), by=NURSE, products=(TOXIN, FILLER))) == {"general", "botulinum_toxin", "dermal_filler"}


def test_a_form_keeps_the_words_of_the_rules_it_was_made_from() -> None:
    form = consent_form(shipped(), _lips())

    said = {f"{part}/{one.id}": one.sentence for part, many in shipped().reference.consent.of("uk").parts for one in many}
    assert {item.id: item.sentence for item in form.items}.items() <= said.items()


@pytest.mark.parametrize(
    ("jurisdiction", "item"), [("uk", None), ("us", None), ("au", "dermal_filler/prescriber-live"), ("other", None)]
)
def test_a_sentence_for_some_countries_is_read_there_alone(jurisdiction: str, item: str | None) -> None:
    form = consent_form(shipped(), _lips(jurisdiction))

    assert [one.id for one in form.items if "prescriber" in one.id] == ([item] if item else [])


def test_nothing_is_consented_to_before_anything_is_decided_or_where_it_was_declined() -> None:
    declined = decide(_lips(), "decline", reason="does-not-align-preferences", **LIPS_FILLER)

    for draft in (begun(), declined):
        with pytest.raises(NotAllowed, match="nothing is agreed on yet"):
            consent_form(shipped(), draft)


def test_what_is_shown_with_the_form_says_that_it_is_a_draft() -> None:
    assert "draft" in notice_of(shipped(), whole())


def test_a_form_that_was_accepted_and_signed_completes_the_record() -> None:
    form = consent_form(shipped(), whole())
    accepted = form.model_copy(update={"items": tuple(one.model_copy(update={"accepted": True}) for one in form.items)})
    signed = accepted.signed("M 1 1 L 40 12", at=NOW)

    assert completeness(write(whole(), by=NURSE, consent=signed), TODAY) == ()
    assert signed.fingerprint == form.fingerprint


def test_a_consent_to_something_else_than_was_used_blocks_the_signature() -> None:
    general = CONSENTED.model_copy(update={"items": (CONSENTED.items[0].model_copy(update={"id": "general/told"}),)})
    other = CONSENTED.model_copy(update={"items": (CONSENTED.items[0].model_copy(update={"id": "dermal_filler/vessel"}),)})

    for consent in (general, other):
        found = [str(one) for one in completeness(write(whole(), by=NURSE, consent=consent), TODAY)]

        assert found == ["consent: has no sentence about botulinum_toxin, which is in the plan: ask for consent to that too"]


def test_a_consent_in_older_words_stays_good() -> None:
    older = CONSENTED.model_copy(update={"version": "an older one"})

    assert completeness(write(whole(), by=NURSE, consent=older), TODAY) == ()
