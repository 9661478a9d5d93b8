"""Assessments made by hand, as the rules would conclude them: one for each kind of summary."""

from __future__ import annotations

from typing import Any

from recommender.documents import Assessment

WORDS = {
    "answer.no": "No",
    "answer.unsure": "I don't know",
    "answer.yes": "Yes",
    "area.glabella": "Between the eyebrows",
    "area.lips": "Lips",
    "area.skin": "Skin of the whole face",
    "area.under_eye": "Under the eyes",
    "destination.medical": "A doctor",
    "destination.skin_consultation": "Skin consultation",
    "disclaimer": "This prepares a consultation and never replaces one.",
    "effect.caution": "Good to know first",
    "effect.defer": "Wait",
    "effect.hard_stop": "Not to be given",
    "effect.review": "A prescriber decides",
    "emergency_number": "999",
    "kind.fuller": "Fuller, or more shape",
    "kind.hollow": "A dip or hollow",
    "kind.lines": "Lines or folds",
    "kind.texture": "Rough skin or large pores",
    "product.hyaluronic_acid": "Hyaluronic acid",
    "question.at_rest": "Do you see the lines when your face is still?",
    "question.history.blood_thinners": "Do you take anything that thins the blood?",
    "question.history.cold_sores_history": "Have you ever had cold sores?",
    "question.history.infection_or_inflammation_at_site": "Is the skin there sore, infected or inflamed now?",
    "question.history.neuromuscular_disorder": "Has a doctor said that you have a muscle or nerve disease?",
    "question.on_movement": "Do you see the lines when you move your face?",
    "question.person.age": "How old are you?",
    "role.first_line": "First choice",
    "role.second_line": "After or beside the first choice",
    "stance.beside": "As well as an injection",
    "stance.instead": "Instead of an injection",
    "status.deferred": "Not now",
    "status.open": "Depends on an answer",
    "status.review": "A prescriber decides",
    "status.suggested": "Worth discussing",
    "status.withdrawn": "Not offered",
    "treatment.botulinum_toxin": "Anti-wrinkle injection",
    "treatment.dermal_filler": "Dermal filler",
    "urgency.contact_injector": "Contact the person who injected you",
    "urgency.emergency": "Call the emergency number now",
}
SOURCES = [
    {
        "id": "seed",
        "title": "The difference between anti-wrinkle injections and dermal fillers",
        "publisher": "A cosmetic nurse",
        "strength": "clinic/trade/secondary page",
    },
    {
        "id": "T1-101",
        "title": "Botulinum toxin type A: how long it lasts",
        "publisher": "A medicines agency",
        "year": 2024,
        "url": "https://example.org/toxin?id=1&part=2",
        "strength": "product label/regulator",
    },
    {
        "id": "F2-004",
        "title": "Soft-tissue fillers <a review>",
        "publisher": "A journal of dermatology",
        "year": 2021,
        "url": "https://example.org/fillers/a-very-long-address-that-does-not-fit-on-one-line-of-a-summary-in-a-terminal",
        "strength": "guideline/systematic review",
    },
    {
        "id": "F2-006",
        "title": "Filler between the brows and the risk to sight",
        "publisher": "A society of surgeons",
        "year": 2022,
        "url": "paper copy, no address",
        "strength": "professional society",
    },
]


def _timing(text: str, days: tuple[int, int] | None, *sources: str) -> dict[str, Any]:
    return {"text": text, "days": days, "sources": sources}


