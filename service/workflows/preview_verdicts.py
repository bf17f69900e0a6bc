"""Which companies would be judged otherwise if a title or zone were added: the published items on the companies, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policy_corpus.item_json import item_to_json
from policy_corpus.model import Condition, ItemStatus, PolicyItem, leaves
from service.store.data_folder import DataFolder
from service.workflows.preview_model import Preview, VerdictChange
from service.workflows.preview_pair import Pair

_MOST_ITEMS, _MOST_COMPANIES = 300, 2000
_EXAMPLES = 20
_FACT_OF = {"title": "qualification", "zone": "region"}


def weigh_verdicts(folder: DataFolder, pair: Pair, found: Preview, as_of: date) -> Preview:
    """The preview with the companies to which a published item would be something else."""
    key = _FACT_OF[found.kind]
    items = _items_asking(folder, key, found.words)
    companies = list(folder.enterprises.rows_of(_companies_stating(folder, key, found.words)))
    if not items or not companies:
        return found
    question = {
        "items": [item_to_json(item) for item in items],
        "companies": companies,
        "as_of": as_of.isoformat(),
    }
    now, then = pair.ask("judge", question)
    names = {uscc: name for uscc, name, *_ in companies}
    changes = [
        VerdictChange(item.id, item.title, uscc, names[uscc], now["groups"][int(a)], now["groups"][int(b)])
        for item, before, after in zip(items, now["verdicts"], then["verdicts"], strict=True)
        for uscc, a, b in zip(now["companies"], before, after, strict=True)
        if a != b
    ]
    return replace(
        found,
        weighed_items=len(items),
        weighed_companies=len(names),
        changed_companies=len({change.uscc for change in changes}),
        verdicts=tuple(changes[:_EXAMPLES]),
    )


def _items_asking(folder: DataFolder, key: str, words: Sequence[str]) -> list[PolicyItem]:
    """The published items with a condition on the fact, those that name one of the words first."""
    asking = [
        item
        for item in folder.policies.each(status=ItemStatus.PUBLISHED)
        if any(isinstance(leaf, Condition) and leaf.attribute == key for leaf in leaves(item.conditions))
    ]
    naming = {item.id for item in asking if any(word in span.quote for span in item.spans for word in words)}
    return sorted(asking, key=lambda item: (item.id not in naming, item.id))[:_MOST_ITEMS]


def _companies_stating(folder: DataFolder, key: str, words: Sequence[str]) -> list[str]:
    """The companies that state the fact, those that name one of the words first."""
    rows = folder.db.query(
        "select uscc, value from enterprise_facts where key = ? and current = 1 order by uscc", [key]
    )
    stated = [(not any(word in row["value"] for word in words), row["uscc"]) for row in rows]
    return [uscc for _, uscc in sorted(stated)[:_MOST_COMPANIES]]
