"""Answers in a language model's words, each sentence held against the passage that it cites."""
