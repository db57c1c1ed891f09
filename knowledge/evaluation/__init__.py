"""Measuring retrieval, answers and refusals on question sets."""
