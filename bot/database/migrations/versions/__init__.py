"""One revision of the tables a file."""
