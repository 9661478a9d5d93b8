"""What a nurse works with during a visit."""
