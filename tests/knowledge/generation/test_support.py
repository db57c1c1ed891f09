"""Holds sentences as a model writes them against the passages that they cite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from embeddings.sentences import sentences
from knowledge.generation.claims import unsupported_claims
from knowledge.generation.passages import Passage
from knowledge.generation.support import bearing
from knowledge.index.citation import Citation

FILE = Path(__file__).parents[2] / "data" / "generated_sentences.yaml"
# Shares reached: of good sentences that stand, and of bad ones that don't.
REACHED = {"tuned": (0.90, 1.0), "held_out": (0.87, 1.0), "unseen": (0.92, 1.0)}


def passage(text: str, context: str = "", *statements: str) -> Passage:
    citation = Citation("Bài", "Nguồn", "", text, text, "0" * 16)
    return Passage(1, context, citation, statements or tuple(sentences(text)))


def cases(part: str) -> Iterator[tuple[bool, str, Passage]]:
    for entry in yaml.safe_load(FILE.read_text("utf-8"))[part]:
        cited = passage(entry["passage"], entry["context"])
        for is_good, kind in ((True, "good"), (False, "bad")):
            for sentence in entry[kind]:
                yield is_good, sentence, cited


@pytest.mark.parametrize("part", REACHED)
@pytest.mark.parametrize("good", [True, False], ids=["good", "bad"])
def test_share_judged_right_never_sinks(part: str, *, good: bool) -> None:
    asked = [(sentence, cited) for is_good, sentence, cited in cases(part) if is_good is good]
    wrong = [text for text, cited in asked if (bearing(text, cited) is not None) is not good]
    assert 1 - len(wrong) / len(asked) >= REACHED[part][not good], wrong


@pytest.mark.parametrize(
    ("sentence", "statement", "wrong"),
    [
        ("Ký ngày 22/7/2004.", "Ký ngày 22 tháng 7 năm 2004.", []),
        ("Ký năm 2004.", "Ký ngày 22/7/2004.", []),
        ("Ký ngày 22/7/2004.", "Ký năm 2004.", ["date"]),
        ("Ký ngày 22/7/2005.", "Ký ngày 22/7/2004.", ["date"]),
        ("Quyết định 12/QĐ-UBND.", "Quyết định 12/QĐ-TTg.", ["document number"]),
        ("Có hai phòng.", "Có 2 phòng.", []),
        ("Có 13.020 phòng.", "Có 13020 phòng.", []),
        ("Có 3 phòng.", "Có 2 phòng.", ["quantity"]),
        ("Có 3 phòng.", "Có 2 phòng và 3 ban.", ["quantity"]),
        ("Ông Nguyễn Văn Nam ký.", "Ông Nguyễn Văn Nam ký.", []),
        ("Ông Nguyễn Văn Ban ký.", "Ông Nguyễn Văn Nam ký.", ["name"]),
        ("Việc do Chánh Văn phòng lo.", "Việc do Phó Chánh Văn phòng lo.", ["name"]),
        ("Xem https://a.vn/b nhé.", "Xem https://a.vn nhé.", ["address"]),
        ("Hỏi a@b.vn hoặc @bot.", "Hỏi bộ phận một cửa.", ["address", "symbol"]),
        ("Xem laocai.gov.vn.", "Xem laocai.gov.vn.", []),
        ("Giới thiệu › Có hai phòng 😀.", "Giới thiệu: có hai phòng.", ["symbol"]),
        ("Được nghỉ bù.", "Không được nghỉ bù.", ["negation"]),
        ("Không được nghỉ bù.", "Được nghỉ bù.", ["negation"]),
        ("Đăng ký sau 10 giờ.", "Đăng ký trước 10 giờ.", ["quantity"]),
        ("Nộp sau ngày 5/3/2024.", "Nộp trước ngày 5/3/2024.", ["date"]),
        ("Phòng A có 9 máy.", "Phòng A có 7 máy, phòng B có 9 máy.", ["quantity"]),
        ("Phòng B có 9 máy, phòng A có 7 máy.", "Phòng A có 7 máy, phòng B có 9 máy.", []),
        ("Số 2/QĐ-A ngày 3/4/2024.", "Số 2/QĐ-A ngày 5/4/2024 thay số 1/QĐ-A ngày 3/4/2024.",
         ["date"]),
        ("Tỉnh Hà Bắc hợp nhất vào Hòa Bình.", "Hòa Bình hợp nhất vào tỉnh Hà Bắc.", ["order"]),
    ],
)  # fmt: skip
def test_what_is_claimed_must_be_stated(sentence: str, statement: str, wrong: list[str]) -> None:
    assert unsupported_claims(sentence, statement) == wrong


LIST = passage(
    "Các ngày kỷ niệm:\n- ngày thành lập Đảng 03/02\n- ngày toàn thắng 30/4",
    "Thi đua",
    "Các ngày kỷ niệm:\nngày thành lập Đảng 03/02",
    "Các ngày kỷ niệm:\nngày toàn thắng 30/4",
)


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("Các ngày kỷ niệm gồm ngày thành lập Đảng 03/02 và ngày toàn thắng 30/4.", True),
        ("Các ngày kỷ niệm gồm ngày thành lập Đảng 30/4 và ngày toàn thắng 03/02.", False),
        ("Các ngày kỷ niệm gồm ngày thành lập Đảng 03/02 và ngày Quốc khánh 2/9.", False),
    ],
)
def test_a_sentence_may_gather_items_of_a_list(sentence: str, *, stands: bool) -> None:
    assert (bearing(sentence, LIST) is not None) is stands
