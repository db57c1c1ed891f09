from pathlib import Path

import pytest

from knowledge import GoldenFileError, GoldenQuestion, read_golden
from tests.knowledge.small_articles import SHIPPED, write


def test_questions_are_read_with_every_way_to_ask(tmp_path: Path) -> None:
    write(
        tmp_path,
        "golden.yaml",
        "\ufeffanswered:\n"
        "  - ask: ['Ngày nào?', ngay nao]\n"
        "    contains: 28/8\n"
        "    title: Ngày truyền thống\n"
        "  - ask: Năm nào\n"
        "    contains: [2026, 1945]\n"
        "refused: [giá vàng]\n",
    )
    assert read_golden(tmp_path) == (
        GoldenQuestion("Ngày nào?", ("28/8",), "Ngày truyền thống"),
        GoldenQuestion("ngay nao", ("28/8",), "Ngày truyền thống"),
        GoldenQuestion("Năm nào", ("2026", "1945")),
        GoldenQuestion("giá vàng", refuse=True),
    )


def test_no_file_is_no_error(tmp_path: Path) -> None:
    assert read_golden(tmp_path) is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "không có câu hỏi nào"),
        ("answered: []", "không có câu hỏi nào"),
        ("answered:\n  - ask: [a", "dòng 2: không phải YAML"),
        ("answered:\n  - ask: a: b", "dòng 2: không phải YAML .*ngoặc kép"),
        (
            "answered:\n  - ask: gì\n  - hỏi: gì\n",
            "dòng 3: không có mục “hỏi”, chỉ có ask",
        ),
        ("answered:\n  - contains: [x]\n", "dòng 2: thiếu ask"),
        ("answered:\n  - Ngày nào?\n", "dòng 2: phải gồm các mục ask"),
        ("answered:\n  - ask: gì\n    contains:\n      - [x]\n", "dòng 4: phải là một dòng chữ"),
        ("answered:\n  - ask: gì\n    contains: {a: b}\n", "dòng 3: phải là một danh sách"),
        ("refused:\n  - ok\n  - ''\n", "dòng 3: phải là một dòng chữ"),
        ("refused:\n  - '😀'\n", "dòng 2: câu hỏi không hỏi được: .*chữ"),
        ("refused:\n  - gì\n\n  - gì\n", "dòng 4: câu “gì” đã có ở trên"),
        ("refused: [a]\nrefused: [b]\n", "dòng 2: mục “refused” lặp lại"),
        ("refused: giá: vàng\n", "dòng 1: không phải YAML"),
        ("- a\n", "dòng 1: phải gồm các mục answered, refused"),
        ("refused: [" + ", ".join(f"câu {n}" for n in range(2001)) + "]", "dòng 1: quá 2000"),
        ("refused: [!!python/object/apply:os.abort []]", "dòng 1: phải là một dòng chữ"),
    ],
)
def test_errors_name_the_file_and_the_line(tmp_path: Path, content: str, problem: str) -> None:
    write(tmp_path, "golden.yaml", content)
    with pytest.raises(GoldenFileError, match=rf"golden\.yaml'.*{problem}"):
        read_golden(tmp_path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [("câu".encode("utf-16"), "UTF-8"), (b"#" * (1024 * 1024 + 1), "quá lớn")],
    ids=["encoding", "size"],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, problem: str) -> None:
    tmp_path.joinpath("golden.yaml").write_bytes(data)
    with pytest.raises(GoldenFileError, match=problem):
        read_golden(tmp_path)


def test_a_folder_of_that_name_cannot_be_read(tmp_path: Path) -> None:
    tmp_path.joinpath("golden.yaml").mkdir()
    with pytest.raises(GoldenFileError, match="Không đọc được"):
        read_golden(tmp_path)


def test_shipped_articles_have_golden_questions() -> None:
    questions = read_golden(SHIPPED)
    assert questions is not None
    assert len([question for question in questions if question.contains]) >= 25
    assert len([question for question in questions if question.refuse]) >= 10
