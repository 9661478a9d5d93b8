"""Lists over all records: what waits, what is due, recalls, overrides, agreement."""
