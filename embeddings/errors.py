"""Errors of the embeddings package.

EmbeddingError
├── ModelNotFoundError       the model asked for isn't on this machine
├── ModelPreparationError    the packaged model can't be turned into its fast form
└── ModelLoadError           the model is there and can't be loaded

The messages are Vietnamese, since people at the office read them.
"""

from __future__ import annotations


class EmbeddingError(Exception):
    """Anything that this package raises on purpose."""


class ModelNotFoundError(EmbeddingError):
    """The model asked for is neither the packaged one nor present on this machine."""


class ModelPreparationError(EmbeddingError):
    """The packaged model can't be read, converted or written to the models directory."""


class ModelLoadError(EmbeddingError):
    """A model is present and can't be loaded: damaged files or an unsupported architecture."""
