"""The documents that every part of the product speaks: answers in, assessment out, and what explains it further."""

from recommender.documents.answers import Answers, Concern, read_answers
from recommender.documents.assessment import (
    Alert,
    Assessment,
    Evidence,
    Hold,
    Note,
    OpenQuestion,
    Option,
    ProductClass,
    Reason,
    Referral,
    RuleBaseIdentity,
    Source,
    Timing,
    TreatmentFacts,
)
from recommender.documents.explanation import Explanation
from recommender.documents.problems import AnswersError, Problem, RecommenderError, RuleBaseError

__all__ = [
    "Alert",
    "Answers",
    "AnswersError",
    "Assessment",
    "Concern",
    "Evidence",
    "Explanation",
    "Hold",
    "Note",
    "OpenQuestion",
    "Option",
    "Problem",
    "ProductClass",
    "Reason",
    "RecommenderError",
    "Referral",
    "RuleBaseError",
    "RuleBaseIdentity",
    "Source",
    "Timing",
    "TreatmentFacts",
    "read_answers",
]
