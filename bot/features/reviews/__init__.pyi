from .buttons import keep_button as keep_button
