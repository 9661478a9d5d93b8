"""Reports: agreement of patient and nurse, visits compared, lists, all data of one patient."""
