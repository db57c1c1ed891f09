"""Checks what the assistant stands on, and says how to mend what is broken."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from bot.closed_files import is_open
from bot.database import Database
from bot.errors import BotError, SettingsError
from bot.features.asking import load_transcriber
from bot.terminal.opening import open_model
from embeddings import PACKAGED_MODEL, EmbeddingError, is_prepared, load_encoder, load_reader
from knowledge import (
    KnowledgeBase,
    KnowledgeError,
    LanguageModelError,
    LockedError,
    article_files,
    check_language_model,
    read_office,
)

if TYPE_CHECKING:
    from telegram import User

    from bot.settings import Settings
    from embeddings import Encoder

_SQLITE = (3, 35, 0)  # Chroma's own minimum
_FREE_BYTES = 500 * 1024 * 1024
_TOKEN_SECONDS = 10.0
_MODEL_SECONDS = 10.0
_WITHOUT_MODEL = "bot trả lời bằng câu trích nguyên văn và không gửi gì ra ngoài"


class Outcome(StrEnum):
    """How a check ended; a note is worth knowing and needs no mending."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, in Vietnamese; what to do about it is part of the text."""

    subject: str
    outcome: Outcome
    text: str


def self_check(settings: Settings) -> list[Finding]:
    """Run all checks; nothing is prepared, indexed or changed."""
    return [
        Finding("Python", Outcome.GOOD, ".".join(map(str, sys.version_info[:3]))),
        _sqlite(),
        _data_dir(settings),
        *_read_by_others(settings),
        _database(settings),
        *_sizes(settings),
        _articles(settings),
        *_model_and_index(settings),
        *_voice(settings),
        _language_model(settings),
        *_telegram(settings),
    ]


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= _SQLITE:
        return Finding("SQLite", Outcome.GOOD, version)
    text = f"{version}; Chroma cần 3.35 trở lên. Hãy cài Python bản mới hơn."
    return Finding("SQLite", Outcome.BAD, text)


def _data_dir(settings: Settings) -> Finding:
    place = settings.data_dir.absolute()
    existing = next(path for path in (place, *place.parents) if path.exists())
    outcome = Outcome.BAD
    if not existing.is_dir():
        text = f"{existing} là một tệp. Hãy đổi DATA_DIR."
    elif (free := shutil.disk_usage(existing).free) < _FREE_BYTES:
        text = f"{place}: chỉ còn {free // 2**20} MB trống, cần khoảng 500 MB. Hãy dọn đĩa."
    else:
        outcome, text = Outcome.GOOD, f"{place} (trống {free // 2**30} GB)"
    return Finding("Thư mục dữ liệu", outcome, text)


def _read_by_others(settings: Settings) -> list[Finding]:
    """Look whether other accounts of this machine may read the token or what is stored."""
    subject = "Quyền đọc"
    findings = []
    secrets = Path(str(settings.model_config.get("env_file")))
    if is_open(secrets, to_group=False):
        text = (
            f"mọi tài khoản trên máy đọc được {secrets.absolute()}, nơi có mã bot và mật khẩu. "
            f"Hãy chạy: chmod 600 {secrets}"
        )
        findings.append(Finding(subject, Outcome.BAD, text))
    if is_open(place := settings.data_dir.absolute()):
        text = (
            f"tài khoản khác trên máy vào được {place}, nơi có dữ liệu cá nhân. Bot tự đóng lại "
            f"khi chạy; nếu vẫn còn dòng này, hãy chạy: chmod 700 {place}"
        )
        findings.append(Finding(subject, Outcome.NOTE, text))
    return findings


def _database(settings: Settings) -> Finding:
    """Open the database as it is; tables are brought up to date when the bot starts."""
    subject = "Cơ sở dữ liệu"

    async def try_to_connect(database: Database) -> None:
        await database.connect()
        await database.close()

    try:
        database = Database.of(settings)
        if database.is_sqlite and not Path(database.place).exists():
            text = f"chưa có {database.place}; bot tự tạo khi chạy lần đầu."
            return Finding(subject, Outcome.NOTE, text)
        asyncio.run(try_to_connect(database))
    except BotError as error:
        return Finding(subject, Outcome.BAD, str(error))
    return Finding(subject, Outcome.GOOD, database.place)


