from .buttons import suggestions_keyboard as suggestions_keyboard
from .told_answer import told as told
