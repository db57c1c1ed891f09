"""Sending and stopping polls and quizzes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import ApiError
from bot.sandbox.limits import (
    POLL_DESCRIPTION_UNITS,
    POLL_EXPLANATION_LINE_FEEDS,
    POLL_EXPLANATION_UNITS,
    POLL_OPEN_SECONDS,
    POLL_OPTION_UNITS,
    POLL_OPTIONS,
    POLL_QUESTION_UNITS,
)
from bot.sandbox.markup import format_text
from bot.sandbox.methods.outgoing import checked_markup, outgoing
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.polls import Poll, PollOption
from bot.sandbox.recipients import writable_chat
from bot.sandbox.schema import SendPoll, StopPoll
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json
    from bot.sandbox.world import World


@handles(SendPoll)
async def send_poll(call: Call[SendPoll]) -> Json:
    """Send a poll or a quiz."""
    poll = _poll(call.world, call.parameters)
    return outgoing(call.world, call.parameters).send({}, poll=poll).json()


@handles(StopPoll)
async def stop_poll(call: Call[StopPoll]) -> Json:
    """Close a poll of the bot and return it."""
    asked, world = call.parameters, call.world
    message = writable_chat(world, asked.chat_id).messages.get(asked.message_id)
    if message is None:
        raise ApiError(400, "Bad Request: message with poll to stop not found")
    if message.poll is None or message.forward_origin is not None:
        raise ApiError(400, "Bad Request: message is not a poll")
    if message.sender.id != world.bot.user_id:
        raise ApiError(400, "Bad Request: poll can't be stopped")
    if message.poll.is_closed:
        raise ApiError(400, "Bad Request: poll has already been closed")
    message.reply_markup = checked_markup(asked.reply_markup)
    world.close_poll(message.poll, message)
    return message.poll.json()


def _poll(world: World, asked: SendPoll) -> Poll:
    question = format_text(asked.question, asked.question_parse_mode, asked.question_entities)
    _check_length("poll question", question.text, POLL_QUESTION_UNITS)
    number = 5_300_000_000_000_000_000 + world.number()
    options = []
    for position, option in enumerate(asked.options):
        text = format_text(option.text, option.text_parse_mode, option.text_entities)
        _check_length("poll options", text.text, POLL_OPTION_UNITS)
        options.append(PollOption(f"{number}-{position}", text.text, tuple(text.entities)))
    if not 1 <= len(options) <= POLL_OPTIONS:
        raise ApiError(400, f"Bad Request: poll must have 1-{POLL_OPTIONS} options")
    is_quiz = asked.type == "quiz"
    poll = Poll(
        str(number),
        question.text,
        list(question.entities),
        options,
        is_anonymous=asked.is_anonymous is not False,
        is_quiz=is_quiz,
        allows_multiple_answers=bool(asked.allows_multiple_answers),
        allows_revoting=(not is_quiz) if asked.allows_revoting is None else asked.allows_revoting,
        members_only=bool(asked.members_only),
        hides_results=bool(asked.hide_results_until_closes),
        is_closed=bool(asked.is_closed),
    )
    if is_quiz:
        _add_solution(poll, asked)
    if asked.description:
        text = format_text(
            asked.description, asked.description_parse_mode, asked.description_entities
        )
        _check_length("poll description", text.text, POLL_DESCRIPTION_UNITS)
        poll.description, poll.description_entities = text.text, list(text.entities)
    _add_end(world, poll, asked)
    return poll


def _add_solution(poll: Poll, asked: SendPoll) -> None:
    correct = sorted(set(asked.correct_option_ids or []))
    if not correct or any(not 0 <= number < len(poll.options) for number in correct):
        raise ApiError(400, "Bad Request: wrong correct option ID specified")
    if len(correct) > 1 and not poll.allows_multiple_answers:
        raise ApiError(400, "Bad Request: wrong number of correct options specified")
    poll.correct_option_ids = correct
    if asked.explanation:
        text = format_text(
            asked.explanation, asked.explanation_parse_mode, asked.explanation_entities
        )
        if utf16_length(text.text) > POLL_EXPLANATION_UNITS:
            raise ApiError(400, "Bad Request: explanation is too long")
        if text.text.count("\n") > POLL_EXPLANATION_LINE_FEEDS:
            raise ApiError(400, "Bad Request: explanation has too many line feeds")
        poll.explanation, poll.explanation_entities = text.text, list(text.entities)


def _add_end(world: World, poll: Poll, asked: SendPoll) -> None:
    shortest, longest = POLL_OPEN_SECONDS
    if asked.open_period is not None and asked.close_date is not None:
        raise ApiError(400, "Bad Request: open_period and close_date can't be used together")
    seconds = asked.open_period
    if asked.close_date is not None:
        seconds = asked.close_date - world.timestamp
    if not seconds:
        return
    if not shortest <= seconds <= longest:
        raise ApiError(400, f"Bad Request: a poll must be open for {shortest}-{longest} seconds")
    poll.open_period = asked.open_period
    poll.close_date = world.timestamp + seconds


def _check_length(what: str, text: str, limit: int) -> None:
    if not text:
        raise ApiError(400, f"Bad Request: {what} must be non-empty")
    if utf16_length(text) > limit:
        raise ApiError(400, f"Bad Request: {what} length must not exceed {limit}")
