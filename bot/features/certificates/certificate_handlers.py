"""/certificate, /verify and the links of the QR codes on certificates."""

from __future__ import annotations

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
from bot.features.certificates.name_handlers import offer, write_keyboard
from bot.features.certificates.wrong_tries import WrongTries
from bot.picture_style import drawn
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Where, identity_of, in_private, on_command
from bot.telegram.sending import notify, reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.certificates.certificate import Certificate, PathResult
    from bot.features.certificates.name_requests import NameRequests
    from bot.features.certificates.register import CertificateRegister
    from bot.telegram.sending import Context

_WRONG = frozenset({Outcome.UNKNOWN, Outcome.FORGED, Outcome.MALFORMED})

_log = structlog.get_logger(__name__)


class CertificateHandlers:
    """Sends people their certificates, and tells anybody whether one is genuine.

    `path_result` tells how far somebody is on the path. Who was not let in gets none, nor who has
    no confirmed name.
    """

    def __init__(
        self,
        core: Core,
        register: CertificateRegister,
        names: NameRequests,
        path_result: Callable[[int], Awaitable[PathResult]],
    ) -> None:
        self._people = core.people
        self._gate = core.gate
        self._register = register
        self._names = names
        self._path_result = path_result
        self._now = core.now
        self._tries = WrongTries()
        self._sending: set[int] = set()

    def handlers(self) -> list[Guarded]:
        """Return the handlers; they go before those of a plain /start."""
        linked = filters.Regex(rf"^/start(@\w+)? {START_PREFIX}")
        return [
            *in_private(Capability.EARN_CERTIFICATE, certificate=self.certificate),
            on_command(Capability.GREET, "verify", self.verify, where=Where.ANYWHERE),
            on_command(Capability.GREET, "start", self.linked, only=linked),
        ]

    async def certificate(self, update: Update, context: Context) -> None:
        """Send the person's certificate, or say what is missing."""
        user = update.effective_user
        if user is None:
            return
        try:
            certificate = await self._due(user.id)
            if certificate is None:
                result = await self._path_result(user.id)
                if not result.complete:
                    await reply(update, context, [missing_text(result)])
                else:
                    await self._offer(context.bot, user.id, identity_of(user).short_name)
                return
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

        Who has no confirmed name yet is offered to ask for one, such as `name`; who was not let in
        is told how. Harmless when they have it, or are not that far. What goes wrong is logged:
        they can get it later with /certificate. Raises DatabaseError.
        """
        if not (await self._path_result(person_id)).complete:
            return
        role = await self._gate.role_of(person_id)
        if not self._gate.lets(role, Capability.EARN_CERTIFICATE):
            await notify(bot, person_id, texts.GUEST_COMPLETED)
            return
        try:
            certificate = await self._due(person_id)
            if certificate is None:
                await self._offer(bot, person_id, name)
            else:
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

    async def confirmed(self, bot: ExtBot[Any], person_id: int) -> None:
        """Send the certificate of somebody whose name was confirmed, where one is due."""
        try:
            certificate = await self._due(person_id)
            if certificate is not None:
                await self._send(bot, person_id, certificate)
        except (CertificateError, KeyFileError) as error:
            _log.error("certificate_not_issued", reason=str(error))
        except TelegramError as error:
            _log.info("certificate_not_sent", reason=str(error))

    async def _due(self, person_id: int) -> Certificate | None:
        """Return the certificate that somebody is to have now; None if there is none yet.

        Whoever has one keeps it, even where the path got new topics since; another confirmed name
        replaces it. Raises CertificateError and KeyFileError.
        """
        person = await self._people.get(person_id)
        name = None if person is None else person.official_name
        certificate = await self._register.find(person_id)
        if name is None:
            return certificate
        if certificate is not None:
            return await self._register.rename(person_id, name, self._now())
        result = await self._path_result(person_id)
        if not result.complete:
            return None
        return await self._register.issue(person_id, name, result.score, result.topics, self._now())

    async def _offer(self, bot: ExtBot[Any], person_id: int, name: str) -> None:
        """Offer somebody to ask for a name on their certificate."""
        text, keyboard = offer(person_id, name, await self._names.of(person_id))
        await notify(bot, person_id, text, keyboard)

    async def _send(self, bot: ExtBot[Any], person_id: int, certificate: Certificate) -> bool:
        """Draw and send a certificate; False where that is under way already."""
        if person_id in self._sending:
            return False
        self._sending.add(person_id)
        try:
            drawing = await drawn(draw_certificate, certificate, bot.username)
            code = shown_code(certificate.code)
            name = texts.FILE_NAME.format(code=code)
            await bot.send_photo(
                person_id,
                drawing.png,
                filename=f"{name}.png",
                caption=texts.CAPTION.format(code=code),
            )
            await bot.send_document(
                person_id,
                drawing.pdf,
                filename=f"{name}.pdf",
                caption=texts.PDF_CAPTION,
                reply_markup=write_keyboard(person_id, texts.NAME_FIX),
            )
        finally:
            self._sending.discard(person_id)
        return True
