"""The knowledge base on disk: its owner, its live version and its reloads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import numpy as np

from knowledge.answering.assistant import Assistant
from knowledge.answering.office import Office, read_office
from knowledge.articles.chunker import ChunkingSettings
from knowledge.documents.loader import article_files
from knowledge.documents.store import DocumentStore
from knowledge.errors import (
    IndexDamagedError,
    IndexMismatchError,
    NoIndexError,
    ReloadStoppedError,
)
from knowledge.generation.writer import SECONDS, Writer
from knowledge.index.corpus import Corpus
from knowledge.index.derived.derived_files import DerivedFiles
from knowledge.index.directory import IndexDirectory
from knowledge.index.lock import DirectoryLock
from knowledge.index.manifest import EmbeddingSpace
from knowledge.index.soundness import DAMAGED, require_sound
from knowledge.index.standing import Standing, VersionContents
from knowledge.index.standing import document_standings as standings_of
from knowledge.index.vector_store import VectorStore
from knowledge.index.versions import VersionInfo, Versions, version_infos
from knowledge.reload.build import VersionBuilder
from knowledge.reload.difference import Difference, difference
from knowledge.reload.exam import CachedAnswers, examine
from knowledge.reload.golden_questions import read_golden
from knowledge.reload.outcome import (
    Candidate,
    ExamReport,
    Progress,
    ReloadOutcome,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
    ReloadStatus,
)
from knowledge.reload.reload_lock import ReloadLock
from knowledge.retrieval.hybrid import HybridRetrieval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from embeddings.encoder import Encoder
    from embeddings.reader import Reader
    from knowledge.answering.answer import Answer
    from knowledge.reload.golden_questions import GoldenQuestion
    from knowledge.retrieval.langchain import HybridRetriever

_KEEP_VERSIONS = 5
_LOADING = "Nạp phiên bản mới"


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class KnowledgeBase:
    """The index under a data directory, owned by this process while it is open.

    The assistants of the live and the previous version stay in memory once they were loaded, so
    that going back takes no time. Thread-safe.
    """

    def __init__(  # noqa: PLR0913 -- each of its parts
        self,
        data_dir: Path,
        encoder: Encoder,
        chunking: ChunkingSettings | None = None,
        *,
        office: Office | None = None,
        reader: Reader | None = None,
        keep_versions: int = _KEEP_VERSIONS,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        self._directory = IndexDirectory(data_dir)
        self._documents = DocumentStore(data_dir)
        self._lock = DirectoryLock(self._directory.lock_file)
        self._store = VectorStore(self._directory.chroma)
        self.encoder = encoder
        self.office = office or read_office()
        self._reader = reader
        self._chunking = chunking or ChunkingSettings()
        self._derived = DerivedFiles(self._directory, self._store)
        self._versions = Versions(self._directory, self._store, keep_versions, now)
        self._reload_lock = ReloadLock(now)
        self._now = now
        self._loaded: dict[str, CachedAnswers] = {}  # by version
        self._damage: IndexDamagedError | None = None  # of the live version, found at the opening

    def open(self) -> None:
        """Take the lock and connect; raises LockedError, StorageError or IndexDamagedError."""
        self._directory.create()
        self._lock.acquire()
        try:
            require_sound(self._directory.chroma, self._lock.before)
            live = self._directory.active_version()
            self._store.connect()
            self._damage = self._probe(live)
        except BaseException:
            self._store.close()
            self._lock.release()
            raise
        self._lock.opened()

    def _probe(self, version: str | None) -> IndexDamagedError | None:
        """Search a version once, and return what is wrong with it: Chroma may die of it here."""
        if version is None:
            return None
        try:
            found = self._directory.manifest(version)
            self._directory.keep_parsed(found)
            probe = np.full((1, found.space.dimension), found.space.dimension**-0.5, np.float32)
            self._store.nearest(found.collection, probe, 1, lambda _: True)
        except IndexDamagedError as error:
            return error
        return None

    def open_anew(self) -> Path | None:
        """Set a damaged index aside, not deleted, open an empty one, and return where the old is.

        Raises LockedError or StorageError.
        """
        self.close()
        self._directory.create()
        self._lock.acquire()
        try:
            aside = self._directory.keep_damaged(self._now())
            self._damage = None
            self._directory.create()
            self._store.connect()
        except BaseException:
            self._lock.release()
            raise
        self._lock.opened()
        return aside

    def check(self) -> None:
        """Load the live version, if there is one, when it was opened; raises like `retrieval`.

        What is wrong with its files shows here at the latest.
        """
        if self._damage is not None:
            raise self._damage
        if self.active_version is not None:
            self.assistant()

    def close(self) -> None:
        """Disconnect and free the lock; safe to call twice."""
        self._loaded.clear()
        self._store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def active_version(self) -> str | None:
        """The name of the live index version, or None before the first reload."""
        return self._directory.active_version()

    @property
    def reloading(self) -> ReloadStatus | None:
        """The reload under way in this process, or None."""
        return self._reload_lock.status

    def stop_reloads(self) -> None:
        """Let the reload under way end soon with ReloadStoppedError, and none begin after it.

        The live version stays, and the next reload goes on with what was built of the new one.
        For a program that ends.
        """
        self._reload_lock.close()

    def reload(
        self,
        articles_dir: Path,
        *,
        full: bool = False,
        progress: Progress | None = None,
    ) -> ReloadReport:
        """Bring the index up to date with the articles and make the new version live, unexamined.

        The stored documents count among the articles.

        Unchanged chunks keep their vectors unless `full`; when nothing changed no version is made.
        An article that cannot be read is reported and the rest goes on. Raises ReloadError when no
        new version could be built, ReloadInProgressError during another reload,
        ArticlesFolderError when the folder is missing; either way the old version stays live.
        """
        request = ReloadRequest(articles_dir, full=full, exam=False)
        return self.reload_examined(request, progress=progress).report

    def reload_examined(
        self, request: ReloadRequest, *, progress: Progress | None = None
    ) -> ReloadOutcome:
        """Build a new version, examine it and promote it if nothing got worse.

        Otherwise it waits for `promote` or `discard`, or for the next reload to supersede it.
        Raises like `reload`, and GoldenFileError, before anything is built, when the golden
        questions cannot be read.
        """
        with self._reload_lock.held_by(request.started_by, progress) as notify:
            golden = read_golden(request.articles_dir) if request.exam else None
            built = self._build(request, notify)
            if isinstance(built, ReloadReport):
                return ReloadOutcome(built, None, promoted=False, waiting=None)
            try:
                exam = self._examine(built, golden, notify) if request.exam else None
            except (KeyboardInterrupt, ReloadStoppedError):
                self._versions.lay_aside(built.version)  # the next reload goes on from it
                raise
            except BaseException:
                self.discard(built.version)
                raise
            if exam is None or exam.passed or request.force:
                self.promote(built.version)
                return ReloadOutcome(built.report, exam, promoted=True, waiting=None)
            self._versions.hold_back(built.version)
            return ReloadOutcome(built.report, exam, promoted=False, waiting=built.version)

    def promote(self, version: str) -> None:
        """Make `version` live, and prune old versions; raises VersionError, IndexDamagedError."""
        self._versions.promote(version)
        self._forget_assistants()

    def discard(self, version: str) -> None:
        """Remove a version that is not live; raises VersionError for the live one."""
        self._versions.discard(version)
        self._forget_assistants()

    def rehearse(self, question: str) -> None:
        """Ask the live version a golden question, so that the next exam need not wait for that.

        Raises QuestionError, and like `retrieval`.
        """
        self._answers_of(None).answer(question)

    def reject(self, version: str) -> None:
        """Remove the version that waits, and keep its changes out of later ones.

        A reload that is not for what is new only takes them in again, and so does `take_up`. Raises
        VersionError for the live version. Harmless to do twice.
        """
        self._versions.set_aside(version, self.active_version)
        self.discard(version)

    def take_up(self, article_id: str) -> None:
        """Let later versions have an article as it is, though it was set aside."""
        self._versions.take_up(article_id)

    def difference(self, articles_dir: Path) -> Difference:
        """Return what the live version has otherwise than the folder and the store.

        Raises ArticlesFolderError, StorageError.
        """
        files = [*article_files(articles_dir), *self._documents.article_files()]
        return difference(files, VersionContents.of(self._directory))

    def standing(self) -> tuple[str | None, str | None]:
        """Return the live version and the one that waits for a decision, or None for each."""
        return self._directory.standing()

    def require_waiting(self, version: str) -> None:
        """Raise VersionError unless `version` still waits for a decision."""
        self._versions.require_waiting(version)

    def versions(self) -> tuple[VersionInfo, ...]:
        """Return the versions on disk, newest first."""
        return version_infos(self._directory)

    def rollback_target(self, to: str | None = None) -> str:
        """Return the version that `rollback(to)` would make live; raises VersionError."""
        return self._versions.rollback_target(to)

    def rollback(self, to: str | None = None) -> str:
        """Make the previous version, or `to`, live again and return its name.

        Raises VersionError when there is none, IndexMismatchError when it needs another model,
        IndexDamagedError when its records are incomplete.
        """
        target = self._versions.rollback_target(to)
        self._directory.manifest(target).require_space(EmbeddingSpace.of(self.encoder))
        self._versions.set_aside(self.active_version, target)
        self.promote(target)
        return target

    def retrieval(self, version: str | None = None) -> tuple[Corpus, HybridRetrieval]:
        """Load a version, by default the live one, and return it with its retrieval.

        Raises NoIndexError, IndexMismatchError, IndexDamagedError or StorageError.
        """
        version = version or self._directory.active_version()
        if version is None:
            raise NoIndexError("Chưa có chỉ mục. Hãy chạy 'vanphong reload' để lập chỉ mục.")
        manifest = self._directory.manifest(version)
        manifest.require_space(EmbeddingSpace.of(self.encoder))
        glossary = self.office.glossary
        try:
            corpus = Corpus(manifest, self._derived.open(manifest), glossary.phrases())
        except (LookupError, TypeError, ValueError) as error:  # damaged records have any shape
            raise IndexDamagedError(DAMAGED.format(reason=type(error).__name__)) from error
        return corpus, HybridRetrieval(corpus, self._store, self.encoder, glossary)

    def langchain_retriever(self, top_k: int = 4) -> HybridRetriever:
        """Load the live version as a LangChain retriever; raises like `retrieval`."""
        from knowledge.retrieval.langchain import (  # noqa: PLC0415 -- LangChain is slow to import
            HybridRetriever,
        )

        corpus, retrieval = self.retrieval()
        return HybridRetriever(corpus=corpus, retrieval=retrieval, top_k=top_k)

    def langchain_answering(self, writer: Writer | None = None) -> Runnable[str, Answer]:
        """Load the live version as a Runnable from question to Answer; raises like `retrieval`.

        Answers are extracted; with a `writer`, in its model's words where these stand, and then
        the Runnable can only be awaited.
        """
        from knowledge.generation.langchain import (  # noqa: PLC0415 -- LangChain is slow to import
            extracting,
            writing,
        )

        assistant = self.assistant()
        return extracting(assistant) if writer is None else writing(assistant, writer)

    def writer(self, model: BaseChatModel, *, seconds: float = SECONDS) -> Writer:
        """Return what lets `model` write answers within `seconds`, checked by the reader."""
        return Writer(model, self._reader, seconds=seconds)

    def assistant(self, version: str | None = None) -> Assistant:
        """Return an assistant over a version, by default the live one; raises like `retrieval`."""
        return self._answers_of(version).assistant

    def _build(self, request: ReloadRequest, notify: Progress) -> Candidate | ReloadReport:
        builder = VersionBuilder(
            self._versions, self._derived, self.encoder, self._chunking, self._now
        )
        built = builder.build(request, notify, self._documents.article_files())
        self._forget_assistants()  # of the candidate that this one supersedes
        return built

    def _examine(
        self, candidate: Candidate, golden: Sequence[GoldenQuestion] | None, notify: Progress
    ) -> ExamReport:
        active = self._directory.active_version()
        live = None
        notify(ReloadProgress(_LOADING, 0, 1))
        if active is not None:
            try:
                live = self._directory.manifest(active), self._answers_of(active)
            except (IndexDamagedError, IndexMismatchError):
                live = None  # nobody can ask it: the new version can only be better
        answers = self._answers_of(candidate.version)
        notify(ReloadProgress(_LOADING, 1, 1))
        report = examine(candidate, answers, live, golden, notify)
        answers.keep_only({question.text for question in golden or ()})
        if self._directory.active_version() != candidate.base:  # rolled back meanwhile
            report = replace(report, live_changed=True)
        return report

    def _answers_of(self, version: str | None) -> CachedAnswers:
        name = version or self._directory.active_version()
        if name is None or (loaded := self._loaded.get(name)) is None:
            loaded = CachedAnswers(Assistant(*self.retrieval(name), self.office, self._reader))
            self._loaded[loaded.assistant.kb_version] = loaded
        return loaded

    def _forget_assistants(self) -> None:
        """Keep only the assistants that may be asked for next."""
        kept = {
            self.active_version,
            self._directory.previous_version(),
            self._directory.candidate(),
        }
        for name in set(self._loaded) - kept:
            self._loaded.pop(name, None)


def list_versions(data_dir: Path) -> tuple[VersionInfo, ...]:
    """Return the versions under `data_dir`, newest first; works beside the owning process."""
    return version_infos(IndexDirectory(data_dir))


def standing_versions(data_dir: Path) -> tuple[str | None, str | None]:
    """Return the live version and the one that waits; works beside the owning process."""
    return IndexDirectory(data_dir).standing()


def document_standings(data_dir: Path) -> dict[str, Standing]:
    """Return where each stored document stands, by id; works beside the owning process."""
    return standings_of(DocumentStore(data_dir), IndexDirectory(data_dir))
