"""The HTTP side of the form: middleware, the page before its scripts, and what runs in the background."""
