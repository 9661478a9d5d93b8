"""The shipped rules: clean, cited, and as strict as the evidence asks, row by row."""

import pytest
from strategies import further

from recommender.documents.vocabulary import AREAS, EFFECTS, JURISDICTIONS, KINDS, STATUS_OF, TREATMENTS
from recommender.inference import assess_plainly as assess  # the other engine says the same: inference/test_agreement.py
from recommender.knowledge.checks import issues

TOXIN, FILLER = "botulinum_toxin", "dermal_filler"
#: a person to whom both treatments would be offered
BOTH = [
    {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"},
    {"area": "cheek", "kind": "volume_loss"},
]

#: lids or a brow that feel heavy
HEAVY = [
    {"area": "forehead", "kind": "lines", "heavy_lids": "yes"},
    {"area": "upper_eyelid", "kind": "sagging", "severity": "moderate", "sudden": "no"},
    {"area": "brow", "kind": "sagging", "severity": "moderate", "sudden": "no"},
]

#: the answer, the treatment, the effect that the evidence asks for, and the products it is limited to
HOLDS = [
    ("trying_to_conceive", TOXIN, "review", ()),
    ("trying_to_conceive", FILLER, "review", ()),
    ("other_neurological_disorder", TOXIN, "review", ()),
    ("other_neurological_disorder", FILLER, "caution", ()),
    ("immunosuppressed", TOXIN, "caution", ()),
    ("pregnant", TOXIN, "defer", ()),
    ("pregnant", FILLER, "defer", ()),
    ("breastfeeding", TOXIN, "defer", ()),
    ("breastfeeding", FILLER, "defer", ()),
    ("neuromuscular_disorder", TOXIN, "hard_stop", ()),
    ("neuromuscular_disorder", FILLER, "caution", ()),
    ("toxin_reaction", TOXIN, "hard_stop", ()),
    ("milk_protein_allergy", TOXIN, "review", ("abobotulinumtoxinA",)),
    ("severe_allergies", TOXIN, "review", ()),
    ("severe_allergies", FILLER, "hard_stop", ()),
    ("bovine_collagen_allergy", FILLER, "review", ("pmma_collagen",)),
    ("lidocaine_allergy", FILLER, "review", ("calcium_hydroxylapatite", "hyaluronic_acid", "pmma_collagen")),
    ("untreated_epilepsy", FILLER, "hard_stop", ()),
    ("porphyria", FILLER, "hard_stop", ()),
    ("bacterial_protein_allergy", FILLER, "review", ("hyaluronic_acid",)),
    ("hyaluronidase_or_venom_allergy", FILLER, "review", ("hyaluronic_acid",)),
    ("infection_or_inflammation_at_site", TOXIN, "defer", ()),
    ("infection_or_inflammation_at_site", FILLER, "defer", ()),
    ("feeling_unwell", TOXIN, "defer", ()),
    ("feeling_unwell", FILLER, "defer", ()),
    ("bleeding_disorder", TOXIN, "review", ()),
    ("bleeding_disorder", FILLER, "review", ("calcium_hydroxylapatite", "hyaluronic_acid")),
    ("blood_thinners", TOXIN, "caution", ()),
    ("blood_thinners", FILLER, "caution", ()),
    ("interacting_medicines", TOXIN, "review", ()),
    ("swallowing_or_breathing_problem", TOXIN, "defer", ()),
    ("heart_disease", TOXIN, "review", ()),
    ("unexplained_double_vision_or_droop", TOXIN, "refer", ()),
    ("facial_surgery", TOXIN, "review", ()),
    ("keloid_tendency", TOXIN, "review", ()),
    ("keloid_tendency", FILLER, "hard_stop", ()),
    ("skin_darkens", FILLER, "caution", ()),
    ("autoimmune_disease", FILLER, "review", ()),
    ("autoimmune_flare", FILLER, "defer", ()),
    ("immunosuppressed", FILLER, "review", ()),
    ("permanent_or_unknown_filler", FILLER, "refer", ()),
    ("recent_or_planned_vaccination", FILLER, "caution", ()),
    ("rapid_weight_loss", FILLER, "review", ()),
    ("recent_or_planned_vaccination", TOXIN, "caution", ()),
    ("recent_or_planned_dental_work", FILLER, "defer", ()),
    ("recent_or_planned_skin_procedure", FILLER, "review", ()),
    ("isotretinoin", TOXIN, "review", ()),
    ("isotretinoin", FILLER, "review", ()),
    ("appearance_distress", TOXIN, "refer", ()),
    ("appearance_distress", FILLER, "refer", ()),
    ("diagnosed_body_dysmorphia", TOXIN, "hard_stop", ()),
    ("diagnosed_body_dysmorphia", FILLER, "hard_stop", ()),
    ("unrealistic_expectations", TOXIN, "refer", ()),
    ("pressured_by_others", FILLER, "hard_stop", ()),
    ("event_within_two_weeks", TOXIN, "defer", ()),
    ("event_within_two_weeks", FILLER, "defer", ()),
    ("toxin_within_three_months", TOXIN, "defer", ()),
]


def person_with(**more):
    return {"person": {"age": 40}, "concerns": BOTH, **more}


def option(assessment, treatment, area=None):
    place = area or {TOXIN: "glabella", FILLER: "cheek"}[treatment]
    return next(o for o in assessment.options if o.treatment == treatment and o.area == place)


def test_the_shipped_rules_load_without_an_issue(rules):
    assert issues(rules) == ()


def test_every_rule_is_a_draft(rules):
    assert {rule.text.status for rule in rules.rules} == {"draft"}
    assert rules.identity.status == "draft"


@pytest.mark.parametrize(("answer", "treatment", "effect", "products"), HOLDS)
def test_a_contraindication_holds_the_treatment_as_strongly_as_its_evidence(rules, answer, treatment, effect, products):
    assessment = assess(rules, person_with(history={answer: "yes"}))

    held = option(assessment, treatment)

    assert (held.status, held.defeats[0].effect) == (STATUS_OF[effect], effect)
    assert set(held.defeats[0].products) == set(products)
    assert [(e.path, e.value) for e in held.defeats[0].evidence] == [(f"history.{answer}", "yes")]


@pytest.mark.parametrize(("answer", "treatment"), [(a, t) for a, t, effect, _ in HOLDS if EFFECTS.index(effect) > 1])
def test_not_knowing_about_a_contraindication_asks_for_a_prescriber(rules, answer, treatment):
    assessment = assess(rules, person_with(history={answer: "unsure"}))

    held = option(assessment, treatment)

    assert (held.status, held.defeats[0].effect, held.defeats[0].in_doubt) == ("review", "review", True)


@pytest.mark.parametrize(("answer", "treatment"), [(a, t) for a, t, effect, _ in HOLDS if effect != "caution"])
def test_a_contraindication_not_asked_is_an_open_question(rules, answer, treatment):
    assessment = assess(rules, person_with())

    asked = {question.path: question.could_change for question in assessment.open_questions}

    assert f"{option(assessment, treatment).area}/{treatment}" in asked[f"history.{answer}"]


#: what strictness a tendency to thick scars, untreated epilepsy and porphyria have by country
STRICT = {"uk": "withdrawn", "au": "withdrawn", "eu": "withdrawn", "other": "withdrawn"}


@pytest.mark.parametrize("jurisdiction", ["uk", "us", "au", "ca", "eu", "other"])
@pytest.mark.parametrize(
    ("answer", "elsewhere"), [("keloid_tendency", "review"), ("untreated_epilepsy", "review"), ("porphyria", "review")]
)
def test_filler_is_stopped_where_leaflets_say_so_and_nowhere_milder_than_their_word(rules, jurisdiction, answer, elsewhere):
    assessment = assess(rules, person_with(jurisdiction=jurisdiction, history={answer: "yes"}))

    assert option(assessment, FILLER).status == STRICT.get(jurisdiction, elsewhere)


@pytest.mark.parametrize("answer", ["lidocaine_allergy", "bovine_collagen_allergy", "keloid_tendency"])
@pytest.mark.parametrize(("value", "status"), [("yes", "withdrawn"), ("unsure", "review"), ("no", "suggested")])
def test_the_one_filler_for_shallow_scars_is_not_offered_against_its_label(rules, answer, value, status):
    scars = [{"area": "cheek", "kind": "scars", "scar_type": "rolling"}]

    assessment = assess(rules, {"jurisdiction": "us", "person": {"age": 50}, "concerns": scars, "history": {answer: value}})

    assert option(assessment, FILLER).status == status


@pytest.mark.parametrize("jurisdiction", ["uk", "us", "au", "ca", "eu", "other"])
@pytest.mark.parametrize(
    ("concern", "caution", "words"),
    [
        ({"area": "neck", "kind": "bands"}, "places.neck-toxin", ("swallowing", "head")),
        ({"area": "neck", "kind": "lines", "on_movement": "yes"}, "places.neck-toxin", ("swallowing", "head")),
        ({"area": "masseter", "kind": "muscle_bulk"}, "places.masseter-toxin", ("chewing", "smile")),
        ({"area": "masseter", "kind": "asymmetry", "sudden": "no"}, "places.masseter-toxin", ("chewing", "smile")),
        ({"area": "jawline", "kind": "muscle_bulk"}, "places.masseter-toxin", ("chewing", "smile")),
    ],
)
def test_toxin_in_neck_and_jaw_says_what_it_can_weaken_in_every_country(rules, jurisdiction, concern, caution, words):
    assessment = assess(rules, {"jurisdiction": jurisdiction, "person": {"age": 45}, "concerns": [concern]})

    told = {defeat.rule: defeat.because for defeat in option(assessment, TOXIN, concern["area"]).defeats}
    assert all(word in told[caution] for word in words)


def test_every_toxin_offer_in_neck_or_jaw_muscle_has_its_caution(rules):
    named = {"neck": "places.neck-toxin", "masseter": "places.masseter-toxin"}
    found = {
        (area, kind): {defeat.rule for o in assessed.options if o.treatment == TOXIN for defeat in o.defeats}
        for area in named
        for kind in rules.reference.questions.areas[area].kinds
        for assessed in [assess(rules, {"concerns": [{"area": area, "kind": kind, "on_movement": "yes", "sudden": "no"}]})]
        if any(o.treatment == TOXIN for o in assessed.options)
    }

    assert {area for area, _ in found} == set(named)
    assert [where for where, rules_told in found.items() if named[where[0]] not in rules_told] == []


@pytest.mark.parametrize(("days", "to"), [(9, "medical"), (89, "medical"), (90, "surgical_opinion")])
@pytest.mark.parametrize("concern", HEAVY)
def test_heavy_lids_soon_after_a_toxin_are_no_reason_for_a_surgeon(rules, concern, days, to):
    after = {"treatment": TOXIN, "days_ago": days}

    referrals = assess(rules, {"person": {"age": 44}, "concerns": [concern], "after_treatment": after}).referrals

    assert to in {referral.to for referral in referrals}
    assert ("surgical_opinion" in {referral.to for referral in referrals}) == (days >= 90)


@pytest.mark.parametrize(
    ("age", "concern", "answer", "urgent"),
    [
        (62, {"area": "masseter", "kind": "jaw_pain"}, "yes", True),
        (62, {"area": "masseter", "kind": "jaw_pain"}, "unsure", True),
        (62, {"area": "masseter", "kind": "jaw_pain"}, None, True),
        (62, {"area": "masseter", "kind": "jaw_pain"}, "no", False),
        (62, {"area": "temple", "kind": "migraine"}, None, True),
        (62, {"area": "temple", "kind": "volume_loss"}, "yes", True),
        (62, {"area": "temple", "kind": "volume_loss"}, None, False),
        (50, {"area": "glabella", "kind": "lines"}, "yes", True),
        (62, {"area": "lips", "kind": "fuller"}, "yes", True),
        (62, None, "yes", True),
        (62, {"area": "lips", "kind": "fuller"}, "unsure", False),
        (62, {"area": "lips", "kind": "fuller"}, None, False),
        (49, {"area": "glabella", "kind": "lines"}, "yes", False),
        (49, {"area": "temple", "kind": "migraine"}, "yes", False),
        (50, {"area": "forehead", "kind": "migraine"}, "yes", True),
    ],
)
def test_new_headache_or_jaw_pain_from_50_on_is_for_a_doctor_today(rules, age, concern, answer, urgent):
    history = {} if answer is None else {"new_headache_or_jaw_pain": answer}

    assessment = assess(rules, {"person": {"age": age}, "concerns": [concern] if concern else [], "history": history})

    assert [alert.urgency for alert in assessment.alerts] == (["same_day"] if urgent else [])


def test_a_new_headache_is_for_a_doctor_today_though_the_injection_is_what_is_asked_about(rules):
    after = {"treatment": TOXIN, "days_ago": 30, "symptoms": {"mild_headache": "yes"}}
    answers = {"person": {"age": 62}, "history": {"new_headache_or_jaw_pain": "yes"}, "after_treatment": after}

    assert assess(rules, answers).outcome == "same_day"


@pytest.mark.parametrize(
    ("days", "symptoms", "outcome"),
    [
        (3, {"blisters_or_pustules": "yes"}, "emergency"),
        (13, {"blisters_or_pustules": "yes"}, "emergency"),
        (14, {"blisters_or_pustules": "yes"}, "same_day"),
        (3, {"hot_red_swelling_or_pus": "yes", "severe_pain": "no", "white_or_mottled_skin": "no"}, "emergency"),
        (3, {"hot_red_swelling_or_pus": "yes", "blisters_or_pustules": "no"}, "same_day"),
        (30, {"hot_red_swelling_or_pus": "yes"}, "same_day"),
    ],
)
def test_blisters_or_pus_soon_after_filler_are_an_emergency(rules, days, symptoms, outcome):
    after = {"treatment": FILLER, "days_ago": days, "symptoms": symptoms}

    assert assess(rules, {"jurisdiction": "uk", "person": {"age": 30}, "after_treatment": after}).outcome == outcome


@pytest.mark.parametrize(("area", "told"), [("lips", True), ("nasolabial_fold", True), ("hands", False), ("temple", False)])
def test_cold_sores_are_told_of_filler_near_the_mouth_alone(rules, area, told):
    answers = {"concerns": [{"area": area, "kind": "volume_loss"}], "history": {"cold_sores_history": "yes"}}

    rules_told = {defeat.rule for defeat in option(assess(rules, answers), FILLER, area).defeats}

    assert ("skin_today.cold-sores" in rules_told) == told


@pytest.mark.parametrize("area", ["nasolabial_fold", "marionette", "cheek"])
@pytest.mark.parametrize("age", [27, 57])
def test_lines_that_come_on_smiling_alone_need_no_treatment(rules, area, age):
    concern = {"area": area, "kind": "lines", "on_movement": "yes", "at_rest": "no"}

    assert assess(rules, {"jurisdiction": "us", "person": {"age": age}, "concerns": [concern]}).outcome == "not_needed"


def test_old_filler_is_for_a_doctor_and_holds_up_nothing_but_filler(rules):
    for answer in ("overfilled", "permanent_or_unknown_filler"):
        alone = assess(rules, {"person": {"age": 27}, "history": {answer: "yes", "previous_filler": "yes"}})
        both = assess(rules, person_with(history={answer: "yes", "previous_filler": "yes"}))

        assert (alone.outcome, [r.to for r in alone.referrals]) == ("refer", ["medical"])
        assert (both.outcome, option(both, TOXIN).status, option(both, FILLER).status) == ("discuss", "suggested", "referred")


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ({}, "suggested"),
        ({"dcq_score": 8}, "suggested"),
        ({"dcq_score": 9}, "referred"),
        ({"cops_score": 39}, "suggested"),
        ({"cops_score": 40}, "referred"),
        ({"dcq_score": 0, "cops_score": 40}, "referred"),
    ],
)
def test_a_screening_score_refers_from_its_cut_off_on_and_none_makes_nothing_worse(rules, score, status):
    assessment = assess(rules, person_with(respondent="nurse", screening=score))

    assert {o.status for o in assessment.options} == {status}
    assert [(r.to, r.area) for r in assessment.referrals] == ([("psychological", None)] if status == "referred" else [])


