"""The desk: every count is the length of the list that its link leads to."""

from __future__ import annotations

import re
from pathlib import Path

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from service.workflows.accept_uploads import accept
from service.workflows.job_context import Tools
from service.workflows.run_jobs import run_jobs
from service.workflows.upkeep.clock import ClockState, read_clocks
from service.workflows.upkeep.tasks import read_tasks
from tests.service.web.admin.lifecycle import fill
from tests.service.workflows.upkeep.conftest import CLERK
from tests.signed_in import NOW, TODAY, open_app, signed_in


def test_the_counts_are_those_of_the_lists(tmp_path: Path) -> None:
    data = tmp_path / "data"
    fill(data)
    with DataFolder.open(data) as folder:
        batch = accept(folder, [("坏的.pdf", b"%PDF-1.4 broken"), ("空.txt", b"")], by=CLERK, now=lambda: NOW)
    with Sandbox() as sandbox:
        run_jobs(data, Tools(lambda: NOW, sandbox), once=True, periodic=())
    clerk = signed_in(open_app(data), Role.ADMIN)
    with DataFolder.open(data) as folder:
        tasks = read_tasks(folder, TODAY, NOW)
        assert tasks.proposals == len(folder.proposals.each(today=TODAY)) > 0
        clocks = read_clocks(folder, TODAY)
        assert tasks.late == sum(clock.state is ClockState.LATE for clock in clocks)
    assert tasks.refused_files == 2 and tasks.refused[0].batch_id == batch.id
    page = clerk.get("/admin/").text
    shown = [int(count) for count in re.findall(r"<b>(\d+)</b>", page)]
    assert shown == [tasks.inbox, tasks.late, tasks.soon, tasks.proposals, 2, tasks.dead_links]
    inbox = clerk.get("/admin/inbox").text
    assert inbox.count("<tr data-row>") == tasks.inbox == 2
    upkeep = clerk.get("/admin/upkeep").text
    assert upkeep.count('<li class="proposal') == tasks.proposals
    assert clerk.get(f"/admin/uploads/{batch.id}?show=refused").status_code == 200


def test_an_empty_desk_says_how_to_begin(tmp_path: Path) -> None:
    page = signed_in(open_app(tmp_path / "data"), Role.ADMIN).get("/admin/").text
    assert "上传第一批文件" in page
