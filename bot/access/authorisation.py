"""Who may do what: the one table that every update is judged by.

`bot/telegram/gate.py` applies it to each update before any handler sees it.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from bot.access.roles import Role
from bot.settings import Access


class Capability(StrEnum):
    """Something that a handler lets people do."""

    GREET = "greet"
    """Read what the bot is: /start, /help, a hint."""
    JOIN = "join"
    """Come in by an invitation, or ask to be let in."""
    OWN_DATA = "own_data"
    """See and erase what is stored of oneself."""
    ASK = "ask"
    """Ask questions, read sources, mark answers."""
    LEARN = "learn"
    """Be quizzed and see one's own progress."""
    EARN_CERTIFICATE = "earn_certificate"
    """Have a certificate of the path: it tells of a colleague, wherever strangers may learn."""
    EDIT_DOCUMENTS = "edit_documents"
    """Add, replace, retire and restore documents."""
    EDIT_QUIZZES = "edit_quizzes"
    """Approve, change, retire and restore quiz questions."""
    SEE_LEARNERS = "see_learners"
    """See how others learn: the cohort, and the analysis of the questions."""
    SEE_REASONS = "see_reasons"
    """See why a question was answered as it was."""
    RELOAD = "reload"
    """Reload the knowledge base, promote and roll back versions."""
    ANSWER_FORWARDED = "answer_forwarded"
    """See and answer the questions that people put before the editors."""
    SEE_STATISTICS = "see_statistics"
    """See gaps and statistics, and export the answer log."""
    MANAGE_PEOPLE = "manage_people"
    """Let in, promote, demote and remove people; make invitations."""
    SEE_AUDIT = "see_audit"
    """Read and export the audit log."""


LEAST_ROLE = MappingProxyType(
    {
        Capability.GREET: Role.STRANGER,
        Capability.JOIN: Role.STRANGER,
        Capability.OWN_DATA: Role.STRANGER,
        Capability.ASK: Role.NEWCOMER,
        Capability.LEARN: Role.NEWCOMER,
        Capability.EARN_CERTIFICATE: Role.NEWCOMER,
        Capability.EDIT_DOCUMENTS: Role.EDITOR,
        Capability.EDIT_QUIZZES: Role.EDITOR,
        Capability.SEE_LEARNERS: Role.EDITOR,
        Capability.SEE_REASONS: Role.EDITOR,
        Capability.RELOAD: Role.EDITOR,
        Capability.ANSWER_FORWARDED: Role.EDITOR,
        Capability.SEE_STATISTICS: Role.EDITOR,
        Capability.MANAGE_PEOPLE: Role.ADMIN,
        Capability.SEE_AUDIT: Role.ADMIN,
    }
)
"""The least role for each capability where the office is closed (ACCESS=approval or invite)."""

_OPEN_TO_ALL = frozenset({Capability.ASK, Capability.LEARN})
"""What ACCESS=open gives to everybody who writes."""


def least_role(capability: Capability, access: Access) -> Role:
    """Return the least role that `capability` needs."""
    if access is Access.OPEN and capability in _OPEN_TO_ALL:
        return Role.STRANGER
    return LEAST_ROLE[capability]


def may(role: Role, capability: Capability, access: Access) -> bool:
    """Tell whether somebody with `role` may do what `capability` names."""
    return role.reaches(least_role(capability, access))
