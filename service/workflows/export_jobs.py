"""Large exports of companies as background jobs; a job names the export by its number alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from service.actors import Actor
from service.store.data_folder import DataFolder
from service.store.enterprise_exports import CompanyExports
from service.store.enterprise_listing import CompanyFilter
from service.store.shelf import read_shelf
from service.workflows.export_enterprises import export_enterprises
from service.workflows.job_context import JobContext

EXPORT, SWEEP_EXPORTS = "enterprise.export", "enterprise.sweep_exports"
KEPT = timedelta(days=3)


def order_export(folder: DataFolder, wanted: CompanyFilter, *, by: Actor, now: datetime) -> int:
    """Have an export written in the background; returns its number."""
    with folder.writing():
        number = CompanyExports(folder.db, folder.path).add(asdict(wanted), by=by, at=now)
        folder.jobs.put(EXPORT, {"export": number}, key=f"{EXPORT}:{number}", at=now)
    return number


def export_job(folder: DataFolder, payload: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """Write an export; the file is there when it is complete."""
    exports = CompanyExports(folder.db, folder.path)
    order = exports.get(int(payload["export"]))
    if order.rows is not None:
        return {"rows": order.rows}

    def tell(done: int, total: int) -> None:
        context.check_stopping()
        context.report(f"写出第 {done} 家", done, total)

    now = context.now()
    target = exports.path(order.id)
    partial = target.with_suffix(f".{os.getpid()}.partial")
    weights = read_shelf(folder, now.date()).weights
    try:
        rows = export_enterprises(
            folder, partial, CompanyFilter(**order.wanted), weights, by=order.by, now=now, progress=tell
        )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    with folder.writing():
        exports.put(order.id, rows=rows)
    return {"rows": rows}


def note_export_failure(folder: DataFolder, payload: Mapping[str, Any], reason: str, _: datetime) -> None:
    """Say with the export why it failed."""
    CompanyExports(folder.db, folder.path).put(int(payload["export"]), reason=reason)


def sweep_exports(folder: DataFolder, _: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """Delete exports that have lain long enough."""
    with folder.writing():
        return {"dropped": CompanyExports(folder.db, folder.path).drop(context.now() - KEPT)}
