import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run
from tests.office_files import PARAGRAPH, macro_document, text_pdf, word

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")

Docs = Callable[..., int]


@pytest.fixture
def docs(tmp_path: Path) -> Docs:
    articles = tmp_path / "articles"
    articles.mkdir()
    place = ["--data-dir", str(tmp_path / "data"), "--articles", str(articles)]
    return lambda *arguments: run([*place, "docs", *map(str, arguments)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quy chế.docx"
    path.write_bytes(word([("Title", "Quy chế [bold]"), ("", PARAGRAPH)]))
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_whole_life_of_a_document(
    docs: Docs, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert docs("list") == 0
    assert "chưa có tài liệu" in capsys.readouterr().err
    assert docs("add", file, "--source", "Quyết định 5", "--date", "5/8/2024", "--json") == 0
    added = printed(capsys)
    assert (added["document_id"], added["title"]) == ("D1", "Quy chế [bold]")
    assert (added["source"], added["published"]) == ("Quyết định 5", "2024-08-05")
    assert added["inspection"]["chunks"] == 1
    newer = tmp_path / "mới.pdf"
    newer.write_bytes(text_pdf([["Văn phòng làm việc từ bảy giờ ba mươi phút sáng."]]))
    assert docs("replace", "D1", newer) == 0
    assert "Thay cho: D1" in capsys.readouterr().out
    assert docs("list", "--json") == 0
    assert [(d["document_id"], d["state"]) for d in printed(capsys)] == [
        ("D2", "active"),
        ("D1", "retired"),
    ]
    assert docs("restore", "D1", "--json") == 0
    assert printed(capsys)["state"] == "active"
    assert docs("retire", "D1") == 0
    assert docs("list") == 0
    table = capsys.readouterr().out
    assert "[bold]" in table
    assert "đã gỡ" in table
    assert docs("show", "D1", "--json") == 0
    shown = printed(capsys)
    assert [entry["action"] for entry in shown["history"]] == ["added", "restored", "retired"]
    assert PARAGRAPH in shown["excerpt"]
    assert docs("show", "D1") == 0
    assert "khôi phục (cli:" in capsys.readouterr().out
    target = tmp_path / "gốc.docx"
    assert docs("download", "D1", target) == 0
    assert target.read_bytes() == file.read_bytes()


def test_bad_files_and_details_are_refused(
    docs: Docs, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    macro = tmp_path / "a.docx"
    macro.write_bytes(macro_document())
    assert docs("add", macro) == 1
    assert "macro" in capsys.readouterr().err
    assert docs("add", file, "--date", "hôm nọ") == 1
    assert "ngày/tháng/năm" in capsys.readouterr().err
    assert docs("add", file) == 0
    assert docs("add", file) == 1
    assert "đã có trong kho: D1" in capsys.readouterr().err
    assert docs("download", "D1", file) == 1
    assert "đã có; hãy chọn tên khác" in capsys.readouterr().err
