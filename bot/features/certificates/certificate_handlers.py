"""/certificate, /verify and the links of the QR codes on certificates."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import TelegramError
from telegram.ext import filters

from bot.access.authorisation import Capability
from bot.errors import KeyFileError
from bot.features.certificates import texts
from bot.features.certificates.certificate import Outcome
from bot.features.certificates.certificate_code import START_PREFIX, shown_code
from bot.features.certificates.drawing import draw_certificate
from bot.features.certificates.errors import (
    AlteredCertificateError,
    CertificateError,
    CertificateRevokedError,
)
from bot.features.certificates.messages import missing_text, verification_text, wait_text
from bot.features.certificates.wrong_tries import WrongTries
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Where, identity_of, in_private, on_command
from bot.telegram.sending import reply

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from telegram import Update
    from telegram.ext import ExtBot

    from bot.features.certificates.certificate import Certificate, PathResult
    from bot.features.certificates.register import CertificateRegister
    from bot.telegram.sending import Context

_WRONG = frozenset({Outcome.UNKNOWN, Outcome.FORGED, Outcome.MALFORMED})

_log = structlog.get_logger(__name__)


class CertificateHandlers:
    """Sends people their certificates, and tells anybody whether one is genuine.

    `path_result` tells how far somebody is on the path.
    """

    def __init__(
        self,
        register: CertificateRegister,
        path_result: Callable[[int], Awaitable[PathResult]],
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._register = register
        self._path_result = path_result
        self._now = now
        self._tries = WrongTries()
        self._sending: set[int] = set()

    def handlers(self) -> list[Guarded]:
        """Return the handlers; they go before those of a plain /start."""
        linked = filters.Regex(rf"^/start(@\w+)? {START_PREFIX}")
        return [
            *in_private(Capability.LEARN, certificate=self.certificate),
            on_command(Capability.GREET, "verify", self.verify, where=Where.ANYWHERE),
            on_command(Capability.GREET, "start", self.linked, only=linked),
        ]

    async def certificate(self, update: Update, context: Context) -> None:
        """Send the person's certificate, or say what is missing."""
        user = update.effective_user
        if user is None:
            return
        try:
            # Whoever has one keeps it, even where the path got new topics since.
            certificate = await self._register.find(user.id)
            if certificate is None:
                result = await self._path_result(user.id)
                if not result.complete:
                    await reply(update, context, [missing_text(result)])
                    return
                certificate = await self._issue(user.id, identity_of(user).short_name, result)
        except CertificateRevokedError as error:
            await reply(update, context, [escape(error)])
            return
        except AlteredCertificateError as error:
            _log.error("certificate_altered", reason=str(error))
            await reply(update, context, [texts.ALTERED])
            return
        except KeyFileError as error:
            _log.error("certificate_key_unusable", reason=str(error))
            await reply(update, context, [texts.NOT_NOW])
            return
        if not await self._send(context.bot, user.id, certificate):
            await reply(update, context, [texts.DRAWING])

    async def award(self, bot: ExtBot[Any], person_id: int, name: str) -> None:
        """Issue the certificate of somebody who completed the path, and send it.

        Harmless when they have it, or are not that far. What goes wrong is logged: they can get it
        later with /certificate. Raises DatabaseError.
        """
        result = await self._path_result(person_id)
        if not result.complete:
            return
        try:
            certificate = await self._issue(person_id, name, result)
            await self._send(bot, person_id, certificate)
        except (CertificateError, KeyFileError) as error:
            _log.error("certificate_not_issued", reason=str(error))
        except TelegramError as error:
            _log.info("certificate_not_sent", reason=str(error))

    async def verify(self, update: Update, context: Context) -> None:
        """Tell whether the code after the command is a certificate's."""
        typed = " ".join(context.args or [])
        if typed:
            await self._verify(update, context, typed)
        else:
            await reply(update, context, [texts.VERIFY_USAGE])

    async def linked(self, update: Update, context: Context) -> None:
        """Do the same for the code in a link."""
        await self._verify(update, context, (context.args or [""])[0].removeprefix(START_PREFIX))

    async def _verify(self, update: Update, context: Context, typed: str) -> None:
        user = update.effective_user
        if user is None:
            return
        wait = self._tries.wait(user.id, self._now())
        if wait is not None:
            await reply(update, context, [wait_text(wait)])
            return
        try:
            found = await self._register.verify(typed)
        except KeyFileError as error:
            _log.error("certificate_key_unusable", reason=str(error))
            await reply(update, context, [texts.NOT_NOW])
            return
        if found.outcome in _WRONG:
            self._tries.wrong(user.id, self._now())
        if found.outcome is Outcome.FORGED:
            _log.error("certificate_altered", code=found.code)
        await reply(update, context, [verification_text(found)])

    async def _issue(self, person_id: int, name: str, result: PathResult) -> Certificate:
        return await self._register.issue(person_id, name, result.score, result.topics, self._now())

    async def _send(self, bot: ExtBot[Any], person_id: int, certificate: Certificate) -> bool:
        """Draw and send a certificate; False where that is under way already."""
        if person_id in self._sending:
            return False
        self._sending.add(person_id)
        try:
            drawing = await asyncio.to_thread(draw_certificate, certificate, bot.username)
            code = shown_code(certificate.code)
            name = texts.FILE_NAME.format(code=code)
            await bot.send_photo(
                person_id,
                drawing.png,
                filename=f"{name}.png",
                caption=texts.CAPTION.format(code=code),
            )
            await bot.send_document(
                person_id, drawing.pdf, filename=f"{name}.pdf", caption=texts.PDF_CAPTION
            )
        finally:
            self._sending.discard(person_id)
        return True
