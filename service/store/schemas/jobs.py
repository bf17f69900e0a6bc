"""The tables of background jobs, as migrations: what is to be done, by whom it is being done, what became of it."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("service.jobs")


@migrations()
def create_jobs(db: Database) -> None:
    """Jobs, of which at most one unfinished one has a key; and when each periodic job last came due."""
    db.table("jobs").create(
        {
            "id": int,
            "kind": str,
            "payload": str,
            "key": str,
            "state": str,
            "attempts": int,
            "worker": str,
            "leased_until": str,
            "run_after": str,
            "note": str,
            "done": int,
            "total": int,
            "result": str,
            "reason": str,
            "created_at": str,
            "started_at": str,
            "finished_at": str,
        },
        pk="id",
        not_null={"kind", "payload", "state", "attempts", "run_after", "created_at"},
        defaults={"attempts": 0},
    )
    db.execute("create unique index one_open_job_of_a_key on jobs (key) where state in ('queued', 'running')")
    db.execute("create index open_jobs on jobs (state, run_after, id) where state in ('queued', 'running')")
    db.table("jobs").create_index(["state", "finished_at"])
    db.table("periodic_jobs").create(
        {"kind": str, "last_due": str}, pk="kind", not_null={"last_due"}, if_not_exists=True
    )
