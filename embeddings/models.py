"""Getting an encoder by the model's name, and the reader.

The imports are late, so that each model loads only the libraries that it runs on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.errors import ModelNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from embeddings.encoder import Encoder
    from embeddings.onnx_encoder import OnnxEncoder
    from embeddings.reader import Reader

PACKAGED_MODEL = "multilingual-e5-small"
"""The model that the installation carries; it needs no download."""


def load_encoder(
    model: str, models_dir: Path, *, progress: Callable[[str], None] | None = None
) -> Encoder:
    """Load the encoder of `model`: the packaged one, a local directory or a downloaded hub model.

    The packaged model is prepared into `models_dir` on first use (seconds, 95 MB); `progress` gets
    a Vietnamese line per stage. Nothing is downloaded. Raises ModelNotFoundError,
    ModelPreparationError or ModelLoadError.
    """
    if model == PACKAGED_MODEL:
        return _load_packaged(models_dir, progress)
    from embeddings.sentence_transformer_encoder import SentenceTransformerEncoder  # noqa: PLC0415

    return SentenceTransformerEncoder.load(model)


def load_reader(
    encoder: Encoder, models_dir: Path, *, progress: Callable[[str], None] | None = None
) -> Reader:
    """Load the reader; it shares the packaged model with `encoder`, if that's what it is.

    Beside another model, the packaged one is loaded for the reader alone, and prepared like there.
    Raises ReaderLoadError; beside another model ModelPreparationError and ModelLoadError as well.
    """
    from embeddings.onnx_encoder import OnnxEncoder  # noqa: PLC0415
    from embeddings.reader import READER_FILE, Reader  # noqa: PLC0415

    if not isinstance(encoder, OnnxEncoder):
        encoder = _load_packaged(models_dir, progress)
    return Reader.load(encoder, READER_FILE)


def _load_packaged(models_dir: Path, progress: Callable[[str], None] | None) -> OnnxEncoder:
    from embeddings.onnx_encoder import OnnxEncoder  # noqa: PLC0415
    from embeddings.preparation import prepare  # noqa: PLC0415

    return OnnxEncoder.load(prepare(models_dir / PACKAGED_MODEL, progress=progress))


def is_prepared(model: str, models_dir: Path) -> bool:
    """Tell whether `load_encoder` can start at once: prepared, or present on this machine."""
    if model == PACKAGED_MODEL:
        from embeddings.preparation import find_prepared  # noqa: PLC0415

        return find_prepared(models_dir / PACKAGED_MODEL, check_contents=False) is not None
    from embeddings.sentence_transformer_encoder import find_model_directory  # noqa: PLC0415

    try:
        find_model_directory(model)
    except ModelNotFoundError:
        return False
    return True
