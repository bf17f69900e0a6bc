"""What a face of the product works at: the data folder, the shelf of a day, and what day it is.

The assembler (`service.app`) fills it in; pages and API take everything they read from it, so that neither
knows how the folder is opened or which clock is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from policy_corpus.errors import DocumentNotFound
from policy_corpus.model import Document
from service.store.data_folder import DataFolder
from service.store.enterprise_listing import CompanyList, Overview, OverviewKeeper
from service.store.shelf import Shelf, ShelfKeeper, read_shelf


@dataclass(frozen=True)
class Desk:
    """One per application. open_folder: the folder of the current request, opened at its first call;
    sees_everything: whether who asks may see what is not released yet."""

    open_folder: Callable[[], DataFolder]
    today: Callable[[], date]
    now: Callable[[], datetime]
    password_days: int = 90
    sees_everything: Callable[[], bool] = lambda: False
    _keeper: ShelfKeeper = field(default_factory=ShelfKeeper)
    _overviews: OverviewKeeper = field(default_factory=OverviewKeeper)

    @property
    def folder(self) -> DataFolder:
        """The data folder of the current request. Raises UnusableDataFolder."""
        return self.open_folder()

    def visible_document(self, document_id: str) -> Document:
        """A document that who asks may see. Raises DocumentNotFound, in the same words for one that is not released."""
        if not self.is_visible(document_id):
            raise DocumentNotFound(f"文件库中没有编号为 {document_id} 的文件")
        return self.folder.documents.get(document_id)

    def is_visible(self, document_id: str) -> bool:
        """Whether who asks may see a document."""
        return self.sees_everything() or self.folder.releases.holds(document_id)

    def visible_documents(self) -> list[Document]:
        """The documents that who asks may see, without their text."""
        known = self.shelf().documents
        if self.sees_everything():
            return list(known.values())
        released = self.folder.releases.ids()
        return [document for id_, document in known.items() if id_ in released]

    def overview(self, companies: CompanyList) -> Overview:
        """How well all companies are known."""
        return self._overviews.get(self.folder.enterprises, companies)

    def shelf(self, as_of: date | None = None) -> Shelf:
        """The shelf of a day; today's is kept in memory, another day's is read each time it is asked for."""
        today = self.today()
        if as_of is None or as_of == today:
            return self._keeper.get(self.folder, today)
        return read_shelf(self.folder, as_of)
