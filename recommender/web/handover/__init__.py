"""A patient's answers on their way to a nurse: by file, link or code."""
