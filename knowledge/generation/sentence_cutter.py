"""Cuts what a model has written so far into whole sentences with the passages that they cite."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.sentences import sentence_spans
from embeddings.vietnamese import encodable

MOST_CHARACTERS = 400
"""Of a sentence; a longer one is none that a person would read."""
# Thoughts and scripts go with all that is in them, of other tags only the tag.
_HIDDEN = re.compile(r"(?si)<(think|thinking|script|style)\b.*?(?:</\1\s*>|\Z)")
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]*>|<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKS = re.compile(r"\*\*|__|`+|^#+\s+", re.MULTILINE)
_CITED = re.compile(r"[ \t]*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_LATE = re.compile(rf"([.!?…]+)((?:{_CITED.pattern})+)")  # a citation behind the full stop
_LABEL = re.compile(r"(?:[-–•*+]|\d{1,2}[.)])\s+")
_CLOSING = '.!?…:;]"”)'
_OPEN = re.compile(r"<[^<>]*\Z|\[[^\[\]]*\Z")  # what the next piece may close


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as a model wrote it, without marks, and the numbers of the passages it cites."""

    text: str
    cited: tuple[int, ...]


def written_sentences(text: str, *, finished: bool) -> list[WrittenSentence]:
    """Return the sentences of `text`; while it isn't `finished` only those that stay as they are.

    Tags, formatting and list labels are left out, and the end of a reply that was cut short.
    """
    plain = _TAG.sub(" ", _HIDDEN.sub(" ", encodable(text)))
    if not finished:
        plain = _OPEN.sub("", plain)
    plain = _MARKS.sub("", plain)
    while (moved := _LATE.sub(r"\2\1", plain)) != plain:
        plain = moved
    spans = sentence_spans(plain)
    # A line that has ended is over; else the next words may go on with the last sentence.
    over = finished or plain.rstrip(" \t").endswith("\n")
    if over and spans and not _is_whole(plain, spans[-1][1]):
        spans.pop()
    whole = spans if over else spans[:-1]
    found = [_sentence(plain[start:end]) for start, end in whole]
    return [sentence for sentence in found if any(map(str.isalpha, sentence.text))]


def _is_whole(text: str, end: int) -> bool:
    """Tell whether no reply was cut short there: the words close, or the line ends."""
    return text[end - 1] in _CLOSING or "\n" in text[end:]


def _sentence(text: str) -> WrittenSentence:
    cited = [int(n) for match in _CITED.finditer(text) for n in re.findall(r"\d+", match[1])]
    label = _LABEL.match(text)
    words = " ".join(_CITED.sub("", text[label.end() if label else 0 :]).split())
    if words.count('"') % 2:  # one end of a quotation that goes over several sentences
        words = words.strip('"')
    return WrittenSentence(words, tuple(dict.fromkeys(cited)))
