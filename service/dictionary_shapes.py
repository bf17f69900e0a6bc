"""Entries of 词典与指标 and the effect of a change in words, for the shell and the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matching.model import Eligibility
from matching.state_words import ELIGIBILITY_WORDS, STATUS_WORDS
from policy_corpus.codes.regions import get_region
from policy_corpus.model import ItemStatus
from service.store.dictionaries import KINDS, DictionaryEntry
from service.workflows.fact_checks import KIND_WORDS
from service.workflows.preview_model import HitChange, Preview

_FACT_KINDS = {kind.value: words for kind, words in KIND_WORDS.items()}


def entry_words(entry: DictionaryEntry) -> str:
    """What an entry says beside its name."""
    body = entry.body
    match entry.kind:
        case "title":
            parts = (body["level"], _listed("别名", body["others"]), _listed("蕴含", body["implies"]))
        case "zone":
            place = get_region(body["parent"]).full_name
            parts = (body["code"], place, _listed("别名", body["aliases"]))
        case "fact":
            kind = _FACT_KINDS.get(body["kind"], body["kind"])
            unit = body["unit"] if body["kind"] == "count" else ""
            year = "年度指标" if body["per_period"] else ""
            what = "，".join(part for part in (kind, unit, year) if part)
            parts = (what, _listed("又称", body["synonyms"]), _listed("可选", body["choices"]))
        case _:
            parts = ("", "", "")
    return "；".join(part for part in parts if part)


def _listed(label: str, words: list[str]) -> str:
    return f"{label} {'、'.join(words)}" if words else ""


def status_words(status: str | None) -> str:
    """The state of an item on screen; 新事项 for one that is not there yet."""
    return STATUS_WORDS[ItemStatus(status)] if status else "新事项"


def eligibility_words(value: str) -> str:
    """What an item is to a company."""
    return ELIGIBILITY_WORDS[Eligibility(value)]


def looked_at_words(found: Preview) -> str:
    """How many documents and items name the words, and how many of the documents were looked at."""
    if not found.naming:
        return "文件库中没有文件写到这些词"
    named = f"{found.naming} 份文件、{found.quoting} 个已发布事项写到这些词"
    if found.kind == "synonym":
        return named
    if found.checked < found.naming:
        return f"{named}，以下是前 {found.checked} 份文件中的变化"
    return f"{named}，文件已全部核对"


def hit_words(hit: HitChange) -> str:
    """How the answer to a search changes."""
    if hit.before != hit.after:
        return f"检索“{hit.word}”：事项由 {hit.before} 条变为 {hit.after} 条"
    return f"检索“{hit.word}”：{'排在前面的结果有变化' if hit.gained or hit.lost else '结果的先后次序有变化'}"


def reread_words(result: Mapping[str, int]) -> str:
    """What became of the documents that were read again, in one sentence."""
    parts = (
        (result["drafts"], "个草稿已更新"),
        (result["copies"], "个已发布或改过的事项有待审核的修改"),
        (result["kept"], "个事项的条件由人工改过，未动"),
        (result["moved"], "个事项与原文的划分已不同，未动"),
        (result["failed"], "份文件未能读取"),
    )
    told = "，".join(f"{count} {words}" for count, words in parts if count)
    return f"已重新识别 {result['documents']} 份文件：{told or '没有变化'}"


def preview_lines(found: Preview) -> Iterator[str]:
    """A preview in lines of text."""
    yield f"{KINDS[found.kind]}“{found.name}”：{looked_at_words(found)}"
    yield from found.notes
    if found.changes_nothing:
        yield "没有发现任何变化"
    yield from _texts_and_hits(found)
    if found.changed_items:
        yield f"重新识别后条件会变化的事项 {found.changed_items} 个："
    for item in found.items:
        yield f"  {item.title}（{status_words(item.status)}，《{item.document}》）"
        yield from (f"    − {words}" for _, words in item.before)
        yield from (f"    ＋ {words}" for _, words in item.after)
    if found.weighed_items:
        yield f"已发布事项对企业的结论：核对 {found.weighed_items} 个事项、{found.weighed_companies} 家企业，{found.changed_companies} 家有变化"
    for change in found.verdicts:
        before, after = eligibility_words(change.before), eligibility_words(change.after)
        yield f"  {change.company}：“{change.item}”由{before}变为{after}"


def _texts_and_hits(found: Preview) -> Iterator[str]:
    if found.changed_texts:
        yield f"分词会变化的文件 {found.changed_texts} 份："
    for text in found.texts:
        yield f"  《{text.title}》"
        yield f"    − {'/'.join(text.before)}"
        yield f"    ＋ {'/'.join(text.after)}"
    for hit in found.hits:
        yield hit_words(hit)
        yield from (f"    ＋ {title}" for title in hit.gained)
        yield from (f"    − {title}" for title in hit.lost)
