"""What a base of 10,000 or 100,000 documents costs beside the shipped one and beside Chroma."""