def _sizes(settings: Settings) -> list[Finding]:
    """Tell what takes how much of the disk, once there is anything."""
    folder = settings.data_dir
    if not folder.is_dir():
        return []
    parts = {"chỉ mục": "index", "tài liệu": "documents", "mô hình": "models"}
    told = [f"{word} {_megabytes(_size(folder / name))}" for word, name in parts.items()]
    databases = sum(map(_size, folder.glob("*.db*")))
    told.append(f"cơ sở dữ liệu SQLite {_megabytes(databases)}")
    days = f"hỏi đáp {settings.record_days}, học tập {settings.learning_days}"
    kept = f"{days}, nhật ký quản trị {settings.audit_days}"
    return [Finding("Dung lượng", Outcome.GOOD, f"{', '.join(told)}; số ngày lưu: {kept}")]


def _size(place: Path) -> int:
    """Return the bytes of a file, or of all files below a folder; what goes meanwhile counts 0."""
    total = 0
    for file in (place, *place.rglob("*")):
        with suppress(OSError):
            status = file.lstat()
            total += status.st_size if S_ISREG(status.st_mode) else 0
    return total


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _articles(settings: Settings) -> Finding:
    subject = "Bài viết"
    try:
        count = len(article_files(settings.articles_dir))
    except KnowledgeError as error:
        return Finding(subject, Outcome.BAD, str(error))
    if count == 0:
        text = f"{settings.articles_dir} không có bài nào (.md, .txt, .html). Hãy thêm bài viết."
        return Finding(subject, Outcome.BAD, text)
    return Finding(subject, Outcome.GOOD, f"{count} bài trong {settings.articles_dir}")


def _model_and_index(settings: Settings) -> list[Finding]:
    model = settings.embedding_model
    if model == PACKAGED_MODEL and not is_prepared(model, settings.models_dir):
        return _no_model(f"{model} chưa được chuẩn bị; hãy chạy 'vanphong reload'.")
    try:
        encoder = load_encoder(model, settings.models_dir)
        encoder.encode_queries(["Ngày truyền thống"])
    except EmbeddingError as error:
        return _no_model(str(error))
    text = f"{encoder.model_id} ({encoder.dimension} chiều)"
    return [
        Finding("Mô hình", Outcome.GOOD, text),
        _reader(settings, encoder),
        *_lock_and_index(settings, encoder),
    ]


def _reader(settings: Settings, encoder: Encoder) -> Finding:
    """Let the reader read; it stands on the packaged model, whichever model makes the vectors."""
    subject = "Mô hình đọc"
    if not is_prepared(PACKAGED_MODEL, settings.models_dir):
        text = f"{PACKAGED_MODEL} chưa được chuẩn bị; bot tự làm khi chạy lần đầu."
        return Finding(subject, Outcome.NOTE, text)
    try:
        reader = load_reader(encoder, settings.models_dir)
    except EmbeddingError as error:
        return Finding(subject, Outcome.BAD, str(error))
    (reading,) = reader.read("Ký ngày nào?", [("", "Quyết định ký ngày 22/7/2004.")])
    return Finding(subject, Outcome.GOOD, f"đọc được câu thử (logit {reading.logit:.1f})")


def _no_model(text: str) -> list[Finding]:
    unknown = "chưa kiểm tra được vì mô hình chưa sẵn sàng."
    return [Finding("Mô hình", Outcome.BAD, text), Finding("Chỉ mục", Outcome.NOTE, unknown)]


def _lock_and_index(settings: Settings, encoder: Encoder) -> list[Finding]:
    """Open the index; Chroma allows one process at a time, so a running bot prevents it."""
    try:
        office = read_office(settings.office_file)
        with KnowledgeBase(settings.data_dir, encoder, office=office) as base:
            lock = Finding("Khóa", Outcome.GOOD, "không tiến trình nào đang giữ")
            try:
                corpus, _ = base.retrieval()
            except KnowledgeError as error:
                return [lock, Finding("Chỉ mục", Outcome.BAD, str(error))]
    except LockedError as error:
        note = "không kiểm tra khi tiến trình khác đang dùng; hãy dừng nó rồi kiểm tra lại nếu cần."
        return [
            Finding("Khóa", Outcome.NOTE, str(error)),
            Finding("Chỉ mục", Outcome.NOTE, note),
        ]
    except KnowledgeError as error:
        return [Finding("Chỉ mục", Outcome.BAD, str(error))]
    manifest = corpus.manifest
    text = (
        f"{manifest.version}: {len(manifest.articles)} bài, {len(corpus.chunks)} đoạn, khớp bản kê"
    )
    return [lock, Finding("Chỉ mục", Outcome.GOOD, text)]


