"""Which titles (资质称号) may be added: names that are free, a level, and no circle of what implies what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from matching.judging.titles import built_in_titles, title_key
from policy_corpus.additions import AddedTitle
from policy_corpus.extraction.lexicon.titles import NOT_HELD
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

LEVELS = ("", "国家级", "省级", "市级", "区县级")


def check_title(given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    """The title as it is kept. Raises DictionaryRefused."""
    faults = Faults()
    name, level = text_given(given.get("name")), text_given(given.get("level"))
    row = AddedTitle(name, level, words_given(given.get("others")), words_given(given.get("implies")))
    for word, least in ((name, 3), *((other, 2) for other in row.others)):
        faults.unless(
            is_clean(word, least, 40),
            f"“{shown(word)}”不能作为称号：应为 {least} 至 40 个字，不含空格和特殊符号",
        )
        faults.unless(word not in NOT_HELD, f"“{shown(word)}”是泛指，不能作为称号")
    faults.unless(level in LEVELS, f"级别应为{'、'.join(LEVELS[1:])}之一，不固定的留空")
    faults.unless(
        len(row.others) + len(row.implies) <= MOST_NAMES, f"别名和蕴含的称号合计不超过 {MOST_NAMES} 个"
    )
    faults.check()
    _check_title_names(row, others, faults)
    faults.check()
    return Checked(name, asdict(row) | {"others": list(row.others), "implies": list(row.implies)})


def _check_title_names(row: AddedTitle, others: Sequence[DictionaryEntry], faults: Faults) -> None:
    built_in = {title_key(name): one for one in built_in_titles() for name in (one.name, *one.others)}
    added = {title_key(name): e.name for e in others for name in (e.name, *e.body["others"])}
    widened = built_in.get(title_key(row.name))
    if widened is not None:
        faults.unless(title_key(widened.name) == title_key(row.name),
                      f"“{row.name}”已是“{widened.name}”的别名；要补充别名，请以“{widened.name}”为名称")  # fmt: skip
        faults.unless(bool(row.others or row.implies), f"“{row.name}”已在内置称号中；请填写要补充的别名")
        faults.unless(row.level in ("", widened.level), f"内置称号“{row.name}”的级别不能修改")
    if title_key(row.name) in added:
        faults.unless(False, f"“{row.name}”已经添加过（{added[title_key(row.name)]}）")
    for other in row.others:
        key = title_key(other)
        holder = built_in[key].name if key in built_in else added.get(key)
        faults.unless(holder is None, f"“{other}”已是“{holder}”的名称")
    known = {*built_in, *added, title_key(row.name)}
    for name in row.implies:
        faults.unless(title_key(name) in known, f"没有“{shown(name)}”这一称号，请先添加它")
        faults.unless(title_key(name) != title_key(row.name), "称号不能蕴含自身")
    implied = {title_key(e.name): [title_key(n) for n in e.body["implies"]] for e in others}
    implied[title_key(row.name)] = [title_key(name) for name in row.implies]
    faults.unless(not _is_circle(title_key(row.name), implied), f"“{row.name}”蕴含的称号又蕴含它，成了一圈")


def _is_circle(name: str, implied: dict[str, list[str]]) -> bool:
    seen, ahead = set[str](), list(implied[name])
    while ahead:
        step = ahead.pop()
        if step == name:
            return True
        if step not in seen:
            seen.add(step)
            ahead += implied.get(step, [])
    return False
