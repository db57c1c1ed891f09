import shutil
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertEncoder

from embeddings import PACKAGED_MODEL, Encoder, Reader, ReaderLoadError, Reading, load_reader
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_weights import LINEAR_PARTS, NORM_PARTS
from embeddings.reader import READER_FILE, UNREADABLE_LOGIT
from embeddings.reader_weights import ReaderWeights, write_reader_weights
from embeddings.recently_used import RecentlyUsed
from embeddings.vietnamese import encodable

DECISION = (
    "Quyết định 828 › Nội dung",
    "Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004 về ngày truyền thống.",
)
CAR_PARK = ("", "Bãi xe mở cửa lúc 6 giờ sáng, trừ ngày lễ.")
QUESTION = "Quyết định số 828 được ký ngày nào?"
OPENING_QUESTION = "Bãi xe mở cửa lúc mấy giờ?"
QUESTIONS = [QUESTION, "Ai ký Quyết định số 828?", OPENING_QUESTION, "Ai trông xe?"]
LAYERS = range(6, 12)


@pytest.fixture(scope="module")
def weights(encoder: Encoder) -> ReaderWeights:
    assert isinstance(encoder, OnnxEncoder)
    return ReaderWeights.read(READER_FILE, base=encoder.prepared.weights_hash)


@pytest.fixture(scope="module")
def trained(weights: ReaderWeights) -> dict[str, np.ndarray]:
    """The weights that are shipped, by the names of the training program's state dict."""
    shape = weights.shape
    size, state = shape.hidden, {"kind": weights.tensor("kind", 2, shape.hidden)}
    for layer in LAYERS:
        ours, theirs = f"l{layer}", f"layers.{layer - LAYERS.start}"
        for part, name in LINEAR_PARTS:
            sizes = shape.linear_sizes(part)
            state[f"{theirs}.{name}.weight"] = weights.tensor(f"{ours}.{part}.w", *sizes)
            state[f"{theirs}.{name}.bias"] = weights.tensor(f"{ours}.{part}.b", sizes[0])
        for part, name in NORM_PARTS:
            state[f"{theirs}.{name}.weight"] = weights.tensor(f"{ours}.{part}.w", size)
            state[f"{theirs}.{name}.bias"] = weights.tensor(f"{ours}.{part}.b", size)
    for head, outputs, inputs in (("span", 2, size), ("ans.0", size, 2 * size), ("ans.3", 1, size)):
        state[f"{head}.weight"] = weights.tensor(f"{head}.w", outputs, inputs)
        state[f"{head}.bias"] = weights.tensor(f"{head}.b", outputs)
    return state


def torch_logit(state: dict[str, np.ndarray], question: np.ndarray, passage: np.ndarray) -> float:
    """What the training program's model makes of the same states, in float32."""
    config = BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )
    config._attn_implementation = "eager"
    layers = BertEncoder(config).eval()
    tensors = {name: torch.tensor(values) for name, values in state.items()}
    of_layers = {k.replace("layers.", "layer.", 1): v for k, v in tensors.items() if "layers" in k}
    layers.load_state_dict(of_layers)
    sides = (torch.tensor(side).float() for side in (question, passage))
    joined = torch.cat([side + kind for side, kind in zip(sides, tensors["kind"], strict=True)])
    with torch.no_grad():
        hidden = layers(joined[None]).last_hidden_state[0]
        seen = torch.cat([hidden[0], hidden.mean(0)])
        inner = torch.nn.functional.gelu(tensors["ans.0.weight"] @ seen + tensors["ans.0.bias"])
        return float(tensors["ans.3.weight"] @ inner + tensors["ans.3.bias"])


def test_it_reads(reader: Reader) -> None:
    on_decision, on_car_park = reader.read(OPENING_QUESTION, [DECISION, CAR_PARK])
    assert "6 giờ" in CAR_PARK[1][slice(*on_car_park.span)]
    assert on_car_park.logit > on_decision.logit + 1
    assert 0 < on_car_park.span_probability <= 1


