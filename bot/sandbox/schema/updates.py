"""Getting updates."""

from bot.sandbox.schema.base import InputFile, Parameters


class GetUpdates(Parameters):
    """What `getUpdates` takes."""

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class SetWebhook(Parameters):
    """What `setWebhook` takes."""

    url: str
    certificate: InputFile | None = None
    ip_address: str | None = None
    max_connections: int | None = None
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool | None = None
    secret_token: str | None = None


class DeleteWebhook(Parameters):
    """What `deleteWebhook` takes."""

    drop_pending_updates: bool | None = None


class GetWebhookInfo(Parameters):
    """What `getWebhookInfo` takes."""
