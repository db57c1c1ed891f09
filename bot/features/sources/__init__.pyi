from .buttons import source_button as source_button
from .buttons import sources_keyboard as sources_keyboard
from .buttons import table_buttons as table_buttons
from .buttons import topics_keyboard as topics_keyboard
from .messages import answer_messages as answer_messages
from .messages import source_messages as source_messages
from .texts import SOURCE_GONE as SOURCE_GONE
