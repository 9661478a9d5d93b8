"""Consultations kept: what a record is, how it lives, and where it is kept safely."""
