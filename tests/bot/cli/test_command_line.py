import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run
from tests.bot.conftest import TOKEN, Vanphong, types_in
from tests.test_architecture import HEAVY, ROOT

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


def json_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ask_builds_the_index_and_answers_with_source(
    vanphong_anew: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong_anew("ask", "ngay", "truyen", "thong", "vp") == 0
    shown = capsys.readouterr()
    assert "28/8" in shown.out
    assert "Nguồn: Ngày truyền thống" in shown.out
    assert "thêm 10" in shown.err


def test_ask_json_has_the_promised_fields(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("ask", "--json", "2 thao la gi") == 0
    (answer,) = json_lines(capsys)
    assert list(answer) == [
        "question",
        "answer",
        "refused",
        "confidence",
        "citations",
        "restored_question",
        "kb_version",
        "latency_ms",
    ]
    assert answer["restored_question"] == "2 thạo là gì"
    assert answer["kb_version"] == "v0001"
    (cited,) = answer["citations"]
    assert set(cited) == {"title", "source", "heading", "quote"}
    assert cited["quote"] in answer["answer"]


def test_ask_answers_a_file_in_order(
    vanphong: Vanphong,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions = "\ufeffQuốc khánh ngày nào\n\n😀\ngiá vàng hôm nay\n"
    tmp_path.joinpath("q.txt").write_text(questions, encoding="utf-8")
    types_in(monkeypatch, questions)
    for name in (str(tmp_path / "q.txt"), "-"):
        assert vanphong("ask", "--json", "--file", name) == 1  # one could not be asked
        first, second, third = json_lines(capsys)
        assert "2/9/1945" in first["answer"]
        assert "chưa có chữ nào" in second["error"]
        assert (third["refused"], third["citations"]) == (True, [])


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["ask"], 2, "cần một câu hỏi"),
        (["ask", "a", "--file", "b"], 2, "không phải cả hai"),
        (["ask", ""], 2, "đang trống"),
        (["ask", "x" * 10_000], 2, "tối đa là 1000"),
        (["ask", "--file", "/không/có"], 1, "không có tệp hay thư mục này"),
        (["eval", "/không/có.json"], 1, "Không đọc được tệp"),
        (["eval"], 2, "thiếu FILE"),
        (["nấu-cơm"], 2, "không có lệnh 'nấu-cơm'"),
        (["ask", "--màu"], 2, "không có tùy chọn --màu"),
        (["ak"], 2, "không có lệnh 'ak', gần giống: 'ask'"),
        (["reload", "--articles", "/không/có"], 1, "Không thấy thư mục bài viết"),
        (["reload", "--json=1"], 2, "tùy chọn --json không nhận giá trị"),
        (["eval", "--off-topic", "b.json", "a.json"], 2, "không phải cả hai"),
        (["eval", "--off-topic", "b.json", "--plot", "c.png"], 2, "--plot chỉ dùng được với FILE"),
        (["eval", "--off-topic", "/không/có.json"], 1, "Không đọc được tệp"),
        (["eval", "a.json", "--sample", "0"], 2, "SAMPLE: phải từ 1 trở lên"),
        (["export", "a.pdf"], 2, "phải kết thúc bằng .xlsx hoặc .csv"),
        (["export", "/không/có/a.csv"], 1, "Không ghi được tệp"),
        (["stats", "--plot", "/không/có/a.png"], 1, "Không ghi được tệp"),
        (["gaps", "--days", "0"], 2, "DAYS: phải từ 1 trở lên"),
        (["gaps", "--days", "9999"], 2, "DAYS: không được quá 3660"),
        (["gaps", "--days"], 2, "tùy chọn --days cần một giá trị"),
        (["gaps", "thừa"], 2, "thừa tham số: thừa"),
        (["stats", "--days", "một"], 2, "DAYS: phải là số nguyên"),
        (["people", "set", "5", "boss"], 2, "ROLE: phải là một trong 'stranger', "),
        (["docs", "add", "/không/có.docx"], 1, "không có tệp hay thư mục này"),
        (["docs", "show", "D1"], 1, "không có tài liệu “D1”"),
        (["docs", "retire", "x" * 99], 1, "không có tài liệu"),
        (["docs", "download", "D1", "x.docx"], 1, "không có tài liệu"),
        (["docs", "nấu"], 2, "không có lệnh"),
        (["docs", "add"], 2, "thiếu FILE"),
        (["quiz", "export", "a.ods"], 1, "phải kết thúc bằng .csv hoặc .xlsx"),
        (["quiz", "export", "/không/có/a.csv"], 1, "Không ghi được tệp"),
        (["quiz", "import", "/không/có/a.csv"], 1, "không có tệp hay thư mục này"),
        (["quiz", "import", "a.ods"], 1, "không có tệp hay thư mục này"),
        (["quiz", "import"], 2, "thiếu FILE"),
        (["quiz", "nấu"], 2, "không có lệnh"),
    ],
)
def test_bad_usage_and_failures_have_a_line_and_a_code(
    vanphong: Vanphong,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    part: str,
) -> None:
    assert vanphong(*arguments) == code
    shown = capsys.readouterr()
    assert part in shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("group", ["people", "invite", "docs"])
def test_a_group_alone_shows_its_commands(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str], group: str
) -> None:
    assert vanphong(group) == 0
    shown = capsys.readouterr()
    assert "list" in shown.out
    assert "Lỗi" not in shown.out + shown.err


