"""`python -m training prepare|train|evaluate|export|words|fit|intents`."""

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


@app.command()
def evaluate(
    data: Path,
    weights: Path,
    split: str = "dev",
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
) -> None:
    """Measure weights on prepared bases of a split, by source."""
    from training.documents import Split
    from training.measures import measure
    from training.model import LowerLayers, TorchReader
    from training.sampling import bases_of
    from training.train import load_weights

    reader = TorchReader.packaged()
    load_weights(reader, weights)
    reader.eval()
    bases = bases_of(data, Split(split))
    lower = LowerLayers(packaged_encoder(models))
    for source in sorted({base.source for base in bases}):
        examples = [e for base in bases if base.source == source for e in base.examples]
        print(
            f"{source}, {len(examples)} questions: {measure(reader, lower, examples)}", flush=True
        )


@app.command()
def export(weights: Path) -> None:
    """Write what was trained, in 8 bits, to where the product reads it."""
    import torch

    from embeddings.reader import READER_FILE
    from embeddings.reader_weights import write_reader_weights

    stored = torch.load(weights, weights_only=True)
    write_reader_weights(READER_FILE, {name: value.numpy() for name, value in stored.items()})
    print(f"{READER_FILE}: {READER_FILE.stat().st_size / 1e6:.1f} MB")


@app.command()
def words(data: Path) -> None:
    """Count on prepared bases how often a question's word stands where the answer stands."""
    from training.documents import Split
    from training.sampling import bases_of
    from training.words import write_word_shares

    bases = [base for base in bases_of(data, Split.TRAIN) if base.source != "squad"]
    print(write_word_shares(example for base in bases for example in base.examples))


@app.command()
def fit(
    golden: Annotated[list[Path], typer.Argument(help="Golden questions of the shipped articles")],
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
) -> None:
    """Fit the decision on the fitting bases and golden questions; print what it is worth."""
    from embeddings.models import load_reader
    from knowledge.answering.office import OFFICE_FILE
    from training.fit import fit_decision

    encoder = packaged_encoder(models)
    print(fit_decision(encoder, load_reader(encoder, models), OFFICE_FILE.parent, golden))


@app.command()
def intents(
    golden: Annotated[list[Path], typer.Argument(help="Golden questions, which are no small talk")],
    more: Annotated[
        list[Path] | None, typer.Option(help="Further messages by intent, as data/intents.yaml")
    ] = None,
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
) -> None:
    """Fit the recogniser of intents on data/intents.yaml; write its weights where it ships."""
    from knowledge.conversation.intent_recogniser import WEIGHTS_FILE
    from training.intents import fit_intents

    fit_intents(packaged_encoder(models), golden, more or ()).write(WEIGHTS_FILE)
    print(f"{WEIGHTS_FILE}: {WEIGHTS_FILE.stat().st_size / 1e3:.0f} kB")


@app.command()
def follow_ups(
    invented: Annotated[Path, typer.Argument(help="Articles of the dialogues on `invented`")],
    dialogues: Annotated[list[Path], typer.Argument(help="Dialogues beside those in data")],
    golden: Annotated[
        list[Path] | None, typer.Option(help="Golden questions of the shipped articles")
    ] = None,
    models: Annotated[Path, typer.Option(help="Where the packaged model is prepared")] = _MODELS,
) -> None:
    """Fit the choice among the readings of a follow-up; print the weights."""
    from embeddings.models import load_reader
    from knowledge.answering.office import OFFICE_FILE
    from training.follow_ups import fit_follow_ups

    encoder = packaged_encoder(models)
    bases = {"invented": invented, "shipped": OFFICE_FILE.parent}
    print(fit_follow_ups(encoder, load_reader(encoder, models), dialogues, golden or (), bases))


if __name__ == "__main__":
    app()
