"""Benefits told by a deed: what an authority or a lender does for a company, without a giving word or a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction import predict
from policy_corpus.extraction.benefits.reading import find_gifts
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
        ("对有效期届满的示例许可，延长有效期至年底", K.SERVICE),
        ("示例纳税人可以一次领取不超过4个月的发票用量", K.SERVICE),
        ("适用定期定额征收的示例商户，可依法提请合理调整定额", K.TAX),
        ("示例行业发生的亏损，最长结转年限延长至9年", K.TAX),
        ("示例收费，一律减免到位", K.TAX),
        ("新办示例企业可以享受减半征税政策", K.TAX),
        ("示例小型企业可以享受所得税减半征税政策", K.TAX),
        ("示例缴款书到期的，企业可顺延至次月缴纳", K.TAX),
        ("向示例医院捐赠物品，允许所得税税前全额扣除", K.TAX),
        ("已征的示例税款，可以予以退还或者抵减以后应缴纳的增值税税款", K.TAX),
        ("优先为符合条件的示例研发机构办理采购设备退税", K.TAX),
        ("对失联的示例企业，暂不列入经营异常名录", K.SERVICE),
        ("示例计量器具到期的，有效期顺延至年底", K.SERVICE),
        ("示例增值税留成部分，由区财政返还企业", K.SUBSIDY),
        ("参与示例救助的单位，可按照有关规定享受财政补贴、费用减免等政策", K.SUBSIDY),
        ("对受灾的示例企业，可视情况执行优惠利率", K.LOAN),
        ("对暂遇困难的示例企业，要采取延期还贷、降低利率等措施", K.LOAN),
        ("对暂遇困难的示例企业，不抽贷、不断贷、不压贷", K.LOAN),
        ("企业捐赠的物品，允许在计算应纳税所得额时全额扣除", K.TAX),
        ("示例企业所需的水、电、气实施阶段性缓缴费用", K.LAND),
        ("示例创业担保贷款利率不超过LPR+80BP", K.LOAN),
        ("示例基金买卖证券应缴纳的印花税实行先征后返", K.TAX),
        ("示例油田开采的原油，暂不征收资源税", K.TAX),
        ("赠予患者的示例药品，不属于增值税视同销售范围", K.TAX),
        ("再次下调示例土地使用税税额标准", K.TAX),
        ("免税范围增加示例救护车", K.TAX),
        ("示例合作社作业用电，享受省规定的农业生产电价", K.LAND),
        ("对示例发电项目的上网电量实行全额收购政策", K.PROCUREMENT),
        ("示例试点企业可纳入上市企业储备库", K.TITLE),
        ("依法成立的示例单位有权申请见习基地认定", K.TITLE),
        ("推荐示例总部企业申报省级示范企业", K.TITLE),
        ("优先推荐申报示例奖项", K.TITLE),
        ("引进示例专业的毕业生实行计划单列", K.TALENT),
        ("为示例企业提供上市管家式服务", K.SERVICE),
        ("允许示例外贸企业作出承诺后直接上市销售", K.SERVICE),
        ("可以选择更正当期申报或者在下期申报时调整", K.SERVICE),
        ("简化示例二手车企业交易登记手续", K.SERVICE),
        ("由示例人力资源部门协助企业拓宽用工渠道", K.SERVICE),
        ("畅通示例维权快速通道", K.SERVICE),
        ("优秀作品奖励获得示例国家奖项的作品", K.REWARD),
        ("示例发行人可向监管部门申请延期发行", K.OTHER),
        ("市级财政每年给予一定额度的预算保障", K.SUBSIDY),
        ("对租赁融资的示例企业，给予一定比例的贴租支持", K.SUBSIDY),
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
        "执行期限由原定的三月底延长至六月底",
        "示例区国资委向企业减免了租金",
        "单位发放给职工的生活困难补助",
        "除5万元以下小额消费贷款以外，本人没有其他贷款",
        "企业补缴缓缴的社会保险费",
        "鼓励示例商务楼宇、商场和市场的运营方对承租的小微商户适度减免停业期间的租金",
        "本办法有效期延长至后年",
        "示例市工信局将引导示例担保机构降低担保费率",
        "包括报告信息、税收减免、退税办理等具体功能",
        "现场评审延期至汛期结束后进行",
        "提出了缓缴社会保险费2项具体举措",
        "同一申请最多资助2个国家的授权",
        "让示例纳税人实实在在享受到税收优惠",
        "示例企业享受优惠政策时",
        "加大示例一线人员奖励力度",
        "单个示例企业纳入计算规模的金额不超过2000万元",
        "能为企业提供定制化的服务",
        "示例机构为小微企业提供一对一服务的",
        "不征或者少征应征税款",
        "对高耗能示例行业实行差别电价政策",
        "已纳入示例培育库的企业",
        "简化企业注销登记程序",
        "无偿提供场地并由示例公司出资建设的",
        "应当每月向见习人员提供生活补贴",
        "提供不低于本市最低工资标准八成的生活补贴",
        "申请的示例资助未获批准时",
        "确定予以支持项目→公示→拨付资金",
        "保障收入准入限额基准为家庭年人均收入4万元",
        "示例租户的租金按核定月收入的15%计租",
    ],
)
def test_a_call_on_others_or_a_report_gives_nothing(sentence: str) -> None:
    assert kinds(sentence) == []


def test_every_piece_of_a_list_of_reliefs_is_a_benefit() -> None:
    sentence = "依法落实减免示例税款、减免厂房租金、阶段性缓缴社会保险费、降低生产要素成本等政策"
    assert kinds(sentence) == [K.TAX, K.RENT, K.TAX, K.LAND]
    assert kinds("给予示例平台房租减免、运行补助等支持") == [K.RENT, K.SUBSIDY]
    assert kinds("优先核准延期缴纳税款，优先办理出口退税") == [K.TAX, K.TAX]


def test_the_kind_named_right_before_the_sum_is_its_kind() -> None:
    assert kinds("贷款贴息给予每年最高200万元支持") == [K.INTEREST]
    assert kinds("给予最高300万元设备投资补助或贴息支持") == [K.SUBSIDY]


def test_what_all_applicants_share_is_no_sum_of_one() -> None:
    (gift,) = find_gifts("通过3亿元的示例专项资金予以补助")
    assert (gift.kind, gift.amount, gift.cap) == (K.SUBSIDY, None, None)


def test_reduced_rent_is_not_rent_free() -> None:
    (gift,) = find_gifts("对承租示例园区厂房的企业，可视情况减免租金")
    assert (gift.kind, gift.rate) == (K.RENT, None)


def told(text: str) -> list[tuple[str, int | None, float | None]]:
    """Kind, cap and rate of what a passage gives."""
    rows = predict({"id": "1", "text": text, "region": "示例市"})["benefits"]
    return [(row["kind"], row["max_yuan"], row["rate_percent"]) for row in rows]


def test_support_that_nobody_calls_money_is_of_no_kind_of_its_own() -> None:
    assert told("对示例机器人企业，给予相关政策支持。") == [("other", None, None)]
    assert told("对示例机器人企业，给予资金支持。") == [("补贴/补助", None, None)]


def test_a_bound_in_a_sentence_of_its_own_is_the_cap_of_the_benefit_before_it() -> None:
    text = "对示例银行按新发放贷款额的1%给予奖励。单家示例银行奖励资金不超过150万元。"
    assert told(text) == [("奖励", 1500000, 1)]


def test_a_promise_gives_way_to_the_grades_below_it() -> None:
    text = (
        "根据评估结果，采取后补助方式给予分档支持，经费用于运营管理。\n"
        "（1）对示例一区的创新园区，给予不超过90万元的资金支持。\n（2）对示例二区的创新园区，给予不超过40万元的资金支持。"
    )
    assert told(text) == [("补贴/补助", 900000, None), ("补贴/补助", 400000, None)]


def test_the_award_for_those_who_are_chosen_is_one_benefit() -> None:
    assert told("组织评选优秀示例平台，对入选平台按出口额的10%进行奖励。") == [("奖励", None, 10)]


def test_a_relief_that_says_all_there_is_to_say_waits_for_no_figure() -> None:
    text = "示例行业发生的亏损，最长结转年限延长至9年。示例纳税人因灾受损的，免征房产税。"
    assert told(text) == [("税费减免", None, None), ("税费减免", None, 100)]


def test_the_later_years_of_one_support_are_no_other_benefit() -> None:
    text = "对示例平台每年给予不超过200万元资金支持，第二年根据考核结果给予支持。"
    assert told(text) == [("补贴/补助", 2000000, None)]


def test_the_sum_of_all_years_behind_the_figures_is_no_benefit() -> None:
    text = "对示例平台每年给予不超过200万元资金支持。3年累计支持不超过500万元。"
    assert told(text) == [("补贴/补助", 2000000, None)]


def test_the_loan_that_interest_is_paid_on_is_no_cap_of_the_interest() -> None:
    text = "对示例银行给予0.5个百分点的利率贴息，每户示例企业最高可享受150万元贷款。"
    assert told(text) == [("贴息", None, 0.5), ("贷款/担保", 1500000, None)]
    assert kinds("贷款利率低于2%的示例项目，按实际利率贴息") == [K.INTEREST]
    assert kinds("为示例企业提供税收、融资等方面信息支持") == [K.SERVICE]


def test_the_office_that_answers_for_the_measure_before_silences_nothing() -> None:
    assert told("（责任单位：示例市财政局）对示例企业给予补助10万元。") == [("补贴/补助", None, None)]


def test_a_report_of_what_was_relieved_is_no_benefit() -> None:
    text = "统计显示，示例区国企累计建成园区100万平方米。此次租金减免惠及工业、零售业中小企业约800户，规模超过1亿元。"
    answer = predict({"id": "1", "text": text, "region": "示例市"})
    assert (answer["is_benefit"], answer["benefits"], answer["conditions"]) == (False, [], [])


def test_a_name_before_a_colon_is_no_benefit_besides_what_it_names() -> None:
    assert kinds("所得税减免优惠：经认定的示例企业，免征企业所得税") == [K.TAX]


def test_what_natural_persons_deduct_is_no_benefit_of_a_company() -> None:
    text = "允许在计算应纳税所得额时全额扣除。"
    assert told("企业通过示例社会组织捐赠的物品，" + text) == [("税费减免", None, 100)]
    assert told("个人通过示例社会组织捐赠的物品，" + text) == []


def test_a_tax_that_is_not_levied_or_paid_back_is_relieved_in_full() -> None:
    for sentence in ("应缴纳的示例税实行先征后返", "示例油田暂不征收资源税"):
        assert [one.rate for one in find_gifts(sentence)] == [Decimal(100)]
    (gift,) = find_gifts("免除或减免示例企业挂牌手续费")
    assert (gift.kind, gift.rate) == (K.TAX, None)


def test_support_by_a_policy_that_pays_is_money() -> None:
    assert told("符合条件的，按示例社会组织扶持政策予以支持。") == [("补贴/补助", None, None)]
    assert told("对获评的示例企业，将予以扶持。") == [("other", None, None)]


def asked(text: str) -> set[tuple[str, str]]:
    """Attribute and value of what a passage asks."""
    rows = predict({"id": "1", "text": text, "region": "示例市"})["conditions"]
    return {(row["attribute"], str(row["value"])) for row in rows}


def test_whom_a_deed_names_is_asked() -> None:
    assert ("qualification", "总部企业") in asked("推荐示例总部企业申报省级示范企业。")
    assert ("industry", "外贸") in asked("允许外贸企业作出承诺后直接上市销售。")
    assert any("示例国家奖" in value for _, value in asked("获奖作品奖励获得示例国家奖的出版作品。"))


def test_a_loan_and_its_interest_are_two_benefits() -> None:
    assert kinds("给予示例商户开业贷款担保和贴息") == [K.LOAN, K.INTEREST]


def test_a_heading_gives_way_to_what_it_announces() -> None:
    text = "减免中小企业房租。对承租示例园区厂房的中小企业，第一季度房租免收，第二季度房租减半。"
    assert told(text) == [("租金减免", None, 100), ("租金减免", None, 50)]


def test_a_promise_for_later_years_gives_way_to_their_sum() -> None:
    text = "示例平台第二年根据考核结果择优给予支持，每年给予不超过500万元资金支持。"
    assert told(text) == [("补贴/补助", 5000000, None)]
