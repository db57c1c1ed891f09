"""What the next version will hold: its articles, what happened to each, what is cut anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.articles.chunker import chunk_article
from knowledge.documents.loader import load_article
from knowledge.errors import ArticleError
from knowledge.index.chunk_records import read_indexed
from knowledge.index.manifest import ArticleEntry, ChunkEntry
from knowledge.reload.chunk_spool import ChunkSpool, CutArticle
from knowledge.reload.outcome import FailedArticle, ReloadProgress, ReloadReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.articles.chunker import ChunkingSettings
    from knowledge.documents.loader import ArticleFile
    from knowledge.index.manifest import IndexVersion
    from knowledge.index.vector_store import VectorStore
    from knowledge.reload.outcome import Progress

_READING = "Đọc bài viết"


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """The live version as a build may use it; `chunks` are by article, in order.

    Its records can be taken over where they lie in the same embedding space and are `reusable`.
    """

    manifest: IndexVersion
    chunks: Mapping[str, tuple[ChunkEntry, ...]]
    reusable: bool

    @classmethod
    def of(
        cls, manifest: IndexVersion, chunks: Sequence[ChunkEntry], *, reusable: bool
    ) -> LiveVersion:
        """Return the version whose `chunks` stand in the order of its articles."""
        by_article: dict[str, tuple[ChunkEntry, ...]] = {}
        start = 0
        for entry in manifest.articles:
            by_article[entry.article_id] = tuple(chunks[start : start + entry.chunks])
            start += entry.chunks
        return cls(manifest, by_article, reusable)


@dataclass(slots=True)
class Plan:
    """The articles of the version to build in order, and their chunks.

    `kept` are chunks that stay as the live version has them, `cut` those of new and changed
    articles. `recut`: a passage of the live version is now divided into other sentences.
    """

    cut: ChunkSpool
    articles: list[ArticleEntry] = field(default_factory=list)
    chunks: list[ChunkEntry] = field(default_factory=list)
    kept: list[ChunkEntry] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[FailedArticle] = field(default_factory=list)
    recut: bool = False
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def passages(self) -> int:
        """How many chunks the version has."""
        return len(self.chunks)

    @property
    def sentences(self) -> int:
        """How many sentences its chunks have."""
        return sum(chunk.sentences for chunk in self.chunks)

    def report(self, version: str, seconds: float) -> ReloadReport:
        """Return the report of the version that was built as planned."""
        told = (*self.added, *self.changed, *self.removed, *(bad.path for bad in self.failed))
        return ReloadReport(
            added=tuple(self.added),
            changed=tuple(self.changed),
            removed=tuple(self.removed),
            unchanged=tuple(self.unchanged),
            failed=tuple(self.failed),
            version=version,
            seconds=seconds,
            titles={name: self.titles[name] for name in told if name in self.titles},
        )


class Planner:
    """Reads and cuts what is new or changed; the rest stays as the live version has it."""

    def __init__(
        self,
        live: LiveVersion | None,
        store: VectorStore,
        chunking: ChunkingSettings,
        held: frozenset[str] = frozenset(),
    ) -> None:
        """Leave the articles `held` as the live version has them, maybe not at all."""
        self._held = held
        self._live = live
        self._store = store
        self._chunking = chunking
        self._before = live.manifest.articles if live is not None else ()
        self._old = {entry.article_id: entry for entry in self._before}

    def plan(
        self,
        files: Sequence[ArticleFile],
        hashes: Mapping[str, str],
        spool: ChunkSpool,
        notify: Progress,
    ) -> Plan:
        """Return the plan for `files`, whose chunks go into `spool`.

        `hashes` holds the content hashes of those that may have stayed as they were.
        """
        plan = Plan(spool)
        live, old = self._live, self._old
        present = {file.article_id for file in files}
        stay = present | self._held
        plan.removed = [name for name in old if name not in stay]
        moved = {old[name].content_hash: name for name in plan.removed}
        as_cut = live is not None and live.reusable and live.manifest.has_chunking(self._chunking)
        same = {
            file.article_id
            for file in files
            if as_cut
            and file.article_id in old
            and hashes.get(file.article_id) == old[file.article_id].content_hash
        }
        read, to_read = 0, len(present - same - self._held)
        for file in files:
            name = file.article_id
            if name in self._held:
                if name in old:
                    self._keep(plan, old[name])
                continue
            if name in same:
                self._keep(plan, replace(old[name], edition=file.edition))
                plan.unchanged.append(name)
                continue
            read += 1
            try:
                article = load_article(file)
                chunks = chunk_article(article, self._chunking)
            except ArticleError as error:
                plan.failed.append(FailedArticle(name, str(error)))
                if name in old:
                    self._keep(plan, old[name])
            else:
                entry = replace(ArticleEntry.of(article, len(chunks)), edition=file.edition)
                origin = name if name in old else moved.get(entry.content_hash)
                self._cut(plan, entry, CutArticle(chunks, self._chunks_of(origin)))
            notify(ReloadProgress(_READING, read, to_read))
        for name in sorted(self._held & old.keys() - present):
            self._keep(plan, old[name])
        for entry in (*self._before, *plan.articles):
            plan.titles[entry.article_id] = entry.title
        return plan

    def _keep(self, plan: Plan, entry: ArticleEntry) -> None:
        """Take an article over from the live version; where its vectors don't hold, its text."""
        live = self._live
        assert live is not None  # noqa: S101 -- only articles of the live version are kept
        chunks = live.chunks[entry.article_id]
        plan.articles.append(entry)
        plan.chunks.extend(chunks)
        if live.reusable:
            plan.kept.extend(chunks)
        else:
            found = read_indexed(self._store, live.manifest, chunks).chunks
            by_id = {chunk.chunk_id: chunk for chunk in found}
            plan.cut.add(CutArticle(tuple(by_id[entry.chunk_id] for entry in chunks), ()))

    def _cut(self, plan: Plan, entry: ArticleEntry, cut: CutArticle) -> None:
        before = self._old.get(entry.article_id)
        if before is None:
            plan.added.append(entry.article_id)
        else:
            same = before.content_hash == entry.content_hash
            (plan.unchanged if same else plan.changed).append(entry.article_id)
        chunks = [ChunkEntry(c.chunk_id, len(c.sentences)) for c in cut.chunks]
        counts = dict(cut.before)
        plan.recut |= any(counts.get(name, count) != count for name, count in chunks)
        plan.articles.append(entry)
        plan.chunks.extend(chunks)
        plan.cut.add(cut)

    def _chunks_of(self, name: str | None) -> tuple[ChunkEntry, ...]:
        """Return the chunks whose vectors an article may take over."""
        live = self._live
        return live.chunks[name] if name is not None and live is not None and live.reusable else ()
