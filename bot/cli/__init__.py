"""The command line `vanphong`."""
