"""Documents that editors send: drafts, the service that reads them, messages, buttons."""
