import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings import Encoder, Reader
from knowledge import Assistant, KnowledgeBase
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.small_articles import write_small_articles


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two small articles."""
    return write_small_articles(tmp_path / "articles")


@pytest.fixture
def base(tmp_path: Path, encoder: Encoder, reader: Reader) -> Iterator[KnowledgeBase]:
    """An open knowledge base without any version yet."""
    with KnowledgeBase(tmp_path / "data", encoder, reader=reader) as opened:
        yield opened


@pytest.fixture(scope="session")
def assistant(
    small_data: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Assistant]:
    """Answers from the two small articles; the tests share it."""
    data_dir = shutil.copytree(small_data, tmp_path_factory.mktemp("small") / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as opened:
        yield opened.assistant()


@pytest.fixture
def article(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes one article file into a folder of its own and returns the folder."""

    def write(name: str, content: str | bytes) -> Path:
        folder = tmp_path / "single"
        folder.mkdir(exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        folder.joinpath(name).write_bytes(data)
        return folder

    return write


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def counted(tmp_path: Path, counting: CountingEncoder) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "counted", counting) as base:
        yield base
