"""What ordinary policy language gives in few words: tiers without a giving word, shares in words, schedules and reports."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction.benefits.gifts import Gift
from policy_corpus.extraction.benefits.reading import find_gifts
from policy_corpus.model import BenefitKind

K = BenefitKind
Row = tuple[BenefitKind, int | None, int | None, int | None]


def gifts(sentence: str) -> list[Row]:
    """Kind, fixed sum, cap, rate of what the last part of a text gives, parts being parted by semicolons."""
    found: list[Gift] = []
    for part in sentence.split("；"):
        found = find_gifts(part, "", found[-1] if found else None)
    return [(one.kind, _whole(one.amount), _whole(one.cap), _whole(one.rate)) for one in found]


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "示例站按投资额的30%补助，最高90万元；日产5吨以下的，不超过40万元",
            (K.SUBSIDY, None, 400000, 30),
        ),
        (
            "示例贷款按利息的40%贴息，最高20万元；微型企业比例上浮至60%，上限不变",
            (K.INTEREST, None, 200000, 60),
        ),
        ("按保费的40%补助；出口示例产品的，比例可提高到70%", (K.SUBSIDY, None, None, 70)),
        ("按示例工资的50%给予补贴；留用过半的，补贴标准提高到示例工资的110%", (K.SUBSIDY, None, None, 110)),
        ("按设备款的9%给予奖励；属于示例产业的，在上述基础上提高3个百分点", (K.REWARD, None, None, 3)),
        (
            "示例剧每集奖励8万元，最高80万元；在示例频道首播的，每集3万元，最高30万元",
            (K.REWARD, 30000, 300000, None),
        ),
        ("获评示例一等的奖励6万元；获评省级示例的，减半奖励", (K.REWARD, None, None, 50)),
    ],
)
def test_a_tier_goes_on_in_the_words_of_the_benefit_before_it(sentence: str, expected: Row) -> None:
    assert gifts(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "示例站按投资额的30%补助，最高90万元；同一企业最高不超过200万元",
        "示例站每台补助3万元；上年亩均税收每亩20万元",
        "免征示例税；比例提高至60%",
        "示例站奖励3万元；排放比例提高至60%",
        "示例站奖励3万元；注册资本100万元",
    ],
)
def test_what_only_looks_like_a_tier_borrows_nothing(sentence: str) -> None:
    before = gifts(sentence.split("；")[0])[0]
    assert all(one[3] is None or one[3] != before[3] for one in gifts(sentence))
    assert all(one[1] is None for one in gifts(sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("投资3000万元以上的，补80万元", (K.SUBSIDY, 800000, None, None)),
        ("购置示例车的，每台补3万元", (K.SUBSIDY, 30000, None, None)),
        ("减租总额达到500万元的，再追加6万元", (K.SUBSIDY, 60000, None, None)),
        ("通过示例认证的，扶持4万元", (K.SUBSIDY, 40000, None, None)),
        ("示例认证费补助50%，单项不超2万元", (K.SUBSIDY, None, 20000, 50)),
        ("示例鉴定费补助一半，最高3万元", (K.SUBSIDY, None, 30000, 50)),
        ("按示例资助额1∶0.3给予配套，最高70万元", (K.SUBSIDY, None, 700000, 30)),
        ("可延缓缴纳第一季度、第二季度示例税费金额的50%", (K.TAX, None, None, 50)),
        ("示例小店可延缓缴纳全部税费", (K.TAX, None, None, 100)),
        ("示例单位缴费费率下调40%", (K.TAX, None, None, 40)),
        ("补贴额不超过示例企业及其职工上年度实际缴纳保险费总额的40%", (K.SUBSIDY, None, None, 40)),
        ("示例机构担保费由同级财政承担", (K.LOAN, None, None, 100)),
        ("示例班车费用由区财政全额报销", (K.SUBSIDY, None, None, 100)),
        ("免费参加示例诊断，企业不需要承担任何费用", (K.SERVICE, None, None, 100)),
        ("示例合同费用最高可抵扣20%", (K.SUBSIDY, None, None, 20)),
        ("减按示例等级适用税额标准的50%计征城镇土地使用税", (K.TAX, None, None, 50)),
        ("单笔使用额度不超过600万元", (K.LOAN, None, 6000000, None)),
        ("所缴增值税地方留成部分，按40%返还企业用于技术改造", (K.TAX, None, None, 40)),
        ("对遇困的示例小店设立6个月费用缓缴期", (K.TAX, None, None, None)),
        ("使用示例保险基金支付岗位补贴", (K.SUBSIDY, None, None, None)),
        ("可在原合同利率基础上减息1个百分点", (K.LOAN, None, None, 1)),
    ],
)
def test_short_words_of_giving_are_read_with_their_figures(sentence: str, expected: Row) -> None:
    assert gifts(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "新建的每床补助1万元，改建的每床补助5000元，单个示例院最高90万元",
            [(K.SUBSIDY, 10000, 900000, None), (K.SUBSIDY, 5000, 900000, None)],
        ),
        (
            "甲桩400元/千瓦、乙桩150元/千瓦给予一次性补贴",
            [(K.SUBSIDY, 400, None, None), (K.SUBSIDY, 150, None, None)],
        ),
        (
            "按设备款的10%给予补助，被评为示例工厂的项目补助比例提高至15%，单个项目最高300万元",
            [(K.SUBSIDY, None, 3000000, 10), (K.SUBSIDY, None, 3000000, 15)],
        ),
        (
            "按造价的30%补助，单个主体补助最高不超过60万元，示例村的补贴比例可提高至40%",
            [(K.SUBSIDY, None, 600000, 30), (K.SUBSIDY, None, 600000, 40)],
        ),
        (
            "新设示例工作站的企业，资助20万元，示例实践基地9万元",
            [(K.SUBSIDY, 200000, None, None), (K.SUBSIDY, 90000, None, None)],
        ),
        (
            "租用示例厂房的，前两年租金全免、后三年减半",
            [(K.RENT, None, None, 100), (K.RENT, None, None, 50)],
        ),
        (
            "头三年示例所得免征企业所得税，后三年减半征收",
            [(K.TAX, None, None, 100), (K.TAX, None, None, 50)],
        ),
        (
            "第一年免征企业所得税，第二年至第三年按照25%的法定税率减半征收企业所得税",
            [(K.TAX, None, None, 100), (K.TAX, None, None, 50)],
        ),
        (
            "甲桩400元/千瓦、乙桩150元/千瓦给予补贴，单站最高不超过20万元",
            [(K.SUBSIDY, 400, 200000, None), (K.SUBSIDY, 150, 200000, None)],
        ),
        (
            "按间夜数给予补助：示例五星酒店每间夜70元，其他酒店每间夜40元",
            [(K.SUBSIDY, 70, None, None), (K.SUBSIDY, 40, None, None)],
        ),
        (
            "按利息的30%予以贴息，每年最高50万元，其中示范企业贴息上限提高至80万元",
            [(K.INTEREST, None, 500000, 30), (K.INTEREST, None, 800000, 30)],
        ),
        (
            "按担保额的1%给予奖补，年度新增5亿元以上的，单家奖补不超过500万元",
            [(K.REWARD, None, None, 1), (K.REWARD, None, 5000000, 1)],
        ),
        (
            "按流片费用的30%给予资助，其中示例工艺年度最高90万元，28纳米以上工艺年度最高50万元",
            [(K.SUBSIDY, None, 900000, 30), (K.SUBSIDY, None, 500000, 30)],
        ),
        (
            "可向示例办申请纾困贷款，单户授信最高100万元，利率按LPR下浮20个基点执行",
            [(K.LOAN, None, 1000000, None), (K.LOAN, None, None, None)],
        ),
        (
            "一次性奖补4万元，吸纳人数每增加10人，奖补增加1万元，最高9万元",
            [(K.REWARD, 40000, 90000, None), (K.REWARD, 10000, 90000, None)],
        ),
        (
            "按示例利息的50%给予贴息，同时对评估费给予40%补助，同一企业同一年度两项合计最高30万元",
            [(K.INTEREST, None, 300000, 50), (K.SUBSIDY, None, 300000, 40)],
        ),
        (
            "示例贷款单户授信最高500万元，利率按LPR下浮10个基点执行",
            [(K.LOAN, None, 5000000, None), (K.LOAN, None, None, None)],
        ),
    ],
)
def test_one_sentence_gives_two(sentence: str, expected: list[Row]) -> None:
    assert gifts(sentence) == expected


def test_a_loan_of_a_tier_is_no_bound_of_a_subsidy() -> None:
    assert gifts("示例站按投资额的30%补助，最高90万元；营收1000万元以下的，单户贷款不超过500万元") != [
        (K.SUBSIDY, None, 5000000, 30)
    ]


def test_costs_shared_with_the_company_are_not_borne_in_full() -> None:
    assert all(one[3] is None for one in gifts("示例检测费用由企业和财政承担"))


def test_a_tier_may_stand_two_sentences_behind() -> None:
    words = "按示例工资的70%给予补贴；期满后签约；留用过半的，补贴标准提高到示例工资的110%"
    first, _, third = words.split("；")
    assert [one.rate for one in find_gifts(third, "", find_gifts(first)[-1])] == [110]


def test_what_is_waived_is_known_from_the_sentence_before() -> None:
    words = "租用示例厂房的，前三年租金全免、后两年减半；投资不足的，前两年全免、后三年减半"
    assert gifts(words) == [(K.RENT, None, None, 100), (K.RENT, None, None, 50)]


@pytest.mark.parametrize(
    "sentence",
    [
        "补助资金按40%、30%、30%分三年拨付",
        "已有2.3万户示例小店收到返还资金1.2亿元",
        "示例行业污染物排放强度降低15%",
        "享受补贴期间离职的",
        "检测费用由申报企业全额承担",
        "示例企业追加投资5000万元的",
        "示例周转金按日0.3‰收取",
        "为入驻示例商户减免租金1个月以上的综合体、专业市场",
        "享受补助面积最高不超过800平方米",
    ],
)
def test_schedules_reports_and_aims_are_no_benefit(sentence: str) -> None:
    assert gifts(sentence) == []
