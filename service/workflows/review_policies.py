"""Review drafted items: list them, publish the right ones, set the others aside."""

from __future__ import annotations

from collections.abc import Sequence

from policy_corpus.model import DocumentKind, ItemStatus, PolicyItem
from service.errors import ServiceError
from service.store.data_folder import DataFolder


class NotPublishable(ServiceError):
    """An item that must not become a policy, such as one of a 征求意见稿."""


def list_items(folder: DataFolder, status: ItemStatus | None = ItemStatus.DRAFT) -> list[PolicyItem]:
    """Items of one status (drafts unless said otherwise), or all."""
    return folder.policies.items(status=status)


def approve(folder: DataFolder, item_ids: Sequence[str]) -> int:
    """Publish items; returns how many changed. Raises NotPublishable, PolicyItemNotFound; then none changes."""
    for item_id in item_ids:
        document = folder.documents.get(folder.policies.get(item_id).document_id)
        if document.kind is DocumentKind.DRAFT:
            raise NotPublishable(
                f"事项 {item_id} 出自征求意见稿《{document.title}》，不能发布；请等待正式文件"
            )
    return folder.policies.set_status(item_ids, ItemStatus.PUBLISHED)


def reject(folder: DataFolder, item_ids: Sequence[str]) -> int:
    """Withdraw items so that they are no longer matched; returns how many changed."""
    return folder.policies.set_status(item_ids, ItemStatus.WITHDRAWN)
