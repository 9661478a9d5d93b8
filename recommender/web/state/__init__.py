"""What a visitor's session holds: the address, the draft and its store, the language, errors of the form."""
