"""Sending locations, contacts and dice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.api_error import bad_request
from bot.sandbox.json_object import without_none
from bot.sandbox.methods.outgoing import outgoing
from bot.sandbox.methods.registry import Call, handles
from bot.sandbox.schema import SendContact, SendDice, SendLocation

if TYPE_CHECKING:
    from bot.sandbox.json_object import Json

_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


@handles(SendLocation)
async def send_location(call: Call[SendLocation]) -> Json:
    """Send a place on the map."""
    asked = call.parameters
    if not -90 <= asked.latitude <= 90 or not -180 <= asked.longitude <= 180:
        raise bad_request("wrong location specified")
    location = {
        "latitude": asked.latitude,
        "longitude": asked.longitude,
        "horizontal_accuracy": asked.horizontal_accuracy,
        "live_period": asked.live_period,
        "heading": asked.heading,
        "proximity_alert_radius": asked.proximity_alert_radius,
    }
    return outgoing(call.world, asked).send({"location": without_none(location)}).json()


@handles(SendContact)
async def send_contact(call: Call[SendContact]) -> Json:
    """Send a telephone number with its owner's name."""
    asked = call.parameters
    if not asked.phone_number.strip():
        raise bad_request("phone number must be non-empty")
    if not asked.first_name.strip():
        raise bad_request("first name must be non-empty")
    contact = {
        "phone_number": asked.phone_number,
        "first_name": asked.first_name,
        "last_name": asked.last_name or None,
        "vcard": asked.vcard or None,
    }
    return outgoing(call.world, asked).send({"contact": without_none(contact)}).json()


@handles(SendDice)
async def send_dice(call: Call[SendDice]) -> Json:
    """Send a die; its values come in turn, not by chance, so that a run can be repeated."""
    asked = call.parameters
    emoji = asked.emoji or "🎲"
    if emoji not in _DICE:
        raise bad_request("DICE_EMOJI_INVALID")
    value = 1 + call.world.number() % _DICE[emoji]
    return outgoing(call.world, asked).send({"dice": {"emoji": emoji, "value": value}}).json()
