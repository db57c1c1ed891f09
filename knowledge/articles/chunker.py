"""Cuts articles into chunks along their own structure."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from embeddings.sentences import sentence_spans
from knowledge.articles.article import (
    Article,
    Block,
    Heading,
    ListItem,
    Note,
    Paragraph,
    Table,
    lines_of,
)
from knowledge.articles.chunk import Chunk, Sentence, UnitKind, embedded_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from embeddings.sentences import Span

_KINDS: dict[type[Block], UnitKind] = {
    Paragraph: UnitKind.SENTENCE,
    ListItem: UnitKind.ITEM,
    Table: UnitKind.ROW,
    Note: UnitKind.NOTE,
}
CUTTING = 3
"""Counts the rules by which articles are read and cut: a version cut by others is built anew."""
DETAILS_HEADING = "Thông tin văn bản"
"""What stands above the number, date and signer of an official document."""
HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class ChunkingSettings:
    """Sizes in characters: paragraphs are gathered up to `target`, cut when longer than `limit`.

    The limit keeps a chunk within the 512 tokens of the usual embedding models (Vietnamese takes
    about 3.5 characters a token) and within a Telegram message.
    """

    target: int = 700
    limit: int = 1600

    def __post_init__(self) -> None:
        """Check the rule between the two sizes."""
        if not 0 < self.target <= self.limit:
            raise ValueError(f"0 < target <= limit is the rule, got {self.target}, {self.limit}")


def chunk_article(article: Article, settings: ChunkingSettings | None = None) -> tuple[Chunk, ...]:
    """Return the chunks of `article` in reading order.

    The details of an official document come first. Headings begin a new chunk and become its
    context. List items, rows and notes stay with what is
    above them where the limit allows; a chunk that goes on with a list or a table says again what
    leads it in.
    """
    settings = settings or ChunkingSettings()
    chunks: list[Chunk] = []
    seen: Counter[tuple[str, str]] = Counter()
    details = article.details
    sections = _sections(article.blocks)
    if details is not None:
        sections.insert(0, (DETAILS_HEADING, [details]))
    for heading, blocks in sections:
        above: _Piece | None = None
        for pieces in _gathered(_pieces(blocks, settings.limit), settings):
            text = "\n".join(piece.text for piece in pieces)
            repeat = seen[heading, text]
            seen[heading, text] += 1
            begins = next((piece.block for piece in pieces if piece.block >= 0), -1)
            continues = above is not None and above.block == begins
            chunk = _chunk(article, heading, pieces, len(chunks), repeat)
            chunks.append(replace(chunk, continues=continues))
            above = pieces[-1]
    return tuple(chunks)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a chunk; `block` counts the section's blocks, -1 for a lead-in said again.

    `lead` is what leads the line in, where a chunk begins with it.
    """

    text: str
    kind: UnitKind
    block: int
    start: int = 0
    cells: tuple[Span, ...] = ()
    lead: str = ""

    @property
    def follows(self) -> bool:
        """Whether the line belongs to the one above it."""
        return self.kind is not UnitKind.SENTENCE


def _sections(blocks: tuple[Block, ...]) -> list[tuple[str, list[Block]]]:
    """Group the blocks under their path of headings."""
    path: list[Heading] = []
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading):
            path = [above for above in path if above.level < block.level] + [block]
            sections.append((HEADING_SEPARATOR.join(part.text for part in path), []))
        else:
            sections[-1][1].append(block)
    return [(heading, content) for heading, content in sections if content]


def _pieces(blocks: list[Block], limit: int) -> Iterator[_Piece]:
    """Yield the lines of `blocks`, the long ones cut, each knowing what leads it in."""
    leads: list[tuple[int, str]] = []  # of the lists that are open: their level, and the lead-in
    for number, block in enumerate(blocks):
        kind = _KINDS[type(block)]
        level = block.level if isinstance(block, ListItem) else -1
        if not isinstance(block, Note):
            leads = [lead for lead in leads if lead[0] < level]
        lead = "\n".join(text for _, text in leads)
        caption = block.caption if isinstance(block, Table) else ""
        group = ""
        for line in lines_of(block):
            is_caption = bool(caption) and not line.cells
            if isinstance(block, Table):
                group = line.text if line.cells == ((0, len(line.text)),) else group
                lead = "\n".join(part for part in (caption, group) if part and part != line.text)
            for part, text in enumerate(_parts(line.text, limit)):
                yield _Piece(
                    text,
                    kind,
                    -1 if is_caption else number,
                    line.start if part == 0 else 0,
                    line.cells if text == line.text else (),
                    lead,
                )
        if isinstance(block, Paragraph | ListItem) and block.text.endswith(":"):
            leads.append((level, next(lines_of(block)).text))


def _gathered(pieces: Iterable[_Piece], settings: ChunkingSettings) -> Iterator[list[_Piece]]:
    """Yield the lines of each chunk."""
    current: list[_Piece] = []
    length = 0
    for piece in pieces:
        room = settings.limit if piece.follows else settings.target
        if current and length + 1 + len(piece.text) > room:
            yield current
            current = []
        if not current and piece.lead and len(piece.lead) + 1 + len(piece.text) <= settings.limit:
            current.append(_Piece(piece.lead, UnitKind.SENTENCE, -1))
        current.append(piece)
        length = sum(len(line.text) + 1 for line in current) - 1
    if current:
        yield current


def _parts(text: str, limit: int) -> list[str]:
    if len(text) <= limit:
        return [text]
    from langchain_text_splitters import (  # noqa: PLC0415 -- slow to import, seldom needed
        RecursiveCharacterTextSplitter,
    )

    splitter = RecursiveCharacterTextSplitter(
        separators=[
            "\n",
            r"(?<=[.!?…])\s+(?=[^\Wa-zà-ỹ])",
            r"(?<=[;:])\s+",
            r"(?<=,)\s+",
            r"\s+",
            "",
        ],
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=limit,
        chunk_overlap=0,
    )
    return [piece for piece in splitter.split_text(text) if piece.strip()]


def _chunk(
    article: Article, heading: str, pieces: list[_Piece], ordinal: int, repeat: int
) -> Chunk:
    text = "\n".join(piece.text for piece in pieces)
    embedded = embedded_text(article.title, heading, text)
    identity = "\x00".join((article.article_id, embedded, str(repeat)))
    blocks = {block: n for n, block in enumerate(dict.fromkeys(p.block for p in pieces))}
    units: list[Sentence] = []
    offset = 0
    for piece in pieces:
        for start, end in _unit_spans(piece):
            place = (offset + start, offset + end)
            units.append(
                Sentence(
                    piece.text[start:end], *place, piece.kind, blocks[piece.block], piece.cells
                )
            )
        offset += len(piece.text) + 1
    return Chunk(
        chunk_id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        article_id=article.article_id,
        title=article.title,
        heading=heading,
        ordinal=ordinal,
        text=text,
        sentences=tuple(units),
    )


def _unit_spans(piece: _Piece) -> list[Span]:
    """Return the ranges of a line's evidence units: none in what only leads in."""
    if piece.block < 0:
        return []
    if piece.kind is UnitKind.ROW:
        return [(0, len(piece.text))]
    body = piece.text[piece.start :]
    return [(piece.start + start, piece.start + end) for start, end in sentence_spans(body)]
