"""The chat model that is set, by LangChain; its errors in words that a person can act on."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from knowledge.errors import LanguageModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_TOKENS = 700
"""Of a reply: five sentences with room; what is longer is cut."""
_NAMES_OF_MOST_TOKENS = {"ollama": "num_predict"}  # "max_tokens" elsewhere
_NO_KEY = "none"  # servers of one's own ask for none, OpenAI's client insists on one
_STATUS = {
    400: "máy chủ không nhận yêu cầu; xem lại tên mô hình trong LLM_MODEL",
    401: "khóa không đúng; xem lại LLM_API_KEY",
    403: "khóa không có quyền dùng mô hình này; xem lại LLM_API_KEY",
    404: "máy chủ không có mô hình này; xem lại LLM_MODEL và LLM_BASE_URL",
    429: "đã hết hạn mức gọi mô hình; chờ một lúc hoặc tăng hạn mức",
}
_PACKAGE = re.compile(r"langchain-\w+(?:-\w+)*")
_UNREACHED = "không kết nối được; xem lại LLM_BASE_URL và máy chủ mô hình"


def open_language_model(
    name: str, *, base_url: str | None = None, api_key: str | None = None, seconds: float
) -> BaseChatModel:
    """Return the chat model `name`, as `init_chat_model` calls it: "openai:gpt-…", "ollama:…".

    Nothing is asked of it yet. Raises LanguageModelError when its provider is unknown, its package
    isn't installed or it can't be set up so.
    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 -- slow to import

    provider = name.partition(":")[0]
    options: dict[str, Any] = {
        "temperature": 0,
        "timeout": seconds,
        "max_retries": 0,  # the extracted answer is at hand
        _NAMES_OF_MOST_TOKENS.get(provider, "max_tokens"): MOST_TOKENS,
    }
    if provider == "ollama":
        del options["timeout"], options["max_retries"]
        options["client_kwargs"] = {"timeout": seconds}
    if base_url:
        options["base_url"] = base_url
    if api_key or (base_url and provider == "openai"):
        options["api_key"] = api_key or _NO_KEY
    try:
        model: BaseChatModel = init_chat_model(name, **options)
    except ImportError as error:
        raise LanguageModelError(
            f"LLM_MODEL={name} cần một gói chưa cài. Hãy chạy: pip install {_package(error)}"
        ) from error
    except Exception as error:  # each provider has errors of its own
        raise LanguageModelError(
            f"Không dùng được LLM_MODEL={name} ({type(error).__name__}). Tên phải có dạng "
            "nhà-cung-cấp:mô-hình, ví dụ openai:gpt-5.5 hay ollama:qwen3; nhà cung cấp cần khóa "
            "thì đặt LLM_API_KEY."
        ) from error
    return model


async def check_language_model(model: BaseChatModel, seconds: float) -> None:
    """Ask the model for a word; raises LanguageModelError saying what is wrong with it."""
    try:
        await asyncio.wait_for(model.ainvoke("Viết một từ: chào"), seconds)
    except Exception as error:
        raise LanguageModelError(
            f"Mô hình ngôn ngữ chưa dùng được: {failure_reason(error)}."
        ) from error


def failure_reason(error: BaseException) -> str:
    """Return why a model failed, not in its own words: they may hold a key or a question."""
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "quá thời gian LLM_SECONDS"
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        return _STATUS.get(status, f"máy chủ trả lỗi HTTP {status}")
    if isinstance(error, OSError) or "Connect" in type(error).__name__:
        return _UNREACHED
    return f"lỗi {type(error).__name__}"


def _package(error: ImportError) -> str:
    """Return the package that lacks, which LangChain's message names."""
    named = _PACKAGE.search(str(error))
    return named.group() if named else str(error.name)
