"""Articles and their chunks: how files are read and cut. `office/` holds the shipped articles."""
