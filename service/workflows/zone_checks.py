"""Which functional zones (功能区) may be added: in a place that exists, by names that stand for no other place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from policy_corpus.additions import AddedZone
from policy_corpus.codes.region_table import SUFFIX_KIND, get_region, table
from policy_corpus.errors import CorpusError
from policy_corpus.folding import fold
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


def check_zone(given: dict[str, Any], others: Sequence[DictionaryEntry]) -> Checked:
    """The zone as it is kept. Raises DictionaryRefused."""
    faults = Faults()
    name, parent = fold(text_given(given.get("name"))), text_given(given.get("parent"))
    aliases = tuple(fold(word) for word in words_given(given.get("aliases")) if fold(word) != name)
    for word in (name, *aliases):
        faults.unless(
            is_clean(word, 3, 40),
            f"“{shown(word)}”不能作为功能区名称：应为 3 至 40 个字，不含空格和特殊符号",
        )
    faults.unless(len(aliases) <= MOST_NAMES, f"别名不超过 {MOST_NAMES} 个")
    place = _place(parent, faults)
    faults.check()
    code = text_given(given.get("code")) or _new_code(place, name, others, faults)
    own = {entry.body["code"] for entry in others}
    names = {other: e.name for e in others for other in (e.name, *e.body["aliases"])}
    taken = table().index
    for word in (name, *aliases):
        codes = {other for meaning in taken.get(word, ()) for other in meaning.codes} - {code}
        faults.unless(
            not codes, f"“{word}”已是{'、'.join(_full_name(one) for one in sorted(codes)[:3])}的名称"
        )
        faults.unless(word not in names, f"“{word}”已是“{names.get(word)}”的名称")
    faults.unless(code not in own, f"代码 {code} 已用于另一个功能区")
    faults.check()
    return Checked(name, asdict(AddedZone(code, name, place, aliases)) | {"aliases": list(aliases)})


def _place(parent: str, faults: Faults) -> str:
    try:
        region = get_region(parent)
    except CorpusError:
        faults.unless(False, f"没有行政区划代码“{shown(parent)}”，请填写所在地的六位代码，如 360400")
        return ""
    faults.unless(not region.is_zone, f"“{parent}”是功能区，所在地请填写省、市、县的六位代码")
    return region.code


def _full_name(code: str) -> str:
    return get_region(code).full_name


def _new_code(place: str, name: str, others: Sequence[DictionaryEntry], faults: Faults) -> str:
    suffix = max((s for s in SUFFIX_KIND if name.endswith(s)), key=len, default=None)
    stem = f"{place}-{SUFFIX_KIND[suffix] if suffix else 'SP'}"
    taken = {*table().zones, *(entry.body["code"] for entry in others)}
    for code in (stem, *(f"{stem}{number}" for number in range(2, 10))):
        if code not in taken:
            return code
    faults.unless(False, f"{_full_name(place)}的同类功能区已有 9 个，不能再添加")
    return ""
