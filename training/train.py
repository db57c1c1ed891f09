"""Trains the reader on prepared examples, for a time, in as many runs as it takes."""

from __future__ import annotations

import random
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

from embeddings.reader_weights import read_trained
from training.documents import Split
from training.measures import Measures, measure
from training.model import LowerLayers, TorchReader
from training.sampling import LengthOf, Sampler, bases_of

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.onnx_encoder import OnnxEncoder
    from training.sampling import Group

_LAYERS_RATE, _HEADS_RATE = 1e-4, 3e-4
_WARM_UP = 60  # steps
_FINAL_RATE = 0.03  # of the first, when the time is over
_EMA = 0.998  # of the averaged weights, which are those that count
_GROUPS, _TOKENS = 48, 2600  # drawn at once; of a step, with padding
_PAIRWISE = 0.5  # weight of each pair's own loss beside the one over a question's windows
_SAVE_EVERY, _MEASURE_EVERY = 240, 1500  # seconds
_MEASURED = 240  # questions
CHECKPOINT, WEIGHTS = "checkpoint.pt", "reader.fp16.pt"


@dataclass
class Progress:
    """How far a training has come, over all its runs."""

    seconds: float = 0.0
    pairs: int = 0
    steps: int = 0


class Training:
    """A training in a folder, which it goes on from where it was stopped."""

    def __init__(self, run: Path, lower: LowerLayers, start: Path | None) -> None:
        self._run, self._lower = run, lower
        self._reader, self._averaged = TorchReader.packaged(), TorchReader.packaged()
        if start is not None:
            load_weights(self._reader, start)
        self._reader.to(lower.device).train()
        self._averaged.to(lower.device).eval()
        self._averaged.load_state_dict(self._reader.state_dict())
        named = list(self._reader.named_parameters())
        layers = [parameter for name, parameter in named if name.startswith("layers.")]
        heads = [parameter for name, parameter in named if not name.startswith("layers.")]
        self._optimiser = torch.optim.AdamW(
            [{"params": layers, "lr": _LAYERS_RATE}, {"params": heads, "lr": _HEADS_RATE}],
            weight_decay=0.01,
        )
        self.progress = Progress()

    def resume(self) -> None:
        """Go on from the checkpoint in the folder, where there is one."""
        self._run.mkdir(parents=True, exist_ok=True)
        if not (self._run / CHECKPOINT).exists():
            return
        state = torch.load(
            self._run / CHECKPOINT, weights_only=True, map_location=self._lower.device
        )
        self._reader.load_state_dict(state["reader"])
        self._averaged.load_state_dict(state["averaged"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["done"])

    def step(self, groups: list[Group], share: float) -> float:
        """Learn from `groups` at that share of the first rates; return the loss."""
        warm = min(1, (self.progress.steps + 1) / _WARM_UP)
        for rate, part in zip(
            (_LAYERS_RATE, _HEADS_RATE), self._optimiser.param_groups, strict=True
        ):
            part["lr"] = rate * warm * share
        loss = loss_of(self._reader, self._lower, groups)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._reader.parameters(), 1.0)
        self._optimiser.step()
        done = self.progress.steps
        average(self._averaged, self._reader, min(_EMA, (done + 1) / (done + 10)))
        self.progress.steps += 1
        self.progress.pairs += sum(len(g.windows) for g in groups)
        return loss.item()

    def save(self) -> None:
        """Write the checkpoint and the weights, each complete or not at all."""
        state = {
            "reader": self._reader.state_dict(),
            "averaged": self._averaged.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "done": asdict(self.progress),
        }
        weights = {name: value.half() for name, value in self._averaged.state_dict().items()}
        for name, value in ((CHECKPOINT, state), (WEIGHTS, weights)):
            part = self._run / f"{name}.part"
            torch.save(value, part)
            part.replace(self._run / name)

    def measure(self, data: Path) -> Measures:
        """Return the measures of the averaged weights over a sample of the fitting bases."""
        examples = [example for base in bases_of(data, Split.FIT) for example in base.examples]
        sample = random.Random(0).sample(examples, min(_MEASURED, len(examples)))
        return measure(self._averaged, self._lower, sample)


