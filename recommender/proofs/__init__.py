"""Safety properties of a rule base, decided for everybody: whatever somebody answers or leaves open, in every country."""
