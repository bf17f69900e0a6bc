"""The kinds of background jobs: what does each, what is to be done when one has failed for good, and which come round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from service.store.data_folder import DataFolder
from service.workflows import export_jobs, import_jobs
from service.workflows.fetch_uploads import fetch_upload
from service.workflows.job_context import JobContext
from service.workflows.load_uploads import FETCH, LOAD, SWEEP, fail_upload, load_upload, sweep_uploads
from service.workflows.periodic_jobs import Periodic
from service.workflows.reread_documents import REREAD, reread_job
from service.workflows.upkeep.links import LINKS, links_job
from service.workflows.upkeep.run import UPKEEP, upkeep_job

Payload = Mapping[str, Any]
# (folder, payload, context) -> what is kept as the job's result (JSON, or None)
Handler = Callable[[DataFolder, Payload, JobContext], Any]
# (folder, payload, reason, now), inside the transaction in which the job is marked as failed
FailureHandler = Callable[[DataFolder, Payload, str, datetime], None]

_KEEP_DONE, _KEEP_FAILED = timedelta(days=30), timedelta(days=180)


def prune_jobs(folder: DataFolder, _: Payload, context: JobContext) -> dict[str, int]:
    """Delete jobs that ended long ago."""
    now = context.now()
    pruned = folder.jobs.prune(done_before=now - _KEEP_DONE, failed_before=now - _KEEP_FAILED)
    return {"pruned": pruned}


HANDLERS: dict[str, Handler] = {
    "jobs.prune": prune_jobs,
    LOAD: load_upload,
    FETCH: fetch_upload,
    SWEEP: sweep_uploads,
    import_jobs.CHECK: import_jobs.check_job,
    import_jobs.FINISH: import_jobs.finish_job,
    export_jobs.EXPORT: export_jobs.export_job,
    export_jobs.SWEEP_EXPORTS: export_jobs.sweep_exports,
    UPKEEP: upkeep_job,
    REREAD: reread_job,
    LINKS: links_job,
}
ON_FAILURE: dict[str, FailureHandler] = {
    LOAD: fail_upload,
    FETCH: fail_upload,
    import_jobs.CHECK: import_jobs.note_failure,
    import_jobs.FINISH: import_jobs.note_failure,
    export_jobs.EXPORT: export_jobs.note_export_failure,
}
PERIODIC: tuple[Periodic, ...] = (
    Periodic("jobs.prune", daily_at=time(3, 10)),
    Periodic(SWEEP, daily_at=time(3, 20)),
    Periodic(export_jobs.SWEEP_EXPORTS, daily_at=time(3, 30)),
    Periodic(UPKEEP, daily_at=time(5, 0)),
    Periodic(LINKS, daily_at=time(5, 30)),
)
KIND_WORDS: dict[str, str] = {
    "jobs.prune": "清理任务记录",
    LOAD: "载入上传的文件",
    FETCH: "下载网址上的文件",
    SWEEP: "清理不再需要的上传原件",
    REREAD: "词典与指标修改后重新识别文件",
    import_jobs.CHECK: "检查企业名录",
    import_jobs.FINISH: "导入企业名录",
    export_jobs.EXPORT: "导出企业名录",
    export_jobs.SWEEP_EXPORTS: "清理过期的导出文件",
    UPKEEP: "时效维护：查找到期、废止和可续期的事项",
    LINKS: "时效维护：检查链接",
}
