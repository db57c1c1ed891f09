"""What every feature needs from Telegram: the gate, callbacks, sending, formatting, paging."""
