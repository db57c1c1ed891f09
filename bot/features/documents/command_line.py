"""`vanphong docs`: the store of documents on the command line; a running bot takes changes up."""

from __future__ import annotations

import dataclasses
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import FileError, OwnerError
from bot.office_time import office_day, utc_now
from bot.terminal.console import out, print_json, print_table, say
from bot.terminal.database import doing, note
from bot.terminal.options import AsJson, read_file, write_file
from bot.terminal.owner import Owner, ToldOutcome
from bot.terminal.progress import reload_progress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.access.audit import AuditAction
    from bot.settings import Settings
    from knowledge import Standing
    from knowledge.documents.details import DocumentDetails
    from knowledge.documents.inspection import Inspection
    from knowledge.documents.store import DocumentStore
    from knowledge.documents.stored_document import StoredDocument

commands = typer.Typer()
docs = typer.Typer(
    help="Kho tài liệu: xem, thêm, sửa, thay, gỡ, khôi phục, lấy bản gốc.", no_args_is_help=True
)
commands.add_typer(docs, name="docs")

DocumentId = Annotated[str, typer.Argument(metavar="ID", help="Mã tài liệu, ví dụ D3.")]
File = Annotated[Path, typer.Argument(help="Tệp .docx, .pdf, .xlsx, .md, .txt hoặc .html.")]
Title = Annotated[str | None, typer.Option("--title", help="Tiêu đề (mặc định: đọc từ tệp).")]
Source = Annotated[str | None, typer.Option("--source", help="Nguồn (mặc định: đọc từ tệp).")]
Day = Annotated[str | None, typer.Option("--date", help="Ngày ban hành, ví dụ 5/8/2024.")]
Number = Annotated[str | None, typer.Option("--number", help="Số, ký hiệu, ví dụ 45/QĐ-VPUBND.")]
Issuer = Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")]
Signer = Annotated[str | None, typer.Option("--signer", help="Người ký.")]
Summary = Annotated[str | None, typer.Option("--summary", help="Trích yếu.")]

_ACTIONS = {"added": "thêm", "retired": "gỡ", "restored": "khôi phục", "edited": "sửa thông tin"}
_RELOAD_HINT = "Chạy 'vanphong reload' để trợ lý dùng thay đổi này."


