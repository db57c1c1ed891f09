"""Signal: today's state is asked, and the passage tells of a day in the past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold

if TYPE_CHECKING:
    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Query

_NOW = re.compile(r"\b(?:hien nay|hien tai|hien gio|bay gio|hom nay|luc nay)\b")
_TELLS_NOW = re.compile(r"\bnay\b|\bhien\b")


def dated_when_today_is_asked(query: Query, evidence: Evidence, _: Corpus) -> float:
    """Return 1.0 when the question asks for today and the passage says nothing of today.

    "Ai hiện nay là Chánh Văn phòng?" is not answered by "Năm 1998 ông Hà là Chánh Văn phòng".
    """
    asks = _NOW.search(fold(query.text.lower())) is not None
    return float(asks and _TELLS_NOW.search(fold(evidence.chunk.text.lower())) is None)
