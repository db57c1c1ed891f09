import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings import (
    Encoder,
    ModelLoadError,
    ModelNotFoundError,
    is_prepared,
    load_encoder,
)
from embeddings.sentence_transformer_encoder import model_digest
from tests.embeddings.conftest import VARIED_TEXTS

LEAST_COSINE = 0.99
LONG_TEXT = "\n".join(VARIED_TEXTS * 5)  # over 512 tokens
ROOT = Path(__file__).parents[2]
UNKNOWN_NAME = """\
import sys
from pathlib import Path
from embeddings import ModelNotFoundError, load_encoder
try:
    load_encoder("nobody/no-such-model", Path("unused"))
except ModelNotFoundError as error:
    print(error)
print({"torch", "transformers", "sentence_transformers"} & set(sys.modules))
"""


@pytest.fixture(scope="session")
def float_encoder(float_model: Path) -> Encoder:
    return load_encoder(str(float_model), float_model.parent)


def test_fast_encoder_agrees_with_the_library(encoder: Encoder, float_model: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- seconds to import

    library = SentenceTransformer(str(float_model), local_files_only=True, device="cpu")
    for prompt, fast in (
        ("query", encoder.encode_queries(VARIED_TEXTS)),
        ("passage", encoder.encode_passages(VARIED_TEXTS)),
    ):
        for text, vector in zip(VARIED_TEXTS, fast, strict=True):
            (exact,) = library.encode([text], prompt_name=prompt, show_progress_bar=False)
            assert vector @ exact >= LEAST_COSINE, text


def test_directory_is_a_model_of_its_own(float_encoder: Encoder, encoder: Encoder) -> None:
    assert isinstance(float_encoder, Encoder)
    assert float_encoder.model_id.startswith("e5-small-float@")
    assert float_encoder.model_id != encoder.model_id
    assert float_encoder.dimension == 384
    assert float_encoder.query_prompt == "query: "
    assert float_encoder.passage_prompt == "passage: "


def test_prompts_are_put_before_the_texts(float_encoder: Encoder, encoder: Encoder) -> None:
    text = VARIED_TEXTS[0]
    (query,), (passage,) = (
        float_encoder.encode_queries([text]),
        float_encoder.encode_passages([text]),
    )
    assert query @ encoder.encode_queries([text])[0] >= LEAST_COSINE
    assert passage @ encoder.encode_passages([text])[0] >= LEAST_COSINE
    assert not np.allclose(query, passage, atol=1e-3)


def test_rows_are_unit_vectors_that_stand_alone(float_encoder: Encoder) -> None:
    steps: list[int] = []
    vectors = float_encoder.encode_passages(VARIED_TEXTS, progress=steps.append)
    assert (vectors.shape, vectors.dtype) == ((len(VARIED_TEXTS), 384), np.float32)
    assert sum(steps) == len(VARIED_TEXTS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(vectors[3], float_encoder.encode_passages([VARIED_TEXTS[3]])[0])
    assert float_encoder.encode_queries([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "\x00", "a\x00b", "\ud83d", "ngày \udc00", LONG_TEXT])
def test_odd_and_long_text_has_a_vector(
    float_encoder: Encoder, encoder: Encoder, text: str
) -> None:
    (vector,) = float_encoder.encode_passages([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector @ encoder.encode_passages([text])[0] >= LEAST_COSINE


def test_model_without_prompts_gets_none(float_model: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(float_model, plain, copy_function=os.symlink)
    plain.joinpath("config_sentence_transformers.json").unlink()
    loaded = load_encoder(f"{plain}/", tmp_path)
    assert loaded.model_id.startswith("plain@")
    assert (loaded.query_prompt, loaded.passage_prompt) == ("", "")
    np.testing.assert_array_equal(loaded.encode_queries(["a"]), loaded.encode_passages(["a"]))


def test_identity_changes_with_configuration_and_weights(tmp_path: Path) -> None:
    config, weights = tmp_path / "config.json", tmp_path / "model.safetensors"
    config.write_text(json.dumps({"a": 1}), encoding="utf-8")
    weights.write_bytes(b"0" * 3_000_000)
    first = model_digest(tmp_path)
    assert model_digest(tmp_path) == first
    tmp_path.joinpath("README.md").write_text("x", encoding="utf-8")
    assert model_digest(tmp_path) == first
    config.write_text(json.dumps({"a": 2}), encoding="utf-8")
    second = model_digest(tmp_path)
    weights.write_bytes(b"0" * 2_999_999 + b"1")
    assert len({first, second, model_digest(tmp_path)}) == 3


@pytest.mark.parametrize(
    "name", ["no-such-model", "nobody/no-such-model", "a/b/c", "../..x", "", "khong co", "\x00"]
)
def test_unknown_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFoundError, match="EMBEDDING_MODEL"):
        load_encoder(name, tmp_path)
    assert not is_prepared(name, tmp_path)


def test_unknown_name_is_told_at_once_and_offline() -> None:
    # any attempt to connect would fail with another error than the one expected
    proxy = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-c", UNKNOWN_NAME],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **proxy},
        check=True,
    )
    message, modules = done.stdout.splitlines()
    assert "không tự tải gì từ mạng" in message
    assert "hf download nobody/no-such-model" in message
    assert modules == "set()"


def test_directory_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"modules\.json hay config\.json"):
        load_encoder(str(tmp_path), tmp_path)
    assert not is_prepared(str(tmp_path), tmp_path)


@pytest.mark.parametrize("spoiled", ["config.json", "model.safetensors", "modules.json"])
def test_damaged_model(float_model: Path, tmp_path: Path, spoiled: str) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(float_model, damaged, copy_function=os.symlink)
    damaged.joinpath(spoiled).unlink()
    damaged.joinpath(spoiled).write_bytes(b"{")
    with pytest.raises(ModelLoadError, match=r"Không nạp được mô hình.*EMBEDDING_MODEL"):
        load_encoder(str(damaged), tmp_path)