@docs.command("list")
def list_documents(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê tài liệu trong kho, mới nhất trước."""
    documents = _store(context).documents()
    state = _states(context.obj)
    if as_json:
        standings = _standings(context.obj)
        print_json([_fields(document, standings) for document in documents])
    elif not documents:
        say("Kho chưa có tài liệu nào. Thêm bằng: vanphong docs add TỆP")
    else:
        print_table(
            ("Mã", "Tiêu đề", "Số, ký hiệu", "Nguồn", "Ngày", "Tệp", "Trạng thái"),
            (
                (
                    document.document_id,
                    document.details.title,
                    document.details.number or "",
                    document.details.source or "",
                    document.details.published or "",
                    document.name,
                    state[document.document_id],
                )
                for document in documents
            ),
        )


@docs.command()
def add(  # noqa: PLR0913, PLR0917 -- a parameter is an option of the command
    context: typer.Context,
    file: File,
    title: Title = None,
    source: Source = None,
    date: Day = None,
    number: Number = None,
    issuer: Issuer = None,
    signer: Signer = None,
    summary: Summary = None,
    as_json: AsJson = False,
) -> None:
    """Đọc một tệp và thêm vào kho."""
    stated = (title, source, date, number, issuer, signer, summary)
    _put_in(context, file, stated, replaces=None, as_json=as_json)


@docs.command()
def replace(  # noqa: PLR0913, PLR0917 -- a parameter is an option of the command
    context: typer.Context,
    document_id: DocumentId,
    file: File,
    title: Title = None,
    source: Source = None,
    date: Day = None,
    number: Number = None,
    issuer: Issuer = None,
    signer: Signer = None,
    summary: Summary = None,
    as_json: AsJson = False,
) -> None:
    """Thay một tài liệu bằng tệp mới; bản cũ vẫn khôi phục được."""
    stated = (title, source, date, number, issuer, signer, summary)
    _put_in(context, file, stated, replaces=document_id, as_json=as_json)


@docs.command()
def edit(  # noqa: PLR0913, PLR0917 -- a parameter is an option of the command
    context: typer.Context,
    document_id: DocumentId,
    title: Title = None,
    source: Source = None,
    date: Day = None,
    number: Number = None,
    issuer: Issuer = None,
    signer: Signer = None,
    summary: Summary = None,
    as_json: AsJson = False,
) -> None:
    """Sửa thông tin của một tài liệu; giá trị trống ("") là xóa thông tin đó."""
    from bot.access.audit import AuditAction

    store = _store(context)
    before = store.get(document_id)
    stated = (title, source, date, number, issuer, signer, summary)
    details = _with_stated(before.details, stated)
    changed = details != before.details
    intent = {"document": before.document_id, "field": "", "by": _who()}
    with doing(context.obj, AuditAction.EDIT_DOCUMENT, **intent) as deed:
        edited = store.edit(before.document_id, details, by=_who(), now=utc_now(), deed=deed.id)
        if changed:
            deed.did(edited.document_id)
    if not changed:
        say("Không có gì thay đổi; hãy cho thông tin mới, ví dụ --title.")
    if not as_json:
        _print_document(context, edited)
    reload = _reload_in_bot(context.obj, edited) if changed and edited.is_active else None
    if as_json:
        print_json({**_fields(edited, _standings(context.obj)), "reload": reload})


@docs.command()
def show(context: typer.Context, document_id: DocumentId, as_json: AsJson = False) -> None:
    """Xem thông tin, phần đầu và lịch sử của một tài liệu."""
    from bot.features.documents.messages import office_time
    from knowledge.documents.inspection import reading_excerpt

    store = _store(context)
    document = store.get(document_id)
    history = store.history(document.document_id)
    excerpt = reading_excerpt(store.reading(document.document_id))
    if as_json:
        entries = [entry.fields() for entry in history]
        print_json(
            {
                **_fields(document, _standings(context.obj)),
                "excerpt": excerpt,
                "history": entries,
            }
        )
        return
    _print_document(context, document)
    for entry in history:
        out.print(f"{office_time(entry.at)}: {_ACTIONS[entry.action]} ({entry.by})", markup=False)
    out.print(f"\n{excerpt}", markup=False)


@docs.command()
def retire(context: typer.Context, document_id: DocumentId, as_json: AsJson = False) -> None:
    """Gỡ một tài liệu; trợ lý thôi trả lời từ tài liệu đó."""
    from bot.access.audit import AuditAction

    _change(context, AuditAction.RETIRE_DOCUMENT, document_id, as_json=as_json)


@docs.command()
def restore(context: typer.Context, document_id: DocumentId, as_json: AsJson = False) -> None:
    """Khôi phục một tài liệu đã gỡ hoặc đã bị thay."""
    from bot.access.audit import AuditAction

    _change(context, AuditAction.RESTORE_DOCUMENT, document_id, as_json=as_json)


@docs.command()
def download(
    context: typer.Context,
    document_id: DocumentId,
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Tệp để ghi bản gốc vào.")],
) -> None:
    """Ghi bản gốc của một tài liệu ra tệp; không ghi đè tệp đã có."""
    from bot.access.audit import AuditAction

    store = _store(context)
    document = store.get(document_id)
    data = store.original(document.document_id)
    write_file(target, data, replacing=False)
    note(context.obj, AuditAction.DOWNLOAD_DOCUMENT, document.document_id)
    say(f"Đã ghi {len(data)} byte vào {target}.")


def _put_in(
    context: typer.Context,
    file: Path,
    stated: Sequence[str | None],
    *,
    replaces: str | None,
    as_json: bool,
) -> None:
    from bot.access.audit import AuditAction
    from bot.features.documents.messages import DETAIL_NAMES
    from knowledge.articles.reading import MAX_DOCUMENT_BYTES
    from knowledge.documents.fenced_reading import read_fenced
    from knowledge.documents.inspection import (
        Replaced,
        existing_fingerprints,
        guessed_details,
        inspect_document,
        typed_details,
    )
    from knowledge.documents.store import NewDocument
    from knowledge.documents.stored_document import ended_by
    from knowledge.errors import ArticleError

    settings: Settings = context.obj
    store = _store(context)
    replaced = store.get(replaces) if replaces else None
    data = read_file(file, MAX_DOCUMENT_BYTES + 1)  # one more, for the reader to refuse
    try:
        reading = read_fenced(data, file.name)
    except ArticleError as error:
        raise FileError(f"Không nhận được '{file}': {error}.") from error
    old = store.readable(replaced.document_id) if replaced else None
    inspection = inspect_document(
        reading,
        file.name,
        existing_fingerprints(store, settings.articles_dir),
        Replaced(replaced.article_id, replaced.details.title, old) if replaced else None,
    )
    details = _with_stated(inspection.guess, [value or None for value in stated])
    ended = ended_by(details.amends, store.documents())
    intent = {"draft": "", "retiring": [], "by": _who()}
    with doing(settings, AuditAction.STORE_DOCUMENT, **intent) as deed:
        stored = store.add(
            NewDocument.of(data, file.name, reading, details),
            by=_who(),
            now=utc_now(),
            replaces=replaces,
            deed=deed.id,
        )
        deed.did(stored.document_id, {"replaces": stored.replaces})
    if not as_json:
        _print_document(context, stored)
        _print_inspection(inspection)
        for document in ended:
            if document.root_id != stored.root_id:
                say(
                    f"Văn bản này thay thế {document.document_id} “{document.details.title}”. Nếu "
                    f"không còn dùng: vanphong docs retire {document.document_id}"
                )
        if replaced and old:
            typed = typed_details(replaced.details, guessed_details(old, replaced.name), details)
            for field, value in typed.items():
                say(
                    f"{replaced.document_id} đã gõ tay {DETAIL_NAMES[field]}: {value}. Muốn dùng "
                    f"lại: vanphong docs edit {stored.document_id}"
                )
    reload = _reload_in_bot(settings, stored)
    if as_json:
        found = {"inspection": dataclasses.asdict(inspection), "reload": reload}
        print_json({**_fields(stored, _standings(context.obj)), **found})


def _with_stated(details: DocumentDetails, stated: Sequence[str | None]) -> DocumentDetails:
    """Return the details with those that were stated, in the order of DetailField."""
    from knowledge.documents.details import DetailField

    today = office_day(utc_now())
    for field, value in zip(DetailField, stated, strict=True):
        if value is not None:
            details = details.with_typed(field, value, today)
    return details


def _change(
    context: typer.Context, action: AuditAction, document_id: str, *, as_json: bool
) -> None:
    """Retire or restore a document, and tell it."""
    from bot.access.audit import AuditAction

    store = _store(context)
    change = store.retire if action is AuditAction.RETIRE_DOCUMENT else store.restore
    with doing(context.obj, action, document=document_id, by=_who()) as deed:
        document = change(document_id, by=_who(), now=utc_now(), deed=deed.id)
        deed.did(document.document_id)
    if not as_json:
        state = _states(context.obj)[document.document_id]
        out.print(f"{document.document_id}: {state}", markup=False)
    reload = _reload_in_bot(context.obj, document)
    if as_json:
        print_json({**_fields(document, _standings(context.obj)), "reload": reload})


def _reload_in_bot(settings: Settings, document: StoredDocument) -> dict[str, Any] | None:
    """Let the running bot take the change up, and return the outcome of its reload.

    None: no bot runs, or it could not reload. Either way the next step is told.
    """
    from bot.access.audit import AuditAction
    from knowledge import standing_versions

    owner = Owner.find(settings.data_dir)
    if owner is None:
        say(_RELOAD_HINT)
        return None
    live, waiting = standing_versions(settings.data_dir)
    try:
        with (
            doing(settings, AuditAction.RELOAD, live=live, waiting=waiting, noted={}) as deed,
            reload_progress() as progress,
        ):
            told = ToldOutcome(**owner.ask("reload", progress, changed=document.article_id))
            told.noted_in(deed)
    except OwnerError as error:  # the store has changed all the same
        say(f"Bot đang chạy chưa cập nhật được: {error}")
        say(_RELOAD_HINT)
        return None
    for line in told.lines:
        say(line)
    return told.values


def _print_document(context: typer.Context, document: StoredDocument) -> None:
    details = document.details
    for name, value in (
        ("Mã", document.document_id),
        ("Tiêu đề", details.title),
        ("Nguồn", details.source),
        ("Ngày", details.published),
        ("Số, ký hiệu", details.number),
        ("Cơ quan ban hành", details.issuer),
        ("Người ký", details.signer),
        ("Trích yếu", details.summary),
        ("Đối với văn bản khác", "; ".join(map(str, details.amends))),
        ("Tệp", f"{document.name} ({document.size} byte, SHA-256 {document.sha256[:12]}…)"),
        ("Trạng thái", _states(context.obj)[document.document_id]),
        ("Thay cho", document.replaces),
    ):
        if value:
            out.print(f"{name}: {value}", markup=False)


def _print_inspection(inspection: Inspection) -> None:
    from bot.article_name import place_of
    from bot.features.documents.texts import PERSONAL_KINDS

    out.print(f"Nội dung: {inspection.chunks} đoạn, {inspection.heading_count} đề mục")
    for duplicate in inspection.duplicates:
        place = place_of(duplicate.article_id)
        out.print(
            f"Có thể trùng {duplicate.share:.0%} với {duplicate.title} ({place})", markup=False
        )
    for found in inspection.personal_data:
        samples = ", ".join(found.samples)
        out.print(
            f"Dữ liệu cá nhân: {PERSONAL_KINDS[found.kind]}, {found.count} chỗ ({samples})",
            markup=False,
        )
    for remark in inspection.notes:
        out.print(f"Lưu ý: {remark}", markup=False)
    for left_out in inspection.left_out:
        out.print(f"Không đưa vào: {left_out}", markup=False)
    if inspection.comparison is not None:
        changes = inspection.comparison
        out.print(
            f"So với bản cũ: {changes.changed} dòng đổi, {changes.added} dòng thêm, "
            f"{changes.removed} dòng bỏ"
        )
        for change in changes.first:
            for mark, line in (("−", change.old), ("+", change.new)):
                if line is not None:
                    out.print(f"  {mark} {line}", markup=False)


def _store(context: typer.Context) -> DocumentStore:
    from knowledge.documents.store import DocumentStore

    settings: Settings = context.obj
    return DocumentStore(settings.data_dir)


def _fields(document: StoredDocument, standings: Mapping[str, Standing]) -> dict[str, Any]:
    fields = dataclasses.asdict(document)
    others = {"article_id": document.article_id, "standing": standings[document.document_id]}
    return {**fields.pop("details"), **fields, **others}


def _standings(settings: Settings) -> dict[str, Standing]:
    from knowledge import document_standings

    return document_standings(settings.data_dir)


def _states(settings: Settings) -> dict[str, str]:
    """Return in words where each document stands, by its id."""
    from bot.features.documents.texts import STANDINGS

    return {name: STANDINGS[standing] for name, standing in _standings(settings).items()}


def _who() -> str:
    """Return who works on this terminal, for the history."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # a user without a name, as in a container
        return f"cli:{os.getuid() if hasattr(os, 'getuid') else '?'}"
