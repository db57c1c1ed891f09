"""Vietnamese text, vectors, lexical scores and the models behind them."""

from embeddings.encoder import Encoder, FloatMatrix
from embeddings.errors import (
    EmbeddingError,
    ModelLoadError,
    ModelNotFoundError,
    ModelPreparationError,
)
from embeddings.models import PACKAGED_MODEL, is_prepared, load_encoder

__all__ = [
    "PACKAGED_MODEL",
    "EmbeddingError",
    "Encoder",
    "FloatMatrix",
    "ModelLoadError",
    "ModelNotFoundError",
    "ModelPreparationError",
    "is_prepared",
    "load_encoder",
]
