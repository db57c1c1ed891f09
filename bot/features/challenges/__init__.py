"""Group challenges: a handful of quiz polls for everybody in a chat, and who was best."""
