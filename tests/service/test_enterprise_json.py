from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.model import Enterprise, Fact
from policy_corpus.codes.industries import _table
from policy_corpus.codes.region_table import table
from policy_corpus.facts import FACTS, FactKind, stored_facts
from service.enterprise_json import enterprise_from_json, enterprise_to_json, read_period
from tests.factories import USCC, make_enterprise

CONTRACT: dict[str, Any] = {
    "uscc": USCC,
    "name": "示例酒店管理有限公司",
    "facts": {
        "region": {"name": "吉林省通化市柳河县", "adcode": "220524"},
        "industry": {"code": "H6110", "name": "旅游饭店"},
        "founded_on": "2015-05-01",
        "employees": 150,
        "revenue": 36000000,
        "rd_expense": 0,
        "rd_ratio": 0.0,
        "size_class": "中型",
        "above_scale": False,
        "legal_form": "有限责任公司",
        "ownership": "民营",
        "listing": "未上市",
        "credit": "正常",
        "independent_legal_person": True,
        "qualification": [{"name": "高新技术企业", "level": "国家级"}],
        "event": ["新评定为四星级酒店"],
        "activity": ["承租市属写字楼"],
        "compliance": ["依法经营"],
        "other": [],
    },
}


def test_the_contracts_own_shape_is_read_without_a_fault() -> None:
    read = enterprise_from_json(CONTRACT)
    assert read.faults == ()
    assert read.enterprise is not None
    facts = {key: fact.value for key, fact in read.enterprise.facts.items()}
    assert facts["region"] == "220524"
    assert facts["industry"] == "H6110"
    assert facts["revenue"] == Decimal(36_000_000)
    assert facts["rd_ratio"] == 0
    assert facts["above_scale"] is False
    assert facts["qualification"] == ("国家级高新技术企业",)
    assert facts["other"] == ()
    assert read.enterprise.facts["revenue"].source == "企业填报"


def test_plain_names_and_codes_are_taken_too() -> None:
    facts = {"region": "柳河县", "industry": "旅游饭店", "qualification": ["高新技术企业"]}
    read = enterprise_from_json({"uscc": USCC.lower(), "name": "示例公司", "facts": facts})
    assert read.enterprise is not None
    assert read.enterprise.uscc == USCC
    assert read.enterprise.facts["region"].value == "220524"


def test_one_bad_fact_spoils_only_itself_and_is_named() -> None:
    facts = {"revenue": -5, "employees": 150, "profit": 1, "founded_years": 3, "tax_paid": None}
    read = enterprise_from_json({"uscc": USCC, "name": "示例公司", "facts": facts, "extra": 1})
    assert read.enterprise is not None
    assert set(read.enterprise.facts) == {"employees"}
    assert [fault.column for fault in read.faults] == ["extra", "营业收入", "profit", "founded_years"]
    assert all(fault.reason for fault in read.faults)


def test_a_bad_code_or_name_refuses_the_enterprise() -> None:
    for obj in (
        {"uscc": "123", "name": "示例公司"},
        {"uscc": 91360400, "name": "示例公司"},
        {"uscc": USCC, "name": " \u200b "},
        {"uscc": USCC, "name": "长" * 201},
        {"name": "示例公司"},
        {"uscc": USCC, "name": "示例公司", "facts": []},
        [],
        None,
        "x",
    ):
        read = enterprise_from_json(obj)
        assert read.enterprise is None
        assert read.faults


def test_the_period_goes_to_yearly_figures_only() -> None:
    read = enterprise_from_json(
        {
            "uscc": USCC,
            "name": "示例公司",
            "period": "2025年度",
            "facts": {"revenue": 1, "registered_capital": 1},
        }
    )
    assert read.enterprise is not None
    assert read.enterprise.facts["revenue"].period == "2025"
    assert read.enterprise.facts["registered_capital"].period is None
    assert [read_period(raw) for raw in (2025, 2025.0, "2025年", None, True, "", Decimal("NaN"))] == [
        "2025", "2025", "2025", None, None, None, None,
    ]  # fmt: skip


def test_output_has_the_contracts_shape() -> None:
    shown = enterprise_to_json(
        make_enterprise(region="360400-ET", industry="C3973", revenue=5.5, qualification=["高新技术企业"])
    )
    assert shown["facts"] == {
        "region": {"name": "江西省九江经济技术开发区", "adcode": "360400-ET"},
        "industry": {"code": "C3973", "name": "集成电路制造"},
        "revenue": 5.5,
        "qualification": [{"name": "高新技术企业"}],
    }


WORDS = st.text("甲乙丙丁省级", min_size=1, max_size=8)
VALUES: dict[FactKind, st.SearchStrategy[Any]] = {
    FactKind.YUAN: st.integers(0, 10**15).map(Decimal),
    FactKind.COUNT: st.integers(0, 10**6).map(Decimal),
    FactKind.PERCENT: st.decimals(0, 100, places=2).map(lambda d: d.normalize() + 0),
    FactKind.DATE: st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    FactKind.YES_NO: st.booleans(),
    FactKind.REGION: st.sampled_from(sorted(table().names) + sorted(table().zones)),
    FactKind.INDUSTRY: st.sampled_from(sorted(_table())),
    FactKind.NAMES: st.lists(WORDS, unique=True, max_size=4).map(tuple),
    FactKind.STATED: st.lists(WORDS, unique=True, max_size=4).map(tuple),
}
FACT_VALUES = st.fixed_dictionaries(
    {},
    optional={
        row.key: st.sampled_from(row.choices) if row.kind is FactKind.CHOICE else VALUES[row.kind]
        for row in stored_facts()
    },
)


@given(FACT_VALUES)
def test_an_enterprise_comes_back_from_its_json_unchanged(values: dict[str, Any]) -> None:
    facts = {key: Fact(values[key], "企业填报") for key in FACTS if key in values}
    enterprise = Enterprise(USCC, "示例公司", facts)
    read = enterprise_from_json(enterprise_to_json(enterprise))
    assert read.faults == ()
    assert read.enterprise == enterprise
