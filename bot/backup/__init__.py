"""One file with all that can't be made again, written while the bot runs; and the way back."""
