"""The database, its schema and migrations; encryption and keys; the audit."""