def test_a_low_screening_score_lifts_nothing(rules):
    distressed = person_with(respondent="nurse", history={"appearance_distress": "yes"})

    low = assess(rules, distressed | {"screening": {"dcq_score": 0, "cops_score": 0}})

    assert (low.outcome, low.options, low.holds) == (
        "refer",
        assess(rules, distressed).options,
        assess(rules, distressed).holds,
    )


@pytest.mark.parametrize(
    ("area", "kind", "status"),
    [
        ("crows_feet", "lines", "review"),
        ("glabella", "lines", "review"),
        ("chin", "dimpling", "suggested"),
        ("masseter", "muscle_bulk", "suggested"),
    ],
)
def test_a_dry_eye_or_drooping_lid_holds_the_places_near_the_eyes_and_no_other(rules, area, kind, status):
    dry = {"person": {"age": 40}, "history": {"eyelid_or_eye_problem": "yes"}}

    alone = assess(rules, dry | {"concerns": [{"area": area, "kind": kind}]})
    with_another = assess(rules, dry | {"concerns": [{"area": area, "kind": kind}, {"area": "neck", "kind": "bands"}]})

    assert option(alone, TOXIN, area).status == option(with_another, TOXIN, area).status == status
    assert option(with_another, TOXIN, "neck").status == "suggested"


