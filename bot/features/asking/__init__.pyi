from .buttons import suggestions_keyboard as suggestions_keyboard
from .told_answer import told as told
from .transcription import load_transcriber as load_transcriber
