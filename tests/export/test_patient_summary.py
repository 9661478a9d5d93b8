"""What a patient reads: the answer first, each thing once, and one screen where help is needed now or nothing is offered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from export_reading import READ_BY_PEOPLE, as_read
from hypothesis import given
from strategies import answers_documents, shipped
from test_real_rules import PEOPLE

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.answers import HISTORY_KEYS, SYMPTOM_KEYS
from recommender.export import Cover, render, summarise, text_of
from recommender.export.blocks import Bullets, Face, Paragraph, Section, Summary, Table
from recommender.export.sections.patient_summary import MORE, concerned
from recommender.export.sections.short_answer import TAKE_ALONG

WHITE_SKIN = {
    "treatment": "dermal_filler",
    "days_ago": 1,
    "symptoms": {"white_or_mottled_skin": "yes", "mild_bruise_or_swelling": "yes"},
}
FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}


def person(*concerns: dict[str, str], **groups: Any) -> Assessment:
    return assess(shipped(), {"jurisdiction": "uk", "concerns": list(concerns), **groups})


def reasons(assessment: Assessment) -> set[str]:
    """Every sentence that the rules tell of what this person asks about."""
    held = [hold for option in assessment.options for hold in option.defeats]
    argued = [r for one in (*assessment.options, *assessment.referrals, *assessment.alerts) for r in one.reasons]
    return {one.because for one in (*argued, *held, *assessment.notes)}


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
@pytest.mark.parametrize("answers", [PEOPLE["many places"], PEOPLE["ruled out"]], ids=["many places", "ruled out"])
def test_no_sentence_of_the_rules_is_lost_and_each_is_said_once(answers: dict[str, Any], written_as: str) -> None:
    assessment = assess(shipped(), answers)

    seen = as_read(render(assessment, written_as), written_as)

    assert {sentence: seen.count(sentence) for sentence in reasons(assessment)} == dict.fromkeys(reasons(assessment), 1)


@given(answers=answers_documents())
def test_nobody_reads_a_line_twice(answers: dict[str, Any]) -> None:
    assessment = assess(shipped(), answers | {"respondent": "patient"})

    seen = " ".join(text_of(summarise(assessment), width=10**6).split())

    assert [sentence for sentence in reasons(assessment) if seen.count(f"{sentence} ") > 1 and len(sentence) > 60] == []


def test_the_answer_stands_before_the_fold_and_all_else_behind_it() -> None:
    assessment = person(FROWN, {"area": "lips", "kind": "fuller"}, history={"blood_thinners": "yes"})

    sections = summarise(assessment, cover=Cover(note="My words")).sections

    assert [section.id for section in sections] == ["answer", "note", MORE]
    assert [block.id for block in sections[0].blocks if isinstance(block, Section)] == ["holds"]
    assert [block.id for block in sections[-1].blocks if isinstance(block, Section)] == [
        *("options", "comparison", "timeline", "ask", "open", "answered", "sources", "about"),
    ]
    assert all(block.folded for block in sections[-1].blocks if isinstance(block, Section))


ALL_WELL = dict.fromkeys(HISTORY_KEYS, "no")
LIPS = {"area": "lips", "kind": "fuller"}


def _labelled(assessment: Assessment) -> dict[str, str]:
    """What stands beside the answer, by its label."""
    lines = [block.line for block in summarise(assessment).sections[0].blocks if isinstance(block, Paragraph)]
    return {line.label: line.text for line in lines if line.label != "Please note"}


def test_the_answer_has_a_line_for_each_thing_beside_the_face_and_a_risk_for_each_treatment() -> None:
    blocks = summarise(person(FROWN, LIPS, person={"age": 42}, history=ALL_WELL)).sections[0].blocks

    (face,) = (block for block in blocks if isinstance(block, Face))
    (risks,) = (block for block in blocks if isinstance(block, Bullets))
    assert [(line.label, state) for line, state in zip(face.lines, face.shown, strict=True)] == [
        ("Between the eyebrows", "botulinum_toxin"),
        ("Lips", "dermal_filler"),
    ]
    assert dict(face.states) == {"glabella": "botulinum_toxin", "lips": "dermal_filler"}
    assert [line.label for line in risks.lines] == ["Muscle-relaxing injection", "Dermal filler"]
    assert all("emergency" in line.text for line in risks.lines)


@pytest.mark.parametrize(
    ("concerns", "history", "told"),
    [
        (
            [FROWN, LIPS],
            ALL_WELL,
            {
                "What speaks against it": "Nothing in what you answered. 2 points are good to know first.",
                "Still open": "None of your answers. At your consultation it is looked at again.",
            },
        ),
        (
            [LIPS],
            ALL_WELL | {"pregnant": "unsure"},
            {
                "What speaks against it": "A prescriber looks at what you are not sure about. 1 point is good to know first.",
                "Still open": "1 answer could still change this.",
            },
        ),
        ([LIPS], ALL_WELL | {"pregnant": "yes"}, {}),  # told in full in their own section
        ([{"area": "cheek", "kind": "suspicious_lesion"}], ALL_WELL, {}),
    ],
    ids=["all well", "not sure", "pregnant", "a mole"],
)
def test_what_speaks_against_it_and_what_is_open_are_said_beside_the_answer(
    concerns: list[dict[str, str]], history: dict[str, str], told: dict[str, str]
) -> None:
    labelled = _labelled(person(*concerns, person={"age": 42}, history=history))

    assert {label: text for label, text in labelled.items() if label != "What to do now"} == told


def test_a_hold_on_one_of_two_things_is_never_told_as_nothing() -> None:
    shown = _labelled(person(LIPS, FROWN, person={"age": 42}, history=ALL_WELL | {"eyelid_or_eye_problem": "unsure"}))

    assert "Nothing" not in shown["What speaks against it"]


def test_what_has_to_wait_and_what_is_not_offered_is_told_without_its_risks() -> None:
    waits = person(LIPS, person={"age": 42}, history=ALL_WELL | {"pregnant": "yes"})

    assert "Rare but serious" not in text_of(summarise(waits))


def test_every_line_of_the_answer_leads_to_a_part_that_says_more() -> None:
    summary = summarise(person(FROWN, LIPS, person={"age": 42}, history={"pregnant": "unsure"}))

    lines = re.findall(r"more='([^']+)'", str(summary.sections[0]))
    assert {"options", "comparison", "open", "in-doubt", TAKE_ALONG} == set(lines)
    assert set(lines) - {TAKE_ALONG} <= summary.names


def test_only_treatments_that_concern_this_person_are_compared() -> None:
    assessment = person({"area": "lips", "kind": "fuller"})

    more = summarise(assessment).sections[-1]

    (comparison,) = (block for block in more.blocks if isinstance(block, Section) and block.id == "comparison")
    table = comparison.blocks[0]
    assert isinstance(table, Table)
    assert table.header == ("Question", "Dermal filler")


def test_after_an_injection_no_treatment_is_compared() -> None:
    assessment = person(FROWN, after_treatment={"treatment": "dermal_filler", "symptoms": {"fever": "yes"}})

    assert assessment.outcome == "same_day"
    assert concerned(assessment) == ()


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_an_emergency_is_the_number_the_injector_what_to_say_and_what_not_to_do_and_nothing_else(written_as: str) -> None:
    assessment = person(FROWN, after_treatment=WHITE_SKIN)

    seen = as_read(render(assessment, written_as), written_as)

    order = [
        seen.index(said)
        for said in (
            "Call for help now",
            "Emergency number: 999",
            "call the person who gave it",
            "Say what you notice",
            "Do not wait",
            "Do not drive",
            "A vessel may be blocked",
            "Draft, not signed",
        )
    ]
    assert order == sorted(order)
    assert [word for word in ("filler", "injection, because", "bruis", "today", "More:", "Sources") if word in seen] == []


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_under_age_it_says_why_not_whom_to_talk_to_and_names_no_product(written_as: str) -> None:
    assessment = person({"area": "lips", "kind": "fuller"}, person={"age": 16})

    seen = as_read(render(assessment, written_as), written_as)

    assert "These treatments are not for anyone under 18." in seen
    assert "Whom to talk to: If something about your looks troubles you" in seen
    assert "You can look at your answers again and correct a mistake." in seen
    assert [word for word in ("filler", "relaxing", "Lips", "More:", "Sources") if word in seen] == []


def test_under_age_a_mole_that_has_changed_still_leads_to_a_doctor() -> None:
    assessment = person({"area": "cheek", "kind": "suspicious_lesion"}, person={"age": 17})

    assert "Cheeks: See a doctor, because a changed mole or patch is checked first." in text_of(summarise(assessment))


def test_a_nurse_reads_all_of_an_emergency() -> None:
    assessment = person(FROWN, after_treatment=WHITE_SKIN, respondent="nurse")

    sections = summarise(assessment).sections

    assert [section.id for section in sections[:2]] == ["answer", "alerts"]
    assert {"comparison", "answered", "sources"} <= {block.id for block in sections[-1].blocks if isinstance(block, Section)}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_nurse_reads_each_reason_and_hold_once_and_finds_every_source(language: str) -> None:
    health = dict.fromkeys(HISTORY_KEYS, "unsure")
    after = {"days_ago": 3, "symptoms": dict.fromkeys(SYMPTOM_KEYS, "unsure")}
    hollow = {"area": "under_eye", "kind": "hollow", "puffiness_too": "unsure", "loose_skin_too": "unsure"}
    answers = {"jurisdiction": "uk", "respondent": "nurse", "concerns": [FROWN, hollow], "history": health}

    for person_asked_about in (answers, {**answers, "after_treatment": after}):
        assessment = assess(shipped().in_language(language), person_asked_about)
        seen = " ".join(text_of(summarise(assessment), width=10**6).split())
        assert len(assessment.holds) > 40
        told = [*(hold.because for hold in assessment.holds), *reasons(assessment)]
        assert {sentence: seen.count(f"{sentence} ") for sentence in told} == dict.fromkeys(told, 1)
        assert [source.id for source in assessment.sources if f"[{source.id}]" not in seen] == []


def test_what_is_not_known_is_told_behind_the_fold() -> None:
    assessment = person(FROWN, history={"pregnant": "unsure", "blood_thinners": "yes"})

    *shown, more = summarise(assessment).sections

    in_doubt = "If you are or may be pregnant"
    assert not [section for section in shown if in_doubt in str(section)]
    assert in_doubt in str(more)


def test_the_sources_listed_are_those_that_some_line_cites() -> None:
    summary = summarise(person({"area": "nose", "kind": "contour", "severity": "moderate"}))

    listed = summary.source_numbers

    cited = {number for number in listed if f"'{number}'" in str(summary.sections).split("SourceEntry")[0]}
    assert listed == cited != frozenset()


def test_with_a_sign_in_an_unknown_country_every_number_stands_before_the_fold() -> None:
    assessment = assess(shipped(), {"after_treatment": {"treatment": "dermal_filler", "symptoms": {"fever": "yes"}}})

    *shown, _ = summarise(assessment).sections

    assert "112 (European Union), 999 (United Kingdom)" in str(shown)


@pytest.mark.parametrize(("jurisdiction", "said"), [("uk", "call 999."), ("us", "call 911."), ("eu", "call 112.")])
def test_the_number_is_said_wherever_it_is_to_be_called(jurisdiction: str, said: str) -> None:
    shown = text_of(summarise(assess(shipped(), {"jurisdiction": jurisdiction, "concerns": [FROWN]})))

    assert said in " ".join(shown.split())
    assert "your emergency number" not in shown


@pytest.mark.parametrize("written_as", READ_BY_PEOPLE)
def test_where_help_is_needed_today_no_treatment_is_shown(written_as: str) -> None:
    temples = {"area": "temple", "kind": "volume_loss"}
    headache = {"treatment": "botulinum_toxin", "days_ago": 3, "symptoms": {"severe_headache": "yes"}}
    assessment = person(temples, person={"age": 62}, after_treatment=headache)

    seen = as_read(render(assessment, written_as), written_as)

    assert assessment.outcome == "same_day"
    assert assessment.options != ()
    assert "A severe headache after an injection needs a doctor today." in seen
    assert [said for said in ("Dermal filler", "not now", "because", "side by side", "What speaks") if said in seen] == []


def test_signs_that_nobody_is_sure_of_are_said_to_be_so_before_what_to_do_about_them() -> None:
    not_sure = "You are not sure about these signs. If you have one of them, do at once what it says:"
    shown = {}
    for answered in ("yes", "unsure"):
        after = {"treatment": "dermal_filler", "days_ago": 1, "symptoms": {"fever": answered, "mild_headache": "unsure"}}
        shown[answered] = " ".join(text_of(summarise(person(after_treatment=after))).split())

    assert {answered: not_sure in seen for answered, seen in shown.items()} == {"yes": False, "unsure": True}


def test_a_sign_in_doubt_that_may_be_more_urgent_stands_before_the_fold_beside_one_that_is_certain() -> None:
    symptoms = {"fever": "yes", "vision_change": "unsure", "mild_headache": "unsure"}

    sections = summarise(person(after_treatment={"treatment": "dermal_filler", "symptoms": symptoms})).sections

    (alerts,) = (section for section in sections if section.id == "alerts")
    in_doubt, certain = (block for block in alerts.blocks if isinstance(block, Bullets))
    assert in_doubt.lead.startswith("You are not sure about these signs.")
    assert [line.text.partition(",")[0] for line in in_doubt.lines] == [
        "If your sight has changed in any way since the injection"
    ]
    assert [line.text for line in certain.lines] == ["Fever after an injection can mean an infection. See a doctor today."]


@pytest.mark.parametrize("respondent", ["patient", "nurse"])
@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"area": "brow", "kind": "sagging", "severity": "none", "sudden": "no"}, "something that you cannot see yourself"),
        ({"area": "underarm", "kind": "sweating"}, "somebody asks why you sweat so much"),
    ],
)
def test_what_concerns_their_own_wellbeing_is_read_at_once(seen: dict[str, str], said: str, respondent: str) -> None:
    sections = summarise(person(seen, person={"age": 40}, respondent=respondent)).sections

    texts = {section.id: " ".join(text_of(Summary("", "en", (), (section,))).split()) for section in sections}
    assert [name for name, text in texts.items() if said in text] == ["wellbeing"]
    assert list(texts).index("wellbeing") == 1
    assert ("Answers behind this" in texts["wellbeing"]) is (respondent == "nurse")


def test_a_stop_on_what_was_asked_about_matters_though_another_treatment_is_left() -> None:
    assessment = person(FROWN, {"area": "cheek", "kind": "volume_loss"}, history={"neuromuscular_disorder": "yes"})

    matters = _section("holds", summarise(assessment).sections)

    assert "dangerous weakness" in str(matters)
    assert "About: Muscle-relaxing injection" in str(matters)
    place = text_of(summarise(assessment)).split("Between the eyebrows: Muscle-relaxing injection – Not offered")[1]
    assert "Not to be given: More under “What matters for you”." in place.split("Cheeks: ")[0]


def test_a_patient_reads_what_speaks_against_what_they_ask_about_and_a_nurse_all() -> None:
    unsure = {path.removeprefix("history."): "unsure" for path in shipped().reference.questions.questions if "history." in path}
    lips = person({"area": "lips", "kind": "fuller"}, history=unsure)
    of_toxin_alone = {hold.because for hold in lips.holds if hold.treatments == ("botulinum_toxin",)}
    of_filler = {hold.because for hold in lips.holds if "dermal_filler" in hold.treatments}

    seen = " ".join(text_of(summarise(lips), width=10**6).split())
    nurse = assess(shipped(), lips.answers.document() | {"respondent": "nurse"})
    for_nurse = " ".join(text_of(summarise(nurse), width=10**6).split())

    assert [said for said in of_toxin_alone if said in seen] == []
    assert [said for said in of_filler if said not in seen] == []
    assert len(of_toxin_alone) > 5
    assert [hold.rule for hold in nurse.holds if hold.because not in for_nurse] == []


def test_whoever_shows_a_mole_reads_of_no_treatment() -> None:
    assessment = person({"area": "cheek", "kind": "suspicious_lesion"}, person={"age": 70})

    assert assessment.holds != ()
    assert "licensed" not in text_of(summarise(assessment))


@pytest.mark.parametrize("respondent", ["patient", "nurse"])
def test_the_reasons_for_what_is_not_offered_are_not_told_as_the_reason_why_not(respondent: str) -> None:
    assessment = person(FROWN, history={"neuromuscular_disorder": "yes"}, respondent=respondent)

    option = _section("option-glabella-muscle", summarise(assessment).sections)

    assert next(block.lead for block in option.blocks if isinstance(block, Bullets)) == "What speaks for it"


@pytest.mark.parametrize("respondent", ["patient", "nurse"])
def test_that_nothing_needs_treatment_is_nobody_to_see(respondent: str) -> None:
    nothing_there = {**FROWN, "on_movement": "no"}
    sections = summarise(person(nothing_there, respondent=respondent)).sections

    told = _section("not-needed", sections)

    assert told.title == "No treatment needed"
    assert "so nothing here needs treatment" in str(told)
    assert "Who else to see" not in str(sections)


def test_a_warning_is_said_once_under_the_names_of_all_the_places_that_it_is_about() -> None:
    lips, gums = {"area": "lips", "kind": "lip_inversion"}, {"area": "gums", "kind": "gum_show"}
    assessment = person(lips, gums)
    warned = {hold.because for option in assessment.options for hold in option.defeats if option.area == "gums"}

    told = _section("against-1", summarise(assessment).sections)

    assert told.title == "Lips, Gums: Muscle-relaxing injection"
    assert any("round the mouth can weaken it" in said for said in warned)
    assert [said for said in warned if said not in str(told)] == []


def test_nothing_stands_for_the_kinds_of_product_that_may_not_be_named() -> None:
    allergic = {"milk_protein_allergy": "yes"}
    shown = {where: person(FROWN, history=allergic, jurisdiction=where) for where in ("uk", "us")}

    limited = [hold for hold in shown["uk"].holds if hold.products]

    assert limited != []
    assert "Only for:" not in text_of(summarise(shown["uk"]))
    assert "Only for: AbobotulinumtoxinA" in text_of(summarise(shown["us"]))


def _section(name: str, blocks: Any) -> Section:
    """The section of this name, wherever it stands."""
    inner = [block for block in blocks if isinstance(block, Section)]
    found = [block for block in inner if block.id == name]
    return found[0] if found else _section(name, [block for section in inner for block in section.blocks])
