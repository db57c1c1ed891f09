"""`python -m training prepare|train|evaluate|export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from embeddings.onnx_encoder import OnnxEncoder

app = typer.Typer(help=__doc__, no_args_is_help=True)
_MODELS = Path("models")


def packaged_encoder(models: Path) -> OnnxEncoder:
    """Return the packaged model's encoder, on one core."""
    from embeddings.models import PACKAGED_MODEL
    from embeddings.onnx_encoder import OnnxEncoder
    from embeddings.preparation import prepare as prepare_model

    return OnnxEncoder.load(prepare_model(models / PACKAGED_MODEL), threads=1)


@app.command()
def prepare(
    out: Path,
    squad: Annotated[Path | None, typer.Option(help="A SQuAD 2.0 file in Vietnamese")] = None,
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
    seed: int = 0,
    part: int = 0,
    parts: int = 1,
) -> None:
    """Make the examples: index each base with the product and ask its questions."""
    from training.prepare import prepare_all

    prepare_all(out, packaged_encoder(models), squad, seed=seed, part=part, parts=parts)


@app.command()
def train(
    data: Path,
    run: Path,
    minutes: Annotated[float, typer.Option(help="Of training, in all its runs")] = 120,
    start: Annotated[Path | None, typer.Option(help="Weights to begin with")] = None,
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
    seed: int = 0,
) -> None:
    """Train on prepared examples; goes on where an earlier run in the folder RUN ended."""
    from training.train import train as train_reader

    train_reader(data, run, packaged_encoder(models), minutes=minutes, start=start, seed=seed)


if __name__ == "__main__":
    app()
