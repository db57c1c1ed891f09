"""An office at work: 500 people at the bot for ten minutes, and one of them floods it."""