def test_a_dry_eye_asked_about_by_itself_is_for_a_prescriber(rules):
    assert assess(rules, {"history": {"eyelid_or_eye_problem": "yes"}}).outcome == "review"


#: every place at which a toxin may be offered, outside those that some licence read names
OFF_LABEL = ["brow", "upper_eyelid", "under_eye", "nose_sides", "upper_lip", "lips", "mouth_corner", "chin", "jawline"]


@pytest.mark.parametrize("jurisdiction", further(JURISDICTIONS, "uk", "ca"))
@pytest.mark.parametrize(
    ("area", "kind", "told_in"),
    [
        *((area, "lines", "everywhere") for area in OFF_LABEL),
        *((area, kind, "everywhere") for area, kind in (("gums", "gum_show"), ("masseter", "muscle_bulk"))),
        ("neck", "lines", "everywhere"),
        ("neck", "bands", "where no licence was found"),
        *((area, "lines", "nowhere") for area in ("forehead", "glabella", "crows_feet")),
    ],
)
def test_off_label_is_said_plainly_where_no_licence_was_found(rules, jurisdiction, area, kind, told_in):
    seen = {"area": area, "kind": kind, "on_movement": "yes"}

    toxin = option(assess(rules, {"jurisdiction": jurisdiction, "concerns": [seen]}), TOXIN, area)

    told = {defeat.rule for defeat in toxin.defeats if "off-label" in defeat.because} - {
        "places.licence-condition",
        "places.neck-toxin-licence-condition",
    }
    unlicensed = told_in == "where no licence was found" and jurisdiction in ("au", "eu", "other")
    assert bool(told) == (told_in == "everywhere" or unlicensed)


