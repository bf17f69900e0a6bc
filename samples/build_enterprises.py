"""Make samples/enterprises.jsonl: 12 hand-written enterprises, then 188 drawn from a fixed seed.

The same seed gives the same file, byte for byte; a test compares. Every name contains 示例, every credit
code stands in the series MADE0001 ... and has right check digits (GB 32100-2015, GB 11714-1997).

    python -m samples.build_enterprises
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from stdnum.cn import uscc

from samples.enterprise_profiles import PLACES, SCALE_LIMITS, SIZE_LIMITS, TRADES, WORDS, Trade

HERE = Path(__file__).resolve().parent
TARGET = HERE / "enterprises.jsonl"
SEED = 20261124
TODAY = date(2026, 11, 24)
WAN = 10_000
SIZES = ("大型", "中型", "小型")
# Facts that a half-filled record lacks; who and where a company is stays known.
OPTIONAL = (
    "founded_on", "employees", "revenue_growth", "total_assets", "tax_paid", "rd_expense", "rd_ratio",
    "rd_staff_ratio", "patents", "invention_patents", "output_value", "export_value", "fixed_investment",
    "equipment_investment", "size_class", "credit", "financial_system", "qualification", "compliance",
)  # fmt: skip


def organisation_code(serial: int) -> str:
    """Eight places and the check character of GB 11714-1997.

    >>> organisation_code(1)
    'MADE00011'
    """
    body = f"MADE{serial:04d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(char, 36) * weight for char, weight in zip(body, weights, strict=True))
    return body + "0123456789X0"[(11 - total % 11) % 12]


def credit_code(serial: int, adcode: str, kind: str = "91") -> str:
    """The 统一社会信用代码 of sample number `serial`, registered in `adcode`."""
    body = kind + adcode + organisation_code(serial)
    return body + str(uscc.calc_check_digit(body))


def limits_for(table: dict[str, Any], industry_code: str) -> Any:
    """The row of a table whose key is the longest start of the code, else the row of ""."""
    for length in (3, 1, 0):
        if industry_code[:length] in table:
            return table[industry_code[:length]]
    return None


def size_class(industry_code: str, facts: dict[str, Any]) -> str:
    """大型, 中型, 小型, 微型: all lower limits of a class must be reached, else one class down."""
    limits = limits_for(SIZE_LIMITS, industry_code)
    scale = {"employees": 1, "revenue": WAN, "assets": WAN}
    held = {"employees": facts["employees"], "revenue": facts["revenue"], "assets": facts["total_assets"]}
    for place, name in enumerate(SIZES):
        if all(held[key] >= bounds[place] * scale[key] for key, bounds in limits.items()):
            return name
    return "微型"


def is_above_scale(industry_code: str, revenue: int) -> bool:
    """Whether the yearly revenue makes it 规模以上 or 限额以上; farms never are."""
    limit = limits_for(SCALE_LIMITS, industry_code)
    return limit is not None and revenue >= limit * WAN


def _derived(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    ratio = round(facts["rd_expense"] / facts["revenue"] * 100, 2)
    return {
        "rd_ratio": ratio,
        "size_class": size_class(code, facts),
        "above_scale": is_above_scale(code, facts["revenue"]),
    }


def showcase() -> list[dict[str, Any]]:
    """The hand-written enterprises, completed with what follows from their figures."""
    entries = yaml.safe_load((HERE / "sources" / "showcase.yaml").read_text(encoding="utf-8"))
    made = []
    for serial, entry in enumerate(entries, 1):
        facts = entry["facts"]
        facts |= _derived(facts["industry"]["code"], facts)
        code = credit_code(serial, facts["region"]["adcode"], entry.get("type", "91"))
        made.append({"uscc": code, "name": entry["name"], "facts": facts})
    return made


class Drawer:
    """Draws enterprises one after the other from one seeded source of chance."""

    def __init__(self, seed: int = SEED) -> None:
        self.chance = random.Random(seed)

    def amount(self, low: float, high: float) -> float:
        """A number between the two."""
        return self.chance.uniform(low, high)

    def facts(self, trade: Trade, region: Any) -> dict[str, Any]:
        """A whole, consistent set of facts for one company of a trade."""
        low, high = trade.employees
        employees = round(low * (high / low) ** self.chance.random() ** 1.5)  # small ones are many
        revenue = round(employees * self.amount(*trade.per_head)) * WAN
        figures = self._figures(trade, employees, revenue)
        return {
            "region": region,
            "industry": {"code": trade.code, "name": trade.industry},
            "founded_on": self._founded_on(),
            **figures,
            **_derived(trade.code, figures),
            **self._standing(trade),
            **self._stated(trade),
        }

    def _figures(self, trade: Trade, employees: int, revenue: int) -> dict[str, Any]:
        patents = round(self.amount(0, employees**0.6) * (trade.rd[1] > 1))
        is_maker = trade.code[0] == "C"
        expense = round(revenue * self.amount(*trade.rd) / 100)
        figures: dict[str, Any] = {
            "employees": employees,
            "revenue": revenue,
            "revenue_growth": round(self.chance.gauss(9, 11), 1),
            "total_assets": round(revenue * self.amount(0.6, 1.6)),
            "registered_capital": self.chance.choice((100, 200, 300, 500, 800, 1000, 2000, 3000, 5000)) * WAN,
            "tax_paid": round(revenue * self.amount(*trade.tax) / 100),
            "rd_expense": expense,
            "patents": patents,
            "invention_patents": round(patents * self.amount(0, 0.35)),
            "output_value": round(revenue * self.amount(0.97, 1.08)) if is_maker else 0,
            "export_value": round(revenue * self.amount(*trade.export) / 100),
            "fixed_investment": round(revenue * self.amount(0.02, 0.2 if is_maker else 0.08)),
        }
        figures["equipment_investment"] = round(figures["fixed_investment"] * self.amount(0.3, 0.8))
        if expense:
            figures["rd_staff_ratio"] = min(round(self.amount(*trade.rd) * 1.8 + 3, 1), 88.0)
        return figures

    def _founded_on(self) -> str:
        return (TODAY - timedelta(days=round(self.amount(150, 7300)))).isoformat()

    def _standing(self, trade: Trade) -> dict[str, Any]:
        is_coop = trade.code == "A0153"
        return {
            "legal_form": "农民专业合作社" if is_coop else self._of(("有限责任公司", 9), ("股份有限公司", 1)),
            "ownership": "集体"
            if is_coop
            else self._of(("民营", 16), ("国有", 1), ("港澳台投资", 1), ("外商投资", 1)),
            "listing": self._of(("未上市", 17), ("区域股权市场", 2), ("新三板", 1))
            if trade.rd[1]
            else "未上市",
            "credit": self._of(("正常", 24), ("良好", 15), ("严重失信", 2)),
            "independent_legal_person": True,
            "financial_system": self._of((True, 14), (False, 1)),
        }

    def _of(self, *weighted: tuple[Any, int]) -> Any:
        values, weights = zip(*weighted, strict=True)
        return self.chance.choices(values, weights)[0]

    def _stated(self, trade: Trade) -> dict[str, Any]:
        count = min(len(trade.titles), self.chance.choice((0, 1, 1, 2, 3)))
        titles = self.chance.sample(trade.titles, count)
        return {
            "qualification": [{"name": name, "level": level} for name, level in titles],
            "event": [event for event in trade.events if self.chance.random() < 0.25],
            "activity": [
                trade.activities[0],
                *(a for a in trade.activities[1:] if self.chance.random() < 0.6),
            ],
            "compliance": [
                "依法经营",
                "依法纳税",
                "近三年未发生安全生产事故和环境污染事件",
                "近三年无行政处罚",
                "无偷税骗税行为",
            ],
            "other": [],
        }

    def forget(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The same company with four to nine facts not known."""
        lost = set(self.chance.sample(OPTIONAL, self.chance.randint(4, 9)))
        return {key: value for key, value in facts.items() if key not in lost}


