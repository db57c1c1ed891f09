from .buttons import suggestions_keyboard as suggestions_keyboard
