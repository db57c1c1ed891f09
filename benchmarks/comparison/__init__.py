"""Retrieval alone, the plain LangChain stack and ours, compared in one run."""
