"""Build industries.csv from the candidate table; run by hand, never at run time.

Usage: python build_industries.py CANDIDATE.json OUT.csv
The candidate is a public copy of GB/T 4754-2017 with holes; the holes are filled from the standard's own
structure and the result is checked against the counts of the standard (see data/README.md).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

# Missing in the candidate; codes and names of the standard.
MISSING = {
    "C379": "潜水救捞及其他未列明运输设备制造",
    "C3791": "潜水装备制造",
    "C3792": "水下救捞装备制造",
    "C3799": "其他未列明运输设备制造",
    "E502": "建筑物拆除和场地准备活动",
    "E5021": "建筑物拆除活动",
    "E5022": "场地准备活动",
    "E503": "提供施工设备服务",
    "E5030": "提供施工设备服务",
    "E509": "其他未列明建筑业",
    "E5090": "其他未列明建筑业",
    "S91": "中国共产党机关",
    "S910": "中国共产党机关",
    "S9100": "中国共产党机关",
}
RENAMED = {
    "E471": "住宅房屋建筑",
    "E4710": "住宅房屋建筑",
    "S96": "基层群众自治组织及其他组织",
}
# 门类, 大类, 中类, 小类: the standard with its 第1号修改单 (2019).
EXPECTED = {1: 20, 3: 97, 4: 473, 5: 1382}


def parent(code: str) -> str:
    """The code one level up; "" above a section."""
    return "" if len(code) == 1 else code[0] if len(code) == 3 else code[:-1]


def check(names: dict[str, str]) -> None:
    """Stop where the structure of the standard is broken."""
    faults = [f"{code}: no {parent(code)}" for code in names if parent(code) not in names and parent(code)]
    kids = Counter(parent(code) for code in names)
    faults += [f"{code}: no child" for code in names if len(code) < 5 and not kids[code]]
    divisions = sorted(code[1:] for code in names if len(code) == 3)
    if divisions != [f"{n:02d}" for n in range(1, 98)]:
        faults.append("divisions are not 01..97")
    lone = [code for code in names if len(code) == 5 and code[-1] == "0"]
    faults += [f"{c}: 0 code beside others" for c in lone if kids[c[:4]] != 1 or names[c] != names[c[:4]]]
    counts = Counter(len(code) for code in names)
    if counts != EXPECTED:
        faults.append(f"counts {dict(counts)}")
    if faults:
        raise SystemExit("\n".join(faults))


def main(candidate: str, out: str) -> None:
    """Read, repair, check, write."""
    rows = json.loads(Path(candidate).read_text(encoding="utf-8"))
    names = {row["code"]: row["name"].strip() for row in rows}
    names = {code: name.replace("(", "（").replace(")", "）") for code, name in names.items()}
    names = dict(sorted({**names, **MISSING, **RENAMED}.items()))
    check(names)
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name"))
        writer.writerows(names.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
