"""experta behind one seam, the policy over its conclusions, and ``assess``."""

from recommender.inference.assess import assess, assess_plainly

__all__ = ["assess", "assess_plainly"]
