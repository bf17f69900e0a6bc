"""What the children of a preview answer: the same question, once with the tables as they are and once as they would be.

Run by `preview_dictionaries` in the sandbox's child, which has been told what is added; JSON in, JSON out. Each answers
in words, for only the child knows the labels of facts that are not in place elsewhere.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from matching.columns.roster import Roster
from matching.errors import IndexNotBuilt
from matching.match import group_of
from matching.ranking import GROUPS
from matching.search.documents import DocumentIndex
from matching.search.items import ItemIndex
from matching.segmenting import tokens
from matching.wording import describe_condition
from policy_corpus.document_rows import document_from_row
from policy_corpus.extraction import extract
from policy_corpus.folding import fold
from policy_corpus.item_json import item_from_json
from policy_corpus.model import ItemStatus, PolicyItem, leaves
from service.store.enterprise_rows import enterprises_of

Json = dict[str, Any]
_FIRST = 20


def cut_texts(asked: bytes, _: str) -> Json:
    """{"texts"} -> {"cut": the words of each text}."""
    return {"cut": [tokens(fold(text)) for text in json.loads(asked)["texts"]]}


def search_words(asked: bytes, _: str) -> Json:
    """{"items", "documents": folders of the indexes, "words"} -> {"hits": for each word how many items, the first ids of either}."""
    given = json.loads(asked)
    items = _opened(ItemIndex, given["items"])
    documents = _opened(DocumentIndex, given["documents"])
    return {"hits": [_hits(word, items, documents) for word in given["words"]]}


def _opened(kind: Any, path: str) -> Any:
    try:
        return kind.open(Path(path))
    except IndexNotBuilt:
        return None


def _hits(word: str, items: ItemIndex | None, documents: DocumentIndex | None) -> Json:
    found: Json = {"count": 0, "items": [], "documents": []}
    if items is not None:
        scores = items.find(word).scores
        best = np.argsort(-scores, kind="stable")[:_FIRST]
        found["count"] = int(np.count_nonzero(scores))
        found["items"] = [items.ids[int(at)].rpartition("@")[0] for at in best if scores[at] > 0]
    if documents is not None:
        found["documents"] = [id_ for id_, _ in documents.rank(word, _FIRST)]
    return found


def read_again(asked: bytes, _: str) -> Json:
    """{"documents": rows} -> {"read": for each document its items with their conditions in words}."""
    documents = map(document_from_row, json.loads(asked)["documents"])
    return {"read": [[_told(item) for item in extract(document).items] for document in documents]}


def _told(item: PolicyItem) -> Json:
    conditions = [[leaf.span.quote, describe_condition(leaf)] for leaf in leaves(item.conditions)]
    return {"id": item.id, "title": item.title, "conditions": conditions}


def judge(asked: bytes, _: str) -> Json:
    """{"items", "companies": rows of 企业库, "as_of"} -> {"verdicts": for each item what it is to each company, a digit each}."""
    given = json.loads(asked)
    companies = list(enterprises_of(given["companies"]))
    roster = Roster.of(companies)
    rows = roster.rows_of([company.uscc for company in companies])
    as_of = date.fromisoformat(given["as_of"])
    verdicts = []
    for body in given["items"]:
        item = item_from_json(body, ItemStatus.PUBLISHED)
        groups = group_of(roster.judge_item(item.conditions, as_of).verdict)
        verdicts.append("".join(map(str, groups[rows].tolist())))
    return {
        "verdicts": verdicts,
        "companies": [company.uscc for company in companies],
        "groups": [one.value for one in GROUPS],
    }
