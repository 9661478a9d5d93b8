"""The parts of the summary of an assessment, as blocks."""
