"""Fields and notes that several pages share."""
