"""Quizzes: their questions, how they run, and what is remembered of them."""
