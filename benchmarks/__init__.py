"""One command a figure: ``python -m benchmarks.NAME`` prints what it measured, with the target beside it."""
