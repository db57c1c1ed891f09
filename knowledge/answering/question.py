"""What a question asks for, and the words that carry its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from embeddings.vietnamese import fold, syllables
from knowledge.entities.quantities import NUMBER_WORDS

SHORT_QUESTION = 6
"""Content syllables: longer questions say enough to be judged as a whole."""


class QuestionKind(StrEnum):
    """The sort of thing that answers a question."""

    DATE = "date"
    DURATION = "duration"
    COUNT = "count"
    PERSON = "person"
    PLACE = "place"
    DOCUMENT = "document"
    CONTACT = "contact"
    LIST = "list"
    REASON = "reason"
    DEFINITION = "definition"
    OTHER = "other"


# Matched against the folded, lower-case question; the first that matches decides.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            QuestionKind.CONTACT,
            (r"\b(?:so dien thoai|sdt|hotline|duong day nong|email|e mail|fax|dia chi)\b"),
        ),
        (QuestionKind.REASON, r"\b(?:tai sao|vi sao|do dau|nguyen nhan nao|ly do)\b"),
        (
            QuestionKind.DURATION,
            r"\b(?:(?:bao nhieu|may) (?:nam|thang|ngay|tuoi|thap ky|the ky)|bao lau)\b",
        ),
        (
            QuestionKind.DOCUMENT,
            (
                r"\b(?:quyet dinh|nghi quyet|van ban|nghi dinh|thong tu|chi thi|luat)"
                r"(?:(?: so)?(?: nao| may| bao nhieu| gi)|.* so (?:nao|may|bao nhieu|gi))\b"
            ),
        ),
        (
            QuestionKind.LIST,
            r"^(?:cac|nhung)\b|\b(?:nhung|cac) (?:(?!la\b)\w+ ){1,6}nao\b|\bnhung (?:gi|ai|dau)\b",
        ),
        (
            QuestionKind.DATE,
            (
                r"\b(?:(?:ngay|thang|nam|thoi gian|dip|luc|hom|thoi diem) (?:nao|may|bao nhieu)"
                r"|khi nao|bao gio|nam bao nhieu|(?:ngay|nam) thanh lap|ngay ky(?! niem))\b"
                r"|^(?:ngay|nam) (?!.*\b(?:gi|nhu the nao|sao|nghia)\b)(?!.*\bngay gi\b)"
            ),
        ),
        (
            QuestionKind.LIST,
            (
                r"\b(?:gom (?:nhung )?(?:gi|cai gi|noi dung|ngay|to chuc|ai)|bao gom|liet ke|ke ten"
                r"|ke ra|nhung gi|neu ten"
                r"|(?:nhung|cac) [\w ]{2,40} (?:nao|gi)\b|nhung [\w ]{2,30} nao)"
            ),
        ),
        (
            QuestionKind.COUNT,
            r"\b(?:bao nhieu|may|so luong|tong so)\b|^(?:dan so|dien tich|bien che|muc luong)\b",
        ),
        (QuestionKind.PERSON, r"(?:^|\b)(?:ai|nguoi nao|co quan nao|don vi nao|cap nao|ten gi)\b"),
        (
            QuestionKind.PLACE,
            r"\b(?:o dau|tai dau|noi nao|cho nao|dia diem nao|tinh nao)\b",
        ),
        (
            QuestionKind.DEFINITION,
            (
                r"\b(?:la gi|nghia la|the nao la|la the nao|la nhu the nao|ngay gi|noi gi"
                r"|quy dinh gi|ve viec gi|ve gi|dieu gi|viec gi|su kien gi|y nghia)\b"
            ),
        ),
    )
)

# Pairs of syllables, and syllables, that ask or connect rather than mean.
_FUNCTION_PAIRS = frozenset(
    "là_gì bao_nhiêu khi_nào bao_giờ như_thế thế_nào tại_sao vì_sao ở_đâu tại_đâu cho_hỏi xin_hỏi "
    "cho_biết hãy_cho ai_là là_ai những_gì bao_gồm bao_lâu giúp_mình giúp_em giúp_tôi cho_mình "
    "cho_em cho_tôi mình_hỏi em_hỏi tôi_hỏi bạn_ơi ơi_cho hiện_nay bây_giờ hiện_tại ngày_nào "
    "năm_nào tháng_nào ngày_gì việc_gì điều_gì nói_gì liệt_kê kể_tên kể_ra thế_ạ vậy_ạ được_không "
    "phải_không có_phải đúng_không hay_không cụ_thể là_sao nói_về quy_định gồm_những muốn_biết "
    "cho_xin nêu_tên nghĩa_là chúng_ta chúng_tôi ra_sao làm_sao thế_là hay_là trình_bày "
    "giải_thích tìm_hiểu diễn_ra xảy_ra sự_kiện năm_bao ngày_bao tháng_bao "
    "ngày_mấy năm_mấy tháng_mấy hiện_có hiện_còn".split()
)
_FUNCTION_WORDS = frozenset(
    "là gì ai nào khi bao nhiêu ở đâu tại sao vì thế mấy không những các của được đã đang sẽ cho "
    "và với thì mà để từ đến bởi do này kia đây đấy ấy đó a à ạ á ơi nhé nhỉ nha vậy hay hoặc có "
    "bị trong trên dưới về theo vào ra lên cùng rất quá nữa còn chỉ mọi cái sự ta mình tôi em anh "
    "chị bạn ông bà xin hỏi biết hãy giúp rồi chưa nếu kể gồm ad admin bot vui lòng lúc như một nó "
    "họ câu phải nêu thôi cả đều bằng nhau vs k ko j e mk mn mng ac xong lấy".split()
)
# "Năm thành lập … được không" asks for no year; "3 không" at the end is a motto.
_YES_NO = re.compile(
    r"\b(?:duoc|phai|dung|chua|hay) khong$|\bco phai\b|\bco\b.*(?<!\d)(?<!\bba) khong$"
)
_INTERROGATIVE = re.compile(
    r"\b(?:nao|gi|ai|dau|bao nhieu|may|bao gio|bao lau|sao|vi sao|tai sao)\b"
)
_CURRENT_PAIRS = frozenset({"hiện_nay", "hiện_tại", "bây_giờ", "hôm_nay", "đương_nhiệm"})
# Nouns that are counted, not sworn to: "hai câu", "3 năm".
_COUNTED_NOUNS = frozenset(
    "câu ngày năm tháng tuần giờ nhóm người bản cách việc điều loại tỉnh huyện xã phường nguồn bài "
    "chương đề dự lĩnh phần mục ý đợt lần cơ đơn".split()
)
MOTTO_WORDS = frozenset({"không", "có", "phải", "biết", "cùng"})
"""Words of mottos that mean little elsewhere: "3 không", "4 cùng"."""
_ME = r"(?:em|e|minh|m|toi|t|anh|chi|chung toi|chung em|moi nguoi)"
_OPENING = re.compile(
    r"(?:(?:da|vang|alo|xin chao|chao|hi|hello|ad|admin|bot|ban|anh|chi|a|c|oi)[ ,.!]+)*"
    rf"(?:cho {_ME} hoi|cho hoi|xin hoi|{_ME} hoi|hoi (?:chut|ti)|{_ME} (?:muon|can) (?:hoi|biet)"
    rf"|(?:hay |xin |lam on )?cho {_ME} biet|(?:hay |xin )?cho biet)"
    r"(?: (?:la|rang|chut|ti|voi))*\b[ ,:]*"
)
_CLOSING = re.compile(
    r"(?:[ ,]+(?:(?:(?:voi|the|vay|z) )?a|ah|nhe|nha|(?:(?:the|vay|z|r) )?nhi|vs|ad|bot|mn|mng"
    r"|moi nguoi|(?:em )?cam on|thanks))+[ ?.!]*$"
)
# "em là nhân viên mới, …"
_WHO_ASKS = re.compile(rf"^(?:da[ ,]+)?{_ME} (?:la|moi|dang)\b[^,.?!]{{2,50}}[,.!] *(?=\S{{2}})")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Focus:
    """Places of the content that the question word belongs to; a phrase must stand together."""

    places: tuple[int, ...] = ()
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class AnalysedQuestion:
    """A question's kind, and its content syllables with their places in the question.

    `content` holds (position, syllable) in the question's own spelling, `numbers` the figures it
    names, `formulas` the numbered mottos; `text` is the question in full spelling. `focus` is
    the content right at the question word, `current` tells that today's state is asked for, and
    `unknown_motto` that a numbered motto is asked about that no passage spells out, `is_yes_no`
    that the answer is yes or no.
    """

    text: str
    kind: QuestionKind
    content: tuple[tuple[int, str], ...]
    numbers: frozenset[str]
    formulas: tuple[tuple[int, str], ...]
    focus: Focus = field(default_factory=Focus)
    current: bool = False
    unknown_motto: bool = False
    is_yes_no: bool = False


def without_politeness(question: str) -> str:
    """Return `question` without "cho em hỏi …" and "… với ạ", which only blur what is asked."""
    folded = fold(question).lower()
    if len(folded) != len(question):  # a rare letter that folds to several
        return question
    introduction = _WHO_ASKS.match(folded)
    start = introduction.end() if introduction else 0
    opening, closing = _OPENING.match(folded, start), _CLOSING.search(folded)
    start = opening.end() if opening else start
    end = closing.start() if closing else len(question)
    core = question[start:end].strip()
    return core if _LETTER.search(core) else question


def analyse(question: str) -> AnalysedQuestion:
    """Return what the fully spelled `question` asks for and the words that carry its meaning."""
    tokens = syllables(question)
    pairs = [f"{a}_{b}" for a, b in pairwise(tokens)]
    folded = " ".join(fold(token) for token in tokens)
    kind = _kind(folded)
    asking = _FUNCTION_PAIRS
    if kind is QuestionKind.PERSON:
        asking -= {"quy_định"}  # "ai quy định"
    content: list[tuple[int, str]] = []
    for position, token in enumerate(tokens):
        around = pairs[max(position - 1, 0) : position + 1]
        in_formula = position > 0 and _is_formula(tokens[position - 1], token)
        if position + 1 < len(tokens) and _is_formula(token, tokens[position + 1]):
            continue  # the number of a motto is checked with the motto
        if any(pair in asking for pair in around) and not in_formula:
            continue
        if token in _FUNCTION_WORDS and not in_formula:
            continue
        content.append((position, token))
    return AnalysedQuestion(
        text=question,
        kind=kind,
        content=tuple(content),
        numbers=frozenset(token for token in tokens if token.isdigit()),
        formulas=_formulas(tokens),
        focus=_focus(kind, tokens, [position for position, _ in content]),
        current=any(pair in _CURRENT_PAIRS for pair in pairs),
        is_yes_no=_is_yes_no(folded),
    )


def _focus(kind: QuestionKind, tokens: list[str], content: list[int]) -> Focus:
    """Return the content next to the question word.

    After "bao nhiêu" ("bao nhiêu phòng ban") or at the start ("dân số … bao nhiêu"); before "nào"
    ("thành lập năm nào"); the office that "ai là" or "là ai" asks about.
    """
    if not content:
        return Focus()
    if kind is QuestionKind.COUNT:
        asked = next((n for n, token in enumerate(tokens) if token in {"nhiêu", "mấy"}), 0)
        after = [n for n in (asked + 1, asked + 2) if n in content]
        counted = after[:1] == [asked + 1]
        return Focus(tuple(after), is_phrase=True) if counted else Focus((content[0],))
    if kind is QuestionKind.DATE and tokens[-1] in {"nào", "giờ", "nhiêu", "mấy"}:
        return Focus(tuple(n for n in content[-2:] if n >= content[-1] - 1))
    if kind is QuestionKind.PERSON:
        return _person_focus(tokens, content)
    return Focus()


def _person_focus(tokens: list[str], content: list[int]) -> Focus:
    """Return what "ai" did, where it is signing, or the office that "ai là" or "là ai" asks for."""
    neighbours = set(pairwise(tokens))
    if ("ai", "ký") in neighbours:
        return Focus((tokens.index("ai") + 1,))
    if ("ai", "là") in neighbours:
        return Focus(_run(content, tokens.index("ai")), is_phrase=True)
    if ("là", "ai") in neighbours:
        return Focus(_run(content, -1), is_phrase=True)
    return Focus()


def _run(content: list[int], after: int) -> tuple[int, ...]:
    """Return up to three neighbouring places from the first one past `after`."""
    later = [n for n in content if n > after]
    return tuple(n for n in later[:3] if n - later[0] < 3)


def _kind(folded: str) -> QuestionKind:
    if _is_yes_no(folded):
        return QuestionKind.OTHER
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return kind
    return QuestionKind.OTHER


def _is_yes_no(folded: str) -> bool:
    return bool(_YES_NO.search(folded)) and not _INTERROGATIVE.search(folded)


def _is_number(token: str) -> bool:
    return token in NUMBER_WORDS or (token.isdigit() and 2 <= int(token) <= 10)


def _is_formula(number: str, word: str) -> bool:
    """Tell whether the two tokens name a numbered motto: "2 thạo", "ba không"."""
    if not _is_number(number) or not word.isalpha() or _is_number(word):
        return False
    return word not in _FUNCTION_WORDS | _COUNTED_NOUNS or word in MOTTO_WORDS


def _formulas(tokens: list[str]) -> tuple[tuple[int, str], ...]:
    """Return the numbered mottos named in the question: "2 thạo", "hai thạo" → (2, "thạo")."""
    return tuple(
        (int(NUMBER_WORDS.get(number, number)), word)
        for number, word in pairwise(tokens)
        if _is_formula(number, word)
    )
