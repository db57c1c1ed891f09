"""Articles, chunks, the index and its versions, retrieval and answers."""

from knowledge.answering.answer import Answer, AnswerSentence, Citation, Topic
from knowledge.answering.assistant import Assistant
from knowledge.answering.office import Office, read_office
from knowledge.articles.loader import article_files
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
    OfficeFileError,
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
from knowledge.evaluation.evaluation import EvaluationReport, evaluate
from knowledge.evaluation.off_topic import OffTopicReport, ask_off_topic
from knowledge.evaluation.verbatim_check import VerbatimScores
from knowledge.index.versions import VersionInfo
from knowledge.reload.exam import Change, ExamReport, GoldenResult
from knowledge.reload.golden_questions import GOLDEN_FILE, GoldenQuestion, read_golden
from knowledge.reload.outcome import (
    Candidate,
    FailedArticle,
    ReloadOutcome,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
    ReloadStatus,
)

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
    "Office",
    "OfficeFileError",
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
    "VerbatimScores",
    "VersionError",
    "VersionInfo",
    "article_files",
    "ask_off_topic",
    "evaluate",
    "list_versions",
    "read_golden",
    "read_office",
]
