"""The manifest of an index version: what it was built from and what it must hold."""

from __future__ import annotations

import gc
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter

from knowledge.articles.chunker import CUTTING
from knowledge.documents.stored_document import ARTICLE_PREFIX
from knowledge.entities.amendments import Amendment  # noqa: TC001 -- pydantic reads it
from knowledge.errors import IndexDamagedError, IndexMismatchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.encoder import Encoder
    from knowledge.articles.article import Article
    from knowledge.articles.chunker import ChunkingSettings
    from knowledge.documents.loader import ArticleFile

MANIFEST_FORMAT = 2
_HEAD = f'{{"format": {MANIFEST_FORMAT}, '


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One indexed article: its metadata, the SHA-256 of its file and its number of chunks.

    `number` and `amends` are those of an official document, absent in manifests of earlier days, as
    `edition` is: what names a stored document with the details that are stated of it.
    """

    article_id: str
    title: str
    source: str
    author: str | None
    published: str | None
    tags: tuple[str, ...]
    content_hash: str
    chunks: int
    number: str | None = None
    amends: tuple[Amendment, ...] = ()
    edition: str | None = None

    @property
    def is_stored(self) -> bool:
        """Whether it is a document of the store."""
        return self.article_id.startswith(ARTICLE_PREFIX)

    def is_of(self, file: ArticleFile) -> bool:
        """Tell whether it is a stored document as that is now; nothing is read for it.

        An entry of earlier releases is compared by what it says of the document.
        """
        if self.edition is not None or file.stated is None:
            return self.edition is not None and self.edition == file.edition
        stated = file.stated
        said = (stated.title, stated.source, stated.published, stated.number)
        return said == (self.title, self.source, self.published, self.number)

    @classmethod
    def of(cls, article: Article, chunks: int) -> ArticleEntry:
        """Return the entry of `article` cut into `chunks` chunks."""
        return cls(
            article.article_id,
            article.title,
            article.source,
            article.author,
            article.published,
            article.tags,
            article.content_hash,
            chunks,
            article.number,
            article.amends,
        )


class ChunkEntry(NamedTuple):
    """One indexed chunk: its id and its number of sentences; a pair in JSON."""

    chunk_id: str
    sentences: int


@dataclass(frozen=True, slots=True)
class EmbeddingSpace:
    """The model and prompts that made the vectors; vectors of two spaces never mix."""

    model_id: str
    dimension: int
    query_prompt: str
    passage_prompt: str

    @classmethod
    def of(cls, encoder: Encoder) -> EmbeddingSpace:
        """Return the space that `encoder` embeds into."""
        return cls(
            encoder.model_id, encoder.dimension, encoder.query_prompt, encoder.passage_prompt
        )


@dataclass(frozen=True, slots=True, weakref_slot=True)
class IndexVersion:
    """The manifest of one version; `created` is UTC in ISO 8601, the counts are of records.

    Versions that differ in little share a `collection` of the vector store, named after the first
    of them; `chunks` says which of its records are this version's, in order (None in manifests of
    format 1, whose collections hold one version each). `increments` counts the versions built
    upon the collection since it was made, `failed` names the articles that could not be read,
    `cutting` the rules by which articles were read and cut.
    """

    version: str
    created: str
    space: EmbeddingSpace
    chunk_target: int
    chunk_limit: int
    articles: tuple[ArticleEntry, ...]
    passages: int
    sentences: int
    collection: str
    chunks: tuple[ChunkEntry, ...] | None
    increments: int = 0
    failed: tuple[str, ...] = ()
    cutting: int = 1

    @property
    def records(self) -> int:
        """How many records of the collection belong to this version."""
        return self.passages + self.sentences

    def has_chunking(self, settings: ChunkingSettings) -> bool:
        """Tell whether the version was cut with `settings`, and by today's rules."""
        cut = (self.chunk_target, self.chunk_limit, self.cutting)
        return cut == (settings.target, settings.limit, CUTTING)

    def require_space(self, space: EmbeddingSpace) -> None:
        """Raise IndexMismatchError unless the version's vectors lie in `space`."""
        if self.space != space:
            raise IndexMismatchError(
                f"Chỉ mục {self.version} được lập bằng mô hình '{self.space.model_id}' "
                f"({self.space.dimension} chiều), nhưng mô hình đang dùng là '{space.model_id}' "
                f"({space.dimension} chiều). Hãy chạy 'vanphong reload' để lập lại chỉ mục, "
                "hoặc đặt lại EMBEDDING_MODEL như cũ."
            )

    def to_json(self) -> str:
        """Return the manifest as JSON."""
        fields = _MANIFEST.dump_json(self).decode()  # ten times as fast as dataclasses.asdict
        return f"{_HEAD}{fields[1:]}"

    @classmethod
    def from_json(cls, text: str) -> IndexVersion:
        """Read a manifest of this or the first format.

        Raises IndexDamagedError when it is neither.
        """
        try:
            if text.startswith(_HEAD):
                with _without_collection():
                    return _MANIFEST.validate_json(text)  # twice as fast; 100,000 articles 0.35 s
            fields: dict[str, Any] = json.loads(text)
            match fields.pop("format"):
                case 2:  # MANIFEST_FORMAT
                    pass
                case 1:  # one version in each collection; its records alone tell the chunks' order
                    fields |= {"collection": fields["version"], "chunks": None}
                case _:
                    raise IndexDamagedError(
                        "Bản kê chỉ mục thuộc phiên bản khác của chương trình. "
                        "Hãy khởi động lại bot, hoặc chạy 'vanphong reload' để lập lại."
                    )
            return _MANIFEST.validate_python(fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(
                f"Bản kê chỉ mục bị hỏng ({type(error).__name__}). "
                "Hãy khởi động lại bot, hoặc chạy 'vanphong reload' để lập lại."
            ) from error


_MANIFEST = TypeAdapter(IndexVersion)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collect no garbage while many objects are made that all stay: it takes half of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