@pytest.mark.parametrize(("jurisdiction", "told"), [("uk", True), ("eu", True), ("us", False), ("au", False), ("other", False)])
def test_the_licences_of_the_uk_and_the_eu_say_for_which_lines(rules, jurisdiction, told):
    toxin = option(assess(rules, {**person_with(), "jurisdiction": jurisdiction}), TOXIN)

    assert ("places.licence-condition" in {defeat.rule for defeat in toxin.defeats}) == told
    assert toxin.status == "suggested"


@pytest.mark.parametrize("jurisdiction", ["uk", "us", "au", "ca", "eu", "other"])
@pytest.mark.parametrize(
    "concerns", [BOTH, [BOTH[0]], [BOTH[1]], [{"area": area, "kind": "lines"} for area in ("forehead", "marionette", "neck")]]
)
def test_at_most_three_notes_are_about_the_country(rules, jurisdiction, concerns):
    notes = assess(rules, {"jurisdiction": jurisdiction, "person": {"age": 40}, "concerns": concerns}).notes

    about_country = [note for note in notes if note.about == "your_country"]

    assert len(about_country) <= 3
    assert all(note.rule.startswith(f"country.{jurisdiction}-") and len(note.because) < 200 for note in about_country)


@pytest.mark.parametrize(("age", "outcome"), [(17, "stop"), (18, "discuss")])
@pytest.mark.parametrize("jurisdiction", ["uk", "au", "ca", "eu", "other", "us"])
def test_nobody_under_18_is_offered_anything_anywhere(rules, age, outcome, jurisdiction):
    assessment = assess(rules, {**person_with(jurisdiction=jurisdiction), "person": {"age": age}})

    assert assessment.outcome == outcome
    assert {o.status for o in assessment.options} == (
        {"withdrawn"} if age < 18 else {option(assessment, FILLER).status, "suggested"}
    )


