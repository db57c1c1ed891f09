"""Options that speak of other options: "tất cả các phương án trên", "cả A và B".

They give the answer away, and mean nothing once the options are shuffled.
"""

from __future__ import annotations

import re

from embeddings.vietnamese import fold

_NOUN = r"(?:phuong an|dap an|lua chon|cau tra loi|cau|y|dieu)"
_ABOVE = r"(?:o tren|neu tren|ke tren|tren day|tren)"
_VERDICT = r"(?:(?:deu|la) )*(?:dung|sai|khong dung)"
_LETTERS = r"[a-j](?: (?:va |hoac )?[a-j])+"
_NUMBERS = r"\d{1,2}(?: (?:va |hoac )?\d{1,2})+"

# "Cả năm" alone is a whole year.
_ALL = rf"(?:tat ca|ca (?:hai|ba|bon|nam(?= )|\d))(?: (?:cac|nhung))?(?: {_NOUN})?(?: {_ABOVE})?"
_NONE = rf"khong(?: co)?(?: {_NOUN})? nao(?: trong so do)?(?: {_ABOVE})?"
_NAMED = rf"(?:ca )?(?:{_NOUN} )?{_LETTERS}|(?:ca )?{_NOUN} {_NUMBERS}|ca {_NUMBERS}"
_REFERENCE = re.compile(rf"(?:{_ALL}|{_NONE}|{_NAMED})(?: {_VERDICT})?")


def refers_to_options(option: str) -> bool:
    """Tell whether the whole of `option` only speaks of the other options."""
    words = re.sub(r"[^\w]+", " ", fold(option).casefold()).strip()
    return _REFERENCE.fullmatch(words) is not None
