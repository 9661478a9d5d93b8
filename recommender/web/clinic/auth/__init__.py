"""Who may sign in and see what: sign-in pages, the clinic's own provider, accounts."""
