"""The answers document: what a person says about themselves (``consultation-answers/1``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from recommender.documents.base import FrozenModel
from recommender.documents.faults import problems_of
from recommender.documents.problems import AnswersError, Problem, shown
from recommender.documents.vocabulary import (
    AREAS,
    KINDS,
    Answer,
    Area,
    DarkCircleCause,
    Jurisdiction,
    Kind,
    Respondent,
    ScarType,
    Severity,
    TreatmentAnswer,
)


def _yes_no(value: object) -> object:
    """true/false and yes/no are the same answer."""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return value


YesNoUnsure = Annotated[Answer, BeforeValidator(_yes_no, json_schema_input_type=Answer | bool)]
MAX_CONCERNS = 200
MAX_AGE = 120


class Document(FrozenModel):
    """A part of a document: written with the field names that it is read by."""

    model_config = ConfigDict(serialize_by_alias=True)


class Person(Document):
    """Who is asking. ``age`` in whole years."""

    age: Annotated[int, Field(ge=0, le=MAX_AGE, strict=True)] | None = None


class Concern(Document):
    """One thing seen at one place. A detail that is absent was not asked or not answered."""

    area: Area
    kind: Kind
    on_movement: YesNoUnsure | None = None
    at_rest: YesNoUnsure | None = None
    severity: Severity | None = None
    vanishes_when_lifted: YesNoUnsure | None = None
    heavy_lids: YesNoUnsure | None = None
    puffiness_too: YesNoUnsure | None = None
    loose_skin_too: YesNoUnsure | None = None
    cause: DarkCircleCause | None = None
    bite_problem: YesNoUnsure | None = None
    breathing_problem: YesNoUnsure | None = None
    sudden: YesNoUnsure | None = None
    scar_type: ScarType | None = None
    antiperspirant_failed: YesNoUnsure | None = None


class History(Document):
    """The person's situation: health, medicines, earlier treatments, timing, wishes. Absent is not "no"."""

    pregnant: YesNoUnsure | None = None
    breastfeeding: YesNoUnsure | None = None
    trying_to_conceive: YesNoUnsure | None = None
    neuromuscular_disorder: YesNoUnsure | None = None
    neuromuscular_family_history: YesNoUnsure | None = None
    other_neurological_disorder: YesNoUnsure | None = None
    untreated_epilepsy: YesNoUnsure | None = None
    facial_palsy: YesNoUnsure | None = None
    toxin_reaction: YesNoUnsure | None = None
    milk_protein_allergy: YesNoUnsure | None = None
    severe_allergies: YesNoUnsure | None = None
    lidocaine_allergy: YesNoUnsure | None = None
    bovine_collagen_allergy: YesNoUnsure | None = None
    filler_reaction: YesNoUnsure | None = None
    bacterial_protein_allergy: YesNoUnsure | None = None
    hyaluronidase_or_venom_allergy: YesNoUnsure | None = None
    infection_or_inflammation_at_site: YesNoUnsure | None = None
    cold_sores_history: YesNoUnsure | None = None
    feeling_unwell: YesNoUnsure | None = None
    recent_infection: YesNoUnsure | None = None
    bleeding_disorder: YesNoUnsure | None = None
    blood_thinners: YesNoUnsure | None = None
    interacting_medicines: YesNoUnsure | None = None
    supplements_or_alcohol: YesNoUnsure | None = None
    swallowing_or_breathing_problem: YesNoUnsure | None = None
    heart_disease: YesNoUnsure | None = None
    eyelid_or_eye_problem: YesNoUnsure | None = None
    unexplained_double_vision_or_droop: YesNoUnsure | None = None
    facial_surgery: YesNoUnsure | None = None
    keloid_tendency: YesNoUnsure | None = None
    skin_darkens: YesNoUnsure | None = None
    porphyria: YesNoUnsure | None = None
    new_headache_or_jaw_pain: YesNoUnsure | None = None
    autoimmune_disease: YesNoUnsure | None = None
    autoimmune_flare: YesNoUnsure | None = None
    immunosuppressed: YesNoUnsure | None = None
    cancer_treatment: YesNoUnsure | None = None
    hiv: YesNoUnsure | None = None
    diabetes: YesNoUnsure | None = None
    previous_filler: YesNoUnsure | None = None
    filler_moved: YesNoUnsure | None = None
    wants_filler_dissolved: YesNoUnsure | None = None
    permanent_or_unknown_filler: YesNoUnsure | None = None
    overfilled: YesNoUnsure | None = None
    previous_toxin: YesNoUnsure | None = None
    toxin_within_three_months: YesNoUnsure | None = None
    toxin_works_less: YesNoUnsure | None = None
    recent_or_planned_dental_work: YesNoUnsure | None = None
    recent_or_planned_vaccination: YesNoUnsure | None = None
    recent_or_planned_skin_procedure: YesNoUnsure | None = None
    isotretinoin: YesNoUnsure | None = None
    rapid_weight_loss: YesNoUnsure | None = None
    plays_wind_instrument: YesNoUnsure | None = None
    appearance_distress: YesNoUnsure | None = None
    diagnosed_body_dysmorphia: YesNoUnsure | None = None
    unrealistic_expectations: YesNoUnsure | None = None
    pressured_by_others: YesNoUnsure | None = None
    event_within_two_weeks: YesNoUnsure | None = None
    needle_phobia: YesNoUnsure | None = None
    capacity_doubt: YesNoUnsure | None = None


