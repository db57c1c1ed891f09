"""Training on a few made-up questions, on top of the packaged model."""

import copy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from embeddings import Encoder, Reader
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.reader_weights import write_reader_weights
from tests.knowledge.seeded import seeded
from tests.training.made_examples import FACTS, made, unanswered
from training.documents import Split
from training.examples import save
from training.measures import measure
from training.model import LowerLayers, TorchReader
from training.sampling import Group, group
from training.train import CHECKPOINT, WEIGHTS, Training, load_weights, loss_of, train


@pytest.fixture(scope="module")
def onnx(encoder: Encoder) -> OnnxEncoder:
    assert isinstance(encoder, OnnxEncoder)
    return encoder


@pytest.fixture(scope="module")
def lower(onnx: OnnxEncoder) -> LowerLayers:
    return LowerLayers(onnx)


@pytest.fixture(scope="module")
def untrained() -> TorchReader:
    torch.manual_seed(0)
    return TorchReader.packaged().eval()


@pytest.fixture
def start(
    tmp_path: Path, lower: LowerLayers, untrained: TorchReader, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Training]:
    """Begins or resumes a training in one folder; the packaged model is read once."""
    monkeypatch.setattr(TorchReader, "packaged", lambda: copy.deepcopy(untrained))

    def started() -> Training:
        training = Training(tmp_path / "run", lower, None)
        training.resume()
        return training

    return started


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    return [group(example, seeded(0)) for example in made().examples]


def loss_in(path: Path, lower: LowerLayers, groups: list[Group]) -> float:
    reader = TorchReader.packaged()
    load_weights(reader, path / WEIGHTS)
    with torch.no_grad():
        return loss_of(reader.eval(), lower, groups).item()


def test_steps_lower_the_loss(
    start: Callable[[], Training], tmp_path: Path, lower: LowerLayers, groups: list[Group]
) -> None:
    training = start()
    training.save()
    before = loss_in(tmp_path / "run", lower, groups)
    for _ in range(12):
        training.step(groups, 1.0)
    training.save()
    assert training.progress.steps == 12
    assert training.progress.pairs == 12 * sum(len(g.windows) for g in groups)
    assert loss_in(tmp_path / "run", lower, groups) < before - 0.05


def test_a_training_goes_on_where_it_was_stopped(
    start: Callable[[], Training], groups: list[Group]
) -> None:
    first = start()
    first.step(groups, 1.0)
    first.step(groups, 1.0)
    first.progress.seconds = 7.0
    first.save()
    second = start()
    assert second.progress == first.progress
    losses = []
    for training in (first, second):
        torch.manual_seed(1)  # of the dropout
        losses.append([training.step(groups, 0.5) for _ in range(2)])
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


def test_a_run_leaves_weights_and_measures_them(
    start: Callable[[], Training],
    tmp_path: Path,
    onnx: OnnxEncoder,
    capsys: pytest.CaptureFixture[str],
) -> None:
    save(made(), tmp_path / "b01.pickle")
    save(made(split=Split.FIT), tmp_path / "b02.pickle")
    train(tmp_path, tmp_path / "run", onnx, minutes=1e-4, start=None, seed=0)
    assert {path.name for path in (tmp_path / "run").iterdir()} == {CHECKPOINT, WEIGHTS}
    assert capsys.readouterr().out.startswith("AUC of windows 0.")
    steps = start().progress.steps
    assert steps > 0
    train(tmp_path, tmp_path / "run", onnx, minutes=1e-4, start=None, seed=0)
    assert start().progress.steps == steps


def test_an_untrained_reader_can_be_measured(lower: LowerLayers, untrained: TorchReader) -> None:
    found = measure(untrained, lower, [*made().examples, unanswered()])
    assert all(0 <= share <= 1 for share in (found.pairs, found.choice, found.refusal, found.spans))


def test_the_product_reads_what_was_trained(
    untrained: TorchReader, lower: LowerLayers, onnx: OnnxEncoder, tmp_path: Path
) -> None:
    reader = copy.deepcopy(untrained)
    with torch.no_grad():
        reader.ans[-1].weight.mul_(20)  # untrained, the logits lie close together
    path = tmp_path / "reader.safetensors"
    write_reader_weights(path, {name: v.numpy() for name, v in reader.state_dict().items()})
    product = Reader.load(onnx, path)
    texts = [("Nội quy", text) for text, _ in FACTS.values()]
    in_torch, in_product = [], []
    for question in FACTS:
        asked = lower.of_question(question).float()
        read = [lower.of_text("\n".join(text))[0].float() for text in texts]
        with torch.no_grad():
            in_torch += reader([asked] * len(read), read)[0].tolist()
        in_product += [reading.logit for reading in product.read(question, texts)]
    assert np.ptp(in_torch) > 0.1
    assert in_product == pytest.approx(in_torch, abs=0.1 * float(np.ptp(in_torch)))


def test_it_trains_on_from_what_ships(tmp_path: Path, untrained: TorchReader) -> None:
    stored = {name: value.numpy() for name, value in untrained.state_dict().items()}
    write_reader_weights(tmp_path / "reader.safetensors", stored)
    begun = copy.deepcopy(untrained)
    torch.nn.init.zeros_(begun.span.weight)
    load_weights(begun, tmp_path / "reader.safetensors")
    for name, value in begun.state_dict().items():
        kept = untrained.state_dict()[name]
        assert (value - kept).abs().max() <= kept.abs().max() / 100, name
