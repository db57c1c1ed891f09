"""Questions that name a part by its label; driven through `Assistant.answer`."""

from collections.abc import Iterator

import pytest

from embeddings import Encoder, Reader
from knowledge import Assistant, KnowledgeBase

RULES = """# Nội quy kho lưu trữ

## Chương I. QUY ĐỊNH CHUNG

### Điều 1. Phạm vi

Nội quy này áp dụng cho kho lưu trữ cơ quan.

### Điều 2. Giờ mở cửa

1. Kho mở cửa từ 8 giờ đến 16 giờ.
2. Người đến tra cứu phải làm các việc sau:

a) Xuất trình thẻ;

b) Ghi sổ.

3. Kho đóng cửa ngày lễ.

## Chương II. BẢO QUẢN

### Điều 3. Nhiệt độ

1. Nhiệt độ trong kho là 20 độ.
"""
CANTEEN = """# Nội quy nhà ăn

### Điều 1. Giờ ăn

Nhà ăn phục vụ bữa trưa từ 11 giờ.

### Điều 5. Vệ sinh

Bát đĩa được rửa sau mỗi bữa.
"""


@pytest.fixture(scope="module")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("parts")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in (("kho.md", RULES), ("nha-an.md", CANTEEN)):
        articles.joinpath(name).write_text(text, encoding="utf-8")
    with KnowledgeBase(folder / "data", encoder, reader=reader) as base:
        base.reload(articles)
        yield base.assistant()


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("Khoản 1 Điều 2 quy định gì?", ["1. Kho mở cửa từ 8 giờ đến 16 giờ."]),
        ("khoan 3 dieu 2 noi gi", ["3. Kho đóng cửa ngày lễ."]),
        ("điểm b khoản 2 điều 2", ["b) Ghi sổ."]),
        (
            "Khoản 2 Điều 2 nói gì?",
            ["2. Người đến tra cứu phải làm các việc sau:", "a) Xuất trình thẻ;", "b) Ghi sổ."],
        ),
        ("dieu 3 quy dinh gi", ["1. Nhiệt độ trong kho là 20 độ."]),
        ("Điều 5 nói gì", ["Bát đĩa được rửa sau mỗi bữa."]),
        ("Điều 1 nội quy nhà ăn nói gì?", ["Nhà ăn phục vụ bữa trưa từ 11 giờ."]),
        ("chương II quy định gì", ["1. Nhiệt độ trong kho là 20 độ."]),
    ],
)
def test_exactly_the_part_that_is_named_is_shown(
    assistant: Assistant, question: str, lines: list[str]
) -> None:
    answer = assistant.answer(question)
    assert [s.text for s in answer.sentences] == lines
    assert all(s.citation.quote in s.citation.passage for s in answer.sentences)
    assert not answer.refused


def test_a_part_that_several_documents_have_is_offered_from_each(assistant: Assistant) -> None:
    answer = assistant.answer("Điều 1 quy định gì?")
    assert (answer.sentences, answer.refused) == ((), False)
    assert {topic.title for topic in answer.topics} == {
        "Điều 1. Phạm vi – Nội quy kho lưu trữ",
        "Điều 1. Giờ ăn – Nội quy nhà ăn",
    }
    assert answer.notice is not None
    assert answer.notice.startswith("Có 2 tài liệu có Điều 1.")


@pytest.mark.parametrize("question", ["Điều 9 quy định gì?", "Khoản 7 Điều 2 nói gì?"])
def test_a_part_that_is_not_there_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).refused


def test_a_label_beside_another_question_does_not_answer_it(assistant: Assistant) -> None:
    answer = assistant.answer("Điều 3 phạt bao nhiêu tiền với người hút thuốc lá trong kho?")
    assert all("20 độ" not in sentence.text for sentence in answer.sentences)
