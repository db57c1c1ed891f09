"""Measuring the answers on question sets, from the command line."""
