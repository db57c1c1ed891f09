"""What the tests of documents in the chat share."""

import pytest

from tests.bot.features.documents.document_chat import without_a_fence


@pytest.fixture(autouse=True)
def _without_a_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    without_a_fence(monkeypatch)
