"""Whether a text holds a gold answer, however both are typed and marked up."""

from __future__ import annotations

import re
from functools import lru_cache

from embeddings.vietnamese import fold

_PART = re.compile(r"\n|\|")  # lines of a list, cells of a row
_MARKS = r"[\W_]*"


def holds(text: str, answer: str) -> bool:
    """Tell whether every line and table cell of `answer` stands in `text`, in any order.

    Letters and figures count, not case, diacritics, spaces or marks. A number or a word isn't found
    inside a longer one: "5 ngày" doesn't stand in "15 ngày". An answer of marks alone is nowhere.
    """
    patterns = [_pattern(part) for part in _PART.split(answer) if any(map(str.isalnum, part))]
    folded = fold(text).lower()
    return bool(patterns) and all(pattern.search(folded) for pattern in patterns)


@lru_cache(maxsize=1024)
def _pattern(part: str) -> re.Pattern[str]:
    kept = [character for character in fold(part).lower() if character.isalnum()]
    before, after = (r"\d" if end.isdecimal() else r"[^\W\d_]" for end in (kept[0], kept[-1]))
    return re.compile(f"(?<!{before}){_MARKS.join(kept)}(?!{after})")
