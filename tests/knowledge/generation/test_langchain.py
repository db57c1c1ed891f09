"""Runs the examples of docs/LANGCHAIN.md, and looks on by a tracing callback."""

import re
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from knowledge import QuestionError
from tests.knowledge.generation.conftest import Writing
from tests.knowledge.generation.scripted_model import ScriptedModel

PAGE = Path(__file__).parents[3] / "docs" / "LANGCHAIN.md"
QUESTION = "Tỉnh Lào Cai tái lập ngày nào?"


@pytest.fixture(scope="module")
def examples(writing: Writing) -> dict[str, Any]:
    """The names that the page's examples define, run one after the other."""
    names: dict[str, Any] = {"base": writing.base, "model_url": "http://127.0.0.1:9/v1"}
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(code, names)  # noqa: S102 -- that is what a page's examples are for
    return names


def test_the_page_s_chain_answers_and_names_passages(examples: dict[str, Any]) -> None:
    assert "Thủ tướng Chính phủ" in examples["result"]["answer"]
    assert len(examples["result"]["nearby"]) == 3


def test_the_page_s_handler_sees_every_run(examples: dict[str, Any]) -> None:
    seen = examples["runs"].seen
    assert "vanphong_extracted_answer" in seen
    assert f"retriever: {QUESTION}" in seen


async def test_the_page_s_model_is_down_and_the_answer_comes(examples: dict[str, Any]) -> None:
    answer = await examples["written"](QUESTION)
    assert "1/10/1991" in answer.text
    assert not answer.generated


class Tracer(BaseCallbackHandler):
    """Notes the runs with their parents."""

    def __init__(self) -> None:
        self.names: dict[Any, str] = {}
        self.parents: dict[str, str | None] = {}
        self.ended: list[str] = []

    def on_chain_start(self, *_: Any, **run: Any) -> None:
        self._note(run["name"], run)

    def on_chat_model_start(self, *_: Any, **run: Any) -> None:
        self._note("model", run)

    def on_chain_end(self, *_: Any, **run: Any) -> None:
        self.ended.append(self.names[run["run_id"]])

    on_llm_end = on_chain_end

    def _note(self, name: str, run: dict[str, Any]) -> None:
        self.names[run["run_id"]] = name
        self.parents[name] = self.names.get(run["parent_run_id"])


async def test_the_model_s_run_is_a_child_of_the_answering(writing: Writing) -> None:
    tracer = Tracer()
    model = ScriptedModel(script=["Tỉnh Lào Cai được tái lập từ ngày 1/10/1991 [1]."])
    answering = writing.base.langchain_answering(writing.base.writer(model))
    answer = await answering.ainvoke(QUESTION, config={"callbacks": [tracer]})
    assert answer.generated
    assert tracer.parents == {"vanphong_written_answer": None, "model": "vanphong_written_answer"}
    assert set(tracer.ended) == set(tracer.parents)


def test_answering_raises_as_the_assistant_does(writing: Writing) -> None:
    with pytest.raises(QuestionError):
        writing.base.langchain_answering().invoke("?")
    answers = writing.base.langchain_answering().batch([QUESTION, "Ai ký Quyết định 828?"])
    assert [answer.refused for answer in answers] == [False, False]
