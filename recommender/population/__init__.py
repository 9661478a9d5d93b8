"""Many people at once: a table of answers in, a table of what is concluded out, by the same rules as one person."""

from recommender.population.table import PeopleTable, Rejected, read_documents, read_table
from recommender.population.whole import SCHEMA, Concluded, Population

__all__ = ["SCHEMA", "Concluded", "PeopleTable", "Population", "Rejected", "read_documents", "read_table"]
