from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Access, Settings, load_settings
from tests.bot.conftest import TOKEN

ROOT = Path(__file__).parents[2]
NAMES = [name.upper() for name in Settings.model_fields]


pytestmark = pytest.mark.usefixtures("nothing_set")


def test_defaults_work_without_anything_set() -> None:
    settings = load_settings()
    assert settings.telegram_bot_token is None
    assert (settings.articles_dir / "01-ngay-truyen-thong.md").is_file()


def test_environment_beats_file_and_command_line_beats_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.joinpath(".env").write_text("DATA_DIR=a\nARTICLES_DIR=b\nLOG_LEVEL=ERROR\n")
    monkeypatch.setenv("ARTICLES_DIR", "c")
    settings = load_settings(data_dir=Path("d"), articles_dir=None)
    assert (settings.data_dir, settings.articles_dir) == (Path("d"), Path("c"))
    assert settings.log_level == "ERROR"


def test_empty_values_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert load_settings().telegram_bot_token is None


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("TELEGRAM_API_URL", "api.telegram.org", "phải là địa chỉ http"),
        ("TELEGRAM_API_URL", "ftp://x", "phải là địa chỉ http"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING'"),
        ("LOG_FORMAT", "xml", "'console', 'json'"),
        ("ANSWER_THREADS", "0", "phải từ 1 trở lên"),
        ("ANSWER_THREADS", "100", "không được quá 64"),
        ("ANSWER_THREADS", "hai", "phải là số nguyên"),
        ("ACCESS", "all", "'open', 'approval', 'invite'"),
        ("ADMIN_IDS", "1, @lan", "phải là các số id Telegram"),
        ("ADMIN_IDS", "-5", "phải là các số id Telegram"),
        ("ADMIN_IDS", "0", "phải là các số id Telegram"),
        ("DATABASE_URL", "mysql://a/b", "phải bắt đầu bằng postgresql://"),
    ],
)
def test_bad_values_are_named_with_their_rule(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, rule: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert rule in str(caught.value)
    assert name == "ACCESS" or "ACCESS" not in str(caught.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath(".env").write_bytes("DATA_DIR=dữ".encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_admin_ids_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", " 1, 22,,1 ")
    assert load_settings().admin_ids == {1, 22}


def test_the_token_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load_settings()
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump_json()}"
    monkeypatch.setenv("LOG_LEVEL", TOKEN)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert TOKEN not in str(caught.value)


def test_env_example_explains_every_setting() -> None:
    lines = ROOT.joinpath(".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.lstrip("# ").partition("=")[0] for line in lines if "=" in line]
    assert [name for name in named if name in NAMES] == NAMES
    for number, line in enumerate(lines):
        if line.lstrip("# ").partition("=")[0] in NAMES:
            assert lines[number - 1].startswith("# ")


def test_env_example_is_accepted_as_it_is(tmp_path: Path) -> None:
    example = ROOT.joinpath(".env.example").read_text(encoding="utf-8")
    tmp_path.joinpath(".env").write_text(example, encoding="utf-8")
    assert load_settings() == Settings(_env_file=None)


@pytest.mark.parametrize(
    ("admins", "access", "effective"),
    [
        ("", "", Access.OPEN),
        ("1", "", Access.APPROVAL),
        ("1", "open", Access.OPEN),
        ("", "invite", Access.INVITE),
    ],
)
def test_who_may_ask_depends_on_whether_somebody_can_let_people_in(
    monkeypatch: pytest.MonkeyPatch, admins: str, access: str, effective: Access
) -> None:
    monkeypatch.setenv("ADMIN_IDS", admins)
    monkeypatch.setenv("ACCESS", access)
    assert load_settings().access is effective


@pytest.mark.parametrize(
    ("place", "trusted", "fits"),
    [
        ("127.0.0.1:8080", "false", True),
        ("127.0.0.2:8080", "false", True),
        ("localhost:8080", "false", True),
        ("[::1]:8080", "false", True),
        ("0.0.0.0:8080", "false", False),
        ("[::]:8080", "", False),
        ("10.0.0.5:8080", "false", False),
        ("bot:8080", "false", False),
        ("localhost.example.vn:8080", "false", False),
        ("0.0.0.0:8080", "true", True),
    ],
)
def test_webhooks_come_from_this_machine_unless_the_network_is_trusted(
    monkeypatch: pytest.MonkeyPatch, place: str, trusted: str, *, fits: bool
) -> None:
    monkeypatch.setenv("WEBHOOK_LISTEN", place)
    monkeypatch.setenv("WEBHOOK_TRUST_NETWORK", trusted)
    assert load_settings().webhook_listen == place  # without webhooks nothing listens there
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.vn/hook")
    if fits:
        assert load_settings().webhook_listen == place
        return
    with pytest.raises(SettingsError, match=r"WEBHOOK_LISTEN: .*TLS.*WEBHOOK_TRUST_NETWORK=true"):
        load_settings()
