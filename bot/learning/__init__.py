"""Learning on Telegram: people on the path, their quizzes and reviews, and what mentors see."""
