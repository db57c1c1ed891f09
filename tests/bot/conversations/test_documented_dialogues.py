"""The dialogues of docs/DIALOGUES.md go on as they are told there."""

import re
from pathlib import Path

import pytest

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.sandbox import Sandbox
from bot.sandbox.persona import ChatName, SeenMessage
from tests.bot.whole_bot import MORNING

PAGE = Path(__file__).parents[3] / "docs" / "DIALOGUES.md"
PEOPLE = {"Lan": "staff", "Minh": "newcomer", "Mai": "editor", "Hùng": "admin"}
BOT = re.compile(r"Trợ lý(?: → (?P<whom>\w+)|(?P<changed> sửa thành))?: ")
ACT = re.compile(
    r"(?P<who>\w+)(?P<group> \(nhóm\))?(?P<reply> trả lời)?"
    r"(?:: (?P<text>.*)| bấm \[(?P<label>.*)\])"
)


def dialogues() -> list[str]:
    page = PAGE.read_text(encoding="utf-8")
    return re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def told(message: SeenMessage) -> str:
    """A message of the bot's as the page tells it: without blank lines, then its buttons."""
    lines = [line.strip() for line in message.text.split("\n") if line.strip()]
    if message.buttons:
        lines.append(" ".join(f"[{label}]" for label in message.buttons))
    return "\n    ".join(lines)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("dialogue", dialogues())
async def test_it_goes_as_it_is_told(
    dialogue: str, sandbox: Sandbox, app_database: Database
) -> None:
    editor = sandbox.world.people.persona("editor").user
    await People(app_database).set_role(CLI, editor.id, Role.EDITOR, MORNING, name="Mai")
    last: dict[str, SeenMessage] = {}
    who, chat = "", "private"
    for line in re.split(r"\n(?! )", dialogue.strip()):
        if said := BOT.match(line):
            who = said["whom"] or who
            # in the group all see the same, but each has seen it or not
            person = sandbox.persona("staff" if chat == "group" else PEOPLE[who])
            if said["changed"]:
                last[who] = await person.sees_change(last[who])
            else:
                last[who] = await person.receives(chat=chat)
            assert told(last[who]) == line[said.end() :]
            continue
        act = ACT.fullmatch(line)
        assert act is not None, line
        who = act["who"]
        person = sandbox.persona(PEOPLE[who])
        chat: ChatName = "group" if act["group"] else "private"
        if act["text"] is None:
            await last[who].press(act["label"])
        elif act["reply"]:
            await last[who].reply(act["text"])
        else:
            await person.sends(act["text"], chat=chat)
