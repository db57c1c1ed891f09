import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.sentences import quoted_spans, sentence_spans, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quyết định số 828/QĐ-TTg ngày 22/7/2004. Văn phòng ở TP. Lào Cai.",
            ["Quyết định số 828/QĐ-TTg ngày 22/7/2004.", "Văn phòng ở TP. Lào Cai."],
        ),
        ("1. Thạo nghề. 2. Thạo địa bàn.", ["1. Thạo nghề.", "2. Thạo địa bàn."]),
        ("- Thạo nghề\n- Thạo địa bàn", ["- Thạo nghề", "- Thạo địa bàn"]),
        (
            'Bác dặn: "Đoàn kết. Thành công." Mọi người ghi nhớ.',
            ['Bác dặn: "Đoàn kết. Thành công."', "Mọi người ghi nhớ."],
        ),
        ("Bình quân 3.500 đồng, tăng 2.5 lần.", ["Bình quân 3.500 đồng, tăng 2.5 lần."]),
        ("ThS. Nguyễn V. An phát biểu. Hội nghị kết thúc!", None),
        ("Đó là tất cả… Còn gì nữa? Không.", ["Đó là tất cả…", "Còn gì nữa?", "Không."]),
        ("công nghệ thông tin… trong thời đại mới.", None),
        ("phát triển của tổ quốc./. Hết bài", ["phát triển của tổ quốc./.", "Hết bài"]),
        # a word of one letter ends a sentence, an initial does not
        ("Ai cũng đồng ý. Họp lại sau.", ["Ai cũng đồng ý.", "Họp lại sau."]),
        ("Hỏi trạm thú y. Trạm mở cả tuần.", ["Hỏi trạm thú y.", "Trạm mở cả tuần."]),
        ("ĐÃ GÓP Ý. ĐỀ NGHỊ SỬA.", ["ĐÃ GÓP Ý.", "ĐỀ NGHỊ SỬA."]),
        ("Ô. Trần Đ. Ý chủ trì.", None),
        ("", []),
        ("  \n \n", []),
    ],
)
def test_boundaries(text: str, expected: list[str] | None) -> None:
    if expected is None and text.startswith("ThS."):
        expected = ["ThS. Nguyễn V. An phát biểu.", "Hội nghị kết thúc!"]
    assert sentences(text) == ([text] if expected is None else expected)


@given(st.text(alphabet='Aaăđ .!?…\n"“”:;,-1/'))
def test_sentences_are_cut_from_the_text_in_order_and_lose_only_white_space(text: str) -> None:
    spans = sentence_spans(text)
    rest = list(text)
    previous = 0
    for start, end in spans:
        assert previous <= start < end
        assert text[start:end].strip() == text[start:end] != ""
        rest[start:end] = [" "] * (end - start)
        previous = end
    assert "".join(rest).strip() == ""


def test_quotations_are_found_without_their_marks() -> None:
    text = 'phương châm “3 đúng” và "kỷ cương", «a»'
    assert [text[start:end] for start, end in quoted_spans(text)] == ["3 đúng", "kỷ cương"]
