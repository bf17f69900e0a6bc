"""docs/scenarios/*.yaml -> scenarios: a policy text and what an expert clerk reads in it; called by tests and docs.

The files are written for the business office, so the keys are Chinese and everything expected is a line of words.
Loading is strict: an unknown key, a key that stands twice or a title that stands twice is an error that names its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from policy_corpus.describing import describe
from policy_corpus.model import Document, Reading
from tests.scenarios.words import fields_to_lines, indented, squeeze

FOLDER = Path(__file__).parents[2] / "docs" / "scenarios"
DEFAULT_REGION = "江西省九江市"
NOWHERE = ("全国", "不明")
DEFAULT_TITLE = "促进示例产业发展若干措施"
NO_ITEM = "无"
_LISTS = ("条件", "支持", "材料", "联系方式")
_LINES = ("申报期", "部门", "申报渠道", "免申即享")
_ITEM = frozenset((*_LISTS, *_LINES, "名称", "请企业确认"))
_TEXT = frozenset(("标题", "说明", "地区", "发文机关", "发布日期", "文件标题", "原文", "事项", "尚未做到"))
_GROUPS = ("任一", "全部", "不得")


class BadScenario(ValueError):
    """A scenario file that does not keep to the format; the message names file, scenario and key."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one item must be: its lines, its name and what the company is asked to confirm (None: not looked at)."""

    name: str | None
    lines: tuple[str, ...]
    asks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A policy text with the items in it. entry: as written in the file; undone: why it is not reached yet."""

    theme: str
    title: str
    text: str
    items: tuple[Expected, ...]
    entry: Mapping[str, Any]
    undone: str | None = None

    def document(self) -> Document:
        """The text as the loader would see it, with what the scenario declares of it."""
        declared = {
            "发文机关": self.entry.get("发文机关"),
            "发布日期": self.entry.get("发布日期"),
            "适用地区": _region(self.entry),
            "行使层级": "国家" if self.entry.get("地区") == "全国" else None,
        }
        fields = {name: str(value) for name, value in declared.items() if value}
        title = self.entry.get("文件标题", DEFAULT_TITLE)
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return describe(Reading("txt", self.text, title, fields), digest, f"{title}.txt")


@dataclass(frozen=True, slots=True)
class Theme:
    """One file: its heading, what it is about, and its scenarios."""

    name: str
    heading: str
    about: str
    scenarios: tuple[Scenario, ...]


def read_themes(folder: Path = FOLDER) -> Iterator[Theme]:
    """Every scenario file in the order of its name. Raises BadScenario."""
    for path in sorted(folder.glob("*.yaml")):
        yield read_theme(path.name, path.read_text(encoding="utf-8"))


def read_theme(name: str, written: str) -> Theme:
    """One file's words as a theme. Raises BadScenario."""
    top = yaml.load(written, Loader=_Strict)
    _check(name, top, frozenset(("主题", "说明", "场景")), ("主题", "场景"))
    scenarios = tuple(_scenario(name, entry) for entry in top["场景"])
    titles = [one.title for one in scenarios]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise BadScenario(f"{name}：标题重复 {'、'.join(twice)}")
    return Theme(name.removesuffix(".yaml"), top["主题"], top.get("说明", "").strip(), scenarios)


def _scenario(name: str, entry: Mapping[str, Any]) -> Scenario:
    place = f"{name} {entry.get('标题', '（无标题）')}"
    _check(place, entry, _TEXT | _ITEM, ("标题", "原文"))
    own = _ITEM & set(entry)
    listed = entry.get("事项")
    if bool(own) == ("事项" in entry):
        raise BadScenario(f"{place}：要么写“事项”，要么直接写“条件”“支持”等，只能取一种")
    written = [] if listed == NO_ITEM else listed if listed else [{key: entry[key] for key in own}]
    return Scenario(
        theme=name,
        title=entry["标题"],
        text=entry["原文"],
        items=tuple(_expected(place, item, _region(entry)) for item in written),
        entry=entry,
        undone=entry.get("尚未做到"),
    )


def _region(entry: Mapping[str, Any]) -> str | None:
    region = entry.get("地区", DEFAULT_REGION)
    return None if region in NOWHERE else region


def _expected(place: str, item: Mapping[str, Any], region: str | None) -> Expected:
    _check(place, item, _ITEM, ())
    conditions = list(item.get("条件", []))
    if region and not any(_is_region(line) for line in _all_lines(conditions)):
        conditions.append(f"注册地 为 {region}")
    fields = {"条件": _sorted(place, conditions), "支持": [squeeze(line) for line in item.get("支持", [])]}
    for key in ("申报期", "部门", "材料", "联系方式", "申报渠道", "免申即享"):
        value = item.get(key, [])
        fields[key] = [squeeze(str(line)) for line in (value if isinstance(value, list) else [value])]
    asks = tuple(sorted(map(squeeze, item["请企业确认"]))) if "请企业确认" in item else None
    return Expected(item.get("名称"), tuple(fields_to_lines(fields)), asks)


def _is_region(line: str) -> bool:
    return squeeze(line).startswith("注册地为")


def _all_lines(nodes: list[Any]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            for inner in node.values():
                yield from _all_lines(inner)


def _sorted(place: str, nodes: list[Any]) -> list[str]:
    blocks = sorted(_block(place, node) for node in nodes)
    return [line for block in blocks for line in block]


def _block(place: str, node: Any) -> list[str]:
    if isinstance(node, str):
        return [squeeze(node)]
    if not isinstance(node, dict) or len(node) != 1 or next(iter(node)) not in _GROUPS:
        raise BadScenario(f"{place}：条件只能是一行文字，或“任一”“全部”“不得”下的一组，而不是 {node!r}")
    head, inner = next(iter(node.items()))
    return indented(head, _sorted(place, inner))


def _check(place: str, entry: Any, known: frozenset[str], needed: tuple[str, ...]) -> None:
    if not isinstance(entry, dict):
        raise BadScenario(f"{place}：应为“键: 值”的一组")
    strange = [str(key) for key in entry if key not in known]
    missing = [key for key in needed if not entry.get(key)]
    if strange or missing:
        raise BadScenario(f"{place}：不认识的键 {strange}，缺少的键 {missing}")


class _Strict(yaml.SafeLoader):
    """A safe loader that refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise BadScenario(f"第 {node.start_mark.line + 1} 行：键重复 {sorted(twice)}")
        return super().construct_mapping(node, deep)
