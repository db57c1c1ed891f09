import pytest

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.asking import texts
from tests.bot.conftest import Telegram
from tests.bot.whole_bot import MORNING

PHOTO = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}


@pytest.mark.parametrize(
    ("role", "line"), [(Role.STAFF, texts.PHOTO), (Role.EDITOR, texts.PHOTO_TO_EDITOR)]
)
async def test_an_editors_picture_is_asked_for_as_a_file(
    telegram: Telegram, app_database: Database, role: Role, line: str
) -> None:
    await People(app_database).set_role(CLI, 2002, role, MORNING, name="Biên")
    (reply,) = await telegram.of(2002, "Biên").sends(photo=[PHOTO])
    assert reply.text == line
