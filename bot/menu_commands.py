"""The commands of all features, in the order of the menus."""

from __future__ import annotations

from bot.features.answer_log import texts as answer_log
from bot.features.asking import texts as asking
from bot.features.certificates import texts as certificates
from bot.features.challenges import texts as challenges
from bot.features.documents import texts as documents
from bot.features.drafts import texts as drafts
from bot.features.knowledge_versions import texts as knowledge_versions
from bot.features.mentoring import texts as mentoring
from bot.features.people import texts as people
from bot.features.quizzes import texts as quizzes

_START, _ASK, _HELP = asking.COMMANDS

MENU_COMMANDS = (
    _START,
    _ASK,
    *challenges.COMMANDS,
    *quizzes.COMMANDS,
    *certificates.COMMANDS,
    _HELP,
    *drafts.COMMANDS,
    *mentoring.COMMANDS,
    *documents.COMMANDS,
    *knowledge_versions.COMMANDS,
    *answer_log.COMMANDS,
    *people.COMMANDS,
)
