"""待审核 as it is shown: a line a document with how far it is understood, what is wrong with it, and who is at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from policy_corpus.coverage import Coverage, coverage
from policy_corpus.extraction.words.workdays import workdays_after
from policy_corpus.item_checks import Problem, Severity, check_item
from policy_corpus.model import Document, DocumentKind, ItemStatus, PolicyItem
from service.store.data_folder import DataFolder
from service.store.review_queue import Queued
from service.workflows.edit_items import open_edit

UNDECIDED = (ItemStatus.DRAFT, ItemStatus.IN_REVIEW)
DAYS_TO_PUBLISH = 7  # working days from receipt to publication (惠企政策发布时限)
URGENT_DAYS = 2  # working days before that from which a document is called urgent


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One document. problems: of severity error, over its undecided items; reviewers: who has it open."""

    queued: Queued
    coverage: Coverage
    problems: int
    reviewers: tuple[str, ...]
    due: date
    is_urgent: bool

    @property
    def has_hints(self) -> bool:
        """Whether there is anything to say of it beside how far it is understood."""
        known = self.queued
        return bool(
            self.is_plain
            or self.problems
            or known.near_title
            or known.confidence is not None
            or known.kind is DocumentKind.DRAFT
        )

    @property
    def is_plain(self) -> bool:
        """Whether nothing stands in the way of publishing it unseen by a second pair of eyes."""
        return not (
            self.problems
            or self.coverage.free_text
            or self.queued.kind is DocumentKind.DRAFT
            or self.queued.is_same
            or self.queued.confidence is not None
        )


def due_day(received: date) -> date:
    """By when a document that was received on a day is to be published."""
    return workdays_after(received, DAYS_TO_PUBLISH)


def received_until(today: date) -> date:
    """The last day of receipt that is urgent today: what came in up to it is due within URGENT_DAYS working days."""
    limit = workdays_after(today, URGENT_DAYS)
    day = today
    while due_day(day) > limit:
        day = date.fromordinal(day.toordinal() - 1)
    return day


def inbox_lines(folder: DataFolder, entries: Sequence[Queued], now: datetime) -> list[InboxLine]:
    """The lines of some documents, in their order."""
    present: dict[str, list[str]] = {}
    if entries:
        for one in folder.presence.present([entry.document_id for entry in entries], now):
            present.setdefault(one.document_id, []).append(one.name)
    limit = workdays_after(now.date(), URGENT_DAYS)
    return [_line(folder, entry, tuple(present.get(entry.document_id, ())), limit) for entry in entries]


def undecided_items(folder: DataFolder, document_id: str) -> list[PolicyItem]:
    """The items of a document that wait for a decision, each as it is being edited."""
    items = [item for item in folder.policies.items(document_id=document_id) if item.status in UNDECIDED]
    edited = set(folder.edits.open_ids([item.id for item in items]))
    return [open_edit(folder, item.id).item if item.id in edited else item for item in items]


def error_count(items: Iterable[PolicyItem], document: Document) -> int:
    """How many problems keep items from being published."""
    return sum(problem.severity is Severity.ERROR for problem in problems_of(items, document))


def problems_of(items: Iterable[PolicyItem], document: Document) -> list[Problem]:
    """Every problem of some items."""
    return [problem for item in items for problem in check_item(item, document)]


def _line(folder: DataFolder, entry: Queued, reviewers: tuple[str, ...], limit: date) -> InboxLine:
    items = undecided_items(folder, entry.document_id)
    covered = [coverage(item) for item in items]
    total = Coverage(
        sum(one.parsed for one in covered),
        sum(one.self_stated for one in covered),
        sum(one.free_text for one in covered),
    )
    due = due_day(entry.loaded_at.date())
    errors = error_count(items, folder.documents.get(entry.document_id))
    return InboxLine(entry, total, errors, reviewers, due, due <= limit)
