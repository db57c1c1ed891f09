"""Answers in a model's words with a real, bad model: what gets through, and what it costs."""