class Screening(Document):
    """Scores that a nurse enters, of screening questionnaires filled in elsewhere: their items are no part of this product."""

    dcq_score: Annotated[int, Field(ge=0, le=21, strict=True)] | None = None
    cops_score: Annotated[int, Field(ge=0, le=72, strict=True)] | None = None


class Goals(Document):
    """What the person wishes of a treatment."""

    wants_permanent: YesNoUnsure | None = None
    wants_reversible: YesNoUnsure | None = None
    wants_long_lasting: YesNoUnsure | None = None
    avoid_surgery: YesNoUnsure | None = None
    keep_movement: YesNoUnsure | None = None


class Symptoms(Document):
    """What followed an injection."""

    vision_change: YesNoUnsure | None = None
    severe_pain: YesNoUnsure | None = None
    white_or_mottled_skin: YesNoUnsure | None = None
    blisters_or_pustules: YesNoUnsure | None = None
    stroke_signs: YesNoUnsure | None = None
    breathing_or_swallowing_trouble: YesNoUnsure | None = None
    speech_or_voice_trouble: YesNoUnsure | None = None
    widespread_weakness: YesNoUnsure | None = None
    heavy_head: YesNoUnsure | None = None
    weak_chewing: YesNoUnsure | None = None
    throat_or_face_swelling: YesNoUnsure | None = None
    double_vision: YesNoUnsure | None = None
    drooping_eyelid: YesNoUnsure | None = None
    uneven_result: YesNoUnsure | None = None
    severe_headache: YesNoUnsure | None = None
    fever: YesNoUnsure | None = None
    hot_red_swelling_or_pus: YesNoUnsure | None = None
    early_lump: YesNoUnsure | None = None
    late_lump: YesNoUnsure | None = None
    worsening_swelling: YesNoUnsure | None = None
    ongoing_swelling_or_colour_change: YesNoUnsure | None = None
    overfilled_look: YesNoUnsure | None = None
    tooth_pain: YesNoUnsure | None = None
    mild_bruise_or_swelling: YesNoUnsure | None = None
    mild_headache: YesNoUnsure | None = None
    no_effect_yet: YesNoUnsure | None = None


class AfterTreatment(Document):
    """An injection that has been had, and what followed it. ``days_ago`` in whole days."""

    treatment: TreatmentAnswer | None = None
    days_ago: Annotated[int, Field(ge=0, le=36500, strict=True)] | None = None
    symptoms: Symptoms = Symptoms()


class Answers(Document):
    """Everything a person has answered. A key that is absent was not asked or not answered; it never means "no".

    Concerns are kept in one order (by area, then kind, then details) whatever order they came in, so that paths such as
    ``concerns[0].on_movement`` name the same answer for the same person every time.
    """

    schema_: Literal["consultation-answers/1"] = Field(default="consultation-answers/1", alias="schema")
    jurisdiction: Jurisdiction | None = None
    respondent: Respondent = "patient"
    person: Person = Person()
    concerns: Annotated[tuple[Concern, ...], Field(max_length=MAX_CONCERNS)] = ()
    history: History = History()
    screening: Screening | None = None
    goals: Goals = Goals()
    after_treatment: AfterTreatment | None = None

    @field_validator("concerns", mode="after")
    @classmethod
    def _in_one_order(cls, concerns: tuple[Concern, ...]) -> tuple[Concern, ...]:
        return tuple(sorted(concerns, key=order_of))

    def document(self) -> dict[str, Any]:
        """The document as plain data: only what was answered, ready for JSON or YAML."""
        return self.model_dump(by_alias=True, exclude_none=True, mode="json")


def order_of(concern: Concern) -> tuple[int, int, str]:
    """A sort key: the order in which concerns are kept."""
    return AREAS.index(concern.area), KINDS.index(concern.kind), json.dumps(concern.model_dump(), sort_keys=True)


def read_answers(given: Answers | Mapping[str, Any]) -> Answers:
    """The answers document in ``given``; raises AnswersError naming every problem by its path."""
    if isinstance(given, Answers):
        return given
    if not isinstance(given, Mapping):
        raise AnswersError([Problem("answers", f"expected a mapping of fields, found {shown(given)}")])
    try:
        return Answers.model_validate(dict(given))
    except ValidationError as error:
        raise AnswersError(problems_of(error, Answers)) from None


def age_on(day: date, born_on: date) -> int:
    """The age in whole years of somebody on a day; born on 29 February, they are a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


AREA_DETAILS: tuple[str, ...] = tuple(name for name in Concern.model_fields if name not in ("area", "kind"))
HISTORY_KEYS: tuple[str, ...] = tuple(History.model_fields)
GOAL_KEYS: tuple[str, ...] = tuple(Goals.model_fields)
SYMPTOM_KEYS: tuple[str, ...] = tuple(Symptoms.model_fields)
