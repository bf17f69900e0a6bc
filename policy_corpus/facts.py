"""The facts an enterprise can have (企业指标), one row each.

The row drives everything that speaks of the fact: extraction (synonyms), the import template (label),
matching (kind), the API schema and the documentation. A new fact is a new row, no code: one here, or one that an
administrator adds and `policy_corpus.additions` puts in place.
The vocabulary is that of the acceptance contract: condition attributes and enterprise facts share it;
`fact` names the enterprise fact that answers a condition where the two differ (founded_years <- founded_on).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact's value is, and so how it is read, compared and shown."""

    YUAN = "yuan"  # Decimal, 元
    COUNT = "count"  # Decimal, whole
    PERCENT = "percent"  # Decimal, 5 means 5 %
    YEARS = "years"  # Decimal, 0.5 is six months
    DATE = "date"  # ISO string
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # one of `choices`
    REGION = "region"  # 6-digit code
    INDUSTRY = "industry"  # GB/T 4754 code, with its section letter
    NAMES = "names"  # tuple of names, such as titles held (资质)
    STATED = "stated"  # tuple of phrases the enterprise itself states or confirms


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One row of the fact table.

    key: the word in code, API and database. label: the word on screen and in the template.
    synonyms: how policy texts name it. on_enterprise: stored (False: only asked by conditions, computed
    from `fact`). per_period: a figure of a year, so that its period is asked for and shown. retired: known where it is
    stated or asked for already, and offered nowhere.
    """

    key: str
    kind: FactKind
    label: str
    unit: str | None = None
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    fact: str | None = None
    on_enterprise: bool = True
    per_period: bool = False
    retired: bool = False


_K = FactKind

BUILT_IN: Mapping[str, FactDefinition] = {
    row.key: row
    for row in (
        FactDefinition("region", _K.REGION, "注册地", synonyms=("注册地", "登记注册地", "纳税地", "所在地")),
        FactDefinition("industry", _K.INDUSTRY, "所属行业", synonyms=("行业", "产业", "业态")),
        FactDefinition("founded_on", _K.DATE, "成立日期", synonyms=("成立日期", "注册日期")),
        FactDefinition("founded_years", _K.YEARS, "成立年限", "年", ("成立", "注册", "经营满", "运营满"),
                       fact="founded_on", on_enterprise=False),
        FactDefinition("founded_date", _K.DATE, "成立日期", None, ("成立", "注册"),
                       fact="founded_on", on_enterprise=False),
        FactDefinition("employees", _K.COUNT, "从业人员", "人",
                       ("职工人数", "从业人员", "员工", "职工", "用工人数", "就业人数"), per_period=True),
        FactDefinition("revenue", _K.YUAN, "营业收入", "元",
                       ("营业收入", "销售收入", "主营业务收入", "年营收", "营收", "销售额"), per_period=True),
        FactDefinition("revenue_growth", _K.PERCENT, "营业收入增长率", "percent",
                       ("营业收入增长", "销售收入增长", "营收增速", "营收增长"), per_period=True),
        FactDefinition("total_assets", _K.YUAN, "资产总额", "元", ("资产总额", "总资产"), per_period=True),
        FactDefinition("registered_capital", _K.YUAN, "注册资本", "元", ("注册资本", "实缴资本", "注册资金")),
        FactDefinition("tax_paid", _K.YUAN, "纳税额", "元",
                       ("纳税额", "纳税总额", "缴纳税款", "税收", "地方财政贡献", "经济贡献"), per_period=True),
        FactDefinition("rd_expense", _K.YUAN, "研发费用", "元",
                       ("研发费用", "研究开发费用", "研发投入", "研发经费"), per_period=True),
        FactDefinition("rd_ratio", _K.PERCENT, "研发费用占营业收入比例", "percent",
                       ("研发费用占", "研究开发费用总额占", "研发投入占", "研发投入强度"), per_period=True),
        FactDefinition("rd_staff_ratio", _K.PERCENT, "研发人员占比", "percent",
                       ("研发人员占", "科技人员占", "科研人员占"), per_period=True),
        FactDefinition("staff_degree_ratio", _K.PERCENT, "大专以上学历人员占比", "percent",
                       ("学历", "职称"), per_period=True),
        FactDefinition("hightech_revenue_ratio", _K.PERCENT, "高新技术产品收入占比", "percent",
                       ("高新技术产品（服务）收入占", "高新技术产品收入占"), per_period=True),
        FactDefinition("patents", _K.COUNT, "知识产权数量", "项",
                       ("知识产权", "专利", "软件著作权", "集成电路布图设计", "植物新品种")),
        FactDefinition("invention_patents", _K.COUNT, "发明专利数量", "项", ("发明专利",)),
        FactDefinition("output_value", _K.YUAN, "工业总产值", "元", ("产值", "工业总产值"), per_period=True),
        FactDefinition("export_value", _K.YUAN, "出口额", "元", ("出口额", "进出口额", "外贸出口"), per_period=True),
        FactDefinition("fixed_investment", _K.YUAN, "固定资产投资", "元",
                       ("固定资产投资", "项目总投资", "总投资", "投资额"), per_period=True),
        FactDefinition("equipment_investment", _K.YUAN, "设备投资", "元",
                       ("设备投资", "设备投入", "设备购置"), per_period=True),
        FactDefinition("size_class", _K.CHOICE, "企业规模", None, ("大型", "中型", "小型", "微型", "中小微"),
                       ("大型", "中型", "小型", "微型")),
        FactDefinition("above_scale", _K.YES_NO, "规模以上（限额以上）企业", None,
                       ("规模以上", "规上", "限上", "限额以上")),
        FactDefinition("legal_form", _K.CHOICE, "组织形式", None, ("组织形式",),
                       ("有限责任公司", "股份有限公司", "个人独资企业", "合伙企业", "农民专业合作社",
                        "个体工商户", "事业单位", "社会组织", "分支机构", "其他")),
        FactDefinition("ownership", _K.CHOICE, "所有制", None, ("所有制",),
                       ("民营", "国有", "集体", "外商投资", "港澳台投资", "中外合资", "其他")),
        FactDefinition("listing", _K.CHOICE, "上市挂牌情况", None, ("上市", "挂牌"),
                       ("未上市", "拟上市", "区域股权市场", "新三板", "北交所", "创业板", "科创板",
                        "主板", "境外上市")),
        FactDefinition("credit", _K.CHOICE, "信用状况", None, ("失信", "信用", "经营异常"),
                       ("良好", "正常", "严重失信")),
        FactDefinition("independent_legal_person", _K.YES_NO, "独立法人资格", None, ("独立法人",)),
        FactDefinition("financial_system", _K.YES_NO, "财务制度健全", None, ("财务制度", "会计制度", "财务管理")),
        FactDefinition("qualification", _K.NAMES, "资质称号", None, ("资质", "称号", "认定")),
        FactDefinition("event", _K.STATED, "已发生事项"),
        FactDefinition("activity", _K.STATED, "开展的活动"),
        FactDefinition("compliance", _K.STATED, "合规情况"),
        FactDefinition("other", _K.STATED, "其他情况"),
    )
}  # fmt: skip


# The whole table: what is built in, and behind it what administrators have added. The one table of this module that
# changes, and only by `put_added_facts`; a plain dict, because it is looked up for every condition.
_rows: dict[str, FactDefinition] = dict(BUILT_IN)
FACTS: Mapping[str, FactDefinition] = _rows

# Attributes of a condition that only the enterprise itself can confirm; facts of this kind cannot be added.
SELF_STATED = frozenset(key for key, row in BUILT_IN.items() if row.kind is FactKind.STATED)
# What a fact that is added can be: the kinds whose rules need to know nothing but the row.
ADDABLE = (FactKind.YUAN, FactKind.COUNT, FactKind.PERCENT, FactKind.YES_NO, FactKind.CHOICE, FactKind.DATE,
           FactKind.NAMES)  # fmt: skip


def put_added_facts(added: Iterable[FactDefinition]) -> None:
    """Have these rows behind the built-in ones and no others; called by `policy_corpus.additions` alone."""
    _rows.clear()
    _rows.update(BUILT_IN)
    _rows.update({row.key: row for row in added if row.key not in BUILT_IN})


def stored_facts() -> tuple[FactDefinition, ...]:
    """The rows that an enterprise record holds, in the order of forms and templates, retired ones included."""
    return tuple(row for row in FACTS.values() if row.on_enterprise)


def offered_facts() -> tuple[FactDefinition, ...]:
    """The same without the retired: what forms, templates and lists to choose from show."""
    return tuple(row for row in stored_facts() if not row.retired)
