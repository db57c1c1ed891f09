"""Articles, chunks, the index and its versions, retrieval and answers."""
