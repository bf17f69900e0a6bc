"""The facts of a company as forms and pages group them, and how to type each kind."""

from __future__ import annotations

from policy_corpus.facts import FactKind

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("登记信息", ("region", "industry", "founded_on", "legal_form", "ownership", "registered_capital",
              "independent_legal_person", "listing")),
    ("规模与经营", ("employees", "revenue", "revenue_growth", "total_assets", "tax_paid", "output_value", "export_value",
               "fixed_investment", "equipment_investment", "size_class", "above_scale")),
    ("研发与知识产权", ("rd_expense", "rd_ratio", "rd_staff_ratio", "staff_degree_ratio", "hightech_revenue_ratio", "patents",
                 "invention_patents")),
    ("信用与资质", ("credit", "financial_system", "qualification")),
    ("企业自述", ("event", "activity", "compliance", "other")),
)  # fmt: skip
HINTS: dict[FactKind, str] = {
    FactKind.YUAN: "如 3600万元、1.2亿元；只写数字时单位为元",
    FactKind.COUNT: "整数",
    FactKind.PERCENT: "5 或 5% 都表示 5%",
    FactKind.DATE: "如 2015-05-01",
    FactKind.REGION: "行政区划全称或六位代码，开发区写全称",
    FactKind.INDUSTRY: "GB/T 4754-2017 的名称或代码",
    FactKind.NAMES: "多项用顿号或分号隔开；确认没有的填“无”",
    FactKind.STATED: "多项用分号隔开；确认没有的填“无”",
}
