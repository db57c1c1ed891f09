"""Sentences that can be asked about, and the questions that they turn into.

Vietnamese asks in place: put "ngày nào" where the date stood and the sentence is a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import nfc, syllables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from embeddings.sentences import Span
    from knowledge.articles.chunk import Chunk

MOST_QUESTION_CHARACTERS = 200
"""Longer questions are no longer read in one go; Telegram itself would allow 300."""
LEAST_QUESTION_CHARACTERS = 15
BLANK = "____"
"""Stands where something is to be filled in."""
LEAST_CONTENT = 2
"""Syllables that say what a question is about."""

_DENIES = re.compile(
    r"(?<!\w)(?:không phải|không nên|không nêu|không nói|không nguồn|không có văn bản|chưa)(?!\w)",
    re.IGNORECASE,
)
_ABOUT_TEXTS = re.compile(
    r"(?<!\w)(?:bài viết|bài này|bài của|bài đó|các nguồn|nguồn nào|trích dẫn|tài liệu này"
    r"|con số|điều này)(?!\w)",
    re.IGNORECASE,
)
_POINTS_AWAY = re.compile(
    r"(?<!\w)(?:này|nó|họ|đó|ấy|kia|nói trên|nêu trên|dưới đây|sau đây|vừa qua|hiện nay|gần đây"
    r"|nêu)(?!\w)",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:đây|đó|nó|họ|điều|bên|ngoài|tuy|nhưng|vì|do|để|trải|nhờ|kịp|khi|qua|cả|và|hoặc|là|gồm"
    r"|được|có|các ông|những|sau|với|dưới|trước|mặc dù|ví dụ|tự hào|góp phần"
    r"|căn cứ)(?!\w)(?! (?:nào|ai|đâu))",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?:nguyên tắc|chương trình|kế hoạch|quyết định|nghị quyết|đề án|quy chế|quy định|văn bản|tỉnh"
    r"|huyện|xã|cơ quan|đơn vị|ban|phòng|hội nghị|dự án|phong trào|công tác|hệ thống|bộ phận) (?:có"
    r"|gồm|là|được|đã|do|quy định|nêu|lấy|sẽ|thuộc|cần|phải|luôn)(?!\w)",
    re.IGNORECASE,
)
"""A common noun that an earlier sentence made definite."""
_OPENING = re.compile(
    r"^(?:đặc biệt|đồng thời|ngoài ra|bên cạnh đó|trong đó|tuy nhiên|cụ thể|đến nay|theo đó"
    r"|như vậy)(?: là)?,? ",
    re.IGNORECASE,
)
_ALSO = re.compile(r" cũng(?= )")
_DETAILS = re.compile(r",? (?:bao gồm|gồm|trong đó|cụ thể)(?: có)? (?=\d)|: (?![“\"])")
_QUESTION_WORD = re.compile(r"(?<!\w)(?:nào|bao nhiêu|ai|đâu|gì|mấy)(?!\w)", re.IGNORECASE)
DAY_COMES_FIRST = re.compile(
    r"(?:^|, )(?P<day>(?:vào |từ |đến )?ngày \d{1,2}/\d{1,2}(?:/\d{4})?, )", re.IGNORECASE
)
_STOP_SYLLABLES = frozenset(
    "là của và các những được vào từ ngày năm tháng nào ai gì bao nhiêu đâu theo tại ở trong cho "
    "có đã với do số hằng hàng một số sau trước này đó".split()
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a passage: `quote` as it stands, `text` in NFC without its full stop."""

    chunk: Chunk
    quote: str
    text: str


def statements(chunk: Chunk) -> Iterator[Statement]:
    """Yield the sentences that say something of their own, not what is not known or not so."""
    for sentence in chunk.sentences:
        text = nfc(sentence.text).strip().rstrip(" .;…/")
        if text and not _DENIES.search(text) and not _ABOUT_TEXTS.search(text):
            yield Statement(chunk, sentence.text.strip(), text)


def asked(text: str, span: Span, word: str) -> str | None:
    """Return `text` as a question with `word` where `span` was, or None if none comes of it.

    What a semicolon or a list of details cuts off is left out.
    """
    before, after = text[: span[0]], text[span[1] :]
    before = before.rsplit("; ", 1)[-1]
    after = after.split("; ", 1)[0]
    if details := _DETAILS.search(after):
        after = after[: details.start()]
    if len(before) + len(after) > MOST_QUESTION_CHARACTERS // 2:
        for match in list(DAY_COMES_FIRST.finditer(before))[-1:]:
            before = before[match.start("day") :]
    if len(before) + len(word) + len(after) >= MOST_QUESTION_CHARACTERS:
        after = after.split(", ", 1)[0] if not after.startswith(", ") else after
    return question_of(before + word + after)


def question_of(sentence: str) -> str | None:
    """Return `sentence` with a capital and a question mark, or None if it can't stand alone."""
    text = _ALSO.sub("", _OPENING.sub("", " ".join(sentence.split()))).strip(" ,;:.–-")
    if not text:
        return None
    text = text[0].upper() + text[1:] + "?"
    stands = (
        LEAST_QUESTION_CHARACTERS <= len(text) <= MOST_QUESTION_CHARACTERS
        and not _POINTS_AWAY.search(text)
        and not _HANGING.match(text)
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and not text.endswith(" rằng?")
        and not _UNNAMED.match(text)
        and len(_QUESTION_WORD.findall(text)) == 1
        and len(content(text)) >= LEAST_CONTENT
    )
    return text if stands else None


def blank(text: str, span: Span) -> str | None:
    """Return `text` as a sentence to be filled in where `span` was, or None if it is too long."""
    before, after = text[: span[0]], text[span[1] :]
    sentence = f"{before}{BLANK}{after}"
    question = (
        f"Điền vào chỗ trống: {sentence}"
        if "“" in sentence
        else (f"Điền vào chỗ trống: “{sentence}.”")
    )
    fits = len(question) <= MOST_QUESTION_CHARACTERS and not _POINTS_AWAY.search(sentence)
    return question if fits and not _HANGING.match(sentence) else None


def content(text: str) -> frozenset[str]:
    """Return the syllables of `text` that say what it is about."""
    return frozenset(syllables(text)) - _STOP_SYLLABLES


def holds_any(text: str, answers: Sequence[str]) -> bool:
    """Tell whether one of `answers` stands in `text`, in whatever case."""
    words = f" {' '.join(syllables(text))} "
    return any(f" {' '.join(syllables(answer))} " in words for answer in answers)
