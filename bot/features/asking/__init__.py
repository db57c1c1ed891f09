"""Questions and answers, in the chat and on the terminal."""
