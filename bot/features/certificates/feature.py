"""Certificates as the bot runs them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.certificates import texts
from bot.features.certificates.certificate import PathResult
from bot.features.certificates.certificate_handlers import CertificateHandlers
from bot.features.certificates.name_handlers import NameHandlers
from bot.features.certificates.name_requests import NameRequests
from bot.features.certificates.personal_data import (
    CertificatesOfPerson,
    NameRequestsOfPerson,
)
from bot.features.certificates.register import CertificateRegister, key_beside
from bot.features.certificates.tables import NameRequestRow
from bot.retention import rows_over
from knowledge.quiz.path import StepState, is_complete, path_score

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.quizzes import Study


REQUESTS_KEPT = dt.timedelta(days=90)
"""How long a name waits for an admin."""


class CertificatesFeature(Feature):
    """Certificates of the learning path: handed out, shown again and verified."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, study: Study) -> None:
        self._study = study
        register = CertificateRegister(
            core.database, key_beside(core.settings.data_dir), core.marks
        )
        names = NameRequests(core.database)
        handlers = CertificateHandlers(core, register, names, self._path_result)
        self.award = handlers.award
        self.handler_groups = (handlers, NameHandlers(core, names, handlers.confirmed))
        self.expiring = (
            rows_over(
                core.database,
                NameRequestRow,
                lambda at: NameRequestRow.requested_at < at - REQUESTS_KEPT,
                core.now,
            ),
        )
        self.personal_data = (
            CertificatesOfPerson(core.database, core.marks, core.now),
            NameRequestsOfPerson(core.database),
        )

    async def _path_result(self, person_id: int) -> PathResult:
        """Return how far somebody is on the path."""
        steps = await self._study.path_of(person_id)
        learner = await self._study.learners.get(person_id)
        passed = [step for step in steps if step.state is StepState.PASSED]
        return PathResult(
            complete=learner is not None and is_complete(steps),
            score=path_score(passed) or 0.0,
            topics=tuple(step.topic.title for step in passed),
            missing=tuple(s.topic.title for s in steps if s.state is not StepState.PASSED),
        )
