"""What staff see who have an account: the records, and the way in to them."""
