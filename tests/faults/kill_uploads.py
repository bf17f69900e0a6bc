"""kill -9 of web and worker at random moments of an upload, and the count of what is there in the end.

A real `huiqi serve`, a client that hands in files over HTTP as the page does (and repeats what got no answer under
the same token), a killer. `python -m tests.faults.kill_uploads --kills 30` prints what was found; the test beside it
does a few. Each round is one upload; the same data folder bears them all.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from service.actors import Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.jobs import JobState
from service.store.originals import content_hash
from service.store.uploaded import UploadedFile, UploadState

ROOT = Path(__file__).parents[2]
FILES = 20
ITEMS_A_DOCUMENT = 2
WORKER_ALONE = 0.3  # share of the kills that meet the worker only
PAUSE_S = 0.1  # between two files, on the average
LONGEST_S = 60.0  # from the last start to the end of the last file
MEASURES = """示例市人民政府关于印发示例市支持企业创新若干措施的通知
示例府〔2026〕{number}号

第一条 对首次认定的高新技术企业，给予一次性奖励{amount}万元。
第二条 上年度营业收入2000万元以上的制造业企业，购置设备的，按设备投资额的10%给予补助，最高不超过200万元。
第三条 本措施自2026年1月1日起施行，有效期至2028年12月31日。

示例市人民政府
2025年12月20日
{more}
"""


@dataclass
class Found:
    """What a run of rounds came to."""

    kills: int = 0
    rounds: int = 0
    accepted: int = 0
    states: Counter[str] = field(default_factory=Counter)
    worker_alone: int = 0
    mid_upload: int = 0  # kills while files were still being handed in
    mid_work: int = 0  # kills while accepted files waited or were being loaded
    interrupted: int = 0  # jobs begun more than once
    repeated: int = 0  # requests without an answer, sent again
    slowest_s: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = "，".join(f"{state} {count}" for state, count in sorted(self.states.items()))
        return (
            f"kills {self.kills} ({self.worker_alone} of the worker alone, {self.mid_upload} while files were handed in, {self.mid_work} with accepted files not yet "
            f"done), rounds {self.rounds}, accepted {self.accepted} ({told}), requests repeated "
            f"{self.repeated}, jobs begun again {self.interrupted}, slowest end after a start {self.slowest_s:.1f} s, "
            f"faults {len(self.faults)}"
        )


class Server:
    """`huiqi serve` over a folder, killed and started again."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "service.cli",
            "--data",
            str(self.data),
            "serve",
            "--port",
            str(self.port),
        ]
        self._process = subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            assert self._process.poll() is None, "huiqi serve has ended"
            if self._answers():
                self.started_at = time.monotonic()
                return
            time.sleep(0.05)
        raise AssertionError("huiqi serve does not answer")

    def _answers(self) -> bool:
        try:
            return asked(self.port, "GET", "/healthz")[0] == 200
        except (OSError, HTTPException):
            return False

    def kill(self) -> None:
        """All at once: the supervisor, the web server's processes and the worker."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def kill_worker(self) -> bool:
        """The worker alone; the supervisor starts another. False if there is none at the moment."""
        for lock in (self.data / "work").glob("*.lock"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(lock.name.partition("-")[0]), signal.SIGKILL)
                return True
        return False

    def stop(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(timeout=40)


class Client:
    """Hands files in one by one as the page does; what got no answer is sent again under its token."""

    def __init__(self, server: Server, cookie: str, csrf: str, chance: random.Random) -> None:
        self._server, self._chance = server, chance
        self._headers = {
            "Cookie": f"huiqi_session={cookie}",
            "X-CSRF-Token": csrf,
            "Accept": "application/json",
        }
        self.accepted: dict[str, int] = {}  # token -> id of the row that was promised
        self.repeated = 0
        self.faults: list[str] = []

    def hand_in(self, files: list[tuple[str, bytes]]) -> str:
        """Hand all in; returns the batch."""
        batch = ""
        while not batch:
            status, answer = self._post("/admin/uploads/batch.json", b"{}", "application/json")
            batch = answer["batch_id"] if status == 201 else ""
        for number, (name, data) in enumerate(files):
            time.sleep(
                self._chance.uniform(0, 2 * PAUSE_S)
            )  # as over a network, so that there is a middle to kill in
            token = f"{batch}-{number}"
            query = urlencode({"name": name, "token": token})
            while token not in self.accepted:
                status, answer = self._post(f"/admin/uploads/{batch}/file.json?{query}", data, "")
                if status == 202:
                    self.accepted[token] = answer["file"]["id"]
                elif status:
                    self.faults.append(f"{name}: status {status}")
                    return batch
        return batch

    def _post(self, path: str, body: bytes, kind: str) -> tuple[int, dict]:  # type: ignore[type-arg]
        try:
            headers = {**self._headers, **({"Content-Type": kind} if kind else {})}
            status, answer = asked(self._server.port, "POST", path, body, headers)
            return status, json.loads(answer or b"{}")
        except (OSError, HTTPException, ValueError):
            self.repeated += 1
            time.sleep(0.1)
            return 0, {}


def asked(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body of an answer; every socket is closed, whatever happens to the server meanwhile."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, path, body, headers or {})
        with contextlib.closing(connection.getresponse()) as answer:
            return answer.status, answer.read()


def files_of(round_: int) -> list[tuple[str, bytes]]:
    """Twenty files: fifteen policies, one of them twice, a ZIP of two more, an empty one and two that are no documents."""

    def policy(number: int) -> bytes:
        more = f"附：第{round_}批第{number}份说明。" * (1 + number * 40)
        return MEASURES.format(number=round_ * 100 + number, amount=10 + number, more=more).encode()

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in (91, 92):
            archive.writestr(f"内/{number}.txt", policy(number))
    files = [(f"示例/{number:02d}.txt", policy(number)) for number in range(FILES - 5)]
    files += [("同一份.txt", policy(3)), (f"合集{round_}.zip", packed.getvalue()), (f"空{round_}.txt", b"")]
    return [*files, (f"程序{round_}.exe", b"MZ" + bytes(200)), (f"乱{round_}.docx", os.urandom(300))]


DOCUMENTS_A_ROUND = FILES - 5 + 2
ENDS = {
    UploadState.LOADED: FILES - 5 + 2,
    UploadState.ALREADY: 1,
    UploadState.OPENED: 1,
    UploadState.REFUSED: 3,
}


def run(data: Path, kills: int, kills_a_round: int, seed: int) -> Found:
    """Rounds of uploads, each in the same folder, until so many kills were made."""
    chance, found = random.Random(seed), Found()
    with DataFolder.open(data) as folder:
        token, csrf = _session(folder)
    server = Server(data)
    server.start()
    try:
        while found.kills < kills:
            client = Client(server, token, csrf, random.Random(chance.random()))
            _round(server, client, found, min(kills_a_round, kills - found.kills), chance)
        server.stop()
    except BaseException:
        server.kill()
        raise
    _check_whole(data, found)
    return found


def _session(folder: DataFolder) -> tuple[str, str]:
    now = datetime.now(UTC)
    with folder.writing():
        account = folder.accounts.find("故障测试") or folder.accounts.add(
            "故障测试", Role.ADMIN, None, "-", now
        )
        token = folder.sessions.open(account.id, "127.0.0.1", now)
    session = folder.sessions.find(token, now)
    assert session is not None
    return token, session.csrf


def _round(server: Server, client: Client, found: Found, kills: int, chance: random.Random) -> None:
    found.rounds += 1
    batches: list[str] = []
    sender = threading.Thread(target=lambda: batches.append(client.hand_in(files_of(found.rounds))))
    sender.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0, FILES * PAUSE_S))
        only_worker = chance.random() < WORKER_ALONE and server.kill_worker()
        if not only_worker:
            server.kill()
        found.kills += 1
        found.worker_alone += only_worker
        found.mid_upload += sender.is_alive()
        found.mid_work += _is_open(server.data)
        if not only_worker:
            time.sleep(chance.uniform(0, 0.3))
            server.start()
    sender.join()
    found.repeated += client.repeated
    found.faults += client.faults
    if not client.faults:
        _check_batch(server, client, batches[0], found)


def _is_open(data: Path) -> bool:
    with DataFolder.open(data) as folder:
        counts = folder.jobs.counts()
    return counts[JobState.QUEUED] + counts[JobState.RUNNING] > 0


def _check_batch(server: Server, client: Client, batch: str, found: Found) -> None:
    with DataFolder.open(server.data) as folder:
        files = _waited_for(folder, batch, server, found)
    states = Counter(file.state for file in files)
    found.accepted += len(client.accepted)
    found.states.update(state.value for state in states.elements())
    rows = {file.token: file.id for file in files if file.parent_id is None}
    if rows != client.accepted:
        found.faults.append(f"{batch}: rows {rows} are not what was promised {client.accepted}")
    if states != Counter(ENDS):
        found.faults.append(f"{batch}: ended as {dict(states)}")
    found.faults += [f"{file.name}: {file.state} without reason" for file in files if _lacks_reason(file)]


def _waited_for(folder: DataFolder, batch: str, server: Server, found: Found) -> list[UploadedFile]:
    while True:
        files = list(folder.uploads.files(batch))
        took = time.monotonic() - server.started_at
        if files and all(file.is_finished for file in files):
            found.slowest_s = max(found.slowest_s, took)
            return files
        if took > LONGEST_S:
            found.faults.append(f"{batch}: not finished {LONGEST_S:.0f} s after the start")
            return files
        time.sleep(0.05)


def _lacks_reason(file: UploadedFile) -> bool:
    return file.state is UploadState.REFUSED and not file.reason


def _check_whole(data: Path, found: Found) -> None:
    """Nothing lost, nothing twice: documents, items, entries, jobs, originals, the database itself."""
    with DataFolder.open(data) as folder:
        loaded = [entry.subject for entry in folder.audit.each(EntryFilter(event="document.load"))]
        documents = list(folder.documents.all())
        items = Counter(item.document_id for item in folder.policies.each())
        jobs = list(folder.jobs.each(limit=1_000_000))
        found.interrupted = sum(job.attempts > 1 for job in jobs)
        checks = {
            "documents": (len(documents), found.rounds * DOCUMENTS_A_ROUND),
            "items a document": (set(items.values()), {ITEMS_A_DOCUMENT}),
            "documents with items": (len(items), len(documents)),
            "entries of loading": (sorted(loaded), sorted(document.id for document in documents)),
            "jobs not done": (
                Counter(job.state for job in jobs if job.state is not JobState.DONE),
                Counter(),
            ),
            "integrity": (folder.db.execute("pragma integrity_check").fetchall(), [("ok",)]),
            "audit chain": (folder.audit.find_break(), None),
            "half-written originals": ([path.name for path in (data / "files").rglob("*.partial")], []),
        }
        kept = {document.content_hash for document in documents} | folder.uploads.digests()
        for digest in kept:
            path = folder.originals.path(digest)
            if not path.exists() or content_hash(path.read_bytes()) != digest:
                found.faults.append(f"original {digest[:16]} is missing or spoiled")
    found.faults += [
        f"{name}: {got}, not {wanted}" for name, (got, wanted) in checks.items() if got != wanted
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--kills-a-round", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as scratch:
        found = run(Path(scratch, "data"), given.kills, given.kills_a_round, given.seed)
    for fault in found.faults:
        print("FAULT", fault)
    print(found, f"({(datetime.now(UTC) - began) / timedelta(seconds=1):.0f} s)")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
