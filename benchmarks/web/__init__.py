"""How fast the web form is, for one person on a slow telephone and for many people at once: ``python -m benchmarks.web``."""
