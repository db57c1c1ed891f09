"""What a sentence claims, and what of it a statement does not bear out, by rule.

Claims are document numbers, dates, quantities, names, web addresses and negations: what must not be
off by a letter.
"""

from __future__ import annotations

import re

from embeddings.vietnamese import nfc
from knowledge.entities.document_numbers import document_numbers, number_key
from knowledge.generation.date_claims import dates_borne_out
from knowledge.generation.name_claims import names_borne_out, names_swapped
from knowledge.generation.negations import denies_otherwise
from knowledge.generation.quantity_claims import quantities_borne_out

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?")

_COMMON = ".,;:!?…()[]\"“”'‘’«»–-/%&"


def unsupported_claims(sentence: str, statement: str, context: str = "") -> list[str]:
    """Return the kinds of claims in `sentence` that `statement` does not bear out; empty if all.

    `context` (title, headings, number and day of the document) may bear out all but negations.
    """
    sentence, statement, context = nfc(sentence), nfc(statement), nfc(context)
    borne_out = {
        "document number": _numbers(sentence) <= _numbers(statement) | _numbers(context),
        "date": dates_borne_out(sentence, statement, context),
        "quantity": quantities_borne_out(sentence, statement, context),
        "name": names_borne_out(sentence, statement, context),
        "address": all(
            address in statement or address in context for address in _ADDRESS.findall(sentence)
        ),
        "symbol": all(sign in statement for sign in sentence if _is_odd(sign)),
        "negation": not denies_otherwise(sentence, statement),
        "order": not names_swapped(sentence, statement),
    }
    return [kind for kind, is_borne_out in borne_out.items() if not is_borne_out]


def _is_odd(sign: str) -> bool:
    """Tell a sign that no sentence needs: an emoji, a brace, the arrow of a path."""
    return not (sign.isalnum() or sign.isspace() or sign in _COMMON)


def _numbers(text: str) -> set[str]:
    return {number_key(one.number + one.symbol) for one in document_numbers(text)}
