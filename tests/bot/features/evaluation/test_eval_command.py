import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.bot.conftest import Vanphong

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")

PARAGRAPHS = [
    (
        "Bãi xe của trụ sở mở cửa lúc 6 giờ 30 phút. Gửi xe qua đêm phải báo bảo vệ.",
        [
            ("Bãi xe mở cửa lúc mấy giờ?", "6 giờ 30 phút"),
            ("Gửi xe qua đêm phải báo ai?", "bảo vệ"),
        ],
        ["Ai đã phát minh ra máy hơi nước?", "Vì sao lục lạp của thực vật có màu xanh?"],
    ),
    (
        "Công chức được nghỉ hằng năm 12 ngày làm việc.",
        [("Công chức được nghỉ hằng năm bao nhiêu ngày?", "12 ngày")],
        [],
    ),
]


@pytest.fixture
def squad(tmp_path: Path) -> str:
    """A small set in SQuAD's second version."""
    paragraphs = [
        {
            "context": context,
            "qas": [
                *(
                    {"question": q, "answers": [{"text": a}], "is_impossible": False}
                    for q, a in own
                ),
                *({"question": q, "answers": [], "is_impossible": True} for q in impossible),
            ],
        }
        for context, own, impossible in PARAGRAPHS
    ]
    path = tmp_path / "squad [v2].json"
    content = {"version": "v2.0", "data": [{"title": "Nội quy", "paragraphs": paragraphs}]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def the_object(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def drawn_colours(file: Path) -> int:
    """How many colours the picture has, which must be a PNG of the promised size."""
    drawn = Image.open(io.BytesIO(file.read_bytes()))
    assert (drawn.format, drawn.size) == ("PNG", (1680, 900))
    return len(drawn.convert("RGB").getcolors(1680 * 900) or [])


def test_json_holds_what_was_measured(
    vanphong: Vanphong, squad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("eval", squad, "--json", "--seed", "5") == 0
    report = the_object(capsys)
    assert (report["questions"], report["unanswerable"], report["seed"]) == (3, 2, 5)
    ways = ["typed", "without_diacritics", "partial_diacritics", "typos", "abbreviations"]
    assert list(report["scores"]) == ways
    for scores in report["scores"].values():
        assert scores["recall_at_1"] == 1
        assert len(scores["calibration"]) == 10
        assert scores["trade_off"][-1]["threshold"] == 1
    typed = report["scores"]["typed"]
    assert (typed["held"], typed["choice"]) == (1, 1)
    assert {row["kind"]: row["questions"] for row in report["kinds"]} == {"squad [v2]": 3}
    assert report["wording"]["unsupported"] == 0


def test_tables_and_the_picture(
    vanphong: Vanphong, squad: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "đường.png"
    assert vanphong("eval", squad, "--plot", str(picture)) == 0
    shown = capsys.readouterr()
    for part in (
        "squad [v2].json: 3 câu hỏi và 2 câu không có đáp án, 2 tài liệu",
        "Gõ sai 10 %",
        "Viết tắt",
        "chọn đúng",
        "Theo loại câu hỏi (có dấu)",
        "≥ 0,9",
        "✓ Nguyên văn",
    ):
        assert part in shown.out
    assert "Đã vẽ đường đánh đổi vào" in shown.err
    assert drawn_colours(picture) > 50


def test_a_set_without_unanswerable_questions_is_drawn_as_well(
    vanphong: Vanphong, squad: str, tmp_path: Path
) -> None:
    content = json.loads(Path(squad).read_text(encoding="utf-8"))
    for paragraph in content["data"][0]["paragraphs"]:
        paragraph["qas"] = [qa for qa in paragraph["qas"] if not qa["is_impossible"]]
    Path(squad).write_text(json.dumps(content), encoding="utf-8")
    assert vanphong("eval", squad, "--sample", "2", "--plot", str(tmp_path / "a.png")) == 0
    assert drawn_colours(tmp_path / "a.png") > 50


def test_off_topic_asks_the_base_at_hand(
    vanphong: Vanphong, squad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("eval", "--off-topic", squad, "--json") == 0
    report = the_object(capsys)
    assert (report["kb_version"], report["questions"]) == ("v0001", 5)
    assert report["refused"] >= 0.8
    assert report["wording"]["unsupported"] == 0


def test_off_topic_lists_the_answers_that_were_given(
    vanphong: Vanphong, squad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads(Path(squad).read_text(encoding="utf-8"))
    entry = {"question": "Ngày Quốc khánh là ngày nào?", "answers": [], "is_impossible": True}
    content["data"][0]["paragraphs"][1]["qas"] = [entry]
    content["data"][0]["paragraphs"][0]["qas"] = []
    Path(squad).write_text(json.dumps(content), encoding="utf-8")
    assert vanphong("eval", "--off-topic", squad) == 0
    shown = capsys.readouterr().out
    assert "Từ chối 0,00 % câu như đã gõ" in shown
    assert "• Ngày Quốc khánh là ngày nào? (" in shown
    assert "2/9" in shown


def test_a_place_that_takes_no_picture_is_told_and_the_figures_stay(
    vanphong: Vanphong, squad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("eval", squad, "--plot", "/không/có/a.png") == 1
    shown = capsys.readouterr()
    assert "recall@1" in shown.out
    assert "Không ghi được tệp" in shown.err
