"""Getting an encoder by the model's name.

The imports are late, so that each model loads only the libraries that it runs on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.errors import ModelNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from embeddings.encoder import Encoder

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
        from embeddings.onnx_encoder import OnnxEncoder  # noqa: PLC0415
        from embeddings.preparation import prepare  # noqa: PLC0415

        return OnnxEncoder.load(prepare(models_dir / PACKAGED_MODEL, progress=progress))
    from embeddings.sentence_transformer_encoder import SentenceTransformerEncoder  # noqa: PLC0415

    return SentenceTransformerEncoder.load(model)


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
