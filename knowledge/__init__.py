"""Articles, chunks, the index and its versions, retrieval and answers."""

from knowledge.answering.answer import Answer, AnswerSentence, AnswerTable, Topic
from knowledge.answering.assistant import Assistant
from knowledge.answering.nearby_passages import Offer
from knowledge.answering.office import Office, read_office
from knowledge.base import (
    KnowledgeBase,
    document_standings,
    list_versions,
    standing_versions,
)
from knowledge.conversation.turn import Turn
from knowledge.documents.loader import article_files
from knowledge.errors import (
    ArticlesFolderError,
    EvaluationError,
    GoldenFileError,
    IndexDamagedError,
    IndexMismatchError,
    KnowledgeError,
    LanguageModelError,
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
from knowledge.generation.draft import Draft, Ending
from knowledge.generation.model import check_language_model, failure_reason, open_language_model
from knowledge.generation.passages import Passage, passages_of
from knowledge.generation.writer import Writer
from knowledge.index.citation import Citation
from knowledge.index.standing import Standing
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
    "Draft",
    "Ending",
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
    "LanguageModelError",
    "LockedError",
    "NoIndexError",
    "OffTopicReport",
    "Offer",
    "Office",
    "OfficeFileError",
    "Passage",
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
    "Standing",
    "StorageError",
    "Topic",
    "Turn",
    "VerbatimScores",
    "VersionError",
    "VersionInfo",
    "Writer",
    "article_files",
    "ask_off_topic",
    "check_language_model",
    "document_standings",
    "evaluate",
    "failure_reason",
    "list_versions",
    "open_language_model",
    "passages_of",
    "read_golden",
    "read_office",
    "standing_versions",
]
