"""What the store holds of a person, for /mydata and /forgetme."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bot.features.documents import texts
from bot.office_time import iso

if TYPE_CHECKING:
    from bot.features.documents.service import DocumentService


class DocumentsOfPerson:
    """What a person sent and changed, as a PersonalDataStore. The documents are the office's."""

    title = texts.PERSONAL_DATA_TITLE

    def __init__(self, service: DocumentService) -> None:
        self._service = service

    async def export(self, person_id: int) -> dict[str, Any] | None:
        """Return the person's changes, oldest first, and uploads that wait; None without any."""
        done = [
            {
                "Lúc": iso(dt.datetime.fromisoformat(entry.at)),
                "Việc": f"{texts.DONE[entry.action]} {entry.document_id}",
            }
            for entry in await self._service.done_by(person_id)
        ]
        waiting = self._service.waiting_files(person_id)
        return {"Đã làm": done, "Tệp chờ": waiting} if done or waiting else None

    async def erase(self, person_id: int) -> None:
        """Drop the uploads that wait, and cut what was done off from the person."""
        await self._service.forget(person_id)
