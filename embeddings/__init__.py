"""Vietnamese text, vectors, lexical scores and the models behind them."""

from embeddings.encoder import Encoder, FloatMatrix
from embeddings.errors import (
    EmbeddingError,
    ModelLoadError,
    ModelNotFoundError,
    ModelPreparationError,
    ReaderLoadError,
)
from embeddings.models import PACKAGED_MODEL, is_prepared, load_encoder, load_reader
from embeddings.reader import Reader, Reading

__all__ = [
    "PACKAGED_MODEL",
    "EmbeddingError",
    "Encoder",
    "FloatMatrix",
    "ModelLoadError",
    "ModelNotFoundError",
    "ModelPreparationError",
    "Reader",
    "ReaderLoadError",
    "Reading",
    "is_prepared",
    "load_encoder",
    "load_reader",
]
