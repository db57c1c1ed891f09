"""Articles, chunks, the index and its versions, retrieval and answers."""

from knowledge.answer import Answer, AnswerSentence, Citation, Topic
from knowledge.assistant import Assistant
from knowledge.base import KEEP_VERSIONS, KnowledgeBase, list_versions
from knowledge.errors import (
    ArticleError,
    ArticlesFolderError,
    EvaluationError,
    GoldenFileError,
    IndexDamagedError,
    IndexMismatchError,
    KnowledgeError,
    LockedError,
    NoIndexError,
    QuestionError,
    QuizError,
    QuizFileError,
    QuizQuestionError,
    ReloadError,
    ReloadInProgressError,
    ReloadStoppedError,
    StorageError,
    VersionError,
)
from knowledge.evaluation import EvaluationReport, evaluate
from knowledge.exam import Change, ExamReport, GoldenResult
from knowledge.golden import GOLDEN_FILE, GoldenQuestion, read_golden
from knowledge.loader import article_files
from knowledge.off_topic import OffTopicReport, ask_off_topic
from knowledge.reload import (
    Candidate,
    FailedArticle,
    ReloadOutcome,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
    ReloadStatus,
)
from knowledge.versions import VersionInfo
from knowledge.wording import WordingScores

__all__ = [
    "GOLDEN_FILE",
    "KEEP_VERSIONS",
    "Answer",
    "AnswerSentence",
    "ArticleError",
    "ArticlesFolderError",
    "Assistant",
    "Candidate",
    "Change",
    "Citation",
    "EvaluationError",
    "EvaluationReport",
    "ExamReport",
    "FailedArticle",
    "GoldenFileError",
    "GoldenQuestion",
    "GoldenResult",
    "IndexDamagedError",
    "IndexMismatchError",
    "KnowledgeBase",
    "KnowledgeError",
    "LockedError",
    "NoIndexError",
    "OffTopicReport",
    "QuestionError",
    "QuizError",
    "QuizFileError",
    "QuizQuestionError",
    "ReloadError",
    "ReloadInProgressError",
    "ReloadOutcome",
    "ReloadProgress",
    "ReloadReport",
    "ReloadRequest",
    "ReloadStatus",
    "ReloadStoppedError",
    "StorageError",
    "Topic",
    "VersionError",
    "VersionInfo",
    "WordingScores",
    "article_files",
    "ask_off_topic",
    "evaluate",
    "list_versions",
    "read_golden",
]
