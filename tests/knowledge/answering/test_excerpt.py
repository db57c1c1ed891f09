import pytest

from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS, Excerpter
from tests.knowledge.answering.passages import ask

LIST = "Cán bộ rèn 2 thạo:\n- Thạo nghề\n- Thạo địa bàn"
LONG = (
    "Trong suốt quá trình hình thành và phát triển lâu dài của mình cùng với cả nước, "
    "các thế hệ cán bộ đã vượt qua mọi khó khăn, gian khổ của những năm tháng chiến tranh ác liệt, "
    "ngày truyền thống của Văn phòng được chọn là ngày 28/8, "
    "và các thế hệ hôm nay tiếp tục ra sức thi đua học tập, lao động sáng tạo, xây dựng quê hương "
    "ngày càng giàu đẹp, văn minh."
)
SHORTENED = (
    "… ngày truyền thống của Văn phòng được chọn là ngày *28/8*, và các thế hệ hôm nay tiếp tục ra "
    "sức thi đua học tập, lao động sáng tạo, xây dựng quê hương ngày càng giàu đẹp, văn minh."
)
MOTTO = "Phương châm của Văn phòng là “Đoàn kết, kỷ cương, trách nhiệm, sáng tạo”."


def shown(question: str, passage: str, sentence: str, focus: str | None = None) -> str:
    """The excerpt as it is shown, stars around what is set in bold."""
    asked = ask(question, passage)
    excerpt = Excerpter(asked.question, asked.coverage).of(asked.at(sentence), focus)
    text, highlights = excerpt.shown()
    for start, end in sorted(highlights, reverse=True):
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("question", "passage", "sentence", "expected"),
    [
        # bold is what has the form that is asked for, nearest to the question's words
        (
            "Ngày truyền thống là ngày nào?",
            "Ngày truyền thống là ngày 28/8, do quyết định ngày 22/7/2004 quy định.",
            "Ngày",
            "Ngày truyền thống là ngày *28/8*, do quyết định ngày 22/7/2004 quy định.",
        ),
        (
            "Văn phòng đã tham mưu bao nhiêu đề án?",
            "Văn phòng đã tham mưu 7 chương trình và 29 đề án.",
            "Văn",
            "Văn phòng đã tham mưu 7 chương trình và *29 đề án*.",
        ),
        (
            "Ai ký Quyết định 828?",
            "Thủ tướng Chính phủ Phan Văn Khải ký Quyết định số 828/QĐ-TTg.",
            "Thủ",
            "*Thủ tướng Chính phủ Phan Văn Khải* ký Quyết định số 828/QĐ-TTg.",
        ),
        (
            "Lào Cai hợp nhất vào tỉnh nào?",
            "Lào Cai hợp nhất cùng Yên Bái về Hoàng Liên Sơn.",
            "Lào",
            "Lào Cai hợp nhất cùng Yên Bái về *Hoàng Liên Sơn*.",
        ),
        (
            "Các ngày kỷ niệm là những ngày nào?",
            "Các ngày lễ: ngày 03/02, ngày 26/3 và ngày 30/4.",
            "Các",
            "Các ngày lễ: ngày *03/02*, ngày *26/3* và ngày *30/4*.",
        ),
        # what the subject is said to be, and a quotation that the question's words lead to
        (
            "Chức năng của Văn phòng là gì?",
            "Chức năng của Văn phòng là tham mưu, giúp việc cho lãnh đạo tỉnh.",
            "Chức",
            "Chức năng của Văn phòng là *tham mưu, giúp việc cho lãnh đạo tỉnh*.",
        ),
        (
            "Phương châm của Văn phòng?",
            MOTTO,
            "Phương",
            "Phương châm của Văn phòng là “*Đoàn kết, kỷ cương, trách nhiệm, sáng tạo*”.",
        ),
        # the members of a motto; a list as a whole, and one item of it under what leads to it
        (
            "3 đúng là gì?",
            "3 đúng là: đúng chính sách, đúng thẩm quyền, đúng thời gian. Hết.",
            "3 đúng",
            "3 đúng là: *đúng chính sách*, *đúng thẩm quyền*, *đúng thời gian*.",
        ),
        (
            "2 thạo là gì?",
            LIST,
            "Thạo nghề",
            "Cán bộ rèn 2 thạo:\n- *Thạo nghề*\n- *Thạo địa bàn*",
        ),
        ("Cán bộ phải rèn những gì?", LIST, "Cán", LIST),
        ("Thạo nghề để làm gì?", LIST, "Thạo nghề", "Cán bộ rèn 2 thạo:\n- *Thạo nghề*"),
        # sentences that are understood together only
        (
            "Sự kiện này ở đâu?",
            "Lễ mít tinh mở ngày 28/8. Sự kiện này tổ chức ở Lào Cai.",
            "Sự kiện",
            "Lễ mít tinh mở ngày 28/8. Sự kiện này tổ chức ở *Lào Cai*.",
        ),
        (
            "Hai bản khác nhau gì?",
            "Bản một ghi 28/8. Bản hai ghi 29/8. Cả hai đều còn hiệu lực.",
            "Bản một",
            "Bản một ghi 28/8. Bản hai ghi 29/8. Cả hai đều còn hiệu lực.",
        ),
        # a long sentence is cut to the clauses that answer
        (
            "Ngày truyền thống Văn phòng là ngày nào?",
            LONG,
            "Trong",
            SHORTENED,
        ),
    ],
)
def test_what_is_shown(question: str, passage: str, sentence: str, expected: str) -> None:
    assert shown(question, passage, sentence) == expected


def test_a_part_of_the_sentence_can_be_set_in_bold_instead() -> None:
    text = shown("Phương châm của Văn phòng?", MOTTO, "Phương", focus="kỷ cương")
    assert text == MOTTO.replace("kỷ cương", "*kỷ cương*")


@pytest.mark.parametrize("question", ["Hồ sơ nộp ở đâu?", "Liệt kê các hồ sơ?", "Hồ sơ là gì?"])
def test_an_excerpt_is_short_and_word_for_word(question: str) -> None:
    passage = (
        "Hồ sơ gồm: " + ", ".join(f"bản kê số {n} của bộ phận lưu trữ" for n in range(40)) + "."
    )
    text = shown(question, passage, "Hồ sơ").replace("*", "").removesuffix(" …").removeprefix("… ")
    assert len(text) <= MAX_ANSWER_CHARACTERS
    assert text in passage
