"""What the bot does: a feature a folder, with its handlers, texts, store and commands."""
