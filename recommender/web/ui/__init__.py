"""Fields, notes and browser components that several pages share."""
