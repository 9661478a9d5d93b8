"""Fields, lists and messages that the clinic's pages share."""
