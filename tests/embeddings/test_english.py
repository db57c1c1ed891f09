import pytest

from embeddings.english import in_vietnamese, is_english
from embeddings.vietnamese import fold


@pytest.mark.parametrize(
    "text",
    [
        "When was the office founded?",
        "who signed decision 828",
        "How many communes does Lao Cai have?",
        "When did Lào Cai merge with Yên Bái?",
        "WHAT IS THE MOTTO",
    ],
)
def test_english_is_known(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày truyền thống Văn phòng là ngày nào?",
        "Deadline nộp hồ sơ là khi nào",
        "function của văn phòng là gì",
        "Văn phòng có bao nhiêu người?",
        "các ban, các hội, the nao",
        "vpubnd tinh",
        "2 thạo 3 đúng 3 không",
        "QH15",
        "",
        "???",
    ],
)
def test_vietnamese_is_not_taken_for_it(text: str) -> None:
    assert not is_english(text)
    assert not is_english(fold(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When was the office founded?", "Văn phòng thành lập khi nào"),
        ("Who signed Decision 828/QĐ-TTg?", "ai ký quyết định 828/QĐ-TTg"),
        ("The motto of the office", "khẩu lệnh của Văn phòng"),
        ("", ""),
    ],
)
def test_words_become_vietnamese_by_the_longest_phrases(text: str, expected: str) -> None:
    words = {
        "the": "",
        "was": "",
        "when": "… khi nào",
        "who": "ai",
        "of": "của",
        "the office": "Văn phòng",
        "found": "thành lập",
        "sign": "ký",
        "decision": "quyết định",
        "motto": "khẩu lệnh",
    }
    assert in_vietnamese(text, words) == expected
