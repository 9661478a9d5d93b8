"""Patients and the records of their visits: finding, opening, writing, signing."""
