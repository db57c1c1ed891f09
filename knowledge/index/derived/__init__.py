"""What is computed when a version is built, in files beside the vector store that opening maps."""
