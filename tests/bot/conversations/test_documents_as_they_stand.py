"""From an upload to an answer in the chat: tables, labelled parts, what is left out."""

from bot.features.documents import texts as document_texts
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from tests.bot.conversations.test_admin_day import finished_reload, upload
from tests.bot.conversations.test_questions import answer
from tests.databases import on_sqlite
from tests.office_files import workbook

ROOMS = [("STT", "Phòng họp", "Tầng", "Sức chứa")] + [
    (n, f"Phòng họp số {n}", n % 5 + 1, n * 4) for n in range(1, 41)
]
RULES = """Nội quy phòng họp

Điều 1. Đăng ký

1. Đăng ký phòng họp trước 2 ngày.

2. Đơn vị đăng ký sau phải nhường phòng.

Điều 2. Bàn giao

1. Tắt máy chiếu khi ra về.
"""
PAGE = (
    "<html><body><article><h1>Trực tầng hầm</h1><p>Tầng hầm có bảo vệ trực 24 giờ.</p>"
    "<!-- mã cửa 9876 --><p hidden>Nháp: bỏ trực đêm.</p></article></body></html>"
)


async def put_in(office: Sandbox, name: str, content: bytes) -> str:
    """Upload and keep a document; return the card that was shown before."""
    admin = office.persona("admin")
    card = await upload(admin, name, content)
    await card.press(document_texts.BUTTON_KEEP)
    assert "thêm 1" in (await finished_reload(admin)).text
    return card.text


@on_sqlite
async def test_a_workbook_is_shown_and_answered_as_a_table(office: Sandbox) -> None:
    card = await put_in(office, "phong-hop.xlsx", workbook({"Danh sách phòng họp": ROOMS}))
    assert "Phòng họp số 1" in card
    assert "|" not in card
    staff = office.persona("staff")
    cell = await answer(staff, "phong hop so 17 suc chua bao nhieu")
    assert cell.marked("bold") == ["68"]
    table = await answer(staff, "danh sách phòng họp")
    assert "|" not in table.text
    assert f"dòng 1–15 / {len(ROOMS) - 1}" in table.text
    seen = table.text
    for rest in (25, 5):
        more = source_texts.MORE_ROWS.format(count=rest)
        assert more in table.buttons
        await table.press(more)
        table = await staff.receives()
        seen += table.text
    assert all(f"Phòng họp số {n}" in seen for n in range(1, 41))


@on_sqlite
async def test_a_part_is_found_by_its_label(office: Sandbox) -> None:
    await put_in(office, "noi-quy.txt", RULES.encode())
    staff = office.persona("staff")
    reply = await answer(staff, "khoan 2 dieu 1 noi quy phong hop noi gi")
    assert "Điều 1. Đăng ký (Nội quy phòng họp)" in reply.text
    assert "2. Đơn vị đăng ký sau phải nhường phòng." in reply.text
    assert "trước 2 ngày" not in reply.text


@on_sqlite
async def test_what_is_not_published_is_told_and_never_answered(office: Sandbox) -> None:
    card = await put_in(office, "truc.html", PAGE.encode())
    assert document_texts.LEFT_OUT in card
    assert "9876" not in card.replace("mã cửa 9876", "", 1)  # named once, among what is left out
    staff = office.persona("staff")
    assert "24 giờ" in (await answer(staff, "tầng hầm có bảo vệ trực mấy giờ")).text
    assert "9876" not in (await answer(staff, "mã cửa tầng hầm là gì")).text
