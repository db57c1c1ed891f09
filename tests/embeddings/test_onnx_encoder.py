import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings import PACKAGED_MODEL, Encoder, ModelLoadError
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.preparation import PreparedModel
from tests.embeddings.conftest import VARIED_TEXTS

ROOT = Path(__file__).parents[2]
HOT_PATH = """\
import sys
from pathlib import Path
from embeddings import load_encoder
encoder = load_encoder(sys.argv[1], Path(sys.argv[2]))
encoder.encode_queries(["ngày nào"])
heavy = {"torch", "transformers", "sentence_transformers", "onnx", "chromadb", "langchain_core"}
print(sorted(heavy & set(sys.modules)))
"""


def test_identity(encoder: Encoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.model_id.startswith(f"{PACKAGED_MODEL}@")
    assert encoder.dimension == 384
    assert (encoder.query_prompt, encoder.passage_prompt) == ("query: ", "passage: ")


def test_rows_are_unit_vectors_in_float32(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(VARIED_TEXTS), encoder.encode_passages(VARIED_TEXTS)):
        assert vectors.shape == (len(VARIED_TEXTS), encoder.dimension)
        assert vectors.dtype == np.float32
        assert vectors.flags["C_CONTIGUOUS"]
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    together = encoder.encode_passages(VARIED_TEXTS)
    backwards = encoder.encode_passages(VARIED_TEXTS[::-1])[::-1]
    alone = np.concatenate([encoder.encode_passages([text]) for text in VARIED_TEXTS])
    np.testing.assert_array_equal(together, backwards)
    np.testing.assert_array_equal(together, alone)


def test_threads_get_the_same_vectors(encoder: Encoder) -> None:
    expected = encoder.encode_queries(VARIED_TEXTS)
    with ThreadPoolExecutor(4) as threads:
        rows = list(threads.map(lambda t: encoder.encode_queries([t])[0], VARIED_TEXTS * 2))
    np.testing.assert_array_equal(np.stack(rows), np.concatenate([expected, expected]))


def test_prompts_tell_queries_from_passages(encoder: Encoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
    text = "Ngày truyền thống Văn phòng"
    query, passage = encoder.encode_queries([text])[0], encoder.encode_passages([text])[0]
    assert not np.allclose(query, passage, atol=1e-3)
    np.testing.assert_array_equal(query, encoder._encode("", [f"query: {text}"], None)[0])
    np.testing.assert_array_equal(passage, encoder._encode("", [f"passage: {text}"], None)[0])


def test_meaning_shows_in_the_dot_product(encoder: Encoder) -> None:
    (query,) = encoder.encode_queries(["Quyết định 828 ký ngày nào?"])
    right, wrong = encoder.encode_passages(
        ["Thủ tướng ký Quyết định 828 ngày 22/7/2004.", "Bãi xe mở cửa lúc 6 giờ sáng."]
    )
    assert query @ right > query @ wrong + 0.05


def test_normal_form_does_not_matter(encoder: Encoder) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in VARIED_TEXTS]
    np.testing.assert_array_equal(
        encoder.encode_queries(decomposed), encoder.encode_queries(VARIED_TEXTS)
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\x00", "a\x00b", "\ud83d", "ngày \udc00 nào", "\u200b", "😀" * 50, "<s></s>"],
)
def test_odd_text_has_a_vector(encoder: Encoder, text: str) -> None:
    (vector,) = encoder.encode_queries([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    (vector,) = encoder.encode_passages([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_long_text_is_cut_at_the_models_512_tokens(encoder: Encoder) -> None:
    start = "Văn phòng Ủy ban nhân dân tỉnh tham mưu, giúp việc cho lãnh đạo tỉnh. " * 60
    vectors = encoder.encode_passages([start, start + "Phần đuôi bị cắt bỏ. " * 5_000])
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_progress_tells_of_every_text(encoder: Encoder) -> None:
    steps: list[int] = []
    encoder.encode_passages(VARIED_TEXTS, progress=steps.append)
    assert sum(steps) == len(VARIED_TEXTS)


@pytest.mark.parametrize("spoiled", ["encoder.onnx", "tokenizer.json"])
def test_files_that_libraries_refuse(tmp_path: Path, models_dir: Path, spoiled: str) -> None:
    for name in ("encoder.onnx", "tokenizer.json"):
        tmp_path.joinpath(name).symlink_to(models_dir / PACKAGED_MODEL / name)
    tmp_path.joinpath(spoiled).unlink()
    tmp_path.joinpath(spoiled).write_bytes(b"nothing of use")
    with pytest.raises(ModelLoadError, match=r"Không nạp được mô hình.*xóa thư mục"):
        OnnxEncoder.load(PreparedModel(tmp_path, "x", "0"))


def test_hot_path_loads_no_heavy_library(encoder: Encoder, models_dir: Path) -> None:
    assert encoder.dimension  # prepared by now
    done = subprocess.run(
        [sys.executable, "-c", HOT_PATH, PACKAGED_MODEL, str(models_dir)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_in_the_background_the_large_tokenizer_is_not_loaded_again(
    encoder: Encoder, tmp_path: Path
) -> None:
    assert isinstance(encoder, OnnxEncoder)
    graph = encoder.prepared.graph
    tmp_path.joinpath(graph.name).symlink_to(graph)
    tmp_path.joinpath(encoder.prepared.tokenizer.name).symlink_to(encoder.prepared.tokenizer)
    ours = OnnxEncoder.load(replace(encoder.prepared, directory=tmp_path))
    tmp_path.joinpath(encoder.prepared.tokenizer.name).unlink()
    question = ["2 thạo là gì"]
    background = ours.in_background()
    assert np.array_equal(background.encode_queries(question), ours.encode_queries(question))
