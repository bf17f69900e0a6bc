"""One data folder opened: the three libraries, the originals and where the index lies."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from policy_corpus.item_library import PolicyLibrary
from policy_corpus.library import DocumentLibrary
from service.store.accounts import AccountStore
from service.store.audit import AuditLog
from service.store.benefit_links import BenefitLinks
from service.store.checked_links import LinkTable
from service.store.database import move_log, only_writer, open_database
from service.store.dictionaries import DictionaryTable
from service.store.enterprises import EnterpriseLibrary
from service.store.item_edits import ItemEdits
from service.store.item_versions import ItemVersions
from service.store.jobs import JobTable
from service.store.originals import Originals
from service.store.presence import Presence
from service.store.proposals import ProposalTable
from service.store.releases import Releases
from service.store.review_queue import ReviewQueue
from service.store.sessions import SessionStore
from service.store.uploads import UploadTable
from service.store.worker_locks import WorkerLocks

DATABASE_NAME = "huiqi.db"


@dataclass(frozen=True)
class DataFolder:
    """Everything the product knows. Used as a context manager; one per thread, for it holds a connection."""

    path: Path
    db: Database
    documents: DocumentLibrary
    policies: PolicyLibrary
    enterprises: EnterpriseLibrary
    originals: Originals
    audit: AuditLog
    jobs: JobTable
    uploads: UploadTable
    edits: ItemEdits
    versions: ItemVersions
    accounts: AccountStore
    sessions: SessionStore
    releases: Releases
    dictionaries: DictionaryTable
    presence: Presence
    review_queue: ReviewQueue
    proposals: ProposalTable
    links: BenefitLinks
    checked_links: LinkTable

    @classmethod
    def open(cls, path: Path, *, leave_checkpoints: bool = False) -> DataFolder:
        """Open or create the folder. leave_checkpoints: see open_database. Raises UnusableDataFolder."""
        db = open_database(path / DATABASE_NAME, leave_checkpoints=leave_checkpoints)
        return cls(
            path,
            db,
            DocumentLibrary(db),
            PolicyLibrary(db),
            EnterpriseLibrary(db),
            Originals(path / "files"),
            AuditLog(db),
            JobTable(db),
            UploadTable(db),
            ItemEdits(db),
            ItemVersions(db),
            AccountStore(db),
            SessionStore(db),
            Releases(db),
            DictionaryTable(db),
            Presence(db),
            ReviewQueue(db),
            ProposalTable(db),
            BenefitLinks(db),
            LinkTable(db),
        )

    @property
    def index_path(self) -> Path:
        """The folder of the built indexes."""
        return self.path / "index"

    @property
    def workers(self) -> WorkerLocks:
        """Who works at the background jobs of this folder."""
        return WorkerLocks(self.path / "work")

    def writing(self) -> AbstractContextManager[None]:
        """One transaction during which no other process writes: what is read in it stays true until its end."""
        return only_writer(self.db)

    def move_log(self) -> None:
        """Move what the database's log holds into the database, as far as that disturbs nobody."""
        move_log(self.db)

    def __enter__(self) -> DataFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.conn.close()
