import io

import aiohttp
import pytest
from PIL import Image
from telegram import Bot, InputMediaPhoto

from tests.bot.sandbox.conftest import TOKEN, BotSide, UserApi

PRIVATE = "/staff/chats/private"


def picture(width: int = 640, height: int = 480, kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(written, kind)
    return written.getvalue()


async def test_photos(ptb: Bot, users: UserApi, staff_started: int) -> None:
    sent = await ptb.send_photo(staff_started, picture(), caption="<i>Ảnh</i>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 68), (320, 240), (640, 480)]
    assert sent.caption_entities[0].type == "italic"
    again = await ptb.send_photo(staff_started, sent.photo[0].file_id)
    assert [size.file_id for size in again.photo] == [size.file_id for size in sent.photo]
    file = await ptb.get_file(sent.photo[-1])
    with Image.open(io.BytesIO(bytes(await file.download_as_bytearray()))) as opened:
        assert opened.size == (640, 480)
    replaced = await sent.edit_media(InputMediaPhoto(picture(100, 50), caption="Mới"))
    assert replaced is not True
    assert replaced.photo[-1].width == 100


async def test_documents(ptb: Bot, users: UserApi, staff_started: int) -> None:
    name = "../../Quyết định 828.pdf"
    sent = await ptb.send_document(staff_started, b"%PDF-1.7", filename=name)
    assert sent.document is not None
    assert sent.document.file_name == "Quyết định 828.pdf"
    assert sent.document.mime_type == "application/pdf"
    file = await ptb.get_file(sent.document)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    url = f"/users/files/{sent.document.file_unique_id}"
    async with users.session.get(url) as response:
        assert await response.read() == b"%PDF-1.7"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''Q")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_refusals_of_files(ptb: Bot, api: BotSide, staff_started: int) -> None:
    chat = staff_started
    sent = await ptb.send_document(chat, b"a", filename="a.txt")
    assert sent.document is not None
    document = sent.document.file_id
    for method, parameters, refusal in [
        ("sendPhoto", {"photo": "x"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": document}, "can't use file of type Document as Photo"),
        ("sendPhoto", {"photo": "http://127.0.0.1/a.png"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "attach://b"}, "file is not attached to the request"),
        ("sendPhoto", {}, "there is no photo in the request"),
        (
            "sendDocument",
            {"document": document, "caption": "a" * 1025},
            "message caption is too long",
        ),
    ]:
        assert (
            await api.refused(method, chat_id=chat, **parameters) == f"400 Bad Request: {refusal}"
        )
    assert (await api.refused("getFile", file_id="x")).startswith("400 Bad Request: ")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture()[:200], "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(5001, 5000), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
        (b"\0" * (10 * 1024 * 1024 + 1), "file of size 10485761 bytes is too big for a photo"),
    ],
    ids=["text", "cut", "narrow", "large", "empty", "heavy"],
)
async def test_photos_that_are_none(
    session: aiohttp.ClientSession, staff_started: int, content: bytes, refusal: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(staff_started)})
    form.add_field("photo", io.BytesIO(content), filename="a.png")
    async with session.post(f"/bot{TOKEN}/sendPhoto", data=form) as response:
        assert response.status == 400
        assert (await response.json())["description"] == f"Bad Request: {refusal}"


async def test_a_large_document_is_sent_but_not_downloaded(
    session: aiohttp.ClientSession, api: BotSide, staff_started: int
) -> None:
    form = aiohttp.FormData({"chat_id": str(staff_started)})
    form.add_field("document", io.BytesIO(bytes(20 * 1024 * 1024 + 1)), filename="a.bin")
    async with session.post(f"/bot{TOKEN}/sendDocument", data=form) as response:
        file_id = (await response.json())["result"]["document"]["file_id"]
    assert await api.refused("getFile", file_id=file_id) == "400 Bad Request: file is too big"


async def test_people_upload(ptb: Bot, users: UserApi) -> None:
    png = ("a.png", picture(), "image/png")
    status, answer = await users.uploads(PRIVATE, [png, png], kind="photo", caption="Hai ảnh")
    assert status == 201
    assert answer["messages"][0]["caption"] == "Hai ảnh"
    assert answer["messages"][0]["media_group_id"] == answer["messages"][1]["media_group_id"]
    text = ("ghi chú.txt", "chữ".encode(), "text/plain")
    await users.uploads(PRIVATE, [text], kind="document", reply_to_message_id="1")
    await users.uploads(PRIVATE, [("a.ogg", b"OggS", "audio/ogg")], kind="voice")
    await users.uploads(PRIVATE, [("a.mp4", b"mp4", "video/mp4")], kind="video")
    await users.post(f"{PRIVATE}/sticker", emoji="👍")
    first, _, document, voice, video, sticker = [u.message for u in await ptb.get_updates()]
    assert first is not None
    assert first.photo[-1].width == 640
    assert document is not None
    assert document.document is not None
    assert document.reply_to_message is not None
    file = await ptb.get_file(document.document)
    assert bytes(await file.download_as_bytearray()).decode() == "chữ"
    assert voice is not None
    assert voice.voice is not None
    assert video is not None
    assert video.video is not None
    assert sticker is not None
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "👍"


@pytest.mark.parametrize(
    ("files", "fields", "status"),
    [
        ([], {"kind": "photo"}, 415),
        ([("a", b"a", "text/plain")], {"kind": "film"}, 400),
        ([("a", b"a", "text/plain")], {"kind": "photo"}, 400),
        ([("a", b"", "text/plain")], {"kind": "document"}, 400),
        ([("a", b"a", "text/plain")] * 11, {"kind": "document"}, 400),
        ([("a", b"a", "text/plain")] * 2, {"kind": "voice"}, 400),
        ([("a", b"a", "text/plain")], {"kind": "document", "caption": "a" * 1025}, 400),
        ([("a", b"a", "text/plain")], {"kind": "document", "reply_to_message_id": "77"}, 404),
        ([("a", b"a", "text/plain")], {"kind": "document", "reply_to_message_id": "x"}, 400),
        ([("a", b"\0" * (10 * 1024 * 1024 + 1), "image/png")], {"kind": "photo"}, 413),
    ],
)
async def test_refused_uploads(
    users: UserApi, files: list[tuple[str, bytes, str]], fields: dict[str, str], status: int
) -> None:
    got, answer = await users.uploads(PRIVATE, files, **fields)
    assert got == status
    assert set(answer) == {"error"}
    assert (await users.get(PRIVATE))["messages"] == []


async def test_html_of_people_is_never_shown_inline(users: UserApi) -> None:
    page = ("a.html", b"<script>alert(1)</script>", "text/html")
    _, answer = await users.uploads(PRIVATE, [page], kind="document")
    unique_id = answer["messages"][0]["document"]["file_unique_id"]
    async with users.session.get(f"/users/files/{unique_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
    assert await users.refused("GET", "/files/unknown") == 404


async def test_a_photo_is_shown_inline(ptb: Bot, users: UserApi, staff_started: int) -> None:
    sent = await ptb.send_photo(staff_started, picture())
    url = f"/users/files/{sent.photo[0].file_unique_id}"
    async with users.session.get(url) as response:
        assert response.content_type == "image/jpeg"
        assert "Content-Disposition" not in response.headers
    async with users.session.get(f"{url}?download=1") as response:
        assert response.headers["Content-Disposition"].startswith("attachment")


async def test_an_upload_may_be_attached_under_any_name(
    session: aiohttp.ClientSession, staff_started: int
) -> None:
    form = aiohttp.FormData({"chat_id": str(staff_started), "document": "attach://f1"})
    for number in range(2):
        form.add_field(f"f{number}", b"a", filename=f"{number}.txt")
    async with session.post(f"/bot{TOKEN}/sendDocument", data=form) as response:
        assert (await response.json())["result"]["document"]["file_name"] == "1.txt"
