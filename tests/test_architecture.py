"""The house's rules: which room may know of which. `docs/ARCHITECTURE.md` says why."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT: dict[str, set[str]] = {
    "embeddings": set(),
    "knowledge": {"embeddings"},
    "bot": {"knowledge", "embeddings"},
    "training": {"knowledge", "embeddings"},  # what trains the product; nothing of it knows it
}
FEATURES = "bot.features."
KNOW_NO_FEATURE = ("bot.access.", "bot.telegram.", "bot.terminal.")
HEAVY = {
    "chromadb",
    "docx",
    "langchain",
    "langchain_core",
    "langchain_text_splitters",
    "onnx",
    "onnxruntime",
    "openpyxl",
    "pypdfium2",
    "sentence_transformers",
    "telegram",
    "torch",
    "transformers",
}


@cache
def sources() -> dict[str, Path]:
    """The files of the product by module name; a package goes by its own name."""
    found = {}
    for package in MAY_IMPORT:
        for file in sorted(ROOT.joinpath(package).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = file
    return found


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of the product that one names anywhere, also inside functions and for types."""
    names = set()
    for node in ast.walk(ast.parse(sources()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {module}"
            base = node.module or ""
            whole = {f"{base}.{name.name}" for name in node.names}
            names |= (whole & sources().keys()) or {base}
    return frozenset(names)


def edges() -> Iterator[tuple[str, str]]:
    for module in sources():
        for other in imported(module):
            yield module, other


def feature_of(module: str) -> str | None:
    return module.split(".")[2] if module.startswith(FEATURES) else None


def cycle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    others = set(MAY_IMPORT) | {"tests", "benchmarks"}
    forbidden = others - MAY_IMPORT[package] - {package}
    found = {edge for edge in edges() if edge[0].partition(".")[0] == package}
    assert found
    assert not {edge for edge in found if edge[1].partition(".")[0] in forbidden}


def test_features_meet_only_through_their_public_faces() -> None:
    assert not {
        (module, other)
        for module, other in edges()
        if feature_of(module) and feature_of(other) not in {None, feature_of(module)}
        if other.count(".") > FEATURES.count(".")
    }


def test_what_all_features_share_knows_none() -> None:
    assert not {
        (module, other)
        for module, other in edges()
        if f"{module}.".startswith(KNOW_NO_FEATURE) and feature_of(other)
    }


def test_features_build_on_each_other_without_cycles() -> None:
    graph: dict[str, set[str]] = {}
    for module, other in edges():
        above, below = feature_of(module), feature_of(other)
        if above and below and above != below:
            graph.setdefault(above, set()).add(below)
    assert not cycle(graph)


def test_modules_import_without_cycles() -> None:
    """A package that gathers its own modules is none."""
    graph: dict[str, set[str]] = {}
    for module, other in edges():
        if other in sources() and other != module and not other.startswith(f"{module}."):
            graph.setdefault(module, set()).add(other)
    assert not cycle(graph)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_importing_a_package_is_light(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {package}; print(*sys.modules, sep='\\n')"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()}
    assert package in loaded
    assert not loaded & HEAVY
