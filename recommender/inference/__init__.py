"""experta behind one seam, the policy over its conclusions, and ``assess``."""

from recommender.inference.assess import assess, assess_plainly
from recommender.inference.explanation import Explanation, explain

__all__ = ["Explanation", "assess", "assess_plainly", "explain"]
