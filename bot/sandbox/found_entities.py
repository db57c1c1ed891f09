"""Interim."""

import re


def found_entities(text: str) -> list[dict]:
    out = []
    for m in re.finditer(r"(?<!\S)/[a-zA-Z0-9_]+(@\w+)?|(?<!\S)@\w+", text):
        out.append(
            {
                "type": "bot_command" if m[0][0] == "/" else "mention",
                "offset": len(text[: m.start()].encode("utf-16-le")) // 2,
                "length": len(m[0]),
            }
        )
    return out
