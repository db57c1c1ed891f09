"""What attacks, accidents and broken clients send: an error, and the server lives on."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.sandbox import Sandbox
from bot.sandbox.errors import NotLoopbackError, SandboxError
from bot.sandbox.page_files import PageFiles
from tests.bot.sandbox.conftest import TOKEN, BotSide, UserApi

PRIVATE = "/staff/chats/private"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.fixture(autouse=True)
async def lives_on(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[None]:
    yield
    async with session.get(f"/bot{TOKEN}/getMe") as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (JSON, b"{"),
        (JSON, b"[]"),
        (JSON, b"\xff"),
        (JSON, b"[" * 100_000),
        (JSON, b'{"chat_id": 1001, "text": NaN}'),
        (JSON, b'{"chat_id": 1001, "text": "\\ud800"}'),
        (JSON, b'{"chat_id": ' + b"9" * 5000 + b', "text": "a"}'),
        (JSON, b'{"chat_id": 1001, "text": {"a": 1}}'),
        (JSON, b'{"chat_id": [], "text": "a"}'),
        (JSON, b'{"chat_id": 1e400, "text": "a"}'),
        (FORM, b"chat_id=1001&text=%FF"),
        (FORM, b"chat_id=1001&text=a&reply_markup={"),
        (FORM, b'chat_id=1001&text=a&reply_parameters={"message_id":1,"quote":"\\ud800"}'),
        (FORM, b"chat_id=1001&text=a&reply_markup=%22a%22"),
        (FORM, b"chat_id=1001&text=a&entities=" + b"[" * 100_000),
        (MULTIPART, b""),
        (MULTIPART, b"nonsense"),
        (MULTIPART, b"--b\r\n"),
        (MULTIPART, b"--b\r\n\r\nno name\r\n--b--\r\n"),
        (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--b--\r\n'),
        (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\ncut'),
        ({"Content-Type": "multipart/form-data"}, b"--b--"),
        ({"Content-Type": "text/plain"}, b"hello"),
    ],
)
async def test_unreadable_calls(
    session: aiohttp.ClientSession, headers: dict[str, str], body: bytes
) -> None:
    url = f"/bot{TOKEN}/sendMessage"
    async with session.post(url, data=body, headers=headers) as response:
        answer = await response.json()
        assert response.status in {400, 415}
        assert set(answer) == {"ok", "error_code", "description"}
        assert answer["error_code"] == response.status
        assert "Traceback" not in answer["description"]
        assert "/" not in answer["description"].replace("HTTP/", "")


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (JSON, b"{", 400),
        (JSON, b"[]", 400),
        (JSON, b'{"text": 5}', 400),
        (JSON, b'{"text": "a", "unknown": 1}', 400),
        (JSON, b'{"text": "  "}', 400),
        (JSON, b'{"text": "\\ud800"}', 400),
        (JSON, json.dumps({"text": "a" * 4097}).encode(), 400),
        (FORM, b"text=a", 415),
        ({"Content-Type": "text/plain"}, b'{"text": "a"}', 415),
    ],
)
async def test_unreadable_requests_of_people(
    session: aiohttp.ClientSession, headers: dict[str, str], body: bytes, status: int
) -> None:
    url = f"/users{PRIVATE}/messages"
    async with session.post(url, data=body, headers=headers) as response:
        assert response.status == status
        assert set(await response.json()) == {"error"}


@pytest.mark.parametrize(
    "path", [f"/bot{TOKEN}/sendDocument", f"/users{PRIVATE}/files", f"/users{PRIVATE}/messages"]
)
@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_of_100_mb(sandbox: Sandbox, path: str, *, announced: bool) -> None:
    """Refused at once when it is announced, else as soon as it is too much."""
    size = 100 * 1024 * 1024
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    kind = "application/json" if path.endswith("messages") else MULTIPART["Content-Type"]
    url = URL(sandbox.api_url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    length = f"Content-Length: {size}" if announced else "Transfer-Encoding: chunked"
    lines = (
        f"POST {path} HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nContent-Type: {kind}\r\n{length}"
    )
    writer.write(f"{lines}\r\n\r\n".encode())
    sent = 0
    block = b"\0" * 1024 * 1024
    async with asyncio.timeout(60):
        answer = asyncio.create_task(reader.readline())
        try:
            if not announced:
                writer.write(b"%x\r\n%s\r\n" % (len(head), head))
            while sent < size and not answer.done():
                writer.write(block if announced else b"%x\r\n%s\r\n" % (len(block), block))
                await writer.drain()
                sent += len(block)
        except ConnectionError:
            pass
        assert b" 413 " in await answer
    writer.close()
    assert sent < size
    assert (len(sandbox.world.files)) == 0


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot1:AAwrong/getMe", 401, "Unauthorized"),
        (f"/bot{TOKEN}x/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot/getMe", 404, "Not Found"),
        (f"/bot{TOKEN}/noSuchMethod", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}/", 404, "Not Found: method not found"),
        ("/file/bot1:AAwrong/documents/file_0.txt", 401, "Unauthorized"),
    ],
)
async def test_tokens_and_methods(
    session: aiohttp.ClientSession, path: str, status: int, description: str
) -> None:
    async with session.get(path) as response:
        assert response.status == status
        assert await response.json() == {
            "ok": False,
            "error_code": status,
            "description": description,
        }


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
async def test_other_verbs(session: aiohttp.ClientSession, verb: str) -> None:
    async with session.request(verb, f"/bot{TOKEN}/getMe") as response:
        assert response.status == 405


@pytest.mark.parametrize(
    "path",
    [
        "documents/../documents/file_0.txt",
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "documents/file_1.txt",
        "documents\\file_0.txt",
        "documents/file_0.txt%00",
        "",
    ],
)
async def test_path_tricks_in_downloads(
    sandbox: Sandbox, session: aiohttp.ClientSession, path: str
) -> None:
    sandbox.world.files.add("document", b"secret", "a.txt")
    url = URL(f"{sandbox.api_url}/file/bot{TOKEN}/{path}", encoded=True)
    async with session.get(url) as response:
        assert response.status == 404
        assert b"root:" not in await response.read()
    async with session.get(f"/file/bot{TOKEN}/documents/file_0.txt") as response:
        assert await response.read() == b"secret"


@pytest.mark.parametrize("path", ["/users", f"/bot{TOKEN}/getMe", "/", "/page/main.js"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1.evil.example:{port}"},
        {"Host": "localhost:{port}@evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "null"},
    ],
)
async def test_foreign_hosts_and_origins(
    sandbox: Sandbox, session: aiohttp.ClientSession, path: str, headers: dict[str, str]
) -> None:
    port = URL(sandbox.api_url).port
    given = {name: value.replace("{port}", str(port)) for name, value in headers.items()}
    async with session.get(path, headers=given) as response:
        assert response.status in {400, 403}
        assert b"Lan" not in await response.read()


async def test_requests_of_other_sites(session: aiohttp.ClientSession) -> None:
    cross = {"Sec-Fetch-Site": "cross-site"}
    async with session.get(f"/bot{TOKEN}/getMe", headers=cross) as response:
        assert response.status == 403
    async with session.get("/users", headers={"Sec-Fetch-Site": "same-origin"}) as response:
        assert response.status == 200


async def test_its_own_names(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    port = URL(sandbox.api_url).port
    for name in ("localhost", "127.0.0.1", "LOCALHOST"):
        headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
        async with session.get("/users", headers=headers) as response:
            assert response.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])  # noqa: S104
def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(NotLoopbackError, match=r"127\.0\.0\.1"):
        Sandbox(host=host)


@pytest.mark.parametrize("token", ["", "abc", "1:", "1:ấ", "1:a b", "1:a/b"])
def test_a_token_has_a_tokens_form(token: str) -> None:
    with pytest.raises(SandboxError, match="Mã bot"):
        Sandbox(token=token)


async def test_clients_that_hang_up(sandbox: Sandbox, api: BotSide, users: UserApi) -> None:
    url = URL(sandbox.api_url)
    head = f"POST /bot{TOKEN}/sendDocument HTTP/1.1\r\nHost: {url.host}:{url.port}\r\n"
    for part in (
        "POST ",
        head,
        f"{head}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{{",
        f"{head}Content-Type: {MULTIPART['Content-Type']}\r\nContent-Length: 500\r\n\r\n--b\r\n",
    ):
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(part.encode())
        await writer.drain()
        writer.transport.abort()
    for path in (f"/bot{TOKEN}/getUpdates?timeout=30", "/users/events"):
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {url.host}:{url.port}\r\n\r\n".encode())
        await writer.drain()
        writer.transport.abort()
    await users.says("một")
    assert len(await api.updates(timeout=20)) == 1


async def test_an_error_inside_tells_nothing(
    sandbox: Sandbox, api: BotSide, staff_started: int
) -> None:
    sandbox.world.private_chat(staff_started).messages = None  # type: ignore[union-attr,assignment]
    refusal = await api.refused("sendMessage", chat_id=staff_started, text="a")
    assert refusal == "500 Internal Server Error"


async def test_only_the_pages_own_files_are_served(
    sandbox: Sandbox, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    for path in ("/page/..%2fserver.py", "/page/%2e%2e/server.py", "/page/nothing.js", "/page/"):
        async with session.get(URL(f"{sandbox.api_url}{path}", encoded=True)) as response:
            assert response.status == 404
    tmp_path.joinpath("index.html").write_text("<p>Chào</p>", encoding="utf-8")
    tmp_path.joinpath("notes.txt").write_text("secret", encoding="utf-8")
    page = PageFiles(tmp_path)
    assert (
        page.file("index.html").headers["Content-Security-Policy"].startswith("default-src 'self'")
    )
    assert page.file("index.html").content_type == "text/html"
    for name in ("notes.txt", "../index.html", ""):
        with pytest.raises(aiohttp.web.HTTPNotFound):
            page.file(name)
