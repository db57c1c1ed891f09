"""Training the reader. Nothing of the product imports this package."""
