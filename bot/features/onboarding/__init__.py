"""The newcomers' path: lessons, progress, deadlines and the leaderboard."""
