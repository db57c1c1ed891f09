from .suggestions import Suggestions as Suggestions
from .told_answer import told as told
from .transcription import load_transcriber as load_transcriber
