"""The consent form of a visit: for what is planned there, in that day's words, and asked for anew where the plan grew."""

from __future__ import annotations

from typing import Any

import pytest
from record_samples import CONSENTED, LIPS, NOW, NURSE, TODAY, TOXIN, answers, begun, whole
from strategies import shipped

from recommender.documents.consultation import Consultation
from recommender.documents.problems import RecommenderError
from recommender.knowledge.consent_forms import OwnForm
from recommender.records.domain.completeness import completeness
from recommender.records.domain.consent_form import areas_left_out, consent_form, notice_of, own_forms_for
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


OWN = OwnForm.model_validate(
    {
        "form": "The clinic's own",
        "version": "2026-03",
        "jurisdictions": ["uk"],
        "headings": [{"id": "risks", "heading": "Risks"}],
        "treatments": {"botulinum_toxin": [{"id": "risks", "under": "risks", "sentence": "I was told what can go wrong."}]},
    }
)


def test_a_form_names_treatment_places_and_products_and_stands_under_headings() -> None:
    form = consent_form(shipped(), whole())

    (subject,) = form.subjects
    assert (subject.treatment, subject.areas, subject.products) == ("botulinum_toxin", ("glabella",), ("a brand (a kind)",))
    assert (subject.name, subject.places) == ("Muscle-relaxing injection", "Between the eyebrows")
    headings = [item.heading for item in form.items]
    assert headings[0] == "What I was told"
    assert "Muscle-relaxing injection: What can happen" in headings
    assert len(list(dict.fromkeys(headings))) == sum(a != b for a, b in zip(headings, ["", *headings], strict=False))


def test_in_a_record_in_spanish_the_form_is_in_spanish_throughout() -> None:
    draft = begin(shipped().in_language("es"), answers(concerns=[LIPS]), by=NURSE)

    form = consent_form(shipped(), decide(draft, "agree", **LIPS_FILLER))

    assert form.subjects[0].places == "Labios"
    assert form.items[-1].heading.endswith(": Lo que hago después")


def test_a_place_that_is_planned_later_is_left_out_of_the_form() -> None:
    draft = whole()
    draft = write(draft, by=NURSE, consent=consent_form(shipped(), draft))
    moved = TOXIN.model_copy(update={"points": (TOXIN.points[0].model_copy(update={"area": "forehead"}),)})

    assert areas_left_out(draft) == ()
    assert areas_left_out(write(draft, by=NURSE, products=(moved,))) == (("botulinum_toxin", "forehead"),)
    assert areas_left_out(whole()) == ()  # an earlier form names no place at all


def test_a_form_of_the_clinics_own_is_read_in_its_words_and_version_and_has_no_notice_of_ours() -> None:
    form = consent_form(shipped(), whole(), OWN)

    assert (form.form, form.version) == ("The clinic's own", "2026-03")
    assert [(item.id, item.sentence) for item in form.items] == [("botulinum_toxin/risks", "I was told what can go wrong.")]
    assert notice_of(shipped(), write(whole(), by=NURSE, consent=form)) == ""
    signed = form.model_copy(update={"items": tuple(one.model_copy(update={"accepted": True}) for one in form.items)})
    assert completeness(write(whole(), by=NURSE, consent=signed.signed("M 1 1 L 40 12", at=NOW)), TODAY) == ()


@pytest.mark.parametrize(
    "changed",
    [{"language": "es"}, {"jurisdictions": ("us",)}, {"treatments": {"dermal_filler": OWN.treatments["botulinum_toxin"]}}],
)
def test_a_form_of_another_language_country_or_treatment_is_not_offered_and_refused(changed: dict[str, Any]) -> None:
    other = OWN.model_copy(update=changed)

    assert own_forms_for(whole(), [other, OWN]) == (OWN,)
    with pytest.raises(RecommenderError, match="not for what is agreed on"):
        consent_form(shipped(), whole(), other)


def test_the_words_of_a_form_have_one_fingerprint_whoever_reads_it_and_headings_are_words() -> None:
    form = consent_form(shipped(), whole())
    elsewhere = consent_form(shipped(), write(whole(), by=NURSE, products=(TOXIN.model_copy(update={"brand": "another"}),)))
    bare = form.model_copy(update={"items": tuple(one.model_copy(update={"heading": ""}) for one in form.items)})

    assert form.subjects != elsewhere.subjects
    assert form.fingerprint == elsewhere.fingerprint
    assert form.fingerprint != bare.fingerprint


def test_a_consent_of_an_earlier_version_is_the_same_to_the_last_byte() -> None:
    written = CONSENTED.model_dump(mode="json")

    assert set(written) == {"form", "version", "items", "signature", "signed_at"}
    assert set(written["items"][0]) == {"id", "sentence", "accepted"}
