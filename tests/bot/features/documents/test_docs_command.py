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


def test_details_are_edited_shown_and_listed(
    docs: Docs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "quy chế.txt"
    lines = (
        "UBND TỈNH LÀO CAI", "VĂN PHÒNG", "Số: 4/QĐ-VP", "QUY CHẾ LÀM VIỆC", PARAGRAPH,
        "Quy chế này thay thế Quyết định số 3/QĐ-VP.", "CHÁNH VĂN PHÒNG", "Lê Văn An",
    )  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    assert docs("add", path, "--issuer", "Văn phòng") == 0
    shown = capsys.readouterr().out
    assert "Số, ký hiệu: 4/QĐ-VP\nCơ quan ban hành: Văn phòng\nNgười ký: Lê Văn An" in shown
    assert "Đối với văn bản khác: thay thế Quyết định số 3/QĐ-VP" in shown
    assert docs("edit", "D1", "--number", "5/QĐ-VP", "--date", "hôm nay", "--signer", "") == 0
    assert docs("edit", "D1", "--date", "tháng 8/2024") == 1
    assert "thiếu ngày" in capsys.readouterr().err
    assert docs("show", "D1", "--json") == 0
    edited = printed(capsys)
    assert (edited["number"], edited["source"], edited["signer"]) == (
        "5/QĐ-VP", "Quyết định số 5/QĐ-VP", None,
    )  # fmt: skip
    assert [entry["action"] for entry in edited["history"]] == ["added", "edited"]
    assert docs("show", "D1") == 0
    assert "sửa thông tin (cli:" in capsys.readouterr().out
    assert docs("edit", "D1", "--number", "5/QĐ-VP") == 0
    assert "Không có gì thay đổi" in capsys.readouterr().err
    assert docs("list") == 0
    assert "5/QĐ-VP" in capsys.readouterr().out


def test_a_replacement_tells_what_changed(
    docs: Docs, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert docs("add", file, "--source", "Thông báo cũ") == 0
    newer = tmp_path / "mới.docx"
    newer.write_bytes(word([("Title", "Quy chế mới"), ("", PARAGRAPH), ("", "Thêm một câu.")]))
    capsys.readouterr()
    assert docs("replace", "D1", newer) == 0
    told = capsys.readouterr()
    assert "Tiêu đề: Quy chế mới\n" in told.out
    assert "So với bản cũ: 0 dòng đổi, 1 dòng thêm, 0 dòng bỏ\n  + Thêm một câu." in told.out
    assert "D1 đã gõ tay Nguồn: Thông báo cũ" in " ".join(told.err.split())


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
