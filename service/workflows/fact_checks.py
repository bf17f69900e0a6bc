"""Which facts (企业指标) may be added: a kind whose rules need only the row, names and a key that are free."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from policy_corpus.facts import ADDABLE, BUILT_IN, FactDefinition, FactKind
from policy_corpus.folding import fold
from service.errors import DictionaryRefused
from service.store.dictionaries import DictionaryEntry
from service.workflows.dictionary_words import (
    MOST_NAMES,
    Checked,
    Faults,
    is_clean,
    shown,
    text_given,
    words_given,
)

KIND_WORDS = {
    FactKind.YUAN: "金额（元）",
    FactKind.COUNT: "数量",
    FactKind.PERCENT: "百分比",
    FactKind.YES_NO: "是或否",
    FactKind.CHOICE: "单选",
    FactKind.DATE: "日期",
    FactKind.NAMES: "名称（可多项）",
}
_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
_KEPT_KEYS = frozenset({"uscc", "name", "period", "facts", "adcode", "code", "level"})
_HEADS = frozenset({"统一社会信用代码", "企业名称", "数据年度"})
_MOST_CHOICES = 50


def check_fact(given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    """The fact as it is kept. Raises DictionaryRefused."""
    faults = Faults()
    label = text_given(given.get("label"))
    faults.unless(
        is_clean(label, 2, 30), f"“{shown(label)}”不能作为指标名称：应为 2 至 30 个字，不含空格和特殊符号"
    )
    try:
        kind = FactKind(text_given(given.get("kind")))
    except ValueError:
        kind = None
    if (
        not faults.unless(kind in ADDABLE, f"指标类型应为{'、'.join(KIND_WORDS.values())}之一")
        or kind is None
    ):
        raise DictionaryRefused(*faults.found)
    synonyms = tuple(word for word in words_given(given.get("synonyms")) if fold(word) != fold(label))
    choices = words_given(given.get("choices")) if kind is FactKind.CHOICE else ()
    key = text_given(given.get("key")) or _new_key(others)
    row = FactDefinition(key, kind, label, _unit(kind, text_given(given.get("unit")), faults), synonyms, choices,
                         per_period=given.get("per_period") in (True, "1", "on", "是", "true"))  # fmt: skip
    _check_fact(row, others, faults)
    faults.check()
    body = {field.name: getattr(row, field.name) for field in fields(row) if field.name != "retired"}
    return Checked(label, body | {"kind": kind.value, "synonyms": list(synonyms), "choices": list(choices)})


def _unit(kind: FactKind, unit: str, faults: Faults) -> str | None:
    if kind is FactKind.COUNT:
        faults.unless(
            re.fullmatch(r"[\u4e00-\u9fff㎡A-Za-z]{0,6}", unit) is not None,
            "计量单位应为 1 至 6 个字，如 项、台、人",
        )
        return unit or "项"
    return {FactKind.YUAN: "元", FactKind.PERCENT: "percent"}.get(kind)


def _new_key(others: Sequence[DictionaryEntry]) -> str:
    taken = {*BUILT_IN, *(entry.body["key"] for entry in others)}
    return next(key for number in range(1, 10_000) if (key := f"fact_{number}") not in taken)


def _check_fact(row: FactDefinition, others: Sequence[DictionaryEntry], faults: Faults) -> None:
    faults.unless(
        _KEY.fullmatch(row.key) is not None,
        "键应为小写字母开头的 2 至 40 个小写字母、数字或下划线，也可留空由系统生成",
    )
    keys = {*BUILT_IN, *_KEPT_KEYS, *(entry.body["key"] for entry in others)}
    faults.unless(row.key not in keys, f"键“{shown(row.key)}”已被使用")
    names = {
        fold(word): known.label for known in BUILT_IN.values() for word in (known.label, *known.synonyms)
    }
    names |= {fold(word): e.name for e in others for word in (e.name, *e.body["synonyms"])}
    for word in (row.label, *row.synonyms):
        faults.unless(
            is_clean(word, 2, 30),
            f"“{shown(word)}”不能作为指标的名称：应为 2 至 30 个字，不含空格和特殊符号",
        )
        faults.unless(fold(word) not in names, f"“{shown(word)}”已是指标“{names.get(fold(word))}”的名称")
    faults.unless(row.label not in _HEADS, f"“{row.label}”是导入模板的固定列")
    faults.unless(len(row.synonyms) <= MOST_NAMES, f"别名不超过 {MOST_NAMES} 个")
    if row.kind is FactKind.CHOICE:
        faults.unless(
            2 <= len(row.choices) <= _MOST_CHOICES, f"单选指标应有 2 至 {_MOST_CHOICES} 个可选值，用顿号隔开"
        )
        for choice in row.choices:
            faults.unless(
                is_clean(choice, 1, 20), f"可选值“{shown(choice)}”应为 1 至 20 个字，不含空格和特殊符号"
            )