def test_logits_are_those_of_the_trained_model(
    reader: Reader, encoder: Encoder, trained: dict[str, np.ndarray]
) -> None:
    assert isinstance(encoder, OnnxEncoder)
    differences = []
    for question in QUESTIONS:
        asked = encoder.token_states("query: ", question, max_tokens=48).states
        for context, text in (DECISION, CAR_PARK):
            whole = f"{context}\n{text}" if context else text
            passage = encoder.token_states("passage: ", whole, max_tokens=288).states
            (reading,) = reader.read(question, [(context, text)])
            differences.append(reading.logit - torch_logit(trained, asked, passage))
    assert np.abs(differences).mean() < 0.25
    assert np.abs(differences).max() < 0.6


def test_reading_does_not_depend_on_neighbours_threads_or_memory(reader: Reader) -> None:
    texts = [DECISION, CAR_PARK, ("Bãi xe", DECISION[1]), ("", "")]
    expected = [[reader.read(question, [text])[0] for text in texts] for question in QUESTIONS]
    size = attrgetter("nbytes")
    reader._encoder._states = RecentlyUsed(0, size)
    reader._readings = RecentlyUsed(0)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda question: reader.read(question, texts), QUESTIONS))
    assert found == expected
    reader._encoder._states = RecentlyUsed(60 * 2**20, size)
    reader._readings = RecentlyUsed(100)


