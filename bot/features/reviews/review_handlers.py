"""/review: what is due today, and cards of people's own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.features.quizzes import OWN_PREFIX, NewQuiz, ReviewAction, ReviewPress, SessionKind
from bot.features.reviews import buttons, texts
from bot.office_time import shown
from bot.telegram.formatting import escape
from bot.telegram.gate import Guarded, Tap, identity_of, in_private, on_press
from bot.telegram.sending import acknowledge, edit, reply
from knowledge.quiz.schedule import Rating

if TYPE_CHECKING:
    from telegram import Update, User

    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.quizzes import OwnCard, QuizRunner, Study
    from bot.telegram.sending import Context

REVIEW_LENGTH = 10
_QUESTION_UNITS = 500
_ANSWER_UNITS = 2500
_SOURCE_UNITS = 200


class ReviewHandlers:
    """Brings what is due: the bank's questions as polls, own cards one at a time after them."""

    def __init__(self, core: Core, study: Study, runner: QuizRunner, recorder: Recorder) -> None:
        """Take the `recorder` of the answers that become cards."""
        self._runner = runner
        self._cards = study.cards
        self._learners = study.learners
        self._study = study
        self._recorder = recorder
        self._now = core.now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command and the buttons."""
        return [
            *in_private(Capability.LEARN, review=self.review),
            on_press(Capability.LEARN, ReviewPress, self.pressed, texts.CARD_GONE),
        ]

    async def review(self, update: Update, context: Context) -> None:
        """Begin with what is due, or say when something will be."""
        if update.effective_user is not None:
            await self._review(update, context, update.effective_user)

    async def pressed(self, tap: Tap, press: ReviewPress) -> None:
        """Do what a button of a review asks for."""
        user = tap.query.from_user
        match press.action, press.argument, press.rating:
            case ReviewAction.BEGIN, None, None:
                await acknowledge(tap.query)
                await self._review(tap.update, tap.context, user)
            case ReviewAction.KEEP, str(answer_id), None:
                await self._learners.meet(identity_of(user))
                # the button may be pressed before the answer is stored
                await self._recorder.settled(answer_id.upper())
                own = await self._cards.make_own(user.id, answer_id.upper(), self._now())
                await acknowledge(
                    tap.query, texts.NOT_KEPT if own is None else texts.KEPT, alert=True
                )
            case ReviewAction.SHOW, str(number), None:
                await self._show_answer(tap.update, user, number)
            case ReviewAction.RATE, str(number), int(rating) if rating in texts.RATINGS:
                await self._rate(tap.update, tap.context, user, number, Rating(rating))
            case ReviewAction.DELETE, str(number), None:
                await self._cards.delete_own(user.id, OWN_PREFIX + number)
                await acknowledge(tap.query)
                await edit(tap.update, texts.CARD_DELETED)
            case _:
                await acknowledge(tap.query, texts.CARD_GONE, alert=True)

    async def _review(self, update: Update, context: Context, user: User) -> None:
        due = await self._study.due_of(user.id)
        of_bank = [card.question_id for card in due if not card.question_id.startswith(OWN_PREFIX)]
        if of_bank:
            quiz = NewQuiz(user.id, SessionKind.REVIEW, None, tuple(of_bank[:REVIEW_LENGTH]))
            await self._runner.begin(context.bot, quiz)
        elif due:
            await self._show_next(update, context, user)
        else:
            await reply(update, context, [await self._nothing_due(user)])

    async def _nothing_due(self, user: User) -> str:
        following = await self._cards.next_due(user.id, self._now())
        if following is None:
            return texts.NO_CARDS
        return texts.NOTHING_DUE_NEXT.format(when=shown(following))

    async def _show_next(self, update: Update, context: Context, user: User) -> None:
        """Show the next of the person's own cards that is due, if there is one."""
        for card in await self._cards.due(user.id, self._now(), ()):
            own = await self._cards.own(user.id, card.question_id)
            if own is not None:
                text = texts.OWN_CARD.format(question=_question(own))
                await reply(update, context, [text], buttons.card_keyboard(user.id, str(own.id)))
                return

    async def _own_card(self, update: Update, user: User, number: str) -> OwnCard | None:
        """Return the card of a pressed button, acknowledged; None, and said so, when it is gone."""
        own = await self._cards.own(user.id, OWN_PREFIX + number)
        if update.callback_query is not None:
            text = texts.CARD_GONE if own is None else ""
            await acknowledge(update.callback_query, text, alert=own is None)
        return own

    async def _show_answer(self, update: Update, user: User, number: str) -> None:
        own = await self._own_card(update, user, number)
        if own is None:
            return
        text = texts.OWN_ANSWER.format(
            question=_question(own),
            answer=escape(own.answer, _ANSWER_UNITS),
            source=escape(own.source, _SOURCE_UNITS),
        )
        await edit(update, text, buttons.ratings_keyboard(user.id, number))

    async def _rate(
        self, update: Update, context: Context, user: User, number: str, rating: Rating
    ) -> None:
        own = await self._own_card(update, user, number)
        if own is None:
            return
        review = await self._cards.rated(user.id, own.card_id, None, rating, self._now())
        await self._cards.store(review)
        text = texts.CARD_RATED.format(
            question=_question(own),
            rating=texts.RATINGS[int(rating)],
            when=shown(review.card.due),
        )
        await edit(update, text)
        await self._show_next(update, context, user)


def _question(own: OwnCard) -> str:
    return escape(own.question, _QUESTION_UNITS)
