import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT: dict[str, set[str]] = {
    "embeddings": set(),
    "knowledge": {"embeddings"},
    "bot": {"knowledge", "embeddings"},
}
MAX_LINES = 400
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


def modules(package: str) -> list[Path]:
    found = sorted(ROOT.joinpath(package).rglob("*.py"))
    assert found
    return found


def imported(file: Path) -> Iterator[str]:
    """The full names of all modules imported anywhere in a file, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {file}"
            yield node.module or ""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in modules(package)
        for name in imported(file)
        if name.partition(".")[0] in (set(MAY_IMPORT) | {"tests", "benchmarks"}) - allowed
    }
    assert not wrong


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_files_stay_short(package: str) -> None:
    long = {
        file.relative_to(ROOT).as_posix(): lines
        for file in modules(package)
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert not long


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
