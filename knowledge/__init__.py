"""Articles, chunks, the index and its versions, retrieval and answers."""

from knowledge.answering.answer import Answer, AnswerSentence, AnswerTable, Topic
from knowledge.answering.assistant import Assistant
from knowledge.answering.nearby_passages import Offer
from knowledge.answering.office import Office, read_office
from knowledge.base import KnowledgeBase, list_versions
from knowledge.documents.loader import article_files
from knowledge.errors import (
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
    QuizFileError,
    ReloadError,
    ReloadInProgressError,
    ReloadStoppedError,
    StorageError,
    VersionError,
)
from knowledge.evaluation.evaluation import EvaluationReport, evaluate
from knowledge.evaluation.off_topic import OffTopicReport, ask_off_topic
from knowledge.evaluation.verbatim_check import VerbatimScores
from knowledge.index.citation import Citation
from knowledge.index.versions import VersionInfo
from knowledge.reload.golden_questions import GOLDEN_FILE, GoldenQuestion, read_golden
from knowledge.reload.outcome import (
    Change,
    ExamReport,
    GoldenResult,
    ReloadOutcome,
    ReloadProgress,
    ReloadReport,
    ReloadRequest,
    ReloadStatus,
)

__all__ = [
    "GOLDEN_FILE",
    "Answer",
    "AnswerSentence",
    "AnswerTable",
    "ArticlesFolderError",
    "Assistant",
    "Change",
    "Citation",
    "EvaluationError",
    "EvaluationReport",
    "ExamReport",
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
    "Offer",
    "Office",
    "OfficeFileError",
    "QuestionError",
    "QuizFileError",
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
