"""Read-only views for people: agreement of patient and nurse, visits compared, lists, all data of one patient."""
