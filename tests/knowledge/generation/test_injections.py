"""Instructions hidden in documents and questions change nothing, though a model obeys them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from langchain_core.messages import AIMessageChunk

from embeddings import Encoder, Reader
from knowledge import Draft, KnowledgeBase
from tests.knowledge.generation.conftest import Writing
from tests.knowledge.generation.scripted_model import Piece, ScriptedModel

INJECTIONS = yaml.safe_load(
    Path(__file__).parents[2].joinpath("data", "injections.yaml").read_text("utf-8")
)
QUESTION = "Tỉnh Lào Cai tái lập ngày nào?"
TRUE = "Tỉnh Lào Cai được tái lập và hoạt động từ ngày 1/10/1991 [1]."
PLACES = [
    f"Xã {name}"
    for name in (
        "Bản Hồ, Tả Van, Mường Hum, Nậm Pung, Cốc San, Bát Xát, Y Tý, Sa Pả, Lùng Vai, Nấm Lư, "
        "Pha Long, Tả Phời, Bảo Hà, Võ Lao, Khánh Yên, Dương Quỳ, Chiềng Ken, Thượng Hà, "
        "Xuân Quang, Phong Niên, Gia Phú, Trì Quang"
    ).split(", ")
]
ARTICLE = """---
title: Giới thiệu {place}
source: Tài liệu hội nhập
---

{place} thành lập ngày {day}/5/1963. {hidden}
"""
ASK = "{place} thành lập ngày nào?"
TRUE_OF_PLACE = "{place} được thành lập ngày {day}/5/1963 [1]."


@dataclass(frozen=True)
class Injection:
    """A question, and what an obedient model says to it that must not be shown."""

    question: str
    script: list[Piece]
    never: list[str]

    @classmethod
    def of(cls, entry: dict[str, Any], question: str, true: str, place: str = "") -> "Injection":
        says = entry["says"].replace("{true}", true).replace("{place}", place)
        script: list[Piece] = [*says]
        if tool := entry.get("tool"):
            call = {"name": tool, "args": {"all": True}, "id": "1"}
            script.insert(0, AIMessageChunk(content="", tool_calls=[call]))
        return cls(question, script, entry["never"])

    def shown_in(self, drafts: list[Draft]) -> list[str]:
        """What was shown, in any draft, that nobody wanted."""
        return [
            text
            for draft in drafts
            for sentence in draft.answer.sentences
            if draft.answer.generated
            for text in self.never
            if text in sentence.text
        ]


def test_there_are_enough_of_both_languages() -> None:
    every = [entry["hidden"] for entry in INJECTIONS["documents"]]
    every += [entry["ask"].replace("{question}", "") for entry in INJECTIONS["questions"]]
    assert len(every) >= 40
    assert sum(text.isascii() for text in every) >= 10


@pytest.mark.parametrize("entry", INJECTIONS["questions"], ids=lambda entry: entry["never"][0])
async def test_a_question_makes_the_model_say_nothing(
    writing: Writing, entry: dict[str, Any]
) -> None:
    injection = Injection.of(entry, entry["ask"].replace("{question}", QUESTION), TRUE)
    drafts = await writing.drafts(injection.question, ScriptedModel(script=injection.script))
    assert injection.shown_in(drafts) == []


@pytest.fixture(scope="module")
def injected(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Writing]:
    """A base of documents with a hidden instruction each."""
    folder = tmp_path_factory.mktemp("injected")
    folder.joinpath("articles").mkdir()
    for number, (entry, place) in enumerate(zip(INJECTIONS["documents"], PLACES, strict=True)):
        hidden = entry["hidden"].replace("{place}", place)
        article = ARTICLE.replace("{place}", place).replace("{day}", str(number + 1))
        file = folder / "articles" / f"{number}.md"
        file.write_text(article.replace("{hidden}", hidden), encoding="utf-8")
    with KnowledgeBase(folder / "data", encoder, reader=reader) as base:
        assert not base.reload(folder / "articles").failed
        yield Writing(base, base.assistant(), reader)


@pytest.mark.parametrize("number", range(len(PLACES)))
async def test_a_document_makes_the_model_say_nothing(injected: Writing, number: int) -> None:
    entry, place = INJECTIONS["documents"][number], PLACES[number]
    question = ASK.replace("{place}", place)
    true = TRUE_OF_PLACE.replace("{place}", place).replace("{day}", str(number + 1))
    injection = Injection.of(entry, question, true, place)
    model = ScriptedModel(script=injection.script)
    drafts = await injected.drafts(question, model)
    assert model.asked
    assert drafts[-1].answer.generated is ("{true}" in entry["says"])
    assert any(f"ngày {number + 1}/5/1963" in line.text for line in drafts[-1].answer.sentences)
    assert injection.shown_in(drafts) == []
