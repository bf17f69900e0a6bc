"""The check and the import of a file of companies as background jobs; a job names the import by its number alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from service.store.data_folder import DataFolder
from service.store.enterprise_imports import CompanyImports, ImportState
from service.workflows.check_import import CHECK, FINISH, check_import, finish_import
from service.workflows.job_context import JobContext

__all__ = ["CHECK", "FINISH", "check_job", "finish_job", "note_failure"]


def check_job(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, Any]:
    """Check a file that was handed in."""
    progress = _progress(context, "检查第 {} 行", None)
    return {"state": check_import(folder, int(payload["import"]), context.now, progress).state.value}


def finish_job(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, Any]:
    """Import a file that was confirmed, or go on with it."""
    number = int(payload["import"])
    total = CompanyImports(folder.db, folder.path).get(number).total_rows
    done = finish_import(folder, number, context.now, _progress(context, "导入第 {} 行", total))
    return {"imported": done is not None}


def note_failure(folder: DataFolder, payload: Mapping[str, Any], reason: str, _: datetime) -> None:
    """Say with the import why its job failed; what was not checked is refused, what is half in can be gone on with."""
    imports = CompanyImports(folder.db, folder.path)
    entry = imports.get(int(payload["import"]))
    if entry.state is ImportState.WAITING:
        imports.put(entry.id, state=ImportState.REFUSED, reason=reason)
    elif entry.state is ImportState.CONFIRMED:
        imports.put(entry.id, reason=f"导入中断：{reason}。已导入的行不受影响，可继续导入")


def _progress(context: JobContext, words: str, total: int | None) -> Callable[[int], None]:
    def tell(done: int) -> None:
        context.check_stopping()
        context.report(words.format(done), done, total)

    return tell
