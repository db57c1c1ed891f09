"""What surrounds a question for politeness' sake: "cho em hỏi …", "… với ạ"."""

from __future__ import annotations

import re

from embeddings.vietnamese import fold

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
