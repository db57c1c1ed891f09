"""What an inline result sends."""

from bot.sandbox.schema.base import ApiObject
from bot.sandbox.schema.texts import LinkPreviewOptions, MessageEntity


class InputTextMessageContent(ApiObject):
    """The Bot API's `InputTextMessageContent`."""

    message_text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class InputLocationMessageContent(ApiObject):
    """The Bot API's `InputLocationMessageContent`."""

    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class InputVenueMessageContent(ApiObject):
    """The Bot API's `InputVenueMessageContent`."""

    latitude: float
    longitude: float
    title: str
    address: str
    foursquare_id: str | None = None
    foursquare_type: str | None = None
    google_place_id: str | None = None
    google_place_type: str | None = None


class InputContactMessageContent(ApiObject):
    """The Bot API's `InputContactMessageContent`."""

    phone_number: str
    first_name: str
    last_name: str | None = None
    vcard: str | None = None


InputMessageContent = (
    InputTextMessageContent
    | InputLocationMessageContent
    | InputVenueMessageContent
    | InputContactMessageContent
)
