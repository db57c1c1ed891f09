"""What the bot writes about certificates, in HTML."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.features.certificates import texts
from bot.features.certificates.certificate import Outcome, score_in_words
from bot.features.certificates.certificate_code import shown_code
from bot.office_time import shown_day
from bot.telegram.formatting import escape

if TYPE_CHECKING:
    import datetime as dt

    from bot.features.certificates.certificate import PathResult, Verification

_TOPICS_LISTED = 12
_TITLE_UNITS = 120
_NAME_UNITS = 320

_WITH_CODE = {
    Outcome.UNKNOWN: texts.UNKNOWN,
    Outcome.FORGED: texts.FORGED,
    Outcome.REVOKED: texts.REVOKED,
    Outcome.REPLACED: texts.REPLACED,
    Outcome.ERASED: texts.ERASED,
}


def verification_text(found: Verification) -> str:
    """Return what anybody may know of a code: of a valid one name, day, score and office."""
    if found.code is None:
        return texts.MALFORMED
    code = shown_code(found.code)
    if found.certificate is None:
        day = "" if found.since is None else shown_day(found.since)
        return _WITH_CODE[found.outcome].format(code=code, day=day)
    template = texts.VALID if found.certificate.name_confirmed else texts.VALID_UNCONFIRMED
    return template.format(
        code=code,
        name=escape(found.certificate.name, _NAME_UNITS),
        day=shown_day(found.certificate.issued_at),
        score=score_in_words(found.certificate.score),
        office=escape(found.certificate.office, _NAME_UNITS),
    )


def missing_text(result: PathResult) -> str:
    """Return what somebody has still to do for a certificate."""
    if not result.missing:
        return texts.NOT_BEGUN
    listed = [f"• {escape(title, _TITLE_UNITS)}" for title in result.missing[:_TOPICS_LISTED]]
    if more := len(result.missing) - len(listed):
        listed.append(texts.NOT_YET_MORE.format(count=more))
    text = texts.NOT_YET.format(count=len(result.missing), topics="\n".join(listed))
    return f"{text}\n\n{texts.NOT_YET_HINT}"


def wait_text(wait: dt.timedelta) -> str:
    """Return the line for somebody who tried too many wrong codes."""
    return texts.WAIT.format(minutes=max(1, math.ceil(wait.total_seconds() / 60)))
