"""The nurse's page: the checklist, what would differ, and two people's answers compared."""
