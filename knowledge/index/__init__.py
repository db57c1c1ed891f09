"""The index and its versions on disk: vectors, chunks, manifests, and the lock of their owner."""