TOXIN = {
    "treatment": "botulinum_toxin",
    "name": "Anti-wrinkle injection",
    "clinical_name": "Botulinum toxin type A",
    "what_it_is": "A purified protein in a weak solution, injected in tiny amounts into the muscles that crease the skin.",
    "how_it_works": "It blocks the nerve signals to the treated muscle for a while, so the lines that it makes soften or fade.",
    "good_for": "Lines made by facial movement, such as frown lines. It does not add volume.",
    "onset": _timing("It starts to work after about 2 to 5 days.", (2, 5), "T1-101"),
    "peak": _timing("The full effect shows at about 2 weeks.", (14, 30), "T1-101"),
    "lasts": _timing("It usually lasts 3 to 4 months.", (90, 120), "seed", "T1-101"),
    "reversible": "It cannot be undone; it wears off by itself.",
    "common_effects": "Bruising and headache are the most common.",
    "serious_risks": "Rarely, the effect spreads. Trouble swallowing, speaking or breathing is an emergency.",
    "ask": [
        "Are you the person who prescribes it?",
        "Which product will you use, and is it licensed for this place on my face?",
    ],
    "products": [],
    "sources": ["seed", "T1-101"],
    "limits": "Some products are reported to last 5 or 6 months.",
}
FILLER = {
    "treatment": "dermal_filler",
    "name": "Dermal filler",
    "clinical_name": "Soft-tissue filler",
    "what_it_is": "A gel injected under the skin. Most are made of hyaluronic acid, a sugar that the body also makes.",
    "how_it_works": "It takes up room under the skin, so it adds volume, supports a fold from below or fills a hollow.",
    "good_for": "Lost volume, fuller lips, hollows under the eyes, and lines that are there when the face is still.",
    "onset": _timing("Volume shows at once, and changes while the swelling goes down.", (0, 1), "F2-004"),
    "peak": _timing("Swelling and bruising normally settle in 1 to 2 weeks.", (7, 14), "F2-004"),
    "lasts": _timing("It depends on the filler and the place.", None, "F2-004", "seed"),
    "reversible": "Only hyaluronic acid filler can be dissolved, with an enzyme.",
    "common_effects": "Swelling, bruising, redness and tenderness are common and usually settle.",
    "serious_risks": "Rarely, filler gets into a blood vessel. Change in sight, severe pain or white skin is an emergency.",
    "ask": ["Which filler will you use, and can it be dissolved?", "Whom do I call, at any hour, if something worries me?"],
    "products": [
        {
            "id": "hyaluronic_acid",
            "name": "Hyaluronic acid",
            "lasts": "About 6 to 18 months, depending on the gel and the place",
            "months": (6, 18),
            "reversible": "yes, with the enzyme hyaluronidase",
            "sources": ["F2-004"],
        },
        {
            "id": "calcium_hydroxylapatite",
            "name": "Calcium hydroxylapatite",
            "lasts": "About 18 months",
            "months": (12, 18),
            "reversible": "no, absorbed slowly",
            "sources": ["F2-004"],
        },
        {
            "id": "pmma_collagen",
            "name": "PMMA with collagen",
            "lasts": "Not absorbed; the material stays",
            "months": (60, 60),
            "reversible": "no, it can only be cut out",
            "sources": ["F2-004"],
        },
        {
            "id": "unmeasured",
            "name": "A kind without a figure",
            "lasts": "No figure was found",
            "reversible": "not known",
            "sources": [],
        },
    ],
    "sources": ["seed", "F2-004"],
    "limits": "More than two years is reported for some kinds only.",
}


def assessment_with(**fields: Any) -> Assessment:
    """An assessment for a nurse, who reads all of it, with the given parts, and nothing in the others."""
    parts: dict[str, Any] = {
        "options": [],
        "holds": [],
        "referrals": [],
        "alerts": [],
        "notes": [],
        "open_questions": [],
        "rules": {"version": "2026.11", "fingerprint": "sha256:0123456789abcdef0123456789abcdef", "status": "draft"},
        "jurisdiction": "uk",
        "answers": {},
        "treatments": [TOXIN, FILLER],
        "sources": SOURCES,
    }
    parts |= fields
    parts["answers"] = {"respondent": "nurse", **parts["answers"]}
    parts["words"] = WORDS | fields.get("words", {})
    return Assessment.model_validate(parts)


def reason(rule: str, because: str, *sources: str, evidence: dict[str, str | int] | None = None) -> dict[str, Any]:
    """A rule that fired."""
    matched = [{"path": path, "value": value} for path, value in (evidence or {}).items()]
    return {"rule": rule, "because": because, "evidence": matched, "sources": sources}


INFLAMED = {
    **reason(
        "safety.inflamed-skin",
        "An injection through sore or infected skin can carry the infection deeper.",
        "T1-101",
        "F2-004",
        evidence={"history.infection_or_inflammation_at_site": "yes"},
    ),
    "treatments": ["dermal_filler"],
    "effect": "defer",
    "scope": "person",
    "until": "the skin has healed",
}
THINNERS = {
    **reason(
        "safety.blood-thinners",
        "Blood thinners make bruising more likely, and a prescriber has to weigh that.",
        "T1-101",
        evidence={"history.blood_thinners": "unsure"},
    ),
    "treatments": ["botulinum_toxin", "dermal_filler"],
    "effect": "review",
    "scope": "person",
    "in_doubt": True,
}
NO_FILLER_HERE = {
    **reason(
        "region.no-filler-between-the-brows",
        "Filler between the eyebrows can block a vessel that feeds the eye, so it is not offered there.",
        "F2-006",
        evidence={"concerns[0].area": "glabella"},
    ),
    "treatments": ["dermal_filler"],
    "effect": "hard_stop",
    "scope": "concern",
    "area": "glabella",
    "products": ["hyaluronic_acid", "poly_l_lactic_acid"],
}


