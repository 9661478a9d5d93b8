"""Staff accounts: passwords, signing in, sessions."""
