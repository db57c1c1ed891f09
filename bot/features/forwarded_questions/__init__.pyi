from .buttons import forward_button as forward_button
from .buttons import person_wanted as person_wanted
from .inbox import Inbox as Inbox
