"""What a change of the dictionaries would do, before it takes effect; called by the pages and the shell.

Nothing is changed. Two children of the sandbox, one with the tables as they are and one as they would be, are asked the
same of the documents, items and companies that name the words in question; where they differ is the effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from matching.highlight import excerpt
from policy_corpus.additions import Additions
from policy_corpus.document_rows import document_to_row
from policy_corpus.folding import fold
from policy_corpus.model import Document
from service.store.data_folder import DataFolder
from service.store.dictionaries import DictionaryEntry
from service.store.policy_index import DOCUMENTS, SEARCH, documents_index, item_search_index
from service.workflows.change_dictionaries import proposed, without
from service.workflows.dictionary_checks import check_entry
from service.workflows.dictionary_use import names_of, words_of
from service.workflows.preview_model import HitChange, ItemChange, Mention, Preview, TextChange
from service.workflows.preview_pair import Json, Pair, asking
from service.workflows.preview_verdicts import weigh_verdicts

LOOKED_AT = 200  # documents of those that name a word, in the order of ids
_AT_ONCE = 10  # of them in one question
_EXAMPLES = 20
_SENTENCE = re.compile(r"[^。；！？\n]+")
Report = Callable[[int, int], None]  # (done, of)


def preview_change(
    folder: DataFolder,
    kind: str,
    given: dict[str, Any],
    entry_id: int | None = None,
    *,
    as_of: date,
    most: int = LOOKED_AT,
    report: Report = lambda done, total: None,
) -> Preview:
    """What adding an entry, or wording one anew, would do. Raises DictionaryRefused, DictionaryEntryNotFound."""
    held = folder.dictionaries.get(entry_id) if entry_id is not None else None
    then = proposed(folder, kind, given, entry_id)
    others = [entry for entry in folder.dictionaries.entries() if entry.id != entry_id]
    fixed = {name: held.body[name] for name in ("key", "code", "parent") if held and name in held.body}
    checked = check_entry(kind, given | fixed, others)
    words = dict.fromkeys([*words_of(kind, checked.body), *(words_of(kind, held.body) if held else ())])
    return _preview(folder, Preview(kind, checked.name, tuple(words)), then, as_of, most, report)


def preview_removal(
    folder: DataFolder,
    entry: DictionaryEntry,
    *,
    as_of: date,
    most: int = LOOKED_AT,
    report: Report = lambda done, total: None,
) -> Preview:
    """What taking an entry out, or no longer offering a fact, would do."""
    words = names_of(entry)
    return _preview(
        folder, Preview(entry.kind, entry.name, words), without(folder, entry.id), as_of, most, report
    )


def _preview(
    folder: DataFolder, start: Preview, then: Additions, as_of: date, most: int, report: Report
) -> Preview:
    naming = folder.documents.naming(start.words)
    quoting = folder.policies.count_naming(start.words)
    found = replace(start, naming=len(naming), checked=min(most, len(naming)), quoting=quoting)
    documents = [folder.documents.get(id_) for id_ in naming[:most]]
    found = replace(found, mentions=tuple(_mentions(documents, start.words)))
    with asking(folder.dictionaries.additions(), then) as pair:
        if start.kind == "term":
            return _cut(pair, found, documents)
        if start.kind == "synonym":
            return _searched(folder, pair, found)
        found = _read_again(folder, pair, found, documents, report)
        return weigh_verdicts(folder, pair, found, as_of) if start.kind in ("title", "zone") else found


def _mentions(documents: Sequence[Document], words: Sequence[str]) -> Iterator[Mention]:
    for document in documents[:_EXAMPLES]:
        sentence = next(_sentences(document.text, words), "")
        yield Mention(document.id, document.title, excerpt(sentence, words, 90))


def _sentences(text: str, words: Sequence[str]) -> Iterator[str]:
    folded = fold(text)
    wanted = [fold(word) for word in words]
    for match in _SENTENCE.finditer(folded):
        if any(word in match[0] for word in wanted):
            yield text[match.start() : match.end()].strip()


def _cut(pair: Pair, found: Preview, documents: Sequence[Document]) -> Preview:
    """The sentences that name the word, cut both ways; only they can be cut otherwise."""
    named = [
        (document, sentence) for document in documents for sentence in _sentences(document.text, found.words)
    ]
    now, then = pair.ask("cut_texts", {"texts": [sentence for _, sentence in named]})
    changes: dict[str, TextChange] = {}
    for (document, _), before, after in zip(named, now["cut"], then["cut"], strict=True):
        if before != after:
            change = TextChange(document.id, document.title, *map(tuple, _around(before, after)))
            changes.setdefault(document.id, change)
    texts = tuple(changes.values())[:_EXAMPLES]
    notes = () if found.naming else ("文件库中没有文件写到这个词，现在加入不会有变化",)
    return replace(found, changed_texts=len(changes), texts=texts, notes=notes)


def _around(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """The words that differ with three on either side."""
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    ends = zip(reversed(before[start:]), reversed(after[start:]), strict=False)
    same = next((n for n, (a, b) in enumerate(ends) if a != b), 0)
    low = max(start - 3, 0)
    return before[low : len(before) - same + 3], after[low : len(after) - same + 3]


def _searched(folder: DataFolder, pair: Pair, found: Preview) -> Preview:
    """The search for each of the words: how many items answer, and what stands in front."""
    item_search_index(folder)
    documents_index(folder)
    now, then = pair.ask(
        "search_words",
        {
            "items": str((folder.index_path / SEARCH).resolve()),
            "documents": str((folder.index_path / DOCUMENTS).resolve()),
            "words": list(found.words),
        },
    )
    answers = zip(found.words, now["hits"], then["hits"], strict=True)
    hits = tuple(_hit_change(folder, word, one, other) for word, one, other in answers if one != other)
    return replace(found, hits=hits)


def _hit_change(folder: DataFolder, word: str, before: Json, after: Json) -> HitChange:
    def titles(these: Json, those: Json) -> tuple[str, ...]:
        items = [folder.policies.get(id_).title for id_ in these["items"] if id_ not in those["items"]]
        documents = [
            f"《{folder.documents.get(id_).title}》"
            for id_ in these["documents"]
            if id_ not in those["documents"]
        ]
        return (*items, *documents)

    return HitChange(word, before["count"], after["count"], titles(after, before), titles(before, after))


def _read_again(
    folder: DataFolder, pair: Pair, found: Preview, documents: Sequence[Document], report: Report
) -> Preview:
    """The documents read both ways from their text, and the items whose conditions come out otherwise."""
    changes: list[ItemChange] = []
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        now, then = pair.ask("read_again", {"documents": list(map(document_to_row, some))})
        for document, before, after in zip(some, now["read"], then["read"], strict=True):
            changes += _item_changes(folder, document, before, after)
        report(start + len(some), len(documents))
    return replace(
        found,
        changed_items=len(changes),
        items=tuple(changes[:_EXAMPLES]),
        changed_documents=tuple(dict.fromkeys(change.document_id for change in changes)),
    )


def _item_changes(
    folder: DataFolder, document: Document, before: list[Json], after: list[Json]
) -> Iterator[ItemChange]:
    stored = {item.id: item.status.value for item in folder.policies.items(document_id=document.id)}
    old, new = ({item["id"]: item for item in items} for items in (before, after))
    for id_ in dict.fromkeys((*old, *new)):
        one, other = (
            [tuple(leaf) for leaf in items[id_]["conditions"]] if id_ in items else [] for items in (old, new)
        )
        if one != other:
            gone = tuple(leaf for leaf in one if leaf not in other)
            come = tuple(leaf for leaf in other if leaf not in one)
            title = (new.get(id_) or old[id_])["title"]
            yield ItemChange(id_, title, document.id, document.title, stored.get(id_), gone, come)
