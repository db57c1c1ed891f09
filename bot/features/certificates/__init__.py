"""Certificates of the learning path: signed, kept in a register, drawn, verified."""
