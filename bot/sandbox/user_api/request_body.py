"""Reads and checks what a request of the user API holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.sandbox.errors import UserApiError
from bot.sandbox.request_parameters import BODY_BYTES
from bot.sandbox.values import parse_json

if TYPE_CHECKING:
    from aiohttp import web


class Body(BaseModel):
    """A JSON body; unknown fields are refused, so that slips are seen."""

    model_config = ConfigDict(extra="forbid", strict=True)


AnyBody = TypeVar("AnyBody", bound=Body)


async def read_body(request: web.Request, model: type[AnyBody]) -> AnyBody:
    """Return the JSON body as `model`; UserApiError for anything else."""
    if request.content_type != "application/json":
        raise UserApiError(
            415, f"Content-Type must be application/json, got {request.content_type!r}"
        )
    if (request.content_length or 0) > BODY_BYTES:
        raise UserApiError(413, "the body is too large")
    try:
        return model.model_validate(parse_json(await request.read()))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the body"
        raise UserApiError(400, f"{place}: {first['msg']}") from error
    except ValueError as error:
        raise UserApiError(400, "the body is not JSON in UTF-8") from error


def query_number(request: web.Request, name: str, default: int, low: int, high: int) -> int:
    """Return a whole number of the query string; UserApiError 400 outside `low`-`high`."""
    given = request.query.get(name)
    if given is None:
        return default
    try:
        number = int(given[:20])
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise UserApiError(400, f"{name} must be a number from {low} to {high}, got {given!r}")
    return number
