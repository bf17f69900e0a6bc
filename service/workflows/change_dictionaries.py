"""Add, change, retire and remove entries of the dictionaries and facts (词典与指标); called by the pages and the shell.

A change, the additions that every process takes from now on, and the audit entry are one transaction. Nothing that
is loaded already is read again here: that is a job of its own (`reread_documents`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from policy_corpus.additions import NOTHING, AddedTerm, AddedTitle, AddedZone, Additions
from policy_corpus.facts import FactDefinition, FactKind
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor
from service.errors import DictionaryRefused
from service.store.data_folder import DataFolder
from service.store.dictionaries import DictionaryEntry
from service.workflows.dictionary_checks import check_entry
from service.workflows.dictionary_use import uses_of
from service.workflows.dictionary_words import Checked
from service.workflows.fact_checks import KIND_WORDS

EVENT = "dictionary.change"
_WEIGH = "matching.segmenting.segmenters:weigh"
_UNSAID = ("on_enterprise", "fact")  # the same for every fact that is added
Given = dict[str, Any]


def add_entry(
    folder: DataFolder, kind: str, given: Given, *, by: Actor, now: Callable[[], datetime]
) -> DictionaryEntry:
    """Add an entry. Raises DictionaryRefused with every reason."""
    with folder.writing():
        added = insert_checked(folder, kind, given, by=by, at=now())
        settle(folder)
    return added


def insert_checked(
    folder: DataFolder, kind: str, given: Given, *, by: Actor, at: datetime
) -> DictionaryEntry:
    """Insert one entry of several, inside a transaction that `settle` ends. Raises DictionaryRefused."""
    checked = check_entry(kind, given, folder.dictionaries.entries())
    added = folder.dictionaries.insert(kind, checked.name, checked.body, by=by.name, at=at)
    folder.audit.record(by, EVENT, "dictionary", _subject(added), at=at, after=_told(added))
    return added


def change_entry(
    folder: DataFolder,
    entry_id: int,
    given: Given,
    *,
    revision: int,
    by: Actor,
    now: Callable[[], datetime],
) -> DictionaryEntry:
    """Change an entry as it was read at `revision`. Raises DictionaryRefused, DictionaryConflict."""
    with folder.writing():
        held = replace(folder.dictionaries.get(entry_id), revision=revision)
        checked = check_change(folder, held, given)
        changed = folder.dictionaries.update(
            held, checked.name, checked.body, held.retired, by=by.name, at=now()
        )
        _record(folder, by, held, changed, now())
        settle(folder)
    return changed


def check_change(folder: DataFolder, held: DictionaryEntry, given: Given) -> Checked:
    """What an entry would say; its key or code stays, and what is in use is not bent. Raises DictionaryRefused."""
    fixed = {name: held.body[name] for name in ("key", "code", "parent") if name in held.body}
    others = [entry for entry in folder.dictionaries.entries() if entry.id != held.id]
    checked = check_entry(held.kind, given | fixed, others)
    if held.kind == "fact" and (used := uses_of(folder, held)):
        gone = set(held.body["choices"]) - set(checked.body["choices"])
        if checked.body["kind"] != held.body["kind"]:
            raise DictionaryRefused(f"指标“{held.name}”{used.words}，类型不能再改；可停用后另建一个指标")
        if gone:
            raise DictionaryRefused(
                f"指标“{held.name}”{used.words}，可选值“{'、'.join(sorted(gone))}”不能去掉"
            )
    return checked


def retire_entry(
    folder: DataFolder,
    entry_id: int,
    *,
    revision: int,
    retired: bool = True,
    by: Actor,
    now: Callable[[], datetime],
) -> DictionaryEntry:
    """No longer offer a fact, or offer it again; what is stated or asked for stays. Raises DictionaryRefused, DictionaryConflict."""
    with folder.writing():
        held = replace(folder.dictionaries.get(entry_id), revision=revision)
        if held.kind != "fact":
            raise DictionaryRefused("只有企业指标可以停用，其他条目请直接删除")
        changed = folder.dictionaries.update(held, held.name, held.body, retired, by=by.name, at=now())
        _record(folder, by, held, changed, now())
        settle(folder)
    return changed


def remove_entry(
    folder: DataFolder, entry_id: int, *, revision: int, by: Actor, now: Callable[[], datetime]
) -> DictionaryEntry:
    """Take an entry out; returns it as it was. Raises DictionaryRefused where it is in use, DictionaryConflict."""
    with folder.writing():
        held = replace(folder.dictionaries.get(entry_id), revision=revision)
        if used := uses_of(folder, held):
            instead = "；可改为停用" if held.kind == "fact" else ""
            raise DictionaryRefused(f"“{held.name}”{used.words}，不能删除{instead}")
        folder.dictionaries.delete(held)
        at = now()
        folder.audit.record(by, EVENT, "dictionary", _subject(held), at=at, before=_told(held))
        settle(folder)
    return held


def settle(folder: DataFolder) -> Additions:
    """Put all entries together, as every process takes them from now on; called inside the transaction of a change."""
    additions = additions_of(folder.dictionaries.entries())
    folder.dictionaries.put_additions(additions)
    return additions


def refresh_additions(folder: DataFolder) -> bool:
    """Put all entries together anew if they come out otherwise, as after a new program brought other words; whether they did."""
    with folder.writing():
        if additions_of(folder.dictionaries.entries()) == folder.dictionaries.additions():
            return False
        settle(folder)
    return True


def proposed(folder: DataFolder, kind: str, given: Given, entry_id: int | None = None) -> Additions:
    """What would be in place with a new entry, or with another wording of one. Raises DictionaryRefused."""
    entries = folder.dictionaries.entries()
    if entry_id is None:
        checked = check_entry(kind, given, entries)
        return additions_of([*entries, _imagined(kind, checked)])
    held = folder.dictionaries.get(entry_id)
    checked = check_change(folder, held, given)
    changed = replace(held, name=checked.name, body=checked.body)
    return additions_of([changed if entry.id == entry_id else entry for entry in entries])


def without(folder: DataFolder, entry_id: int) -> Additions:
    """What would be in place if an entry were gone."""
    return additions_of([entry for entry in folder.dictionaries.entries() if entry.id != entry_id])


def additions_of(entries: Iterable[DictionaryEntry]) -> Additions:
    """Entries as the value that processes put in place. Weighing added words takes a second, in a child process."""
    entries = list(entries)
    bodies = {kind: [entry for entry in entries if entry.kind == kind] for kind in ("term", "synonym", "title", "zone", "fact")}  # fmt: skip
    terms, counted_twice = weighed([entry.body["word"] for entry in bodies["term"]])
    return Additions(
        terms,
        counted_twice,
        tuple(tuple(entry.body["words"]) for entry in bodies["synonym"]),
        tuple(
            AddedTitle(b["name"], b["level"], tuple(b["others"]), tuple(b["implies"]))
            for b in (entry.body for entry in bodies["title"])
        ),
        tuple(
            AddedZone(b["code"], b["name"], b["parent"], tuple(b["aliases"]))
            for b in (entry.body for entry in bodies["zone"])
        ),
        tuple(map(fact_of, bodies["fact"])),
    )


def fact_of(entry: DictionaryEntry) -> FactDefinition:
    """The row of the fact table that an entry stands for."""
    body = entry.body
    return FactDefinition(
        body["key"],
        FactKind(body["kind"]),
        body["label"],
        body["unit"],
        tuple(body["synonyms"]),
        tuple(body["choices"]),
        per_period=body["per_period"],
        retired=entry.retired,
    )


def weighed(words: Sequence[str]) -> tuple[tuple[AddedTerm, ...], int]:
    """Added words with their frequencies, and by how much jieba counts them twice: see `matching.segmenting`."""
    if not words:
        return (), 0
    with Sandbox(additions=NOTHING) as sandbox:
        found = sandbox.run(_WEIGH, json.dumps(list(words)).encode(), "")
    return tuple(AddedTerm(word, frequency) for word, frequency in found["terms"]), found["counted_twice"]


def _imagined(kind: str, checked: Checked) -> DictionaryEntry:
    moment = datetime.fromtimestamp(0, UTC)  # nobody has written it
    return DictionaryEntry(0, kind, checked.name, checked.body, False, 0, moment, "", moment, "")


def _record(
    folder: DataFolder, by: Actor, before: DictionaryEntry, after: DictionaryEntry, at: datetime
) -> None:
    folder.audit.record(
        by, EVENT, "dictionary", _subject(after), at=at, before=_told(before), after=_told(after)
    )


def _subject(entry: DictionaryEntry) -> str:
    return f"{entry.kind}/{entry.name}"


def _told(entry: DictionaryEntry) -> dict[str, Any]:
    """What an entry says, for the log: without what it leaves empty."""
    said = {name: value for name, value in entry.body.items() if value and name not in _UNSAID}
    if "kind" in said:
        said["kind"] = KIND_WORDS[FactKind(said["kind"])]
    return said | ({"retired": True} if entry.retired else {})