@pytest.mark.parametrize(
    ("age", "jurisdiction", "status"),
    [(21, "us", "review"), (22, "us", "suggested"), (21, "uk", "suggested"), (64, "uk", "suggested"), (65, "uk", "suggested")],
)
def test_filler_follows_the_ages_of_its_labels(rules, age, jurisdiction, status):
    assessment = assess(rules, {**person_with(jurisdiction=jurisdiction), "person": {"age": age}})

    assert option(assessment, FILLER).status == status


@pytest.mark.parametrize(
    ("age", "jurisdiction", "status"),
    [(64, "uk", "suggested"), (65, "uk", "review"), (65, "eu", "review"), (65, "us", "suggested"), (65, "au", "suggested")],
)
def test_toxin_from_65_is_for_a_prescriber_where_licences_end_there(rules, age, jurisdiction, status):
    assessment = assess(rules, {**person_with(jurisdiction=jurisdiction), "person": {"age": age}})

    assert option(assessment, TOXIN).status == status


@pytest.mark.parametrize("area", ["forehead", "glabella", "crows_feet", "nose", "nose_sides", "neck", "upper_eyelid", "brow"])
def test_filler_where_it_is_never_offered_is_shown_as_withdrawn(rules, area):
    assessment = assess(rules, {"concerns": [{"area": area, "kind": "volume_loss"}]})

    held = option(assessment, FILLER, area)

    assert (held.status, held.defeats[0].rule) == ("withdrawn", f"places.no-filler{'-neck' * (area == 'neck')}")


@pytest.mark.parametrize(
    "area",
    [
        "forehead",
        "glabella",
        "brow",
        "crows_feet",
        "under_eye",
        "nose_sides",
        "upper_lip",
        "lips",
        "mouth_corner",
        "chin",
        "neck",
    ],
)
def test_lines_on_movement_are_offered_toxin_first(rules, area):
    assessment = assess(rules, {"concerns": [{"area": area, "kind": "lines", "on_movement": "yes", "at_rest": "no"}]})

    assert (option(assessment, TOXIN, area).role, option(assessment, TOXIN, area).status) == ("first_line", "suggested")


@pytest.mark.parametrize(
    "area", ["temple", "cheek", "lips", "chin", "jawline", "hands", "mouth_corner", "marionette", "under_eye"]
)
def test_lost_volume_is_offered_filler_and_no_toxin(rules, area):
    assessment = assess(rules, {"concerns": [{"area": area, "kind": "volume_loss"}]})

    assert [(o.treatment, o.status) for o in assessment.options] == [(FILLER, "suggested")]


