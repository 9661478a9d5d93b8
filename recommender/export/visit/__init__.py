"""The record of a visit as blocks: all of it for the clinic, or a page for the patient."""
