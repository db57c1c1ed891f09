"""The process that reads and compares one upload, so that the bot goes on answering meanwhile.

Run as `python -m bot.features.documents.inspection_process`. On stdin comes the id of the bot's
process, a line feed and an InspectionOrder in JSON; on stdout go lines of JSON: `{"stage":
"comparing"}`, and at last `{"draft": …}`, `{"unreadable": reason}`, `{"impossible": reason}` or
`{"broken": where}`. The documents themselves are read in a process behind a fence of its own, which
ends with this one.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import Any

from pydantic import TypeAdapter

from bot.features.documents.pending_uploads import DRAFT
from bot.features.documents.upload_inspection import InspectionOrder, inspect_upload
from knowledge.documents.reader_process import end_with_parent
from knowledge.errors import ArticleError, KnowledgeError

ORDER = TypeAdapter(InspectionOrder)
"""Reads and writes orders as JSON."""
_LOW_PRIORITY = 10  # on 20 levels: what answers leave


def main() -> None:
    """Inspect one upload."""
    parent, _, order = sys.stdin.buffer.read().partition(b"\n")
    end_with_parent(int(parent))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the reader is ended, too
    if hasattr(os, "nice"):
        os.nice(_LOW_PRIORITY)
    try:
        draft = inspect_upload(ORDER.validate_json(order), compare=lambda: _say(stage="comparing"))
    except ArticleError as error:
        _say(unreadable=str(error))
    except KnowledgeError as error:
        _say(impossible=str(error))
    except Exception as error:  # noqa: BLE001 -- the bot logs where; what is in the file is nobody's
        where = "".join(traceback.format_tb(error.__traceback__))
        _say(broken=f"{type(error).__name__}\n{where}")
    else:
        _say(draft=DRAFT.dump_python(draft, mode="json"))


def _say(**fields: Any) -> None:  # noqa: ANN401 -- what JSON can hold
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
