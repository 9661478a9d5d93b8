"""The nurse's page: its checklist, what-if, and how two people's answers differ."""
