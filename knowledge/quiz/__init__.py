"""Learning: the question bank, its check against the passages, sessions, scheduling and analysis.

Pure: no Telegram, no database, no clock of its own. The questions themselves are the YAML files in
`knowledge/quiz/office/`.
"""
