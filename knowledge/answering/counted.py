"""Things that a passage only counts, when a question asks which they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables
from knowledge.answering.question import QuestionKind

if TYPE_CHECKING:
    from knowledge.answering.question import AnalysedQuestion

_ASKS_WHICH = re.compile(r"\bten\b|\bla (?:\w+ ){0,3}gi\b")
_NAMING_KINDS = frozenset({QuestionKind.LIST, QuestionKind.DEFINITION})
# What leads from a count to the things: "3 đúng là: …", "gồm 4 mảng việc sau".
_LEADS_TO_THEM = r"[^.;]{0,40}?(?:\bl[àa]\b|\bgồm\b|\bnhư\b|\bsau\b|\bđó\b|:|–|\()"


def merely_counts(question: AnalysedQuestion, passage: str) -> bool:
    """Tell whether `question` asks which some counted things are, and `passage` only counts them.

    "Tên 29 đề án là gì" is not answered by "đã tham mưu 29 đề án".
    """
    tokens = syllables(question.text)
    folded = fold(" ".join(tokens))
    asks_which = question.kind in _NAMING_KINDS or _ASKS_WHICH.search(folded)
    if question.formulas or not asks_which:
        return False
    places = dict(question.content)
    found = False
    for place, token in enumerate(tokens[:-1]):
        if not token.isdigit() or place + 1 not in places:
            continue
        noun = places[place + 1]
        counted = re.compile(rf"(?<![\d/.,]){token} {re.escape(noun)}\b", re.IGNORECASE)
        for match in counted.finditer(passage):
            found = True
            if re.match(_LEADS_TO_THEM, passage[match.end() :]):
                return False
    return found
