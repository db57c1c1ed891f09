"""From articles to a new index version: built, examined, promoted."""
