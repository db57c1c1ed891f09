import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.self_check import Finding, Outcome, self_check
from bot.sandbox import Sandbox
from bot.settings import Settings
from embeddings import Encoder
from knowledge import KnowledgeBase
from tests.bot.conftest import TOKEN


@pytest.fixture
def prepared(tmp_path: Path, models_dir: Path, encoder: Encoder) -> Path:
    tmp_path.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    return tmp_path


def by_subject(settings: Settings) -> dict[str, Finding]:
    return {finding.subject: finding for finding in self_check(settings)}


@pytest.mark.parametrize(
    ("known", "outcome", "text"),
    [
        (TOKEN, Outcome.GOOD, "@vanphong_sandbox_bot"),
        ("1:other", Outcome.BAD, "Telegram không nhận"),
    ],
)
async def test_the_token_is_tried(prepared: Path, known: str, outcome: Outcome, text: str) -> None:
    async with Sandbox(token=known) as server:
        settings = Settings(
            telegram_bot_token=TOKEN,
            telegram_api_url=server.api_url,
            data_dir=prepared,
            _env_file=None,
        )
        found = (await asyncio.to_thread(by_subject, settings))["Telegram"]
    assert (found.outcome, text in found.text) == (outcome, True)


@pytest.mark.parametrize(
    ("privacy", "outcome", "text"),
    [(True, Outcome.NOTE, "/setprivacy"), (False, Outcome.GOOD, "nhận mọi tin trong nhóm")],
)
async def test_what_the_bot_sees_in_groups_is_told(
    prepared: Path, *, privacy: bool, outcome: Outcome, text: str
) -> None:
    async with Sandbox(token=TOKEN) as server:
        server.world.settings.group_privacy = privacy
        settings = Settings(
            telegram_bot_token=TOKEN,
            telegram_api_url=server.api_url,
            data_dir=prepared,
            _env_file=None,
        )
        found = (await asyncio.to_thread(by_subject, settings))["Nhóm"]
    assert (found.outcome, text in found.text) == (outcome, True)


def test_a_running_bot_is_noted_and_left_alone(prepared: Path, encoder: Encoder) -> None:
    with KnowledgeBase(prepared, encoder):
        found = by_subject(Settings(data_dir=prepared, _env_file=None))
    assert found["Khóa"].outcome is Outcome.NOTE
    assert "tiến trình" in found["Khóa"].text
    assert found["Chỉ mục"].outcome is Outcome.NOTE


def test_the_database_is_tried(prepared: Path, tmp_path: Path) -> None:
    found = by_subject(Settings(data_dir=prepared, _env_file=None))["Cơ sở dữ liệu"]
    assert found.outcome is Outcome.NOTE
    url = "postgresql://a:s3cret@127.0.0.1:9/vanphong"
    settings = Settings(data_dir=prepared, database_url=url, _env_file=None)
    found = by_subject(settings)["Cơ sở dữ liệu"]
    assert found.outcome is Outcome.BAD
    assert "127.0.0.1:9/vanphong" in found.text
    assert "s3cret" not in found.text
    tmp_path.joinpath("vanphong.db").write_bytes(b"")
    found = by_subject(Settings(data_dir=prepared, _env_file=None))["Cơ sở dữ liệu"]
    assert found.outcome is Outcome.GOOD


def test_a_missing_model_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    found = by_subject(Settings(data_dir=tmp_path, _env_file=None))
    assert found["Mô hình"].outcome is Outcome.BAD
    assert "vanphong reload" in found["Mô hình"].text
    assert not list(tmp_path.iterdir())
    found = by_subject(Settings(data_dir=tmp_path, embedding_model="no/such", _env_file=None))
    assert "hf download no/such" in found["Mô hình"].text


def test_a_missing_reader_is_named_with_the_way_back(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=prepared, _env_file=None)
    assert by_subject(settings)["Mô hình đọc"].outcome is Outcome.GOOD
    monkeypatch.setattr("embeddings.reader.READER_FILE", prepared / "none.safetensors")
    found = by_subject(settings)
    assert found["Mô hình đọc"].outcome is Outcome.BAD
    assert "none.safetensors: không mở được: không có tệp" in found["Mô hình đọc"].text
    assert "Hãy cài lại vanphong-bot" in found["Mô hình đọc"].text
    assert found["Mô hình"].outcome is Outcome.GOOD


def test_an_index_of_another_model_is_bad(
    prepared: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = Path(__file__).parents[3] / "knowledge" / "articles" / "office"
    with monkeypatch.context() as patch, KnowledgeBase(prepared, encoder) as base:
        patch.setattr(encoder, "model_id", "other-model")
        base.reload(articles)
    found = by_subject(Settings(data_dir=prepared, _env_file=None))["Chỉ mục"]
    assert found.outcome is Outcome.BAD
    assert "vanphong reload" in found.text


def test_a_bad_office_file_is_named(prepared: Path, tmp_path: Path) -> None:
    file = tmp_path / "office.yaml"
    file.write_text("own_names: {a: b}\n", encoding="utf-8")
    found = by_subject(Settings(data_dir=prepared, office_file=file, _env_file=None))["Chỉ mục"]
    assert found.outcome is Outcome.BAD
    assert "office.yaml', dòng 1: phải là một danh sách" in found.text


@pytest.mark.parametrize("on", [True, False])
async def test_inline_mode_that_is_off_is_told(prepared: Path, *, on: bool) -> None:
    async with Sandbox(token=TOKEN) as server:
        server.world.settings.inline_mode = on
        settings = Settings(
            telegram_bot_token=TOKEN,
            telegram_api_url=server.api_url,
            data_dir=prepared,
            _env_file=None,
        )
        found = await asyncio.to_thread(by_subject, settings)
    assert ("Hỏi ở mọi cuộc chat" in found) is not on


async def test_the_language_model_is_tried(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = "Mô hình ngôn ngữ"

    async def finding(**changes: object) -> Finding:
        settings = Settings(data_dir=prepared, _env_file=None).model_copy(update=changes)
        return (await asyncio.to_thread(by_subject, settings))[subject]

    found = await finding()
    assert (found.outcome, "trích nguyên văn" in found.text) == (Outcome.NOTE, True)
    found = await finding(llm_model="nobody:nothing")
    assert (found.outcome, "bỏ LLM_MODEL" in found.text) == (Outcome.BAD, True)
    secret = {"llm_api_key": SecretStr("sk-kin"), "llm_base_url": "http://127.0.0.1:9/v1"}
    found = await finding(llm_model="openai:gemma", **secret)
    assert (found.outcome, "LLM_BASE_URL" in found.text) == (Outcome.BAD, True)
    assert "trích nguyên văn" in found.text
    assert "sk-kin" not in found.text

    async def answers(*_: object) -> None:
        pass

    monkeypatch.setattr("bot.cli.self_check.check_language_model", answers)
    found = await finding(llm_model="openai:gemma", **secret)
    assert (found.outcome, "50 lượt" in found.text) == (Outcome.GOOD, True)
    assert "sk-kin" not in found.text
