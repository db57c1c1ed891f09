"""`vanphong backup` and `vanphong restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.console import FAILED, alert, out, say
from bot.terminal.database import note

if TYPE_CHECKING:
    from bot.settings import Settings

_KEEP_SAFE = (
    "Tệp này có dữ liệu cá nhân và các khóa bí mật, chưa được mã hóa: hãy cất ở nơi an toàn, ngoài "
    "máy này. Tệp .env (mã bot, mật khẩu) không có trong đó; hãy giữ riêng."
)
_NEXT = (
    "Bước tiếp theo: chép lại tệp .env, xem 'vanphong doctor', rồi 'vanphong run'; chỉ mục được "
    "lập lại khi khởi động."
)

commands = typer.Typer()


@commands.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu sẽ ghi (chưa có).")],
) -> int:
    """Sao lưu mọi thứ không lập lại được vào một tệp, cả khi bot đang chạy."""
    from bot.access.audit import AuditAction
    from bot.backup.contents import DOCUMENTS, KEYS, ORIGINALS
    from bot.backup.saving import save
    from bot.office_time import utc_now
    from bot.vietnamese_numbers import decimal

    settings: Settings = context.obj
    made = save(settings, file, utc_now())
    parts = [
        f"cơ sở dữ liệu ({made.database})",
        f"{made.count(f'{ORIGINALS}/')} tài liệu",
        *(["khóa bí mật"] if any(map(made.count, KEYS)) else []),
        f"{made.count('articles/')} tệp bài viết",
        f"{made.count('quizzes/')} tệp câu hỏi",
    ]
    out.print(
        f"Đã sao lưu vào {file} ({decimal(made.size / 2**20, '.2f')} MB): {', '.join(parts)}.",
        markup=False,
    )
    say(_KEEP_SAFE)
    note(settings, AuditAction.BACK_UP, bytes=made.size)
    for name in made.missing:
        alert("Cảnh báo", f"{name} không đọc được hoặc đã hỏng trong kho {DOCUMENTS}.", "yellow")
    return FAILED if made.missing else 0


@commands.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp do 'vanphong backup' ghi.")],
) -> None:
    """Phục hồi một bản sao lưu vào thư mục dữ liệu (và cơ sở dữ liệu) còn trống."""
    import datetime as dt

    from bot.access.audit import AuditAction
    from bot.backup.restoring import restore as restore_backup
    from bot.office_time import shown

    settings: Settings = context.obj
    done = restore_backup(settings, file)
    made = dt.datetime.fromisoformat(done.manifest.created)
    out.print(f"Đã phục hồi bản sao lưu lúc {shown(made)} vào {settings.data_dir}.", markup=False)
    note(settings, AuditAction.RESTORE_BACKUP, made=shown(made))
    if done.settings:
        say("Bài viết, câu hỏi của cơ quan khác với bản đang đặt. Hãy ghi vào tệp .env:")
        for name, place in done.settings.items():
            out.print(f"{name}={place}", markup=False)
    say(_NEXT)
