"""Articles, chunks, the index and its versions, retrieval and answers."""

from knowledge.answer import Answer, AnswerSentence, Citation, Topic
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.errors import (
    ArticleError,
    ArticlesFolderError,
    EvaluationError,
    IndexDamagedError,
    IndexMismatchError,
    KnowledgeError,
    LockedError,
    NoIndexError,
    QuestionError,
    ReloadError,
    StorageError,
)
from knowledge.evaluation import EvaluationReport, evaluate
from knowledge.loader import article_files
from knowledge.reload import FailedArticle, ReloadProgress, ReloadReport

__all__ = [
    "Answer",
    "AnswerSentence",
    "ArticleError",
    "ArticlesFolderError",
    "Assistant",
    "Citation",
    "EvaluationError",
    "EvaluationReport",
    "FailedArticle",
    "IndexDamagedError",
    "IndexMismatchError",
    "KnowledgeBase",
    "KnowledgeError",
    "LockedError",
    "NoIndexError",
    "QuestionError",
    "ReloadError",
    "ReloadProgress",
    "ReloadReport",
    "StorageError",
    "Topic",
    "article_files",
    "evaluate",
]
