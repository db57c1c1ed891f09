"""`python -m training prepare|train|evaluate|export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help=__doc__, no_args_is_help=True)
_MODELS = Path("models")


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
    from embeddings.models import PACKAGED_MODEL, load_encoder
    from training.prepare import prepare_all

    encoder = load_encoder(PACKAGED_MODEL, models).in_background()
    prepare_all(out, encoder, squad, seed=seed, part=part, parts=parts)


@app.command()
def train(
    data: Path,
    run: Path,
    minutes: Annotated[float, typer.Option(help="Of training, in all its runs")] = 120,
    start: Annotated[Path | None, typer.Option(help="Weights to begin with")] = None,
    seed: int = 0,
) -> None:
    """Train on prepared examples; goes on where an earlier run in the folder RUN ended."""
    from training.train import train as train_reader

    train_reader(data, run, minutes=minutes, start=start, seed=seed)


if __name__ == "__main__":
    app()
