"""Work on the whole installation: back-up and restore, verification, key rotation."""
