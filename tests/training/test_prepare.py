"""Examples as the product would read them."""

from pathlib import Path

import pytest

from embeddings import Encoder
from tests.training.made_examples import made
from training.documents import Answer, Base, Document, Question, Split, office_bases
from training.examples import Examples, load, prepare, save
from training.prepare import all_bases

RULES = """## Giờ mở cửa

Bãi xe mở cửa lúc **6 giờ 30**. Cổng phụ khóa lúc 22 giờ. Người gửi xe cần:

- Xuất trình thẻ
- Ghi sổ

| Phòng | Số máy |
|---|---|
| Hành chính | 231 |
| Tiếp dân | 232 |
"""
CANTEEN = "Nhà ăn bán cơm trưa từ 11 giờ. Thực đơn dán ở cửa. Giá một suất là 30.000 đồng.\n"
ASKED = {
    "Bãi xe mở cửa lúc mấy giờ?": ("xe-1", "**6 giờ 30**"),
    "Cổng phụ khóa lúc mấy giờ?": ("xe-1", "22 giờ"),
    "Người gửi xe cần làm gì?": ("xe-1", "- Xuất trình thẻ\n- Ghi sổ"),
    "Số máy của phòng Tiếp dân?": ("xe-1", "232"),
    "Một suất cơm giá bao nhiêu?": ("an-1", "30.000 đồng"),
    "Thực đơn dán ở đâu, giá bao nhiêu?": ("an-1", "ở cửa. Giá một suất là 30.000 đồng"),
    "Trang phục đi họp thế nào?": ("an-1", None),
}
SHOWN = {"6 giờ 30", "22 giờ", "Xuất trình thẻ\n- Ghi sổ", "232", "30.000 đồng",
         "ở cửa. Giá một suất là 30.000 đồng"}  # fmt: skip


def base() -> Base:
    questions = tuple(
        Question(text, "fact", name, () if answer is None else (Answer(name, answer, None),))
        for text, (name, answer) in ASKED.items()
    )
    documents = (Document("xe-1", "Nội quy", RULES), Document("an-1", "Nhà ăn", CANTEEN))
    return Base("b01", Split.TRAIN, "base", documents, questions)


@pytest.fixture(scope="module")
def prepared(encoder: Encoder) -> Examples:
    return prepare(base(), encoder, 0)


def test_spans_stand_where_the_answers_do(prepared: Examples) -> None:
    assert (prepared.base, prepared.split, prepared.source) == ("b01", "train", "base")
    assert len(prepared.examples) == len(ASKED)
    for example, (_, answer) in zip(prepared.examples, ASKED.values(), strict=True):
        stretches = {w.text[slice(*w.span)] for w in example.windows if w.span}
        assert example.answerable == bool(answer) == bool(stretches)
        assert stretches <= SHOWN
        assert len(stretches) <= 1
        if answer is not None:
            assert stretches == {
                shown for shown in SHOWN if shown in answer.replace("- X", "X").replace("**", "")
                and ("ở cửa" in answer) == ("ở cửa" in shown)
            }  # fmt: skip


def test_every_window_is_of_a_document_and_named_by_its_title(prepared: Examples) -> None:
    for example in prepared.examples:
        for window in example.windows:
            assert window.context.startswith(("Nội quy", "Nhà ăn"))
            assert len(window.features) in {0, 6}  # none of a window that was not found, but added


def test_examples_are_kept_as_they_are(prepared: Examples, tmp_path: Path) -> None:
    save(prepared, tmp_path / "b01.pickle")
    assert load(tmp_path / "b01.pickle") == prepared
    save(made(), tmp_path / "b01.pickle")
    assert load(tmp_path / "b01.pickle") == made()
    assert [path.name for path in tmp_path.iterdir()] == ["b01.pickle"]


def test_offices_come_first_and_those_for_the_last_measure_never() -> None:
    bases = all_bases(None)
    offices = [b for b in office_bases() if b.split is not Split.DEV]
    assert {b.name for b in bases[: len(offices)]} == {b.name for b in offices}
    assert not {b.name for b in bases} & {b.name for b in office_bases() if b.split is Split.DEV}