def test_moving_and_still_lines_at_once_are_offered_both(rules):
    assessment = assess(rules, {"concerns": [{"area": "chin", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}]})

    assert [(o.treatment, o.role, o.status) for o in assessment.options] == [
        (TOXIN, "first_line", "suggested"),
        (FILLER, "first_line", "suggested"),
    ]


@pytest.mark.parametrize(
    ("concern", "to"),
    [
        ({"area": "skin", "kind": "texture"}, "skin_consultation"),
        ({"area": "skin", "kind": "pigmentation"}, "skin_consultation"),
        ({"area": "cheek", "kind": "redness"}, "skin_consultation"),
        ({"area": "under_eye", "kind": "crepey"}, "skin_consultation"),
        ({"area": "under_eye", "kind": "dark_circles", "cause": "pigment"}, "skin_consultation"),
        ({"area": "cheek", "kind": "scars", "scar_type": "ice_pick"}, "skin_consultation"),
        ({"area": "jawline", "kind": "sagging"}, "surgical_opinion"),
        ({"area": "under_eye", "kind": "bags"}, "surgical_opinion"),
        ({"area": "chin", "kind": "double_chin"}, "surgical_opinion"),
        ({"area": "cheek", "kind": "suspicious_lesion"}, "medical"),
        ({"area": "underarm", "kind": "sweating"}, "medical"),
        ({"area": "forehead", "kind": "migraine"}, "medical"),
        ({"area": "masseter", "kind": "jaw_pain"}, "dental"),
        ({"area": "forehead", "kind": "prevention"}, "not_needed"),
    ],
)
def test_what_is_neither_goes_elsewhere_without_a_needle(rules, concern, to):
    assessment = assess(rules, {"concerns": [concern]})

    assert to in {referral.to for referral in assessment.referrals}
    assert not [o for o in assessment.options if o.status in ("suggested", "review")]


#: sign, treatment and days → urgency when the sign is "yes"
URGENCIES = [
    ("vision_change", "dermal_filler", "emergency"),
    ("vision_change", "unsure", "emergency"),
    ("stroke_signs", "botulinum_toxin", "emergency"),
    ("white_or_mottled_skin", "dermal_filler", "emergency"),
    ("severe_pain", "dermal_filler", "emergency"),
    ("severe_pain", "unsure", "emergency"),
    ("severe_pain", None, "emergency"),
    ("severe_pain", "botulinum_toxin", "same_day"),
    ("breathing_or_swallowing_trouble", "botulinum_toxin", "emergency"),
    ("speech_or_voice_trouble", "botulinum_toxin", "emergency"),
    ("widespread_weakness", "botulinum_toxin", "emergency"),
    ("heavy_head", "botulinum_toxin", "emergency"),
    ("blisters_or_pustules", "dermal_filler", "emergency"),
    ("blisters_or_pustules", None, "emergency"),
    ("blisters_or_pustules", "botulinum_toxin", "same_day"),
    ("throat_or_face_swelling", "dermal_filler", "emergency"),
    ("double_vision", "botulinum_toxin", "same_day"),
    ("hot_red_swelling_or_pus", "dermal_filler", "same_day"),
    ("fever", "dermal_filler", "same_day"),
    ("late_lump", "dermal_filler", "contact_injector"),
    ("drooping_eyelid", "botulinum_toxin", "contact_injector"),
    ("mild_bruise_or_swelling", "dermal_filler", "contact_injector"),
    ("mild_headache", "botulinum_toxin", "contact_injector"),
]


@pytest.mark.parametrize(("sign", "treatment", "urgency"), URGENCIES)
def test_a_sign_after_treatment_is_as_urgent_as_its_evidence(rules, sign, treatment, urgency):
    after = {"symptoms": {sign: "yes"}} | ({"treatment": treatment} if treatment else {})

    assessment = assess(rules, {**person_with(), "after_treatment": after})

    assert assessment.alerts[0].urgency == urgency
    assert assessment.outcome == urgency


#: sign, treatment, last day → on which it is still said to be common
COMMON = [
    ("mild_bruise_or_swelling", FILLER, 13),
    ("mild_bruise_or_swelling", TOXIN, 13),
    ("mild_headache", TOXIN, 13),
    ("no_effect_yet", TOXIN, 14),
    ("uneven_result", FILLER, 13),
    ("uneven_result", TOXIN, 13),
]


