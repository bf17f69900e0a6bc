"""Build zones.csv from zones_seed.txt, resolving each zone's place by name; run by hand, never at run time.

Usage: python build_zones.py ZONES_SEED.txt DATA_FOLDER
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

KINDS = (
    ("HT", ("高新技术产业", "高技术产业开发区", "新技术开发区", "农业高新")),
    ("ET", ("经济技术开发区", "经济开发区", "新兴技术开发区", "大榭开发区", "台商投资区")),
    ("FT", ("自由贸易",)),
    ("BD", ("保税",)),
    ("IP", ("工业园区", "产业园区", "产业园")),
    ("NA", ("新区",)),
)


def kind_of(name: str) -> str:
    """HT, ET … by the words of the name."""
    return next((kind for kind, words in KINDS if any(word in name for word in words)), "SP")


def resolve(names: dict[str, str], places: list[str]) -> str:
    """The code of nested place names; stops where they are not unique."""
    scope = ""
    for place in places:
        found = [c for c, n in names.items() if n == place and c.startswith(scope)]
        found = [c for c in found if c.endswith("00")] if len(found) > 1 else found
        if len(found) != 1:
            raise SystemExit(f"{places}: {place} is {found or 'unknown'}")
        scope = found[0][:2] if found[0].endswith("0000") else found[0].removesuffix("00")
    return found[0]


def place_in(names: dict[str, str], zone: str) -> str:
    """The city that a zone's name begins with."""
    found = [c for c, n in names.items() if c.endswith("00") and n[-1] in "市盟" and zone.startswith(n[:-1])]
    if len(found) != 1:
        raise SystemExit(f"{zone}: place is {found or 'unknown'}")
    return found[0]


def read_seed(path: Path, names: dict[str, str]) -> list[dict[str, str]]:
    """One row a zone, codes still missing."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, _, right = line.partition("=")
        places, aliases, members = [*right.split("|"), "", ""][:3]
        name = left.strip()
        parent = resolve(names, places.split()) if places.strip() else place_in(names, name)
        inside = [resolve({c: n for c, n in names.items() if c[:2] == parent[:2]}, [m])
                  for m in members.strip().split(",") if m]  # fmt: skip
        also = " ".join(a.strip() for a in aliases.split(",") if a.strip())
        rows.append({"name": name, "parent": parent, "members": " ".join(inside), "aliases": also})
    return rows


def give_codes(rows: list[dict[str, str]], names: dict[str, str]) -> None:
    """parent-KIND; the zone named after nothing but its place gets the bare code, others HT2, HT3 …."""
    taken: set[str] = set()

    def plain(row: dict[str, str]) -> bool:
        rest = row["name"].removeprefix(names[row["parent"]].rstrip("市县区省"))
        return len(rest) < len(row["name"]) and rest.startswith(("高新技术", "经济技术", "火炬"))

    for row in sorted(rows, key=lambda r: not plain(r)):
        base = f"{row['parent']}-{kind_of(row['name'])}"
        number = 1
        while (code := base if number == 1 else f"{base}{number}") in taken:
            number += 1
        taken.add(code)
        row["code"] = code


def main(seed: str, folder: str) -> None:
    """Read, resolve, number, write."""
    with Path(folder, "regions.csv").open(encoding="utf-8") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    rows = read_seed(Path(seed), names)
    give_codes(rows, names)
    with Path(folder, "zones.csv").open("w", encoding="utf-8", newline="") as out:
        heads = ("code", "name", "parent", "members", "aliases")
        writer = csv.DictWriter(out, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda r: r["code"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
