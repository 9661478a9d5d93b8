"""The web form: pages and components for a person who prepares a consultation. It shows conclusions and draws none."""
