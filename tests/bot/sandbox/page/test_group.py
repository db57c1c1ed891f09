"""What the group's administrators do on the page."""

import pytest
from playwright.async_api import expect

from tests.bot.sandbox.page.chat_page import ChatPage
from tests.bot.sandbox.page.scripted_bot import ScriptedBot

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def chosen(chat_page: ChatPage, label: str) -> None:
    """Choose something from the chat's menu."""
    await chat_page.page.locator("#chat-menu").click()
    await chat_page.page.get_by_role("menuitem", name=label).click()


async def test_administrators_add_the_bot_and_remove_it(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await chat_page.open("admin", "group")
    for label, status in (
        ("Đưa bot ra khỏi nhóm", "left"),
        ("Thêm bot vào nhóm", "member"),
        ("Cho bot làm quản trị viên", "administrator"),
    ):
        await chosen(chat_page, label)
        change = await scripted_bot.sees("my_chat_member")
        assert change["new_chat_member"]["status"] == status
    await expect(chat_page.last).to_contain_text("đã thêm Trợ lý Văn phòng")
    await chat_page.page.locator("#chat-menu").click()
    await expect(chat_page.page.get_by_role("menuitem", name="quản trị viên")).to_have_count(0)


async def test_administrators_write_as_the_group_and_in_topics(
    chat_page: ChatPage, scripted_bot: ScriptedBot
) -> None:
    await chat_page.open("admin", "group")
    await chosen(chat_page, "Viết với tên nhóm")
    await chat_page.writes("/help")
    assert (await scripted_bot.sees("message"))["from"]["username"] == "GroupAnonymousBot"
    await expect(chat_page.last.locator(".sender")).to_have_text("Phòng Tổng hợp")
    await chosen(chat_page, "Thôi viết với tên nhóm")
    await chosen(chat_page, "Mở chủ đề mới")
    await chat_page.page.get_by_label("Tên chủ đề").fill("Hỏi đáp")
    await chat_page.button("Mở").click()
    await expect(chat_page.last).to_contain_text("đã mở chủ đề “Hỏi đáp”")
    opened = await scripted_bot.sees("message")
    assert opened["from"]["id"] == 1003
    assert opened["is_topic_message"] is True


async def test_who_does_not_look_after_the_group_is_not_offered_it(chat_page: ChatPage) -> None:
    await chat_page.open("staff", "group")
    await chat_page.page.locator("#chat-menu").click()
    await expect(chat_page.page.get_by_role("menuitem")).to_have_text(["Rời nhóm"])
