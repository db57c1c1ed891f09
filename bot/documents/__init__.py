"""Documents that editors send in a chat: drafts, the desk that reads them, messages, buttons."""
