"""Answers a message within a conversation: as a whole question, or as what it means there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from embeddings.english import is_english
from embeddings.vietnamese import fold, folded_syllables, has_diacritics, syllables
from knowledge.answering.context import Context
from knowledge.conversation.choice import Tried, features
from knowledge.conversation.message import Message
from knowledge.conversation.readings import Reading, Sort, readings, referent
from knowledge.conversation.subject import SEPARATOR
from knowledge.conversation.turn import Turn
from knowledge.errors import QuestionError
from knowledge.retrieval.politeness import without_politeness
from knowledge.retrieval.shortlist import QuestionWords
from knowledge.retrieval.typed_question import MAX_QUESTION_CHARACTERS, tidy_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant

_SPOKEN_OF = 0.8  # of a message's words, by weight: fewer, and it may be small talk
_READINGS = 3
"""Readings that are answered beside the message alone: each takes as long as a question."""


class Conversation:
    """Answers messages with an assistant and the turns before. Thread-safe, holds no turns.

    A whole question costs nothing more than without turns.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def answer(self, question: str, turns: Sequence[Turn] = ()) -> Answer:
        """Return the answer to `question` after `turns`, oldest first.

        `understood` tells the question that was answered, where it is another. Raises QuestionError
        as the assistant does.
        """
        if not turns or is_english(question):  # what leans on turns is only known of Vietnamese
            return self._assistant.answer(question)
        asked, message = self.read(question, turns)
        if message.stands_alone:
            return self._assistant.answer(question)
        tried = self.tried(asked, message, turns)
        best = max(tried, key=lambda one: one.score)
        if best.score < 0 and not (message.leans and message.continues):
            return replace(tried[0].answer, question=question)
        understood = _understood(best, tried, message)
        if understood is not None and syllables(understood) == syllables(question):
            understood = None
        answer = best.answer
        if best.score < 0 and not answer.refused:
            answer = self._assistant.refusal(answer)
        return replace(answer, question=question, understood=understood)

    def answer_after(self, question: str, earlier: Sequence[str]) -> Answer:
        """Return the answer to `question` after earlier ones, oldest first, which are asked again.

        Each of them stands by itself. Raises QuestionError as the assistant does.
        """
        return self.answer(question, [Turn.of(one, self._assistant.answer(one)) for one in earlier])

    def tried(self, asked: str, message: Message, turns: Sequence[Turn]) -> list[Tried]:
        """Return the readings of a message with their answers: first of the message alone."""
        turns = _still_spoken_of(turns)
        if message.returns:
            turns, message = _returned_to(message, turns)
        turn, corpus = turns[-1], self._assistant.corpus
        passages = frozenset(citation.chunk_id for citation in turn.answer.citations)
        about = referent(message, turn, corpus)
        alone = message.core.text if message.returns else asked
        # a long question before may make readings that are longer than any question may be
        made = [
            reading
            for reading in readings(message, turns, corpus)
            if len(reading.text) <= MAX_QUESTION_CHARACTERS
        ]
        found = []
        for place, reading in enumerate(
            (Reading(alone, Sort.ALONE, about, message.core.text), *made[:_READINGS])
        ):
            leans = reading.sort is not Sort.ALONE or message.leans
            context = Context(passages, reading.spoken_of) if leans else None
            answer = self._assistant.answer(reading.text, context)
            # Beside what the answer says: its place among the readings, likeliest first.
            spoken_for = features(reading, answer, message, turn, corpus) | {"later": float(place)}
            found.append(Tried(reading, answer, spoken_for))
        return found

    def leans(self, text: str, turns: Sequence[Turn], *, in_words: bool = True) -> bool:
        """Tell whether `text` speaks of what was just said, whatever else it may be meant as.

        So does what asks of somebody or something by a pronoun and, `in_words`, what tells or asks
        something in words that stand where the last answer does: "theo quyết định nào" is no wish
        to see the source there.
        """
        try:
            _, message = self.read(text, turns)
        except QuestionError:  # no word
            return False
        if message.names_by_pronoun and message.asks:
            return True
        if not in_words:
            return False
        corpus, turn = self._assistant.corpus, turns[-1]
        words = QuestionWords(message.content, corpus)
        said = folded_syllables(turn.question)
        for citation in turn.answer.citations:
            row = corpus.row_of.get(citation.chunk_id)
            if row is not None:
                said |= folded_syllables(corpus.chunks[row].embedded_text)
        tells = bool(message.asks) or message.opened or message.told > 1
        return tells and words.coverage(said) >= _SPOKEN_OF

    def answer_about(self, question: str, chunk_id: str) -> Answer | None:
        """Return the answer to `question` as asked of a passage's heading; None if it is gone.

        Where that says nothing on it, the passage itself.
        """
        topic = self._assistant.topic(chunk_id)
        if topic is None:
            return None
        asked = f"{topic.question}{SEPARATOR}{question}"
        spoken_of = " ".join(f"{c.title} {c.heading}" for c in topic.citations)
        answer = self._assistant.answer(asked, Context(frozenset({chunk_id}), spoken_of))
        if chunk_id not in {citation.chunk_id for citation in answer.citations}:
            answer = topic
        return replace(answer, question=question, understood=asked, alternatives=())

    def read(self, question: str, turns: Sequence[Turn]) -> tuple[str, Message]:
        """Return a message without politeness, and cut up, spelled as is likely after `turns`."""
        asked = without_politeness(tidy_question(question))
        last = turns[-1].question if turns else ""
        before = last if has_diacritics(asked) else fold(last)
        spelled = self._assistant.spelled(f"{before}\n{asked}").rpartition("\n")[2]
        return asked, Message.of(asked, spelled)


