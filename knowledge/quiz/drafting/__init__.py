"""Drafting: questions made from passages, for an editor to approve, mend or reject.

Rules, not a language model: a date, number, document, name or list member is taken out of a
sentence that then asks for it, and others of its kind are put beside it.
"""

from knowledge.quiz.drafting.draft import NO_TOPIC, Draft, DraftKind, fingerprint
from knowledge.quiz.drafting.drafter import draft_questions

__all__ = [
    "NO_TOPIC",
    "Draft",
    "DraftKind",
    "draft_questions",
    "fingerprint",
]
