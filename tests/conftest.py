import os
from pathlib import Path

import pytest
from hypothesis import settings

from embeddings import PACKAGED_MODEL, Encoder, load_encoder

pytest_plugins = ["tests.databases"]

# The same commit gives the same result; HYPOTHESIS_PROFILE=thorough searches anew, and longer.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the packaged model is prepared once for all tests; the variable saves preparing it."""
    given = os.environ.get("VANPHONG_TEST_MODELS_DIR")
    return Path(given) if given else tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def encoder(models_dir: Path) -> Encoder:
    """The real default model."""
    return load_encoder(PACKAGED_MODEL, models_dir)


@pytest.fixture(scope="session")
def real_articles() -> Path:
    """The folder with the office's real article; tests that need it skip without it."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the office's article is not at hand")
    return folder
