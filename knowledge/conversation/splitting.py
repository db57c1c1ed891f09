"""Several questions in one message, taken apart.

A message is cut where its writer set a mark: labels in a row (1. 2. or a) b)), lines, question
marks and semicolons, then commas and "và". It stays whole unless each part asks by itself: what
does not (an introduction, a condition, one more name in a list) stays with what it belongs to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, has_diacritics, nfc
from knowledge.conversation.intent import Intent
from knowledge.conversation.intent_recogniser import intent_recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_PARTS = 5
"""Questions of a message that are answered; what follows stays with the last."""
_LEAST_WORDS = 3  # of a part behind a comma or a joining word: "ở đâu" belongs to the one before
_LEAST_LABELLED_WORDS = 2
_LOOKED_UP = {Intent.QUESTION, Intent.TOPIC}

_ORDINALS = {"nhất": 1, "nhat": 1, "một": 1, "mot": 1, "hai": 2, "ba": 3, "tư": 4, "tu": 4}
_ORDINALS |= {"bốn": 4, "bon": 4, "năm": 5, "nam": 5}
_LABEL = re.compile(
    r"(?:^|(?<=[\s?!.;,:]))(?:"
    r"(?:(?:câu(?: hỏi)?|cau(?: hoi)?|ý|y)\s+)?\(?(?P<sign>\d{1,2}|[a-e])\s?[.)/,:](?!\d)\s*"
    r"|(?:câu(?: hỏi)?|cau(?: hoi)?)\s+(?P<counted>\d)\s+(?:là\s|la\s)?"
    r"|(?:thứ|thu)\s+(?P<ordinal>nhất|nhat|hai|ba|tư|tu|năm|nam|\d)\b\s*(?:là\b|la\b)?[,:.]?\s*"
    r"|(?P<cardinal>một|mot|hai|ba|bốn|bon|năm|nam)\s+(?:là|la)\b[,:]?\s*"
    r")",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-+*•–—▪]\s*|\d{1,2}\s?[.)/:]\s*)")
_LINE = re.compile(r"\s*\n\s*")
_END = re.compile(r"(?<=[?;])\s*")
_AND = r"(?:và|va|với lại|voi lai|đồng thời|dong thoi|ngoài ra|ngoai ra)"
_ENDS = ("là gì", "là ai", "ở đâu", "khi nào", "ngày nào", "năm nào")
_BEHIND_AN_END = "|".join(rf"(?<= {end})" for whole in _ENDS for end in (whole, fold(whole)))
_JOINT = re.compile(
    rf"(?:[,.!]+\s+(?:(?:{_AND}|rồi|roi|còn|con|à|thế|vậy)\s+)*|,\s*"
    rf"|\s+[-–—/|+&]\s+|\s+(?:{_AND}|còn)\s+"
    rf"|(?:{_BEHIND_AN_END})\s+)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"^(?:(?:{_AND}|còn|thêm nữa|nữa là)\s+|[\s,;.:]+)+", re.IGNORECASE)
_JOINT_AT_END = re.compile(r"(?:\s+(?:và|va|với lại|voi lai|còn|đồng thời))+$", re.IGNORECASE)
_ME = r"(?:em|e|mình|minh|tôi|toi|anh|chị|chi|cô|co|bác|bac)"
_MAY_I_ASK = re.compile(
    r"^(?:(?:tiện thể|tien the|nhân tiện|nhan tien|tiện|tien)[\s,]+)?"
    rf"(?:hỏi (?:thêm|luôn)|cho(?: {_ME})? (?:hỏi|hoi)|xin (?:hỏi|hoi))\b(?: thêm| them)?[\s,:]*",
    re.IGNORECASE,
)

_ASKING = re.compile(
    r"\b(?:ai|gì|gi|nào|nao|đâu|mấy|bao (?:nhiêu|lâu|giờ|xa)|(?:thế|ra|vì|tại|làm|thì) sao|ntn"
    r"|bao (?:nhieu|lau|gio)|nhiêu|bn|bnh|what|who|when|where|which|why|how)\b"
    r"|^(?:vì |tại )?sao\b|\b(?:sao|j)$"
    r"|\b(?:có|được|phải|đã|cần|co|duoc|phai|da|can|dc|đc)\b.*\b(?:không|ko|k|chưa|khong|chua)$"
)
_ASKING_WITHOUT_MARKS = re.compile(  # "dau" and "may" alone may be "đầu" and "máy" as well
    r"\b(?:o|tu|vao|den|di|cho|gui) dau\b|\bdau$|\b(?:ra|vi|tai|lam|thi) sao\b"
    r"|\bmay (?:cai|cau|chuong|dieu|dong|gio|hang|hom|lan|loai|muc|nam|ngay|nguoi|phan|thang"
    r"|tien)\b"
)
_NOT_ASKING = re.compile(  # "không có giấy tờ gì", "trong mấy đứa con", "ai cũng biết"
    r"\b(?:không|chưa|chẳng|khong|chua|chang)\b(?:(?!\b(?:là|la)\b).)*"
    r"\b(?:gì|ai|đâu|nào|bao giờ|gi|dau|nao|bao gio)\b"
    r"|^(?:trong|giữa|theo|nhờ|giua|nho)\b(?!.*\b(?:là|la|bao|khi)\b)"
    r"|\b(?:nào|gì|ai|đâu|nao|gi|dau) (?:cũng|cung)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


def split(message: str) -> tuple[str, ...]:
    """Return the questions of a message as typed; the message itself where it is one, or none."""
    text = nfc(message).strip()
    for parts in (_labelled(text), _lines(text)):
        if len(parts) > 1:
            return _bounded(parts)
    parts = _asking_by_themselves(_END.split(text), " ".join, 1)
    parts = [part for whole in parts for part in _joined(whole)]
    return _bounded(parts) if len(parts) > 1 else (message,)


def asks(text: str) -> bool:
    """Tell whether there is a word in `text` that asks something."""
    plain = re.sub(r"[\s?!.;:,…]+", " ", text).strip().lower()
    return bool(
        _ASKING.search(plain)
        or (not has_diacritics(plain) and _ASKING_WITHOUT_MARKS.search(fold(plain)))
    )


def _labelled(text: str) -> list[str]:
    """Return what stands behind labels that count from the first on; nothing without such."""
    labels: list[re.Match[str]] = []
    for match in _LABEL.finditer(text):
        if _place(match) == len(labels) + 1 and (
            not labels or _place_kind(match) == _place_kind(labels[0])
        ):
            labels.append(match)
    ends = [*(label.start() for label in labels[1:]), len(text)]
    parts = [
        _tidy(text[label.end() : end]) for label, end in zip(labels, ends, strict=bool(labels))
    ]
    stands_first = bool(labels) and not text[: labels[0].start()].strip()
    if any(len(part.split()) < _LEAST_LABELLED_WORDS for part in parts):
        return []
    return parts if stands_first or all(map(asks, parts)) else []


def _place(label: re.Match[str]) -> int:
    sign = next(name for name in label.groups() if name is not None).lower()
    if sign in _ORDINALS:
        return _ORDINALS[sign]
    return int(sign) if sign.isdecimal() else ord(sign) - ord("a") + 1


def _place_kind(label: re.Match[str]) -> tuple[str | None, bool]:
    return label.lastgroup, label.group(label.lastgroup or 0).isalpha()


def _lines(text: str) -> list[str]:
    lines = [_BULLET.sub("", line) for line in _LINE.split(text)]
    parts = [_tidy(line) for line in lines if asks(line)]
    others = [line for line in lines if line.strip() and not asks(line)]
    is_around = all(line.rstrip().endswith(":") or _is_small_talk(line) for line in others)
    return parts if is_around else []


def _joined(text: str) -> list[str]:
    """Cut at commas and joining words, where each side asks by itself."""
    pieces: list[str] = []
    joints: list[str] = []
    start = 0
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in _JOINT.finditer(text):
        if any(begin < match.start() < end for begin, end in quoted):
            continue
        pieces.append(text[start : match.start()])
        joints.append(match.group())
        start = match.end()
    pieces.append(text[start:])

    def rejoin(some: Iterable[str]) -> str:
        return "".join(some)

    with_joints = [f"{piece}{joint}" for piece, joint in zip(pieces, [*joints, ""], strict=True)]
    return _asking_by_themselves(with_joints, rejoin, _LEAST_WORDS)


def _asking_by_themselves(
    pieces: list[str], join: Callable[[list[str]], str], least_words: int
) -> list[str]:
    """Return pieces that ask; one that does not goes with the next, at the end with the last.

    Small talk at the end is left out.
    """
    parts: list[str] = []
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        whole = _tidy(join(held) if least_words > 1 else piece)
        if asks(whole) and (least_words == 1 or _is_a_clause(whole)):
            parts.append(join(held))
            held = []
    rest = join(held).strip()
    if not parts:
        return [_tidy(rest)] if rest else []
    if rest and not _is_small_talk(rest):
        parts[-1] = join([parts[-1], *held])
    return [_tidy(part) for part in parts]


def _is_a_clause(piece: str) -> bool:
    """Tell whether a piece at a comma is more than a question word, a negation or a condition."""
    return len(piece.split()) >= _LEAST_WORDS and _NOT_ASKING.search(piece) is None


def _tidy(part: str) -> str:
    """Return a part without the words and signs that only join it to the one before."""
    stripped = _JOINT_AT_END.sub("", part.strip()).strip(" ,;/|\n")
    stripped = _BEFORE.sub("", stripped)
    asked = _MAY_I_ASK.sub("", stripped)
    return asked or stripped


def _is_small_talk(text: str) -> bool:
    return intent_recogniser().recognise(text.strip()) not in _LOOKED_UP


def _bounded(parts: list[str]) -> tuple[str, ...]:
    kept = parts[: MOST_PARTS - 1]
    rest = parts[MOST_PARTS - 1 :]
    return (*kept, " ".join(rest)) if rest else tuple(kept)
