"""Domain logic of a record, without a database: roles and permissions, workflow, decisions, what a signature needs."""
