"""Makes the examples of all bases; what is made already stays, so that it can be interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.documents import Split, document_bases, office_bases, squad_bases
from training.examples import prepare, save

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.encoder import Encoder
    from training.documents import Base

_ORDER = {Split.TRAIN: 0, Split.FIT: 1, Split.DEV: 2}


def all_bases(squad: Path | None) -> list[Base]:
    """Return the bases in the order in which they are prepared; the dev offices are not among them.

    Offices come first: they are the work itself.
    """
    bases = [base for base in office_bases() if base.split is not Split.DEV]
    bases += document_bases()
    if squad is not None:
        bases += squad_bases(squad)
    number = {base.name: int(base.name.rpartition("-")[2]) for base in bases if "-" in base.name}
    return sorted(
        bases, key=lambda base: (number.get(base.name, -1), _ORDER[base.split], base.name)
    )


def prepare_all(
    out: Path, encoder: Encoder, squad: Path | None, *, seed: int, part: int, parts: int
) -> None:
    """Prepare every `parts`-th base from `part` on into `out`, each in a file of its own."""
    out.mkdir(parents=True, exist_ok=True)
    for base in all_bases(squad)[part::parts]:
        path = out / f"{base.name}.pickle"
        if path.exists():
            continue
        examples = prepare(base, encoder, seed)
        save(examples, path)
        found = [example.retrieved for example in examples.examples if example.answerable]
        print(
            f"{base.name}: {len(examples.examples)} of {len(base.questions)} questions, "
            f"{sum(found)} of {len(found)} answers retrieved",
            flush=True,
        )
