"""The errors of the knowledge package. Messages are Vietnamese: they reach users as they are."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of everything this package raises on purpose."""


class QuestionError(KnowledgeError):
    """The question is empty, too long or holds no word."""


class ArticleError(KnowledgeError):
    """One article cannot be read; the message says why."""


class ArticlesFolderError(KnowledgeError):
    """The folder of articles does not exist or cannot be listed."""


class DocumentError(KnowledgeError):
    """The store of documents cannot do what was asked."""


class DocumentDetailError(DocumentError):
    """A title, source or date cannot be used; the message says the rule."""


class NoDocumentError(DocumentError):
    """No document has this id."""


class DuplicateDocumentError(DocumentError):
    """The very same file is in the store already; the message says where."""


class DocumentStateError(DocumentError):
    """The document is retired already, or active already."""


class StorageError(KnowledgeError):
    """The data directory cannot be read or written."""


class LockedError(StorageError):
    """Another process holds the data directory; the message says which."""


class NoIndexError(KnowledgeError):
    """There is no index version to answer from."""


class IndexMismatchError(KnowledgeError):
    """The index was built with another model, dimension or prompts."""


class IndexDamagedError(KnowledgeError):
    """The stored records do not agree with the manifest."""


class ReloadError(KnowledgeError):
    """A new version could not be built or did not pass its checks; the old one stays live."""


class ReloadInProgressError(ReloadError):
    """Another reload is under way; the message says who started it and how far it is."""


class ReloadStoppedError(ReloadError):
    """The program ends, so the reload was given up; the old version stays live."""


class VersionError(KnowledgeError):
    """An index version that cannot be promoted, discarded or returned to."""


class NodeError(KnowledgeError):
    """A part of a YAML file is not what its reader needs; `line` from 1, None when unknown.

    The readers of files turn it into their own error or report, which names the file.
    """

    def __init__(self, problem: str, line: int | None) -> None:
        super().__init__(problem)
        self.line = line


class OfficeFileError(KnowledgeError):
    """The office's file cannot be used; the message names the file and the line."""


class GoldenFileError(KnowledgeError):
    """The file of golden questions cannot be used; the message names the file and the line."""


class QuizError(KnowledgeError):
    """Something about quizzes and learning cannot be done."""


class QuizQuestionError(QuizError):
    """A quiz question breaks a rule; the message names each."""


class QuizFileError(QuizError):
    """A file of quiz questions cannot be read or written; the message names file and line."""


class LanguageModelError(KnowledgeError):
    """The language model cannot be set up or asked; the message says what to do."""


class EvaluationError(KnowledgeError):
    """The evaluation file is missing, malformed or empty."""
