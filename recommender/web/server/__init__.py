"""The HTTP side of the form: middleware, the first paint, and background tasks."""