@pytest.mark.parametrize("days", [0, 13, 14, 15, 29, 400, None])
@pytest.mark.parametrize("treatment", [FILLER, TOXIN])
def test_a_sign_is_common_for_the_treatment_and_the_days_of_its_evidence_and_else_somebody_is_called(rules, treatment, days):
    from recommender.documents.answers import SYMPTOM_KEYS

    def told(sign):
        after = {"treatment": treatment, "symptoms": {sign: "yes"}} | ({} if days is None else {"days_ago": days})
        return assess(rules, {"person": {"age": 40}, "after_treatment": after}).outcome

    common = {sign for sign, what, last in COMMON if what == treatment and days is not None and days <= last}

    assert {sign for sign in SYMPTOM_KEYS if told(sign) == "self_care"} == common
    assert {told(sign) for sign in SYMPTOM_KEYS if sign not in common} <= {"contact_injector", "same_day", "emergency"}


#: words that state a time → the first and the last day after the injection on which they are true
TIMES = [
    ("more than four weeks after", 28, None),
    ("soon after filler", 0, 13),
    ("it is common soon after", 0, 13),
    ("in the first days after", 0, 13),
    ("Yours has not", 14, None),
    ("Yours has stayed longer", 14, None),
    ("that time has passed", 14, None),
    ("Wait until then", 0, 14),
    ("judged at about two weeks. If", 0, 13),
    ("so yours needs another explanation", 90, None),
    ("this long after", 90, None),
    ("more than 12 weeks after", 84, None),
    ("and goes within 12 weeks", 0, 83),
    ("so no effect is expected now", 120, None),
]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("days", [0, 13, 14, 15, 20, 27, 28, 83, 84, 89, 90, 119, 120, 400])
def test_no_sentence_about_a_sign_states_a_time_that_the_days_contradict(rules, days, answer):
    from recommender.documents.answers import SYMPTOM_KEYS

    signs = dict.fromkeys(SYMPTOM_KEYS, answer)
    known = [{"treatment": treatment} for treatment in (FILLER, TOXIN, "unsure")]
    told = [
        reason.because
        for after in (*known, {})
        for alert in assess(rules, {"after_treatment": {"days_ago": days, "symptoms": signs} | after}).alerts
        for reason in alert.reasons
    ]

    assert len(told) >= 4 * len(SYMPTOM_KEYS)
    untrue_now = [words for words, first, last in TIMES if days < first or (last is not None and days > last)]
    assert [(words, text) for words in untrue_now for text in told if words in text] == []


def test_every_time_that_is_looked_for_is_told_somewhere(rules):
    sentences = [rule.sentence(known=known) for rule in rules.rules if rule.id.startswith("after.") for known in (True, False)]

    assert [words for words, _, _ in TIMES if not any(words in sentence for sentence in sentences)] == []


@pytest.mark.parametrize("days", [0, 14, 15, 120, 700, None])
def test_nobody_waits_two_weeks_for_the_effect_of_a_filler(rules, days):
    after = {"treatment": FILLER, "symptoms": {"no_effect_yet": "yes"}} | ({} if days is None else {"days_ago": days})

    (alert,) = assess(rules, {"person": {"age": 40}, "after_treatment": after}).alerts

    assert [reason.because for reason in alert.reasons] == [
        "Filler shows at once. If you never saw an effect, call the person who injected you about a review."
    ]


@pytest.mark.parametrize(
    ("treatment", "days", "urgency"),
    [
        (FILLER, 3, "self_care"),
        (FILLER, 13, "self_care"),
        (FILLER, 14, "contact_injector"),
        (FILLER, None, "contact_injector"),
        (TOXIN, 3, "contact_injector"),
        ("unsure", 3, "contact_injector"),
        (None, 3, "contact_injector"),
    ],
)
def test_a_bump_with_a_bruise_is_common_soon_after_filler_alone(rules, treatment, days, urgency):
    symptoms = {"early_lump": "yes", "mild_bruise_or_swelling": "yes", "severe_pain": "no", "worsening_swelling": "no"}
    known = {name: value for name, value in (("treatment", treatment), ("days_ago", days)) if value is not None}

    assessment = assess(rules, {"person": {"age": 40}, "after_treatment": {**known, "symptoms": symptoms}})

    assert assessment.alerts[0].urgency == urgency


@pytest.mark.parametrize("sign", [s for s, _, urgency in URGENCIES if urgency == "emergency"])
def test_an_emergency_sign_that_is_not_certain_is_seen_the_same_day(rules, sign):
    assessment = assess(rules, {"after_treatment": {"treatment": "unsure", "symptoms": {sign: "unsure"}}})

    assert (assessment.outcome, assessment.alerts[0].in_doubt) == ("same_day", True)


def test_every_symptom_alone_raises_an_alert_whatever_else_is_not_answered(rules):
    from recommender.documents.answers import SYMPTOM_KEYS

    silent = [s for s in SYMPTOM_KEYS if not assess(rules, {"after_treatment": {"symptoms": {s: "yes"}}}).alerts]

    assert silent == []


