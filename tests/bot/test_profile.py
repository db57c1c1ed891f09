from bot import texts
from bot.profile import publish_profile
from tests.bot.conftest import Telegram


async def test_profile_is_set_once_and_then_left_alone(telegram: Telegram) -> None:
    await publish_profile(telegram.application.bot)
    made = [call.method for call in telegram.request.calls]
    assert made.count("setMyCommands") == 2
    assert {"setMyDescription", "setMyShortDescription"} <= set(made)
    telegram.request.calls.clear()
    await publish_profile(telegram.application.bot)
    assert not [call for call in telegram.request.calls if call.method.startswith("set")]


async def test_a_refused_profile_does_not_stop_the_bot(telegram: Telegram) -> None:
    telegram.request.failures["setMyCommands"] = (400, "Bad Request: no")
    await publish_profile(telegram.application.bot)


def test_profile_texts_fit_telegrams_limits() -> None:
    assert len(texts.DESCRIPTION) <= 512
    assert len(texts.SHORT_DESCRIPTION) <= 120
    assert all(len(description) <= 256 for _, description in texts.COMMANDS)
