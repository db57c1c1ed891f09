"""From the passages of a question to an answer with citations, or a refusal."""