def _language_model(settings: Settings) -> Finding:
    """Ask the language model for a word, if one is set; answers come without it too."""
    subject = "Mô hình ngôn ngữ"
    try:
        model = open_model(settings)
        if model is None:
            return Finding(subject, Outcome.NOTE, f"chưa đặt LLM_MODEL; {_WITHOUT_MODEL}.")
        asyncio.run(check_language_model(model, min(settings.llm_seconds, _MODEL_SECONDS)))
    except SettingsError as error:
        return Finding(subject, Outcome.BAD, f"{error} Nếu không cần, hãy bỏ LLM_MODEL.")
    except LanguageModelError as error:
        return Finding(subject, Outcome.BAD, f"{error} Trong lúc đó {_WITHOUT_MODEL}.")
    text = (
        f"{settings.llm_model} trả lời được; câu hỏi, hội thoại và đoạn tài liệu tìm được gửi tới "
        f"đó, mỗi người {settings.llm_daily} lượt một ngày."
    )
    return Finding(subject, Outcome.GOOD, text)


def _voice(settings: Settings) -> list[Finding]:
    """Look for the package and the model that hear voice messages, where they are wanted."""
    if settings.voice_model is None:
        return []
    subject = "Tin thoại"
    try:
        load_transcriber(settings.voice_model)
    except BotError as error:
        return [Finding(subject, Outcome.BAD, str(error))]
    return [Finding(subject, Outcome.GOOD, str(settings.voice_model))]


def _telegram(settings: Settings) -> list[Finding]:
    """Ask Telegram who the bot is, and so what it gets to see in groups."""
    subject = "Telegram"
    if settings.telegram_bot_token is None:
        text = (
            "chưa đặt TELEGRAM_BOT_TOKEN: 'make run' (vanphong run) không nối Telegram mà mở bản "
            "dùng thử trong trình duyệt."
        )
        return [Finding(subject, Outcome.NOTE, text)]
    # late: python-telegram-bot takes half a second, and a bot without a token needs none of it
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError
    from telegram.request import HTTPXRequest

    async def account(token: str) -> User:
        request = HTTPXRequest(connect_timeout=_TOKEN_SECONDS, read_timeout=_TOKEN_SECONDS)
        async with Bot(token, f"{settings.telegram_api_url}/bot", request=request) as bot:
            return bot.bot

    try:
        bot = asyncio.run(account(settings.telegram_bot_token.get_secret_value()))
    except InvalidToken:
        text = "Telegram không nhận TELEGRAM_BOT_TOKEN. Hãy lấy lại mã từ @BotFather."
        return [Finding(subject, Outcome.BAD, text)]
    except TelegramError as error:
        text = (
            f"không gọi được {settings.telegram_api_url} ({type(error).__name__}). Hãy kiểm tra "
            "mạng, tường lửa và TELEGRAM_API_URL."
        )
        return [Finding(subject, Outcome.BAD, text)]
    return [Finding(subject, Outcome.GOOD, f"@{bot.username}"), _groups(bot), *_inline_mode(bot)]


def _groups(bot: User) -> Finding:
    """Say what the bot gets to see in groups: with Group Privacy on, a mention may not arrive."""
    subject = "Nhóm"
    if not bot.can_join_groups:
        text = "bot không vào được nhóm. Nếu cần, hãy bật bằng lệnh /setjoingroups của @BotFather."
        return Finding(subject, Outcome.NOTE, text)
    if bot.can_read_all_group_messages:
        text = "bot nhận mọi tin trong nhóm; chỉ tin hỏi bot được trả lời và lưu lại."
        return Finding(subject, Outcome.GOOD, text)
    text = (
        "chế độ riêng tư đang bật: bot chỉ nhận lệnh, tin trả lời bot và tin nhắc tên; có khi tin "
        "nhắc tên không tới. Hỏi bằng /ask thì luôn được. Muốn chắc chắn, hãy cho bot làm quản trị "
        "viên của nhóm, hoặc tắt bằng lệnh /setprivacy của @BotFather rồi thêm lại bot vào nhóm."
    )
    return Finding(subject, Outcome.NOTE, text)


def _inline_mode(bot: User) -> list[Finding]:
    """Tell whether people may ask from any chat, which is off until its owner turns it on."""
    if bot.supports_inline_queries:
        return []
    text = (
        f"chưa gõ được '@{bot.username} câu hỏi' trong mọi cuộc chat; nếu cần, gửi /setinline cho "
        "@BotFather rồi chọn bot này."
    )
    return [Finding("Hỏi ở mọi cuộc chat", Outcome.NOTE, text)]