def train(
    data: Path, run: Path, encoder: OnnxEncoder, *, minutes: float, start: Path | None, seed: int
) -> None:
    """Train for `minutes` in all and leave WEIGHTS in `run`; prints losses and measures.

    The rate falls with the time spent, so `minutes` may grow between runs.
    """
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    training = Training(run, LowerLayers(encoder, device), start)
    training.resume()
    progress, limit = training.progress, minutes * 60
    sampler, length = Sampler(data, seed + progress.steps), LengthOf()
    saved = measured = last = time.monotonic()
    losses: list[float] = []
    while progress.seconds < limit:
        sampler.refresh()
        for groups in sampler.steps(_GROUPS, _TOKENS, length):
            share = max(_FINAL_RATE, 1 - progress.seconds / limit)
            losses.append(training.step(groups, share))
            now = time.monotonic()
            progress.seconds += now - last
            last = now
        if last - saved > _SAVE_EVERY:
            saved = last
            recent = sum(losses) / len(losses)
            print(
                f"{progress.seconds:.0f} s, {progress.pairs} pairs, loss {recent:.3f}", flush=True
            )
            losses.clear()
            training.save()
        if last - measured > _MEASURE_EVERY:
            print(training.measure(data), flush=True)
            last = measured = time.monotonic()
    training.save()
    print(training.measure(data), f"after {progress.pairs} pairs", flush=True)


def load_weights(reader: TorchReader, path: Path) -> None:
    """Take the weights that a training wrote, or those of the reader that ships."""
    if path.suffix == ".safetensors":
        shipped = read_trained(path)
        stored = {name: torch.from_numpy(values) for name, values in shipped.items()}
    else:
        stored = torch.load(path, weights_only=True)
    reader.load_state_dict({name: value.float() for name, value in stored.items()})


def loss_of(reader: TorchReader, lower: LowerLayers, step: list[Group]) -> torch.Tensor:
    """Return the loss of a step.

    Over a question's windows: the softmax of their logits and of a 0 that stands for "none of
    them"; with it the cross-entropy of each pair, and of begin and end of the answers.
    """
    pairs = [(g, window) for g in step for window in g.windows]
    read = [lower.of_text(_read_text(w.context, w.text)) for _, w in pairs]
    with torch.autocast(lower.device, dtype=torch.bfloat16):
        questions = {id(g): lower.of_question(g.question).float() for g in step}
        logits, spans = reader([questions[id(g)] for g, _ in pairs], [t.float() for t, _ in read])
    labels = torch.tensor(
        [float(window.span is not None) for _, window in pairs], device=logits.device
    )
    listwise = logits.new_zeros(())
    at = 0
    for g in step:
        own = logits[at : at + len(g.windows)]
        against_none = torch.cat([own.new_zeros(1), own])
        answer = labels[at : at + len(g.windows)].argmax() + 1 if g.windows[0].span else 0
        listwise = listwise - against_none.log_softmax(0)[answer]
        at += len(g.windows)
    loss: torch.Tensor = listwise / len(
        step
    ) + _PAIRWISE * functional.binary_cross_entropy_with_logits(logits, labels)
    rows, begins, ends = [], [], []
    for row, ((_, window), (_, offsets)) in enumerate(zip(pairs, read, strict=True)):
        if window.span is None:
            continue
        shift = len(_read_text(window.context, ""))
        begin, end = window.span[0] + shift, window.span[1] + shift
        held = [n for n, (a, b) in enumerate(offsets) if a < end and b > begin and b > a]
        if held:
            rows.append(row)
            begins.append(held[0])
            ends.append(held[-1])
    if rows:
        places = torch.tensor([begins, ends], device=logits.device)
        both = functional.cross_entropy(spans[rows, 0], places[0]) + functional.cross_entropy(
            spans[rows, 1], places[1]
        )
        loss = loss + both / 2 * (len(rows) / len(step))
    return loss


def average(averaged: nn.Module, current: nn.Module, keep: float) -> None:
    """Move the averaged weights towards the current ones."""
    with torch.no_grad():
        for old, new in zip(averaged.parameters(), current.parameters(), strict=True):
            old.lerp_(new, 1 - keep)


def _read_text(context: str, text: str) -> str:
    return f"{context}\n{text}" if context else text
