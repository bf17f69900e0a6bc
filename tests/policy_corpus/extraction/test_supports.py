"""Benefits told by a deed: what an authority or a lender does for a company, without a giving word or a figure."""

from __future__ import annotations

import pytest

from policy_corpus.extraction.benefits import find_gifts
from policy_corpus.model import BenefitKind

K = BenefitKind


def kinds(sentence: str) -> list[BenefitKind]:
    return [one.kind for one in find_gifts(sentence)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("可延长示例费社会保险费的征收期", K.TAX),
        ("对申报有困难的示例企业，依法办理延期申报", K.TAX),
        ("对示例商贸企业，可降低住房公积金缴存比例", K.TAX),
        ("允许示例园区企业自主确定缴存比例", K.TAX),
        ("对仓储用地减征示例土地使用税", K.TAX),
        ("对受灾的示例合作社，适当下调贷款利率", K.LOAN),
        ("降低示例融资担保费率", K.LOAN),
        ("示例养老机构实行水电气热收费与居民用户同价", K.LAND),
        ("对新落户的示例项目，优先保障用地", K.LAND),
        ("对示范作用突出的示例产品，推荐纳入省级应用推广目录", K.TITLE),
        ("符合导向的示例企业可申报认定为示例技术企业", K.TITLE),
        ("支持示例骨干企业引进高端人才", K.TALENT),
        ("对示例重点企业指定专人对接", K.SERVICE),
        ("对示例冷链企业建立快速审批通道", K.SERVICE),
        ("由示例园区无偿提供办公场所", K.SERVICE),
        ("示例货款的运输费，无需办理税务备案", K.SERVICE),
        ("对歇业的示例商户，可补办停业手续", K.SERVICE),
        ("对示例企业，可按国家要求配套", K.SUBSIDY),
        ("对参保的示例企业，可返还3个月的社会保险费", K.SUBSIDY),
        ("加大对示例家庭农场的支持力度", K.SUBSIDY),
        ("就高落实示例奖补政策", K.REWARD),
    ],
)
def test_a_deed_for_a_company_is_a_benefit(sentence: str, kind: BenefitKind) -> None:
    assert kinds(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "鼓励示例银行下调贷款利率",
        "引导金融机构改进服务，下调贷款利率",
        "示例饭堂应当具备送餐上门服务功能",
        "近年来，示例镇加大对示例农场的支持力度",
        "申报期限延长后，示例企业仍可办理",
        "通过改进管理，降低担保费率",
        "以无偿提供等方式取得房屋的示例机构",
    ],
)
def test_a_call_on_others_or_a_report_gives_nothing(sentence: str) -> None:
    assert kinds(sentence) == []
