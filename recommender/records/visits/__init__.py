"""Patients and their consultations in the database: read, changed, found, merged, erased."""
