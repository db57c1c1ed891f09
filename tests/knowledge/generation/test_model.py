"""Sets models up by name, and says in Vietnamese what is wrong with one."""

import httpx
import openai
import pytest

from knowledge import LanguageModelError, check_language_model, failure_reason, open_language_model
from tests.knowledge.generation.scripted_model import ScriptedModel

URL = "http://127.0.0.1:9/v1"  # the discard port: nobody listens


def test_a_server_of_one_s_own_needs_no_key() -> None:
    assert open_language_model("openai:any", base_url=URL, seconds=5)._llm_type == "openai-chat"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ollama:qwen3", "pip install langchain-ollama"),
        ("anthropic:claude-x", "pip install langchain-anthropic"),
        ("google_genai:gemini-x", "pip install langchain-google-genai"),
        ("gemma", "nhà-cung-cấp:mô-hình"),
        ("nobody:gemma", "nhà-cung-cấp:mô-hình"),
        ("openai:gpt", "LLM_API_KEY"),
    ],
)
def test_what_cannot_be_set_up_says_what_to_do(
    name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(LanguageModelError, match=told) as caught:
        open_language_model(name, seconds=5)
    assert name in str(caught.value)


def status_error(status: int) -> openai.APIStatusError:
    response = httpx.Response(status, request=httpx.Request("POST", URL))
    return openai.APIStatusError("sk-secret", response=response, body=None)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (status_error(401), "LLM_API_KEY"),
        (status_error(404), "LLM_MODEL"),
        (status_error(429), "hạn mức"),
        (status_error(500), "HTTP 500"),
        (openai.APIConnectionError(request=httpx.Request("POST", URL)), "LLM_BASE_URL"),
        (openai.APITimeoutError(request=httpx.Request("POST", URL)), "LLM_SECONDS"),
        (TimeoutError(), "LLM_SECONDS"),
        (ConnectionError("sk-secret"), "LLM_BASE_URL"),
        (ValueError("sk-secret"), "ValueError"),
    ],
)
def test_a_failure_is_told_without_the_words_of_others(error: Exception, told: str) -> None:
    assert told in failure_reason(error)
    assert "secret" not in failure_reason(error)


async def test_a_model_that_cannot_be_reached_is_found_out() -> None:
    model = open_language_model("openai:any", base_url=URL, api_key="sk-secret", seconds=5)
    with pytest.raises(LanguageModelError, match="LLM_BASE_URL") as caught:
        await check_language_model(model, 5)
    assert "secret" not in str(caught.value)
    with pytest.raises(LanguageModelError):
        await check_language_model(ScriptedModel(script=[]), 5)
