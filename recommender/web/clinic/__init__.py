"""The pages of staff: signing in, records, treatment and lists."""
