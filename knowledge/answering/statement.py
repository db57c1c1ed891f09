"""What one sentence states, and what it takes to understand it.

Anaphora: how many sentences before it name what it speaks of. The copula's complement: what it says
its subject is. The time that it is tied to: "gần 76 năm", "hiện nay". The date of a document, as
against the date of what it decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllable_spans, syllables
from knowledge.answering.question import QuestionKind
from knowledge.entities.document_numbers import document_numbers

if TYPE_CHECKING:
    from embeddings.sentences import Span
    from knowledge.answering.coverage import QuestionCoverage
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.index.citation import Citation

_POINTS_BACK = re.compile(
    r"(?:Đây|Đó|Điều (?:này|đó)|Việc (?:này|đó)|Ngày này|Sự kiện này|Văn bản này|Quyết định này|"
    r"Hai bản này|Nguyên tắc này)\b"
)
# "… rèn luyện theo chuẩn mực này": what "này" means stands in the sentence before.
_REFERS = re.compile(
    r"\b(?:chuẩn mực|nguyên tắc|phương châm|câu|nội dung|văn bản|quy định|số) này\b"
)
# "Những con số này", "cả hai cách viết": of more than one sentence.
_REFERS_TO_SEVERAL = re.compile(r"\b(?:(?:những|các) (?:\w+ ){1,3}này|cả hai)\b", re.IGNORECASE)
_COPULA = re.compile(
    r"[\s”\"’,]*(?:(?:chính|cũng|đó)\s+)?(?:là|bao gồm|gồm|gồm có)\s*:?\s+[“\"]?", re.IGNORECASE
)
_HAS_COPULA = re.compile(r"\b(?:là|gồm)\b", re.IGNORECASE)
_STOP = re.compile(r"[.;:!?…”\"](?:\s|$)|,\s|[”\"]")
_LAST_MEMBER = re.compile(r",\s[^,.;:]{0,90}\svà\s[^,.;:]{1,90}(?=[,.;:]|$)")
_WHOLE_SUBJECT = re.compile(
    rf"(?P<subject>[^.;:!?…”\"]{{3,120}}?(?=\s)){_COPULA.pattern}", re.IGNORECASE
)
_NEGATION = re.compile(r"\b(?:không|chưa|chẳng) phải$", re.IGNORECASE)
_FULL_SUBJECT = 0.8
_MAX_LENGTH = 220
_SHORT = 30  # a comma this soon separates members rather than clauses
UNDATED = "tính đến khi tài liệu được viết"
_TIED = re.compile(
    r"\b(?:(?:gần|hơn|tròn|trên|suốt|khoảng|qua) (?:\d+|nửa) (?:năm|thế kỷ)|(?:hiện|đến|ngày) nay"
    r"|hiện (?:có|tại|đang|còn)|những năm (?:gần đây|qua|tới)|năm nay|nhiệm kỳ này"
    r"|thời gian (?:qua|tới))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:khoảng )?năm \d{4}", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOCUMENT_WORDS = re.compile(
    r"\b(?:nghi quyet|quyet dinh|nghi dinh|luat|van ban|thong qua|ban hanh|ky)\b"
)
_ABOUT_DOCUMENT = frozenset(
    "quyet dinh nghi dinh thong tu chi thi luat van ban so ky ban hanh thong qua ra doi "
    "thu tuong chinh phu quoc hoi ttg qd nq nd ngay thang nam luc thoi gian".split()
)
_SIGNED = re.compile(r"(?:ký|ban hành|thông qua)[^.;]*?ngày\s+\d", re.IGNORECASE)
_DATE_FOLLOWS = re.compile(r"\s*,?\s*(?:ký\s+)?ngày\s+\d")
_DECISION = re.compile(
    r"(?:nghị quyết|quyết định|luật|văn bản|nghị định)\s+(?:về|của)\b[^.;]*?"
    r"(?:thông qua|ban hành|ký)\b",
    re.IGNORECASE,
)


def reach_back(sentence: str) -> int:
    """Return how many sentences before `sentence` name what it speaks of: 0, 1 or 2."""
    if _REFERS_TO_SEVERAL.search(sentence):
        return 2
    return int(bool(_POINTS_BACK.match(sentence) or _REFERS.search(sentence)))


def complement_span(text: str, coverage: QuestionCoverage) -> Span | None:
    """Return the range of what `text` says of the question's words, or None.

    The copula must follow one of those words directly ("… với chức năng là cơ quan tham mưu"), or a
    subject that holds them all ("Truyền thống của Văn phòng UBND tỉnh Lào Cai là: …").
    """
    if not _HAS_COPULA.search(text):
        return None
    places = syllable_spans(text)
    best: tuple[float, Span] | None = None
    for position, weight in coverage.positions(syllables(text)):
        match = _COPULA.match(text, places[position][1])
        if match is None or _NEGATION.search(text, 0, places[position][1]):
            continue
        end = _end(text, match)
        if 3 <= end - match.end() <= _MAX_LENGTH and (best is None or weight > best[0]):
            best = weight, (match.end(), end)
    copula = _WHOLE_SUBJECT.match(text)
    if best is None and copula is not None and not _NEGATION.search(copula["subject"]):
        end = _end(text, copula)
        subject = coverage.of(syllables(copula["subject"]))
        if subject >= _FULL_SUBJECT and 3 <= end - copula.end() <= _MAX_LENGTH:
            return copula.end(), end
    return best[1] if best else None


def as_of(text: str, citation: Citation) -> str | None:
    """Return what to add to a sentence that is tied to a time: "theo bài viết khoảng năm 2021".

    The year comes from the source, or else the day from the article's date. None for a sentence
    that is tied to no time or names that year itself.
    """
    if not _TIED.search(text):
        return None
    kind = "bài viết" if "bài viết" in citation.source.lower() else "tài liệu"
    if year := _YEAR.search(citation.source):
        return None if year.group()[-4:] in text else f"theo {kind} {year.group()}"
    if citation.published is None:
        return UNDATED
    day = _DATE.fullmatch(citation.published)
    return f"theo {kind} ngày {'/'.join(reversed(day.groups()))}" if day else UNDATED


def asks_document_date(question: AnalysedQuestion) -> bool:
    """Tell whether `question` asks when a document was signed, and nothing else."""
    words = {fold(token) for _, token in question.content}
    about = {word for word in words if not any(c.isdigit() for c in word)}
    names_one = _DOCUMENT_WORDS.search(fold(question.text.lower())) is not None
    return question.kind is QuestionKind.DATE and names_one and about <= _ABOUT_DOCUMENT


def states_document_date(sentence: str) -> bool:
    """Tell whether `sentence` says when a document was signed: "828/QĐ-TTg ngày 22/7/2004"."""
    if _SIGNED.search(sentence):
        return True
    return any(_DATE_FOLLOWS.match(sentence, n.span[1]) for n in document_numbers(sentence))


def dates_only_the_decision(sentence: str, question: AnalysedQuestion) -> bool:
    """Tell whether `sentence` dates the decision about what `question` asks the date of.

    "Nghị quyết về việc tái lập tỉnh được thông qua ngày 12/8/1991" does not say when the province
    was established again.
    """
    return (
        question.kind in {QuestionKind.DATE, QuestionKind.OTHER}
        and _DECISION.search(sentence) is not None
        and _DOCUMENT_WORDS.search(fold(question.text.lower())) is None
    )


def _end(text: str, copula: re.Match[str]) -> int:
    if copula.group().rstrip().endswith(("“", '"')):
        closing = re.search(r"[”\"]", text[copula.end() :])
        return copula.end() + closing.start() if closing else len(text)
    stop = _STOP.search(text, copula.end())
    if stop is None:
        return len(text.rstrip())
    while stop.group().startswith(",") and stop.start() - copula.end() < _SHORT:
        further = _STOP.search(text, stop.end())
        if further is None:
            return len(text.rstrip())
        stop = further
    if last := _LAST_MEMBER.match(text, stop.start()):
        return last.end()
    return stop.start()
