from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc

from policy_corpus.facts import FACTS, FactKind, stored_facts
from samples.build_enterprises import TARGET, enterprises, organisation_code, size_class, to_jsonl

CODES = Path(__file__).resolve().parents[2] / "policy_corpus" / "codes" / "data"
ALL: list[dict[str, Any]] = [json.loads(line) for line in TARGET.read_text(encoding="utf-8").splitlines()]
DEMO = ALL[0]


def code_names(file_name: str) -> dict[str, str]:
    with (CODES / file_name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def test_there_are_200_and_each_once() -> None:
    assert len(ALL) == 200
    assert len({entry["uscc"] for entry in ALL}) == len({entry["name"] for entry in ALL}) == 200


def test_every_name_is_marked_as_an_example() -> None:
    assert all("示例" in entry["name"] for entry in ALL)


def test_every_credit_code_is_valid_and_in_the_reserved_series() -> None:
    for serial, entry in enumerate(ALL, 1):
        assert uscc.is_valid(entry["uscc"])
        assert entry["uscc"][8:17] == organisation_code(serial)


def test_the_file_is_what_the_seed_gives() -> None:
    assert TARGET.read_text(encoding="utf-8") == to_jsonl(enterprises())


def test_credit_codes_name_the_place_of_registration() -> None:
    for entry in ALL:
        region = entry["facts"]["region"]
        if isinstance(region, dict):
            assert entry["uscc"][2:8] == region["adcode"]


def test_places_and_their_codes_agree() -> None:
    names = code_names("regions.csv")
    for entry in ALL:
        region = entry["facts"]["region"]
        if isinstance(region, dict):
            code = region["adcode"]
            assert region["name"].startswith(names[code[:2] + "0000"])
            assert names[code[:4] + "00"] in region["name"]
            assert region["name"].endswith(names[code])


def test_industries_and_their_codes_agree() -> None:
    names = code_names("industries.csv")
    for entry in ALL:
        industry = entry["facts"]["industry"]
        assert len(industry["code"]) == 5
        assert names[industry["code"]] == industry["name"]


def test_facts_are_those_of_the_fact_table() -> None:
    keys = {row.key for row in stored_facts()}
    for entry in ALL:
        assert set(entry["facts"]) <= keys
        for key, value in entry["facts"].items():
            if FACTS[key].kind is FactKind.CHOICE:
                assert value in FACTS[key].choices


def test_figures_agree_with_each_other() -> None:
    for entry in ALL:
        facts = entry["facts"]
        if {"rd_ratio", "rd_expense", "revenue"} <= facts.keys():
            assert facts["rd_ratio"] == round(facts["rd_expense"] / facts["revenue"] * 100, 2)
        if {"patents", "invention_patents"} <= facts.keys():
            assert facts["invention_patents"] <= facts["patents"]
        if {"size_class", "employees", "total_assets"} <= facts.keys():
            assert facts["size_class"] == size_class(facts["industry"]["code"], facts)
        assert facts.get("export_value", 0) <= facts["revenue"]
        assert date.fromisoformat(facts.get("founded_on", "2020-01-01")) < date(2026, 11, 24)


@pytest.mark.parametrize(
    ("code", "employees", "revenue", "expected"),
    [
        ("C3491", 300, 20_000_000, "中型"),
        ("C3491", 299, 20_000_000, "小型"),
        ("C3491", 300, 19_999_999, "小型"),
        ("C3491", 19, 20_000_000, "微型"),
        ("H6130", 26, 6_800_000, "小型"),
        ("F5193", 200, 400_000_000, "大型"),
        ("Q8514", 100, 1, "中型"),
        ("A0153", 1, 5_000_000, "中型"),
    ],
)
def test_size_follows_the_rule_of_2017(code: str, employees: int, revenue: int, expected: str) -> None:
    facts = {"employees": employees, "revenue": revenue, "total_assets": 0}
    assert size_class(code, facts) == expected


def test_enterprises_differ_in_place_trade_and_size() -> None:
    assert len({str(entry["facts"]["region"]) for entry in ALL}) >= 25
    assert len({entry["facts"]["industry"]["code"] for entry in ALL}) >= 30
    assert set(Counter(entry["facts"].get("size_class") for entry in ALL)) >= {"大型", "中型", "小型", "微型"}


def test_about_a_quarter_knows_less_of_itself() -> None:
    incomplete = [
        entry for entry in ALL if not {"employees", "tax_paid", "credit", "patents"} <= entry["facts"].keys()
    ]
    assert 30 <= len(incomplete) <= 70


def test_a_few_are_seriously_dishonest() -> None:
    assert 2 <= sum(entry["facts"].get("credit") == "严重失信" for entry in ALL) <= 12


def test_the_demo_company_is_a_specialised_maker_in_jiujiang() -> None:
    assert DEMO["uscc"] == "91360404MADE00011T"
    assert DEMO["facts"]["region"]["adcode"] == "360404"
    assert {"name": "专精特新“小巨人”企业", "level": "国家级"} in DEMO["facts"]["qualification"]