def discuss_assessment() -> Assessment:
    """Two places with options of many standings, a referral, holds on the person, notes and open questions."""
    return assessment_with(
        outcome="discuss",
        answers={
            "person": {"age": 44},
            "concerns": [
                {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"},
                {"area": "under_eye", "kind": "hollow"},
                {"area": "lips", "kind": "fuller"},
                {"area": "skin", "kind": "texture"},
            ],
            "history": {"infection_or_inflammation_at_site": "yes", "blood_thinners": "unsure", "cold_sores_history": "no"},
        },
        options=[
            {
                "area": "glabella",
                "kinds": ["lines"],
                "treatment": "botulinum_toxin",
                "role": "first_line",
                "status": "suggested",
                "reasons": [
                    reason(
                        "movement.lines-on-movement",
                        "These lines show when you move your face, so the muscle under them is making them.",
                        "seed",
                        "T1-101",
                        evidence={"concerns[0].kind": "lines", "concerns[0].on_movement": "yes"},
                    ),
                    reason(
                        "movement.offer-toxin", "An anti-wrinkle injection relaxes the muscle that makes the lines.", "seed"
                    ),
                    reason("movement.same", "An anti-wrinkle injection relaxes the muscle that makes the lines.", "F2-006"),
                ],
                "defeats": [
                    {
                        **reason("caution.lid", "A drooping lid can follow, and wears off.", "T1-101"),
                        "treatments": ["botulinum_toxin"],
                        "effect": "caution",
                        "scope": "concern",
                        "area": "glabella",
                    }
                ],
            },
            {
                "area": "glabella",
                "kinds": ["lines"],
                "treatment": "dermal_filler",
                "role": "second_line",
                "status": "withdrawn",
                "reasons": [
                    reason(
                        "still.offer-filler",
                        "Lines that stay when the face is still can be filled from below.",
                        "seed",
                        evidence={"concerns[0].at_rest": "yes"},
                    )
                ],
                "defeats": [NO_FILLER_HERE, INFLAMED],
            },
            {
                "area": "under_eye",
                "kinds": ["hollow"],
                "treatment": "dermal_filler",
                "role": "first_line",
                "status": "open",
                "reasons": [],
                "defeats": [],
                "deciding": ["concerns[1].puffiness_too"],
            },
            {
                "area": "lips",
                "kinds": ["fuller"],
                "treatment": "dermal_filler",
                "role": "first_line",
                "status": "deferred",
                "reasons": [reason("volume.lips", "Filler adds volume to the lips.", "seed", "F2-004")],
                "defeats": [INFLAMED, THINNERS],
            },
        ],
        holds=[INFLAMED, THINNERS],
        referrals=[
            {
                "to": "skin_consultation",
                "stance": "instead",
                "area": "skin",
                "kinds": ["texture"],
                "reasons": [reason("elsewhere.texture", "Neither injection changes the surface of the skin.", "F2-004")],
            },
            {"to": "medical", "stance": "beside", "reasons": [reason("medical.thinners", "A doctor can say what you take.")]},
        ],
        notes=[
            reason("note.swelling", "Lips swell for some days; plan nothing important that week.", "F2-004"),
            reason("note.product", "Ask that the filler can be dissolved.", "F2-004", "not-in-the-list"),
        ],
        open_questions=[
            {"path": "concerns[1].puffiness_too", "could_change": ["under_eye/dermal_filler"]},
            {
                "path": "history.neuromuscular_disorder",
                "could_change": [
                    "glabella/botulinum_toxin",
                    "glabella/dermal_filler",
                    "lips/dermal_filler",
                    "under_eye/dermal_filler",
                ],
            },
            {
                "path": "history.pregnant",
                "could_change": ["glabella/botulinum_toxin", "lips/dermal_filler", "under_eye/dermal_filler"],
            },
            {"path": "history.overfilled", "could_change": ["lips/dermal_filler", "under_eye/dermal_filler"]},
            {"path": "after_treatment.symptoms.vision_change", "could_change": ["alert/emergency"]},
        ],
        words={
            "outcome": "There is something here to discuss with a nurse or doctor.",
            "outcome_next": "Take this page to a consultation. Go through the reasons and the open questions.",
        },
    )


def emergency_assessment() -> Assessment:
    """Sudden loss of sight after filler, and a lump that the person is not sure about."""
    return assessment_with(
        outcome="emergency",
        answers={
            "jurisdiction": "uk",
            "respondent": "nurse",
            "after_treatment": {
                "treatment": "dermal_filler",
                "days_ago": 1,
                "symptoms": {"vision_change": "yes", "early_lump": "unsure"},
            },
        },
        alerts=[
            {
                "urgency": "emergency",
                "reasons": [
                    reason(
                        "after.vision",
                        "A change in sight after filler can mean that a vessel to the eye is blocked.",
                        "F2-006",
                        evidence={"after_treatment.symptoms.vision_change": "yes", "after_treatment.days_ago": 1},
                    )
                ],
            },
            {
                "urgency": "contact_injector",
                "in_doubt": True,
                "reasons": [reason("after.lump", "A lump in the first weeks is often swelling.", "F2-004")],
            },
        ],
        words={"outcome": "This may be an emergency: call for help now.", "outcome_next": "Call your emergency number now."},
    )


def nothing_found_assessment() -> Assessment:
    """An answers document without an answer, under rules that say nothing about themselves."""
    return assessment_with(
        outcome="nothing_found",
        notes=[reason("policy.nothing-concluded", "These rules have nothing to say about this place.")],
        treatments=[],
        sources=[],
        jurisdiction="other",
        words={"outcome": "These rules have no answer for what you told us.", "disclaimer": "", "emergency_number": ""},
    )
