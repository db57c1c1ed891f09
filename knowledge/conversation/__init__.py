"""A stage of the knowledge base: what is meant within a conversation."""
