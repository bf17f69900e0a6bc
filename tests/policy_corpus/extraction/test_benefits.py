"""What a sentence gives: kinds and figures; a figure that is no share or sum of what is given is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction.benefits.reading import find_gifts
from policy_corpus.model import BenefitKind

K = BenefitKind


def gifts(sentence: str, heading: str = "") -> list[tuple[BenefitKind, int | None, int | None, int | None]]:
    """Kind, fixed sum, cap, rate."""

    def whole(value: Decimal | None) -> int | None:
        return None if value is None else int(value)

    return [
        (one.kind, whole(one.amount), whole(one.cap), whole(one.rate))
        for one in find_gifts(sentence, heading)
    ]


@pytest.mark.parametrize(
    ("sentence", "rate"),
    [
        ("示范软件企业，减按10%的税率征收企业所得税", None),
        ("小型示例企业年应纳税所得额，减按25%计入应纳税所得额，按20%的税率缴纳企业所得税", None),
        ("小型示例企业年应纳税所得额，减按50%计入应纳税所得额，按20%的税率缴纳企业所得税", 50),
        ("示例纳税人可选择按3%的征收率缴纳增值税", None),
        ("示例园区企业按应缴费额的50%缴纳示例基金", 50),
        ("示例园区企业按应缴费额的70%缴纳示例基金", None),
        ("研发设备支出准予在计算应纳税所得额时扣除", None),
        ("对示例企业免征房产税", 100),
        ("对示例企业减半征收房产税", 50),
        ("已收取的检测费，一律予以退还", None),
        ("对示例企业用水停征污水处理费", 100),
    ],
)
def test_a_tax_relief_has_a_rate_only_where_it_is_a_share_of_relief(sentence: str, rate: int | None) -> None:
    assert gifts(sentence) == [(K.TAX, None, None, rate)]


@pytest.mark.parametrize(
    "sentence",
    [
        "享受再担保支持的示例银行",
        "在享受省级补贴政策的基础上",
        "申请补贴当月前连续缴费的企业",
        "返还资金可用于职工培训补贴等支出",
        "只能享受一次示例补贴",
        "支持各类园区降低或减免入驻企业租金",
        "按照《示例物资免征进口税收办法》的规定",
        "办理税前扣除事宜",
        "免征增值税政策执行到期后1个月内开具发票",
        "不纳入平台补助资金支持范围",
        "申请星级补贴的示例服务组织",
        "市商务局将提供以下政策支持",
        "鼓励示例银行对受灾企业展期、续贷",
        "示例银行发放的专利质押贷款",
        "收费标准：正、副本各200元",
        "获奖单位申请以财政资金全额出资新购设备的",
    ],
)
def test_words_about_a_benefit_give_none(sentence: str) -> None:
    assert gifts(sentence) == []


def test_a_promise_is_dropped_where_the_sentence_fills_it() -> None:
    assert gifts("按以下标准给予奖励支持：对一级示例站，给予8万元奖励，对二级示例站，给予5万元奖励") == [
        (K.REWARD, 80000, None, None),
        (K.REWARD, 50000, None, None),
    ]
    assert gifts("对示例站给予运营补贴，其中，一级站补贴标准为每人3元") == [(K.SUBSIDY, 3, None, None)]


def test_cap_behind_a_term_belongs_to_the_interest() -> None:
    one = [(K.INTEREST, None, 40000000, None)]
    assert gifts("对示例项目贷款予以贴息，贴息期限不超过2年，年度最高4000万元") == one
    assert gifts("对示例项目贷款给予不超过2年的贴息支持，总金额不超过4000万元") == one


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("按设备款的20%给予补助，每家企业最高60万元", (K.SUBSIDY, None, 600000, 20)),
        ("每个展位补助2万元，单个企业年度最高10万元", (K.SUBSIDY, 20000, 100000, None)),
        ("按每招用1人1500元给予补贴，补贴总额不超过6万元", (K.SUBSIDY, 1500, 60000, None)),
        ("每100万元销售额奖励1万元，最高50万元", (K.REWARD, 10000, 500000, None)),
    ],
)
def test_prices_rates_and_caps_stand_apart(sentence: str, expected: tuple[object, ...]) -> None:
    assert gifts(sentence) == [expected]


def test_sums_beside_names_are_each_a_benefit() -> None:
    found = gifts(
        "改造费用最高支持比例为40%，每个项目最高支持限额为大型商户30万元、中型商户20万元、小型商户10万元"
    )
    assert found == [(K.SUBSIDY, None, cap, 40) for cap in (300000, 200000, 100000)]


def test_sum_alone_under_a_heading_is_the_standard() -> None:
    assert gifts("12000元", "补贴标准") == [(K.SUBSIDY, 12000, None, None)]


@pytest.mark.parametrize(
    "sentence", ["注册资本500万元以上的企业给予奖励", "处以3万元罚款", "设立总规模5亿元的基金"]
)
def test_sums_that_are_asked_or_taken_are_not_given(sentence: str) -> None:
    assert all((amount, cap) == (None, None) for _, amount, cap, _ in gifts(sentence))


def test_sums_that_are_reached_are_not_given_whatever_the_heading() -> None:
    sentence = "对示例企业上年度产值首次达到1000万元、5000万元、1亿元的，分别给予10万元、30万元、60万元奖励"
    assert gifts(sentence, "奖励标准") == [(K.REWARD, n, None, None) for n in (100000, 300000, 600000)]


@pytest.mark.parametrize(
    "sentence", ["补贴限值由2000元提高至5000元", "验收合格后，拨付剩余40%的资助资金", "每户补贴不足200元的"]
)
def test_old_figures_and_instalments_are_not_given(sentence: str) -> None:
    assert all(one[1] not in (2000, 200) and one[3] != 40 for one in gifts(sentence))


def test_one_cap_or_share_behind_a_list_is_for_all_of_it() -> None:
    assert gifts("对一级、二级站分别按实际支出的30%、20%给予补助，最高不超过50万元") == [
        (K.SUBSIDY, None, 500000, 30),
        (K.SUBSIDY, None, 500000, 20),
    ]
    assert gifts("分档给予不超过200万元、100万元资金支持，不超过示例平台上一年投入的30%") == [
        (K.SUBSIDY, None, 2000000, 30),
        (K.SUBSIDY, None, 1000000, 30),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("个人缴费标准为每人500元，财政补助标准为每人800元", [(K.SUBSIDY, 800, None, None)]),
        ("立项后先期拨付资助资金总额的60%", []),
        (
            "采取后补助方式给予支持，按照项目投入的30%，给予最高90万元资金支持",
            [(K.SUBSIDY, None, 900000, 30)],
        ),
        ("按不超过项目总投资额40%的比例，给予最高300万元的资金支持", [(K.SUBSIDY, None, 3000000, 40)]),
        ("预缴时是否可以享受优惠政策", []),
    ],
)
def test_what_the_applicant_pays_and_how_it_is_paid_out_are_no_benefits(
    sentence: str, expected: list[object]
) -> None:
    assert gifts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "对新建项目按建筑面积每平方米收取18元",
        "补贴改造供水管线近30万延长米",
        "按不低于20%的比例录用见习人员",
        "资助比例不超过演出资助总量的30%",
        "按照不低于工资基数的200%支付加班工资",
        "督促担保机构对蔬菜大户新增担保贷款额度5000万元",
    ],
)
def test_what_is_charged_counted_or_done_with_a_share_is_not_given(sentence: str) -> None:
    assert gifts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "第一年给予不超过200万元资金支持，第二年根据考核结果，给予不超过100万元资金支持",
            [(K.SUBSIDY, None, 2000000, None), (K.SUBSIDY, None, 1000000, None)],
        ),
        (
            "采取事前补助方式给予支持，支持周期一般不超过3年，支持总金额不超过300万元",
            [(K.SUBSIDY, None, 3000000, None)],
        ),
        (
            "采取贷款贴息方式给予支持的，单个平台按照不超过项目贷款利息的30%，给予不超过50万元资金支持",
            [(K.INTEREST, None, 500000, 30)],
        ),
        (
            "最高支持比例为50%或70%，每个项目最高支持限额5万元",
            [(K.SUBSIDY, None, 50000, 70)],
        ),
        ("为企业开展检验提供技术支持", [(K.SERVICE, None, None, None)]),
        (
            "单次申领算力券金额最高不超过合同额的20%，同一企业年度累计不超过200万元",
            [(K.SUBSIDY, None, 2000000, 20)],
        ),
        ("第三年可采取股权投资方式接续支持", [(K.OTHER, None, None, None)]),
        ("对停业的示例企业，给予每天500元、最高1万元的补助", [(K.SUBSIDY, 500, 10000, None)]),
        ("示例券最高可抵扣检测费用的50%，单家企业年度最高10万元", [(K.SUBSIDY, None, 100000, 50)]),
        ("单位缴费比例由20%降至16%", [(K.TAX, None, None, None)]),
        ("阶段性降低失业保险费率至1%", [(K.TAX, None, None, None)]),
        ("对示例银行产生的不良贷款，按本金损失的50%给予补偿", [(K.RISK, None, None, 50)]),
        ("提高容积率的，不再增收土地价款", [(K.LAND, None, None, None)]),
        ("检测费用由市级财政全额承担", [(K.SUBSIDY, None, None, 100)]),
        (
            "建设期内按投资额20%给予补助，运营期每平方米补助100元",
            [(K.SUBSIDY, None, None, 20), (K.SUBSIDY, 100, None, None)],
        ),
        (
            "人员费按亚洲5000元/人、欧美1万元/人给予补贴",
            [(K.SUBSIDY, 5000, None, None), (K.SUBSIDY, 10000, None, None)],
        ),
        (
            "分别奖励90万元、40万元，同一单位年度最高300万元",
            [(K.REWARD, 900000, 3000000, None), (K.REWARD, 400000, 3000000, None)],
        ),
    ],
)
def test_years_terms_ranges_and_services_are_told_apart(sentence: str, expected: list[object]) -> None:
    assert gifts(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "kind", "rate"),
    [
        ("对不能按期缴纳电费的企业，经批准后延期缴纳", K.LAND, None),
        ("受灾情影响支付投资收益困难的企业，可延缓3个月支付", K.OTHER, None),
        ("对示例企业新增担保，费率按1%收取", K.LOAN, None),
        ("对防疫相关企业，担保费率降至1%以下", K.LOAN, None),
        ("员工培训费由专项经费直接奖补", K.REWARD, None),
        ("因故无法按期换证的企业，延期至年底办理", K.OTHER, None),
        ("对减免租金的专业市场按减免金额的30%给予补贴", K.SUBSIDY, 30),
        ("各区对采取减免租金措施的示例企业可给予适度财政补贴", K.SUBSIDY, None),
        ("困难企业可提出申请，要求在6月30日前缓缴住房公积金", K.TAX, None),
    ],
)
def test_what_is_put_off_charged_less_or_rewarded_has_its_kind(
    sentence: str, kind: BenefitKind, rate: int | None
) -> None:
    ((found, _, _, share),) = gifts(sentence)
    assert (found, share) == (kind, rate)


def test_a_ratio_is_no_end_of_a_clause() -> None:
    assert gifts("入选示例工程的项目，按照1：2的比例给予配套资助") == [(K.SUBSIDY, None, None, None)]


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("按不超过示例项目总投资额的20%给予奖励", "示例项目总投资额"),
        ("按照实际发生费用给予最高70%的资金支持", None),
        ("按照不超过2%的贴息率给予贴息", None),
        ("对符合条件的项目给予2.5个百分点的贴息", None),
        ("按本市最低工资标准的50%给予补贴", "本市最低工资标准"),
        ("资信产品购买费用最高支持比例为50%", "资信产品购买费用"),
        ("获得授权的专利，每件资助不超过8000元", "每件"),
        ("每家每年支持金额不超过50万元", None),
        ("支持额度原则上不超过项目核定投资的50%", "项目核定投资"),
        ("返还其上年度实际缴纳失业保险费的50%", "上年度实际缴纳失业保险费"),
        ("其他设备检验收费减少50%", None),
    ],
)
def test_a_rate_or_cap_is_of_what_stands_before_it(sentence: str, base: str | None) -> None:
    (found,) = find_gifts(sentence)
    assert found.base == base


def test_a_rate_ahead_of_several_caps_is_for_each() -> None:
    sentence = "按照实际费用的50%，示例示范单位给予不超过90万元支持，示例试点单位给予不超过40万元支持"
    assert [one[2:] for one in gifts(sentence)] == [(900000, 50), (400000, 50)]
