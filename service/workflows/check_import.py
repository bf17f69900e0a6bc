"""A file of companies from the console: kept, checked without writing anything, confirmed or given up.

What is confirmed is exactly the bytes that were checked. If 企业库 has changed between check and import so that the
import would do something else than was shown, it goes back to be looked at again.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from service.actors import Actor
from service.enterprise_files import MAX_BYTES, TableFile, read_file
from service.errors import ImportNotReady, UnusableFile
from service.store.data_folder import DataFolder
from service.store.enterprise_imports import CompanyImport, CompanyImports, ImportState
from service.workflows.foretell_import import Forecast, foretell
from service.workflows.register_enterprises import ImportReport, carry_on_import

CHECK, FINISH = "enterprise.check", "enterprise.import"  # kinds of background jobs
FAULTS, CHANGES, SHOWN = "faults.xlsx", "changes.xlsx", "shown.json"
_LONGEST_NAME = 120
_CHANGED = "企业库在检查之后有变动，导入结果与当时所见不同。已重新检查，请核对后再次确认"


def hand_in(folder: DataFolder, name: str, data: bytes, *, by: Actor, now: datetime) -> CompanyImport:
    """Keep a file to be checked. Raises UnusableFile for what is no table of companies at first sight."""
    name = " ".join(PurePath(name.replace("\\", "/")).name.split())[-_LONGEST_NAME:] or "未命名"
    if not data:
        raise UnusableFile(f"文件“{name}”是空的，请重新选择文件")
    if len(data) > MAX_BYTES:
        raise UnusableFile(f"文件“{name}”超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件导入")
    _ = TableFile(name, data).kind
    imports = _imports(folder)
    with folder.writing():
        number = imports.add(name, data, by=by.name, at=now, state=ImportState.WAITING)
        folder.jobs.put(CHECK, {"import": number}, key=f"{CHECK}:{number}", at=now)
    return imports.get(number)


def check_import(
    folder: DataFolder,
    number: int,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> CompanyImport:
    """Foretell what the file would do and keep it to be looked at; one that is no table is refused with its reason."""
    imports = _imports(folder)
    entry = imports.get(number)
    if entry.state is not ImportState.WAITING:
        return entry
    try:
        forecast = _foretell(folder, imports, entry, now(), progress)
    except UnusableFile as error:
        with folder.writing():
            imports.put(number, state=ImportState.REFUSED, reason=str(error))
        return imports.get(number)
    _keep(folder, imports, number, forecast, "")
    return imports.get(number)


def confirm_import(folder: DataFolder, number: int, *, by: Actor, now: datetime) -> CompanyImport:
    """Say yes to what was shown; `finish_import` then does it. Raises ImportNotReady, ImportNotFound."""
    imports = _imports(folder)
    with folder.writing():
        if imports.get(number).state is not ImportState.CHECKED:
            raise ImportNotReady("这份文件不在待确认状态，可能已由他人确认或放弃，请刷新页面查看")
        imports.put(
            number,
            state=ImportState.CONFIRMED,
            confirmed_at=now,
            confirmed_by=by.name,
            done_rows=0,
            reason="",
        )
        folder.jobs.put(FINISH, {"import": number}, key=f"{FINISH}:{number}", at=now)
    return imports.get(number)


def finish_import(
    folder: DataFolder,
    number: int,
    now: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> ImportReport | None:
    """Import a confirmed file, or go on with it; None if it went back because the library has changed."""
    imports = _imports(folder)
    entry = imports.get(number)
    if entry.state is not ImportState.CONFIRMED:
        return None
    if not entry.done_rows and entry.checked_version != folder.enterprises.version():
        forecast = _foretell(folder, imports, entry, now(), lambda _: None)
        if forecast.digest != entry.digest:
            _keep(folder, imports, number, forecast, _CHANGED)
            return None
    return carry_on_import(folder, number, now, progress)


def resume_import(folder: DataFolder, number: int, *, now: datetime) -> None:
    """Go on with an import whose job has failed. Raises ImportNotReady, ImportNotFound."""
    imports = _imports(folder)
    with folder.writing():
        if imports.get(number).state is not ImportState.CONFIRMED:
            raise ImportNotReady("这份文件没有未完成的导入")
        imports.put(number, reason="")
        folder.jobs.put(FINISH, {"import": number}, key=f"{FINISH}:{number}", at=now)


def discard_import(folder: DataFolder, number: int) -> None:
    """Give up a file that was not confirmed; its bytes and lists are deleted. Raises ImportNotReady."""
    imports = _imports(folder)
    with folder.writing():
        if imports.get(number).state not in (ImportState.WAITING, ImportState.CHECKED, ImportState.REFUSED):
            raise ImportNotReady("这份文件已确认导入，不能放弃")
        imports.put(number, state=ImportState.DISCARDED, reason="")
    imports.erase_files(number)


def shown_of(folder: DataFolder, number: int) -> Mapping[str, Any]:
    """The first changes and problems of a check, as JSON; empty lists where they are no longer kept."""
    path = _imports(folder).report(number, SHOWN)
    if not path.exists():
        return {"changes": [], "problems": []}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def report_path(folder: DataFolder, number: int, name: str) -> Path | None:
    """Where a list of the check lies, None if it is not there."""
    path = _imports(folder).report(number, name)
    return path if path.exists() else None


def _foretell(
    folder: DataFolder,
    imports: CompanyImports,
    entry: CompanyImport,
    now: datetime,
    progress: Callable[[int], None],
) -> Forecast:
    """The forecast; its lists come in place of older ones only when they are complete."""
    file = read_file(imports.path(entry), entry.file_name)
    faults, changes = (
        imports.report(entry.id, f"{os.getpid()}-{threading.get_ident()}-{name}")
        for name in (FAULTS, CHANGES)
    )
    forecast = foretell(
        folder, file, today=now.date(), faults_to=faults, changes_to=changes, progress=progress
    )
    shown = {
        "changes": [asdict(change) for change in forecast.changes],
        "problems": [asdict(problem) for problem in forecast.problems],
    }
    imports.report(entry.id, SHOWN).write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    faults.replace(imports.report(entry.id, FAULTS))
    changes.replace(imports.report(entry.id, CHANGES))
    return forecast


def _keep(folder: DataFolder, imports: CompanyImports, number: int, forecast: Forecast, reason: str) -> None:
    with folder.writing():
        if imports.get(number).state in (ImportState.WAITING, ImportState.CONFIRMED):
            imports.note_codes(number, forecast.usccs)
            imports.put(
                number,
                state=ImportState.CHECKED,
                checked_version=forecast.version,
                foreseen=forecast.counts,
                digest=forecast.digest,
                total_rows=forecast.rows,
                reason=reason,
            )


def _imports(folder: DataFolder) -> CompanyImports:
    return CompanyImports(folder.db, folder.path)
