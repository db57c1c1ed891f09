"""Interim."""

import html
import re
from dataclasses import dataclass


@dataclass
class FormattedText:
    text: str
    entities: list


def format_text(text, parse_mode=None, entities=None):
    if parse_mode:
        text = html.unescape(re.sub("<[^>]*>", "", text))
    return FormattedText(text.strip(), [])
