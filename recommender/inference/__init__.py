"""experta behind one seam, the policy over its conclusions, ``assess`` and ``explain``."""

from recommender.inference.assess import assess, assess_plainly, conclude
from recommender.inference.explanation import explain

__all__ = ["assess", "assess_plainly", "conclude", "explain"]