def _age_fits(facts: dict[str, Any]) -> dict[str, Any]:
    """A company younger than two years has no growth and few people know its titles yet."""
    if facts["founded_on"] > (TODAY - timedelta(days=730)).isoformat():
        facts.pop("revenue_growth")
        facts["qualification"] = []
    return facts


def generated(first_serial: int) -> list[dict[str, Any]]:
    """The drawn enterprises, place by place."""
    drawer = Drawer()
    names: set[str] = set()
    made = []
    jobs = [(place, code) for place in PLACES for code in place[3].split()]
    for serial, ((place, adcode, opening, _), code) in enumerate(jobs, first_serial):
        trade = TRADES[code]
        region = {"name": place, "adcode": adcode} if adcode else place
        facts = _age_fits(drawer.facts(trade, region))
        if drawer.chance.random() < 0.27:
            facts = drawer.forget(facts)
        kind = "93" if facts["legal_form"] == "农民专业合作社" else "91"
        name = _free_name(drawer, names, opening, trade, kind)
        made.append({"uscc": credit_code(serial, adcode or "360400", kind), "name": name, "facts": facts})
    return made


def _free_name(drawer: Drawer, taken: set[str], opening: str, trade: Trade, kind: str) -> str:
    ending = "专业合作社" if kind == "93" else "有限公司"
    free = [w for w in WORDS if f"{opening}示例{w}{trade.suffix}{ending}" not in taken]
    name = f"{opening}示例{drawer.chance.choice(free)}{trade.suffix}{ending}"
    taken.add(name)
    return name


def enterprises() -> list[dict[str, Any]]:
    """All sample enterprises in file order."""
    first = showcase()
    return first + generated(len(first) + 1)


def to_jsonl(entries: list[dict[str, Any]]) -> str:
    """One enterprise a line."""
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def main() -> None:
    """Write the file."""
    TARGET.write_text(to_jsonl(enterprises()), encoding="utf-8")


if __name__ == "__main__":
    main()
