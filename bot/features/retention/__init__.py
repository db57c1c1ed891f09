"""Retention: what is over its time is deleted, whichever feature it is of."""
