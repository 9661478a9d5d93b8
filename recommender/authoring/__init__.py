"""Tools for the authors of rules: rule book, scenarios, mutation testing, readability. The application loads none of them."""
