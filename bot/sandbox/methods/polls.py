"""Sending and stopping polls and quizzes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.limits import (
    POLL_EXPLANATION_LINE_FEEDS,
    POLL_EXPLANATION_UNITS,
    POLL_OPEN_SECONDS,
    POLL_OPTION_UNITS,
    POLL_OPTIONS,
    POLL_QUESTION_UNITS,
)
from bot.sandbox.markup import FormattedText, format_text
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.methods.sending import checked_markup, send
from bot.sandbox.polls import Poll, PollOption
from bot.sandbox.utf16 import utf16_length

if TYPE_CHECKING:
    from bot.sandbox.values import Json
    from bot.sandbox.world import World


@handles("sendPoll")
async def send_poll(call: Call) -> Json:
    """Send a poll or a quiz."""
    return send(call, {}, _poll(call.world, call.asked))


@handles("stopPoll")
async def stop_poll(call: Call) -> Json:
    """Close a poll of the bot and return it."""
    message = call.message("message with poll to stop not found")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.poll.is_closed:
        raise bad_request("poll has already been closed")
    message.reply_markup = checked_markup(call.asked.get("reply_markup"))
    call.world.close_poll(message.poll, message)
    return message.poll.json()


def _poll(world: World, asked: Json) -> Poll:
    question = _formatted(asked, "question")
    _check_length("poll question", question.text, POLL_QUESTION_UNITS)
    poll_id = world.new_id()
    options = []
    for position, option in enumerate(asked["options"]):
        text = _formatted(option, "text")
        _check_length("poll options", text.text, POLL_OPTION_UNITS)
        options.append(PollOption(f"{poll_id}-{position}", text.text, text.entities))
    if not 1 <= len(options) <= POLL_OPTIONS:
        raise bad_request(f"poll must have 1-{POLL_OPTIONS} options")
    is_quiz = asked.get("type") == "quiz"
    poll = Poll(
        poll_id,
        question.text,
        question.entities,
        options,
        is_anonymous=asked.get("is_anonymous", True),
        is_quiz=is_quiz,
        allows_multiple_answers=asked.get("allows_multiple_answers", False),
        allows_revoting=asked.get("allows_revoting", not is_quiz),
        members_only=asked.get("members_only", False),
        hides_results=asked.get("hide_results_until_closes", False),
        is_closed=asked.get("is_closed", False),
    )
    if is_quiz:
        _add_solution(poll, asked)
    _add_end(world, poll, asked)
    return poll


def _formatted(asked: Json, field: str) -> FormattedText:
    """Return a text with the formatting that its neighbours in the call ask for."""
    mode, entities = asked.get(f"{field}_parse_mode"), asked.get(f"{field}_entities")
    return format_text(asked.get(field, ""), mode, entities)


def _add_solution(poll: Poll, asked: Json) -> None:
    correct = sorted(set(asked.get("correct_option_ids", [])))
    if not correct or any(not 0 <= number < len(poll.options) for number in correct):
        raise bad_request("wrong correct option ID specified")
    if len(correct) > 1 and not poll.allows_multiple_answers:
        raise bad_request("wrong number of correct options specified")
    explanation = _formatted(asked, "explanation")
    if utf16_length(explanation.text) > POLL_EXPLANATION_UNITS:
        raise bad_request("explanation is too long")
    if explanation.text.count("\n") > POLL_EXPLANATION_LINE_FEEDS:
        raise bad_request("explanation has too many line feeds")
    poll.correct_option_ids = correct
    poll.explanation, poll.explanation_entities = explanation.text, explanation.entities


def _add_end(world: World, poll: Poll, asked: Json) -> None:
    shortest, longest = POLL_OPEN_SECONDS
    if "open_period" in asked and "close_date" in asked:
        raise bad_request("open_period and close_date can't be used together")
    seconds = asked.get("open_period", 0)
    if "close_date" in asked:
        seconds = asked["close_date"] - world.timestamp
    if not seconds:
        return
    if not shortest <= seconds <= longest:
        raise bad_request(f"a poll must be open for {shortest}-{longest} seconds")
    poll.open_period = asked.get("open_period")
    poll.close_date = world.timestamp + seconds


def _check_length(what: str, text: str, limit: int) -> None:
    if not text:
        raise bad_request(f"{what} must be non-empty")
    if utf16_length(text) > limit:
        raise bad_request(f"{what} length must not exceed {limit}")