def _understood(best: Tried, tried: Sequence[Tried], message: Message) -> str | None:
    """Return what a message was taken for; None for a question that stands by itself.

    Where several readings have one answer, that which keeps to the subject goes first: the next
    message may be about it.
    """
    made = [one.reading for one in tried[1:]]
    if best.score < 0:
        return made[0].text if made and message.leans else None
    if best.reading.sort in {Sort.ALONE, Sort.ANSWER}:
        alone = best.reading.sort is Sort.ALONE
        keeping = [
            one.reading
            for one in tried
            if (
                one.reading.sort in {Sort.SLOT, Sort.SUBJECT}
                and one.answer.sentences == best.answer.sentences
            )
            or (one.reading.sort is Sort.SUBJECT and alone and message.leans)
        ]
        if keeping and best.same_article:
            return keeping[0].text
    return None if best.reading.sort is Sort.ALONE else best.reading.text


def _still_spoken_of(turns: Sequence[Turn]) -> Sequence[Turn]:
    """Return the turns without the last follow-ups that got no answer: their subject stays."""
    for count in range(len(turns), 0, -1):
        answer = turns[count - 1].answer
        if not answer.refused or answer.understood is None:
            return turns[:count]
    return turns


def _returned_to(message: Message, turns: Sequence[Turn]) -> tuple[Sequence[Turn], Message]:
    """Return the earlier turn that a message returns to, and what it asks there.

    "quay lại chuyện nghỉ phép, gửi đơn cho ai" asks of what it calls so itself.
    """
    called, _, rest = message.core.text.partition(",")
    words = folded_syllables(called)

    def shared(turn: Turn) -> int:
        cited = " ".join(f"{c.title} {c.heading}" for c in turn.answer.citations)
        answered = folded_syllables(f"{turn.answer.text} {cited}")
        return 2 * len(words & folded_syllables(turn.question)) + len(words & answered)

    turn = max(reversed(turns), key=shared)
    if rest.strip():
        asked = Message.of(rest.strip(), rest.strip())
        return [Turn(called, turn.answer)], replace(asked, opened=True)
    return [turn], message
