"""A visitor's state: address, draft and its store, language, form errors, and the resources that all share."""
