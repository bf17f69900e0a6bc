"""Where an entry of the dictionaries is in use already: what must not be taken away from under items and companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.store.data_folder import DataFolder
from service.store.dictionaries import DictionaryEntry


def names_of(entry: DictionaryEntry) -> tuple[str, ...]:
    """The words by which texts name an entry."""
    return words_of(entry.kind, entry.body)


def words_of(kind: str, body: dict[str, Any]) -> tuple[str, ...]:
    """The words by which texts name what a body says."""
    match kind:
        case "term":
            return (body["word"],)
        case "synonym":
            return tuple(body["words"])
        case "title":
            return (body["name"], *body["others"])
        case "zone":
            return (body["name"], *body["aliases"])
        case _:
            return (body["label"], *body["synonyms"])


@dataclass(frozen=True, slots=True)
class Uses:
    """How many items, companies and documents need an entry; false where none does."""

    items: int = 0
    companies: int = 0
    documents: int = 0

    def __bool__(self) -> bool:
        return bool(self.items or self.companies or self.documents)

    @property
    def words(self) -> str:
        """On screen: 已被 2 个事项、3 家企业使用."""
        counts = ((self.items, "个事项"), (self.companies, "家企业"), (self.documents, "份文件"))
        return "已被 " + "、".join(f"{count} {unit}" for count, unit in counts if count) + "使用"


def uses_of(folder: DataFolder, entry: DictionaryEntry) -> Uses:
    """Who needs an entry: a fact its items and companies (history included), a zone its companies and documents."""
    if entry.kind == "fact":
        return Uses(_items_asking(folder, entry.body["key"]), _companies_stating(folder, entry.body["key"]))
    if entry.kind == "zone":
        code = entry.body["code"]
        return Uses(0, _companies_in(folder, code), _documents_of(folder, code))
    return Uses()


def _items_asking(folder: DataFolder, key: str) -> int:
    """Items that ask for a fact as they stand, in somebody's working copy, or in a version that can be brought back."""
    query = (
        "select count(*) as n from (select id from policy_items where instr(body, :words) > 0 "
        "union select item_id from item_edits where instr(body, :words) > 0 "
        "union select item_id from item_versions where instr(body, :words) > 0)"
    )
    return int(next(folder.db.query(query, {"words": f'"attribute": "{key}"'}))["n"])


def _companies_stating(folder: DataFolder, key: str) -> int:
    return _count(folder, "select count(distinct uscc) as n from enterprise_facts where key = ?", key)


def _companies_in(folder: DataFolder, code: str) -> int:
    query = "select count(distinct uscc) as n from enterprise_facts where key = 'region' and value = ?"
    return _count(folder, query, f'"{code}"')


def _documents_of(folder: DataFolder, code: str) -> int:
    return sum(document.region_code == code for document in folder.documents.all())


def _count(folder: DataFolder, query: str, value: str) -> int:
    return int(next(folder.db.query(query, [value]))["n"])
