from .written_answers import WrittenAnswers as WrittenAnswers
