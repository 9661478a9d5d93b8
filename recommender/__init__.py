"""A rule-based recommender that prepares a consultation about injectable treatments of the face, and never replaces one.

from recommender import assess, load_rules

rules = load_rules()
assessment = assess(rules, {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]})
"""

from recommender.documents import Answers, AnswersError, Assessment, Explanation, RecommenderError, RuleBaseError
from recommender.inference import assess, explain
from recommender.knowledge import RuleBase, load_rules

__version__ = "0.1.0"

__all__ = [
    "Answers",
    "AnswersError",
    "Assessment",
    "Explanation",
    "RecommenderError",
    "RuleBase",
    "RuleBaseError",
    "assess",
    "explain",
    "load_rules",
]
