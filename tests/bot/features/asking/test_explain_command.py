from pathlib import Path

import pytest

from bot.features.asking import explanation_texts as texts
from tests.bot.cli.test_command_line import json_lines
from tests.bot.conftest import Vanphong

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")

QUESTION = "ngay truyen thong vp la ngay nao"
TITLES = (texts.QUESTION, texts.PASSAGES, texts.READ, texts.WEIGHED, texts.VERDICT)


def test_the_stages_follow_the_answer(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("ask", "--explain", QUESTION) == 0
    shown = capsys.readouterr().out
    heads = ["Nguồn:", *(f"\n{number}. {title}\n" for number, title in enumerate(TITLES, 1))]
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)
    assert "ngày truyền thống văn phòng" in shown.lower()
    assert texts.FEATURES["logit"] in shown


def test_json_has_the_reasons(vanphong: Vanphong, capsys: pytest.CaptureFixture[str]) -> None:
    assert vanphong("ask", "--explain", "--json", QUESTION) == 0
    (answer,) = json_lines(capsys)
    reasons = answer["reasons"]
    assert reasons["probability"] == answer["confidence"]
    assert reasons["passages"]
    best = reasons["read"][0]
    start, end = best["stretch"]
    assert best["text"][start:end] in answer["answer"]
    assert set(reasons["weighed"]) >= {"logit", "intercept"}


def test_without_a_reader_it_answers_and_says_once_what_is_missing(
    vanphong: Vanphong,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("embeddings.reader.READER_FILE", tmp_path / "none.safetensors")
    assert vanphong("ask", "--explain", QUESTION) == 0
    shown = capsys.readouterr()
    assert shown.err.count("none.safetensors") == 1
    assert "vanphong doctor" in shown.err
    assert "không có mô hình đọc" in shown.out
