"""Cases for measuring only: not to be read by whoever works on the readers."""
