"""Reloads and versions of the knowledge base: built, examined, decided, taken back."""
