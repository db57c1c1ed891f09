from .suggestions import Suggestions as Suggestions
from .told_answer import told as told
