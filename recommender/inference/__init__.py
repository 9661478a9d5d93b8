"""experta behind one seam, the policy over its conclusions, and ``assess``."""

from recommender.inference.assess import assess, pending_of

__all__ = ["assess", "pending_of"]
