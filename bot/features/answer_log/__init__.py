"""What was asked and answered, what people thought of it, and what it adds up to."""
