"""What a rule can be read over: anything that has *all*, *any* and *not*. It knows nothing of rules."""
