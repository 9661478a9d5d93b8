"""Deciding and treating: decisions, consent, the plan on the face chart, aftercare."""
