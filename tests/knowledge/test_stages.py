"""The stages of the package depend on each other in one direction, type-checking included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import knowledge

PACKAGE = Path(knowledge.__file__).parent
STAGES = (
    "errors", "yaml_nodes", "entities", "articles", "documents", "index", "retrieval", "answering",
    "conversation", "generation", "reload", "base", "evaluation",
)  # fmt: skip
BESIDE = {"quiz": STAGES[: STAGES.index("index")]}
"""What stands beside the stages, with those it may know; none of them knows it."""


def imports() -> Iterator[tuple[str, str, str]]:
    """Every file of a stage with its stage and that of a module it imports, anywhere."""
    for file in PACKAGE.rglob("*.py"):
        own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("knowledge."):
                yield file.relative_to(PACKAGE).as_posix(), own, str(node.module).split(".")[1]


def test_every_module_belongs_to_a_stage() -> None:
    names = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith("__")}
    assert names <= {*STAGES, *BESIDE}


def test_a_stage_knows_only_those_before_it() -> None:
    wrong = [
        (file, other)
        for file, own, other in imports()
        if own not in {"__init__", other}
        and other not in BESIDE.get(own, STAGES[: STAGES.index(own)] if own in STAGES else ())
    ]
    assert not wrong