def test_texts_and_the_question_just_embedded_are_not_run_again(
    reader: Reader, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder.encode_queries(["Mấy giờ mở cửa?"])
    reader.read(QUESTION, [CAR_PARK])
    with monkeypatch.context() as patch:
        patch.setattr(OnnxEncoder, "_run", None)
        encoder.encode_queries(["Mấy giờ mở cửa?"])
        reader.read(QUESTION, [CAR_PARK])
        reader.read("Mấy giờ mở cửa?", [CAR_PARK])
        with pytest.raises(TypeError):
            reader.read("Mấy giờ đóng cửa?", [CAR_PARK])


def test_memory_is_bounded() -> None:
    memory: RecentlyUsed[np.ndarray] = RecentlyUsed(1_000, attrgetter("nbytes"))
    rows = {bytes([i]): np.full((20, 10), i, np.float16) for i in range(5)}  # 400 bytes each
    for key, states in rows.items():
        memory.put(key, states)
        memory.get(b"\x00", lambda: rows[b"\x00"])
    assert memory.taken == 800
    assert (memory.get(b"\x00", lambda: rows[b"\x01"]) == 0).all()
    assert (memory.get(b"\x02", lambda: rows[b"\x01"]) == 1).all()
    memory.put(b"\x09", np.zeros((1_000, 10), np.float16))
    assert memory.taken == 0


words = st.text(alphabet=st.characters(), max_size=40) | st.sampled_from(DECISION + CAR_PARK)


@settings(max_examples=60, deadline=None)
@given(words, words, words)
def test_span_is_whole_words_of_the_text(
    reader: Reader, question: str, context: str, text: str
) -> None:
    (reading,) = reader.read(question, [(context, text)])
    read, (start, end) = encodable(text), reading.span
    assert 0 <= start <= end <= len(read)
    assert read[start:end] == read[start:end].strip()
    for place in (start, end):
        assert not read[max(0, place - 1) : place + 1].isalnum() or place in {0, len(read)}
    assert (start == end) == (reading.logit == UNREADABLE_LOGIT)
    assert 0 <= reading.span_probability <= 1


def test_what_is_cut_off_is_not_read(reader: Reader) -> None:
    start = "Văn phòng tham mưu, giúp việc cho lãnh đạo tỉnh. " * 40
    short, long = reader.read(QUESTION, [("", start), ("", start + DECISION[1] * 100)])
    assert short == long
    beyond, empty = reader.read(QUESTION, [(start, DECISION[1]), ("Quyết định 828", " \n")])
    assert beyond == empty == Reading(UNREADABLE_LOGIT, (0, 0), 0.0)
    longer = " ".join([QUESTION, "Xin cảm ơn."] * 30)
    assert reader.read(longer, [DECISION]) == reader.read(longer + " Hết.", [DECISION])


def test_no_texts_give_no_readings(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == []


def test_reader_beside_another_model_stands_on_the_packaged_one(
    reader: Reader, models_dir: Path
) -> None:
    class Other(Encoder):
        pass

    beside = load_reader(Other(), models_dir)  # type: ignore[abstract]
    assert beside._encoder.model_id.startswith(PACKAGED_MODEL)
    assert beside.read(QUESTION, [DECISION]) == reader.read(QUESTION, [DECISION])


def test_the_session_is_shared(reader: Reader, encoder: Encoder) -> None:
    assert reader._encoder is encoder


def test_file_is_small_and_written_again_the_same(
    trained: dict[str, np.ndarray], tmp_path: Path
) -> None:
    assert READER_FILE.stat().st_size < 15_000_000
    write_reader_weights(tmp_path / "again", trained)
    with safe_open(READER_FILE, "numpy") as old, safe_open(tmp_path / "again", "numpy") as new:
        assert old.metadata().keys() == new.metadata().keys()
        assert old.metadata()["base"] == new.metadata()["base"]
        assert list(old.keys()) == list(new.keys())
        for name in old.keys():  # noqa: SIM118 (it isn't a mapping)
            np.testing.assert_allclose(old.get_tensor(name), new.get_tensor(name), rtol=1e-6)


@pytest.mark.parametrize("spoiled", ["missing", "infinite", "of another size"])
def test_weights_that_are_not_written(
    trained: dict[str, np.ndarray], tmp_path: Path, spoiled: str
) -> None:
    kind = trained["kind"]
    changed = {"infinite": kind * np.inf, "of another size": kind[:1]}.get(spoiled)
    state = {name: values for name, values in trained.items() if name != "kind"}
    with pytest.raises((KeyError, ValueError), match="kind"):
        write_reader_weights(tmp_path / "w", state | ({} if changed is None else {"kind": changed}))
    assert not tmp_path.joinpath("w").exists()


def of_other_metadata(path: Path, **metadata: str) -> None:
    with safe_open(READER_FILE, "numpy") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        save_file(tensors, path, file.metadata() | metadata)


def truncate(path: Path, size: int) -> None:
    path.write_bytes(READER_FILE.read_bytes()[:size])


def flip_a_bit(path: Path) -> None:
    contents = bytearray(READER_FILE.read_bytes())
    contents[5_000_000] ^= 1
    path.write_bytes(contents)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda _: None, "không có tệp"),
        (Path.mkdir, "đây là thư mục"),
        (lambda path: truncate(path, 0), "tệp hỏng"),
        (lambda path: truncate(path, 1_000), "tệp hỏng"),
        (lambda path: truncate(path, 5_000_000), "tệp hỏng"),
        (flip_a_bit, "mã kiểm nội dung của tệp là"),
        (lambda path: save_file({"kind": np.zeros(3)}, path), "định dạng của tệp là None"),
        (lambda path: of_other_metadata(path, format="0"), "định dạng của tệp là 0"),
        (lambda path: of_other_metadata(path, base="abc"), "mô hình nền của tệp là abc"),
        (lambda path: of_other_metadata(path, shape="{}"), "tệp hỏng"),
    ],
)
def test_files_that_cannot_be_loaded(
    encoder: Encoder, tmp_path: Path, spoil: object, reason: str
) -> None:
    assert callable(spoil)
    assert isinstance(encoder, OnnxEncoder)
    path = tmp_path / "reader.safetensors"
    spoil(path)
    with pytest.raises(ReaderLoadError, match=f"{path}.*{reason}.*Hãy cài lại"):
        Reader.load(encoder, path)


def test_a_copy_elsewhere_is_the_same_reader(
    reader: Reader, encoder: Encoder, tmp_path: Path
) -> None:
    assert isinstance(encoder, OnnxEncoder)
    copy = Reader.load(encoder, Path(shutil.copy(READER_FILE, tmp_path)))
    assert copy.read(QUESTION, [DECISION]) == reader.read(QUESTION, [DECISION])
