"""Finding the passages for a question."""
