from .buttons import with_votes as with_votes
from .logged_answer import QUESTION_CHARACTERS as QUESTION_CHARACTERS
from .logged_answer import TITLE_CHARACTERS as TITLE_CHARACTERS
from .logged_answer import ChatKind as ChatKind
from .recorder import Recorder as Recorder
from .tables import AnswerRow as AnswerRow
from .tables import PassageRow as PassageRow
