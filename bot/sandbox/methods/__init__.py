"""What the Bot API's methods do, grouped by what they are about."""
