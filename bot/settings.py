"""The settings, read from the environment and from a .env file in the working directory."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

_LAST_PORT = 65535
_KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
_SHIPPED_ARTICLES = _KNOWLEDGE / "articles" / "office"
_SHIPPED_QUIZZES = _KNOWLEDGE / "quiz" / "office"

_RULES = {
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "float_parsing": "phải là một số",
    "float_type": "phải là một số",
    "bool_parsing": "phải là true hoặc false",
    "bool_type": "phải là true hoặc false",
}


_NOT_TRIED = "default_factory_not_called"  # no value of its own, since another can't be used
_DATABASES = {"postgres", "postgresql", "sqlite"}
_ID_LIMIT = 1 << 52  # Telegram's ids have at most 52 significant bits (Bot API, User)


class Access(StrEnum):
    """Who may ask questions: APPROVAL where ADMIN_IDS is set, else OPEN, if nothing else is."""

    OPEN = "open"
    """Everybody who writes to the bot; nothing is stored of a person for that."""
    APPROVAL = "approval"
    """Newcomers and up; others may ask to be let in, and the admins decide."""
    INVITE = "invite"
    """Newcomers and up; the only way in is an invitation link or an admin's command."""


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class LogFormat(StrEnum):
    """How a log line looks: for people or for programs."""

    CONSOLE = "console"
    JSON = "json"


def _api_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("phải là địa chỉ http:// hoặc https://, không kèm tham số")
    return url.rstrip("/")


def _listen(place: str) -> str:
    host, _, port = place.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= _LAST_PORT:
        raise ValueError(f"phải có dạng máy:cổng, cổng từ 1 đến {_LAST_PORT}")
    return place


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):  # setWebhook's rule
        raise ValueError("chỉ gồm 1–256 chữ cái không dấu, chữ số, gạch dưới hay gạch nối")
    return secret


def _database_url(url: SecretStr) -> SecretStr:
    if urlsplit(url.get_secret_value()).scheme.partition("+")[0] not in _DATABASES:
        raise ValueError("phải bắt đầu bằng postgresql:// hoặc sqlite:///")
    return url


def _quiz_seconds(seconds: int) -> int:
    if seconds and not 5 <= seconds <= 600:  # sendPoll's bounds for open_period are 5 and 2628000
        raise ValueError("phải là 0 hoặc từ 5 đến 600")
    return seconds


def _packaged_model() -> str:
    from embeddings import PACKAGED_MODEL  # noqa: PLC0415 -- loads numpy, and help needs it not

    return PACKAGED_MODEL


def _usual_access(given: dict[str, Any]) -> Access:
    """Return who may ask where ACCESS is not set: where somebody can let people in, they must."""
    return Access.APPROVAL if given.get("admin_ids") else Access.OPEN


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _ids(value: object) -> object:
    """Split "1, 2" into ids; a list, which tests give, stays as it is."""
    if not isinstance(value, str):
        return value
    ids = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) < _ID_LIMIT for part in ids):
        raise ValueError("phải là các số id Telegram, cách nhau bằng dấu phẩy")
    return ids


class Settings(BaseSettings):
    """Everything that can be set; each field is the environment variable of the same name."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    webhook_url: Annotated[str, AfterValidator(_api_url)] | None = None
    webhook_trust_network: bool = False
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    data_dir: Path = Path("data")
    articles_dir: Path = _SHIPPED_ARTICLES
    office_file: Path = _SHIPPED_ARTICLES / "office.yaml"
    quizzes_dir: Path = _SHIPPED_QUIZZES
    quiz_seconds: Annotated[int, AfterValidator(_quiz_seconds)] = 0
    path_days: int = Field(default=14, ge=1, le=365)
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = None
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    access: Access = Field(default_factory=_usual_access)
    record_days: int = Field(default=365, ge=0, le=3650)
    learning_days: int = Field(default=1095, ge=90, le=3650)
    audit_days: int = Field(default=1825, ge=365, le=36500)
    embedding_model: str = Field(default_factory=_packaged_model, min_length=1)
    voice_model: Path | None = None
    answer_threads: int = Field(default=2, ge=1, le=64)
    keep_versions: int = Field(default=5, ge=2, le=100)
    watch_articles: bool = False
    llm_model: str | None = None
    llm_base_url: Annotated[str, AfterValidator(_api_url)] | None = None
    llm_api_key: SecretStr | None = None
    llm_seconds: float = Field(default=20, ge=1, le=300)
    llm_daily: int = Field(default=50, ge=0, le=10_000)
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.CONSOLE

    @field_validator("webhook_listen")
    @classmethod
    def _closed(cls, place: str, info: ValidationInfo) -> str:
        """Refuse to take webhooks, which come without TLS, from other machines unless told to."""
        host, _, _ = place.rpartition(":")
        trusted = info.data.get("webhook_trust_network")
        if info.data.get("webhook_url") and not trusted and not _is_loopback(host):
            raise ValueError(
                "nghe ở ngoài máy này mà không có TLS nên tin nhắn và mật khẩu webhook đi qua mạng "
                "không được mã hóa. Hãy để 127.0.0.1 và đặt proxy trên cùng máy; nếu giữa proxy và "
                "bot là mạng riêng tin cậy (như của Docker), đặt WEBHOOK_TRUST_NETWORK=true"
            )
        return place

    @property
    def models_dir(self) -> Path:
        """Where prepared models are kept."""
        return self.data_dir / "models"


def load_settings(**overrides: Path | None) -> Settings:
    """Read the settings; `overrides` (from the command line) win when they are not None.

    Raises SettingsError naming every setting that cannot be used, without showing its value.
    """
    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']).upper()}: {_rule(dict(problem))}"
            for problem in error.errors(include_input=False, include_url=False)
            if problem["type"] != _NOT_TRIED
        )
        raise SettingsError(
            f"Cấu hình chưa đúng – {problems}. Hãy sửa trong tệp .env hoặc biến môi trường "
            "(xem .env.example)."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"Không đọc được tệp .env ({error}). Hãy lưu lại tệp này bằng mã UTF-8."
        ) from error


def _rule(problem: dict[str, Any]) -> str:
    """Say in Vietnamese what a value must be."""
    context = problem.get("ctx", {})
    match problem["type"]:
        case "enum":
            return f"phải là một trong {context['expected'].replace(' or ', ', ')}"
        case "value_error":
            return str(context["error"])
        case "greater_than_equal":
            return f"phải từ {context['ge']} trở lên"
        case "less_than_equal":
            return f"không được quá {context['le']}"
        case kind:
            return _RULES.get(kind, "giá trị không dùng được")
