"""The measurement of bases of several sizes, short: it runs, and no step grows out of hand."""

import json
from pathlib import Path

import pytest

from benchmarks.size.__main__ import main
from tests.knowledge.small_articles import SHIPPED


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """A file in SQuAD format with the shipped articles' paragraphs."""
    texts = [path.read_text(encoding="utf-8").split("---", 2)[2] for path in SHIPPED.glob("*.md")]
    paragraphs = [
        {
            "context": paragraph,
            "qas": [{"id": str(n), "question": "Cái gì?", "is_impossible": True, "answers": []}],
        }
        for n, paragraph in enumerate(p for text in sorted(texts) for p in text.split("\n\n"))
        if len(paragraph.split()) > 30
    ]
    file = tmp_path / "others.json"
    data = {"version": "1", "data": [{"title": "Văn phòng", "paragraphs": paragraphs}]}
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.slow
@pytest.mark.timeout(900)  # four processes, each of which loads the models
def test_page_and_chart_of_a_small_size(tmp_path: Path, models_dir: Path, others: Path) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    work.mkdir()
    work.joinpath("models").symlink_to(models_dir)
    arguments = ["--sizes", "60", "--others", str(others), "--work", str(work), "--out", str(out)]
    assert main(arguments) == 0
    page = out.joinpath("SIZE.md").read_text(encoding="utf-8")
    assert "## 70 documents" in page
    assert out.joinpath("size.png").read_bytes().startswith(b"\x89PNG")


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sizes", "5", "--others", str(tmp_path / "none.json")]) == 2
    assert "--others" in capsys.readouterr().err