def test_after_a_treatment_with_nothing_described_the_injector_is_called(rules):
    assert assess(rules, {"after_treatment": {"treatment": "dermal_filler"}}).outcome == "contact_injector"


def test_each_treatment_says_how_long_it_lasts_by_product(rules):
    lasting = {facts.treatment: facts for facts in rules.reference.treatments}

    assert set(lasting) == set(TREATMENTS)
    assert {p.id for p in lasting[FILLER].products if p.reversible.startswith("yes")} == {"hyaluronic_acid"}
    assert "seed" in lasting[TOXIN].lasts.sources
    assert "seed" in lasting[FILLER].lasts.sources


def test_no_sentence_for_patients_names_a_dose_or_a_brand(rules):
    import re

    forbidden = re.compile(
        r"\b(botox|dysport|azzalure|bocouture|xeomin|jeuveau|letybo|daxxify|vistabel|juv[eé]derm|restylane|radiesse|sculptra|"
        r"bellafill|belotero|\d+\s*(units?|ml|millilit))\b",
        re.IGNORECASE,
    )
    told = rules.voice("patient", "other").reference.treatments
    facts = [text for f in told for text in f.model_dump_json().split('"')]

    spoken = [rule.text.because for rule in rules.rules] + facts

    assert [text for text in spoken if forbidden.search(text)] == []


def _everything_at(area):
    """Answers that name all there is to see at a place, with no details."""
    return {"concerns": [{"area": area, "kind": kind} for kind in KINDS]}


@pytest.mark.parametrize("area", AREAS)
def test_beside_help_that_is_needed_today_nobody_is_named_who_can_wait(rules, area):
    urgent = {**_everything_at(area), "person": {"age": 62}, "history": {"new_headache_or_jaw_pain": "yes"}}

    assessment = assess(rules, urgent)

    assert {alert.urgency for alert in assessment.alerts} & {"emergency", "same_day"}
    assert {referral.to for referral in assessment.referrals} <= {"medical", "psychological"}
    assert "what_to_expect" not in {note.about for note in assessment.notes}


@pytest.mark.parametrize("sign", ["diagnosed_body_dysmorphia", "appearance_distress"])
@pytest.mark.parametrize("area", AREAS)
def test_a_psychologist_comes_before_everybody_who_changes_looks(rules, area, sign):
    referrals = assess(rules, {**_everything_at(area), "person": {"age": 30}, "history": {sign: "yes"}}).referrals

    assert ("psychological", "instead", None) in {(r.to, r.stance, r.area) for r in referrals}
    assert not {r.to for r in referrals} & {"surgical_opinion", "skin_consultation"}


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("sign", ["drooping_eyelid", "weak_chewing"])
@pytest.mark.parametrize(("treatment", "days"), [(FILLER, 2), (FILLER, 400), ("unsure", 2), (TOXIN, 90), (TOXIN, 730)])
def test_what_passes_by_itself_after_a_toxin_is_said_while_it_can_be_so_alone(rules, sign, treatment, days, answer):
    after = {"treatment": treatment, "days_ago": days, "symptoms": {sign: answer}}

    alerts = assess(rules, {"person": {"age": 40}, "after_treatment": after}).alerts

    assert alerts
    said = " ".join(reason.because for alert in alerts for reason in alert.reasons)
    assert "gets better by itself" not in said
    assert "common" not in said


@pytest.mark.parametrize("treatment", [TOXIN, "unsure", None])
def test_long_after_a_toxin_nobody_is_told_to_wait_for_an_effect_that_has_worn_off(rules, treatment):
    after = {"days_ago": 400, "symptoms": {"no_effect_yet": "yes"}} | ({"treatment": treatment} if treatment else {})

    (alert,) = assess(rules, {"person": {"age": 40}, "after_treatment": after}).alerts

    assert "three to four months" in alert.reasons[0].because


@pytest.mark.parametrize("concern", HEAVY)
@pytest.mark.parametrize("history", [{"toxin_within_three_months": "yes"}, {"toxin_within_three_months": "no"}])
@pytest.mark.parametrize("days", [None, 0, 9, 89, 90, 100, 400])
def test_about_heavy_lids_a_doctor_or_a_surgeon_is_named_and_never_both(rules, concern, history, days):
    after = {} if days is None else {"after_treatment": {"treatment": TOXIN, "days_ago": days}}

    referrals = assess(rules, {"person": {"age": 44}, "concerns": [concern], "history": history, **after}).referrals

    recent = history["toxin_within_three_months"] == "yes" or (days is not None and days < 90)
    assert {referral.to for referral in referrals} == {"medical" if recent else "surgical_opinion"}
