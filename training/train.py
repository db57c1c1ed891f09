"""Trains the reader on prepared examples, for a time, in as many runs as it takes."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional

from training.documents import Split
from training.measures import measure
from training.model import LowerLayers, TorchReader
from training.sampling import LengthOf, Sampler, held_out

if TYPE_CHECKING:
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


def train(
    data: Path, run: Path, encoder: OnnxEncoder, *, minutes: float, start: Path | None, seed: int
) -> None:
    """Train for `minutes` in all and leave WEIGHTS in `run`; prints losses and measures.

    The rate falls with the time spent, so `minutes` may grow between runs.
    """
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    lower = LowerLayers(encoder, device)
    reader = TorchReader.packaged()
    averaged = TorchReader.packaged()
    if start is not None:
        reader.load_state_dict(
            {k: v.float() for k, v in torch.load(start, weights_only=True).items()}
        )
    reader.to(device).train()
    averaged.to(device).eval()
    averaged.load_state_dict(reader.state_dict())
    layers = list(reader.layers.parameters())
    heads = [p for name, p in reader.named_parameters() if not name.startswith("layers.")]
    rates = [_LAYERS_RATE, _HEADS_RATE]
    optimiser = torch.optim.AdamW(
        [{"params": layers, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01
    )
    done: dict[str, Any] = {"seconds": 0.0, "pairs": 0, "steps": 0}
    if (run / CHECKPOINT).exists():
        state = torch.load(run / CHECKPOINT, weights_only=True, map_location=device)
        reader.load_state_dict(state["reader"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["done"]
    sampler = Sampler(data, seed + done["steps"])
    length = LengthOf()
    last = time.monotonic()
    saved = measured = last
    losses: list[float] = []
    limit = minutes * 60
    while done["seconds"] < limit:
        sampler.refresh()
        for step in sampler.steps(_GROUPS, _TOKENS, length):
            share = max(_FINAL_RATE, 1 - done["seconds"] / limit)
            for rate, part in zip(rates, optimiser.param_groups, strict=True):
                part["lr"] = rate * min(1, (done["steps"] + 1) / _WARM_UP) * share
            loss = loss_of(reader, lower, step)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            average(averaged, reader, min(_EMA, (done["steps"] + 1) / (done["steps"] + 10)))
            losses.append(loss.item())
            now = time.monotonic()
            done["seconds"] += now - last
            last = now
            done["steps"] += 1
            done["pairs"] += sum(len(g.windows) for g in step)
        if last - saved > _SAVE_EVERY:
            saved = last
            recent = sum(losses) / len(losses)
            print(f"{done['seconds']:.0f} s, {done['pairs']} pairs, loss {recent:.3f}", flush=True)
            losses.clear()
            _save(run, reader, averaged, optimiser, done)
        if last - measured > _MEASURE_EVERY:
            print(measure(averaged, lower, _sample(data)), flush=True)
            last = measured = time.monotonic()
    _save(run, reader, averaged, optimiser, done)
    print(measure(averaged, lower, _sample(data)), f"after {done['pairs']} pairs", flush=True)


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
    loss = listwise / len(step) + _PAIRWISE * functional.binary_cross_entropy_with_logits(
        logits, labels
    )
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


def _sample(data: Path) -> list:  # the same questions every time
    examples = [example for base in held_out(data, Split.FIT) for example in base.examples]
    return random.Random(0).sample(examples, min(_MEASURED, len(examples)))


def _save(run: Path, reader: nn.Module, averaged: nn.Module, optimiser: Any, done: dict) -> None:
    state = {
        "reader": reader.state_dict(),
        "averaged": averaged.state_dict(),
        "optimiser": optimiser.state_dict(),
        "done": done,
    }
    for name, value in (
        (CHECKPOINT, state),
        (WEIGHTS, {k: v.half() for k, v in averaged.state_dict().items()}),
    ):
        part = run / f"{name}.part"
        torch.save(value, part)
        part.replace(run / name)
