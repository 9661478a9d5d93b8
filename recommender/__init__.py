"""A rule-based recommender that prepares a consultation about injectable treatments of the face, and never replaces one.

from recommender import assess, load_rules

rules = load_rules()
assessment = assess(rules, {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]})
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {
    "recommender.documents": ("Answers", "AnswersError", "Assessment", "Explanation", "RecommenderError", "RuleBaseError"),
    "recommender.inference": ("assess", "explain"),
    "recommender.knowledge": ("RuleBase", "load_rules"),
}

if not TYPE_CHECKING:  # a type checker reads the imports above, and still notices a name that is not there

    def __getattr__(name: str) -> object:
        """A public name, loaded when it is first used."""
        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(home), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
