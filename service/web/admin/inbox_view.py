"""待审核 as it is shown: a line a document with how far it is understood, what is wrong with it, and who is at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from matching.figures_in_words import chinese_date
from policy_corpus.coverage import Coverage, coverage
from policy_corpus.extraction.words.workdays import workdays_after
from policy_corpus.item_checks import Problem, Severity, check_item
from policy_corpus.model import Document, DocumentKind, ItemStatus, PolicyItem
from service.store.data_folder import DataFolder
from service.store.review_queue import Queued
from service.workflows.edit_items import open_edit
from service.workflows.upkeep.clock import SOON, WORKDAYS, Clock, ClockState, clock_of

_BEIJING = timezone(timedelta(hours=8))
UNDECIDED = (ItemStatus.DRAFT, ItemStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One document. problems: of severity error, over its undecided items; reviewers: who has it open."""

    queued: Queued
    coverage: Coverage
    problems: int
    reviewers: tuple[str, ...]
    clock: Clock | None

    @property
    def term(self) -> str:
        """How it stands against its term, in words."""
        return term_words(self.clock)

    @property
    def is_urgent(self) -> bool:
        """Whether its term is near or over."""
        return self.clock is not None and self.clock.state in (ClockState.LATE, ClockState.SOON)

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


def clock_for(entry: Queued, today: date) -> Clock | None:
    """The term of a document that waits; a 征求意见稿 has none."""
    if entry.kind is DocumentKind.DRAFT:
        return None
    received = entry.received_at
    day = (received.astimezone(_BEIJING) if received.tzinfo else received).date()
    return clock_of(entry.document_id, entry.title, day, None, today, entry.undecided)


def received_until(today: date) -> date:
    """The last day of receipt whose term is near or over today."""
    limit, day = workdays_after(today, SOON), today
    while workdays_after(day, WORKDAYS) > limit:
        day -= timedelta(days=1)
    return day


def term_words(clock: Clock | None) -> str:
    """How a document stands against its term; empty where it has none or is decided."""
    if clock is None or not clock.is_open:
        return ""
    if clock.state is ClockState.LATE:
        return f"已超期 {clock.days} 个工作日"
    left = f"剩 {clock.days} 个工作日" if clock.days else "今天到期"
    return f"{chinese_date(clock.due_on)}前发布（{left}）"


def inbox_lines(folder: DataFolder, entries: Sequence[Queued], now: datetime) -> list[InboxLine]:
    """The lines of some documents, in their order."""
    present: dict[str, list[str]] = {}
    if entries:
        for one in folder.presence.present([entry.document_id for entry in entries], now):
            present.setdefault(one.document_id, []).append(one.name)
    return [
        _line(folder, entry, tuple(present.get(entry.document_id, ())), clock_for(entry, now.date()))
        for entry in entries
    ]


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


def _line(folder: DataFolder, entry: Queued, reviewers: tuple[str, ...], clock: Clock | None) -> InboxLine:
    items = undecided_items(folder, entry.document_id)
    covered = [coverage(item) for item in items]
    total = Coverage(
        sum(one.parsed for one in covered),
        sum(one.self_stated for one in covered),
        sum(one.free_text for one in covered),
    )
    errors = error_count(items, folder.documents.get(entry.document_id))
    return InboxLine(entry, total, errors, reviewers, clock)