def test_a_question_file_that_is_not_utf8_is_refused(
    vanphong: Vanphong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.joinpath("q.txt").write_bytes("câu hỏi".encode("utf-16"))
    assert vanphong("ask", "--file", str(tmp_path / "q.txt")) == 1
    assert "không phải UTF-8" in capsys.readouterr().err


def test_reload_reports_what_changed(
    vanphong_anew: Vanphong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    folder.joinpath("a.md").write_text("# A\n\nTrụ sở đặt tại phường Lào Cai.", encoding="utf-8")
    folder.joinpath("b.md").write_bytes(b"\x00\x01\x02")
    assert vanphong_anew("reload", "--articles", str(folder), "--json") == 0
    (report,) = json_lines(capsys)
    assert (report["added"], report["version"]) == (["a.md"], "v0001")
    assert report["failed"][0]["path"] == "b.md"
    assert vanphong_anew("--articles", str(folder), "reload") == 0
    shown = capsys.readouterr().err
    assert "giữ nguyên 1 bài" in shown
    assert "Không đọc được b.md" in shown


def test_chat_talks_in_the_terminal(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    types_in(
        monkeypatch, "xin chào\n3 dung la gi\nnguồn\nthế còn 3 không\n\nthoát\nkhông tới đây\n"
    )
    assert vanphong("chat") == 0
    shown = capsys.readouterr()
    assert "đúng thẩm quyền" in shown.out
    assert "📄 Nguyên tắc" in shown.out
    assert "Hiểu là: 3 không là gì\n3 không là: không vô cảm" in shown.out
    assert "đang trống" in shown.err
    assert "không tới đây" not in shown.out


def test_eval_prints_a_table_and_json(
    vanphong: Vanphong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [{"text": "28/8", "answer_start": 24}]
    paragraph = {
        "context": "Ngày truyền thống là ngày 28/8.",
        "qas": [{"id": "1", "question": "Ngày truyền thống là ngày nào?", "answers": answers}],
    }
    squad = {"data": [{"title": "Ngày", "paragraphs": [paragraph]}]}
    tmp_path.joinpath("set.json").write_text(json.dumps(squad), encoding="utf-8")
    assert vanphong("eval", str(tmp_path / "set.json"), "--json") == 0
    (report,) = json_lines(capsys)
    assert report["scores"]["typed"]["recall_at_1"] == 1.0
    assert report["scores"]["without_diacritics"]["choice"] == 1.0
    assert vanphong("eval", str(tmp_path / "set.json")) == 0
    assert "recall@1" in capsys.readouterr().out


def test_doctor_before_and_after_the_first_reload(
    vanphong_anew: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong_anew("doctor") == 1
    assert "✗ Chỉ mục: Chưa có chỉ mục" in capsys.readouterr().out
    assert vanphong_anew("reload") == 0
    assert vanphong_anew("doctor") == 0
    shown = capsys.readouterr().out
    assert "✓ Chỉ mục: v0001: 10 bài" in shown
    assert "• Telegram: chưa đặt TELEGRAM_BOT_TOKEN" in shown
    assert "mở bản dùng thử trong trình duyệt" in shown


def test_doctor_names_what_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")  # nothing listens there
    place = tmp_path / "file"
    place.touch()
    code = run(["--data-dir", str(place), "--articles", str(tmp_path / "none"), "doctor"])
    shown = capsys.readouterr().out
    assert code == 1
    for part in (
        "✗ Thư mục dữ liệu",
        "✗ Bài viết",
        "✗ Mô hình",
        "✗ Telegram: không gọi được http://127.0.0.1:9",
    ):
        assert part in shown
    assert TOKEN not in shown


def test_help_is_grouped_with_run_first_and_two_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out
    places = [
        shown.index(part)
        for part in (
            *("Cách dùng: vanphong [TÙY CHỌN] LỆNH [THAM SỐ]...", "Tùy chọn", "Chạy", "run"),
            *("Hỏi đáp", "Hỏi một câu", "Tài liệu", "Học tập", "Quản trị"),
            *("Ví dụ", "vanphong run", "vanphong ask"),
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["quiz"],
        ["quiz", "draft", "--help"],
        ["docs", "add", "-h"],
        ["people", "set", "--help"],
        ["stats", "--help"],
        ["invite", "create", "--help"],
    ],
)
def test_help_is_vietnamese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["vanphong", *arguments])
    assert run(arguments) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng: vanphong " in shown
    assert "In hướng dẫn này rồi thoát." in shown
    english = r"Usage|OPTIONS|COMMAND|ARGS|Show|Install|default|required|Arguments|Error"
    assert re.findall(english, shown) == []


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from bot.cli.main import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "typer" in loaded
    assert not loaded & (HEAVY | {"knowledge", "matplotlib", "numpy", "sqlalchemy"})


def test_version_is_told_without_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWER_THREADS", "many")
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"vanphong {version('vanphong-bot')}\n"


def test_words_are_completed_by_the_shell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_VANPHONG_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "vanphong quiz dr")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out.split() == ["draft"]


def test_bad_settings_are_a_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWER_THREADS", "many")
    assert run(["ask", "gì"]) == 1
    assert "ANSWER_THREADS: phải là số nguyên" in capsys.readouterr().err
