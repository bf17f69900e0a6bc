"""What keeps a company from hearing "you qualify" because words were not read, or "you do not" because of half a list."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction import extract_items, predict
from policy_corpus.model import Condition, FreeText, Level, Operator, PolicyItem, leaves
from tests.factories import make_document


def items(text: str) -> tuple[PolicyItem, ...]:
    return extract_items(make_document(text))


def read(item: PolicyItem, attribute: str) -> list[tuple[str, object]]:
    return [
        (leaf.op.value, leaf.value)
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute == attribute
    ]


def free(item: PolicyItem) -> list[str]:
    return [leaf.span.quote for leaf in leaves(item.conditions) if isinstance(leaf, FreeText)]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("对首次通过认定的高新技术企业，给予20万元奖励。", "首次通过认定的高新技术企业"),
        ("对新认定的省级企业技术中心，给予20万元奖励。", "新认定的省级企业技术中心"),
        ("对首次纳入规模以上统计的工业企业，给予10万元奖励。", "首次纳入规模以上"),
        ("对上年度营业收入首次突破1亿元的企业，给予20万元奖励。", "上年度营业收入首次突破"),
    ],
)
def test_a_first_award_asks_for_the_event_beside_the_title(sentence: str, event: str) -> None:
    (item,) = items(sentence)
    assert ("has", event) in read(item, "event")


def test_holding_a_title_alone_asks_for_no_event() -> None:
    (item,) = items("对高新技术企业，给予20万元奖励。")
    assert read(item, "event") == [] and free(item) == []


def test_subject_that_no_rule_knows_is_left_to_a_person() -> None:
    (item,) = items("对装配式构件预制厂设备投资1000万元以上的，按设备投资额的5%给予补助。")
    assert free(item) == ["对装配式构件预制厂设备投资1000万元以上的"]


def test_general_clause_alone_makes_nobody_eligible() -> None:
    text = "第一条 本措施适用于在本市注册的独立法人企业。\n第二条 境外展会展位费，按实际支出的60%补助。"
    (item,) = items(text)
    assert read(item, "independent_legal_person") and read(item, "other") == [("has", "境外展会展位费")]


def test_conditions_of_a_call_suffice_for_the_benefit_beside_them() -> None:
    text = "一、申报条件\n1.在本市注册；\n2.上年度营业收入不低于2000万元。\n二、支持标准\n按研发费用的5%给予补助。"
    (item,) = items(text)
    assert read(item, "revenue") and free(item) == []


def test_said_for_all_reaches_every_item_with_what_is_left_out() -> None:
    text = "一、对拥有发明专利5件以上的企业，给予5万元奖励。\n二、本政策适用于在本市注册的工业企业。不包括列入严重失信名单的企业。"
    (item,) = items(text)
    assert read(item, "industry") == [("eq", "工业")]
    assert [op for op, _ in read(item, "credit")] == ["not_has"]


def test_list_opened_by_a_sentence_inherits_its_subject() -> None:
    text = (
        "第一条 对高新技术企业，按下列标准给予研发奖补：\n上年度研发费用500万元以上的，奖补15万元；\n"
        "上年度研发费用2000万元以上的，奖补40万元。\n第二条 对小微企业，给予1万元补助。"
    )
    first, second, third = items(text)
    assert read(first, "qualification") == read(second, "qualification") == [("has", "高新技术企业")]
    assert read(third, "qualification") == []


def test_kinds_of_applicants_keep_their_conditions_apart() -> None:
    text = (
        "一、申报条件\n（一）基本条件。在本市注册。\n（二）示例工厂。上年度营业收入5亿元以上。\n"
        "（三）示例车间。上年度营业收入5000万元以上。\n二、支持政策\n（一）对认定的示例工厂，给予500万元奖励。\n"
        "（二）对认定的示例车间，给予30万元奖励。"
    )
    plant, shop = items(text)
    assert read(plant, "revenue") == [("ge", Decimal(500000000))]
    assert read(shop, "revenue") == [("ge", Decimal(50000000))]
    assert read(plant, "region") and read(shop, "region")


def test_second_benefit_of_a_sentence_keeps_whom_it_is_for() -> None:
    small, large = items("对不裁员的参保企业，中小微企业按失业保险费的60%返还，大型企业按30%返还。")
    assert read(small, "size_class") == [("eq", "中小微")] and read(large, "size_class") == [("eq", "大型")]
    assert any("不裁员" in str(leaf.span.quote) for leaf in leaves(large.conditions))


def test_raised_rate_keeps_the_conditions_of_the_rate_it_raises() -> None:
    _, raised = items(
        "对研发费用300万元以上的企业，按研发费用的8%补助；为高新技术企业的，补助比例提高到10%。"
    )
    assert read(raised, "rd_expense") and read(raised, "qualification")


@pytest.mark.parametrize(
    ("sentence", "trades"),
    [
        ("对规模以上工业企业，给予5万元奖励。", "工业"),
        ("对固定资产投资1亿元以上的新建工业项目，给予5万元奖励。", "工业"),
        ("对纺织服装企业、电子电器企业，给予5万元奖励。", ("纺织服装", "电子电器")),
        ("对地理信息、人工智能企业，给予5万元奖励。", ("地理信息", "人工智能")),
    ],
)
def test_trades_are_read_whole_and_lists_of_them_complete(sentence: str, trades: object) -> None:
    (item,) = items(sentence)
    assert [value for _, value in read(item, "industry")] == [trades]


def test_list_of_titles_keeps_the_ones_no_table_knows() -> None:
    (item,) = items("对获评省级智能工厂、5G工厂、数字化车间的企业，给予30万元奖励。")
    assert read(item, "qualification") == [("in", ("省级智能工厂", "5G工厂", "数字化车间"))]


def test_form_of_organisation_among_others_shuts_nobody_out() -> None:
    (item,) = items("对从事蔬菜种植的企业、农民专业合作社和家庭农场，给予5万元补助。")
    assert read(item, "legal_form") == []
    (item,) = items("对农民专业合作社，给予5万元补助。")
    assert read(item, "legal_form") == [("eq", "农民专业合作社")]


def test_exceptions_deny_and_unmanned_aircraft_do_not() -> None:
    (item,) = items(
        "第一条 本细则适用于在本市注册的企业，被列入严重失信主体名单的企业除外。\n第二条 对高新技术企业给予5万元奖励。"
    )
    assert [op for op, _ in read(item, "credit")] == [Operator.NOT_HAS.value]
    (item,) = items("对无人驾驶航空器制造企业，给予5万元奖励。")
    assert [op for op, _ in read(item, "industry")] == [Operator.EQ.value]


def test_heading_that_calls_for_an_activity_asks_for_it() -> None:
    (item,) = items("一、鼓励企业开展新型学徒制培训。对职工50人以上的制造业企业，按每人每年5000元给予补贴。")
    assert read(item, "activity") == [("has", "开展新型学徒制培训")]


def test_items_of_the_state_ask_for_no_region() -> None:
    document = make_document("对高新技术企业给予5万元奖励。", level=Level.NATIONAL, region_code=None)
    (item,) = extract_items(document)
    assert read(item, "region") == [] and free(item) == []


def test_articles_on_applicants_at_the_end_reach_everything() -> None:
    text = (
        "一、支持研发\n（一）对拥有发明专利5件以上的企业，给予5万元奖励。\n二、附则\n"
        "（二）申报企业应在本市注册，具有独立法人资格，未被列入严重失信名单。\n（三）本政策自2026年4月10日起施行。"
    )
    (item,) = items(text)
    assert read(item, "independent_legal_person") and read(item, "credit")


def test_refused_cases_count_to_the_full_stop() -> None:
    text = (
        "一、对拥有发明专利5件以上的企业，给予5万元奖励。\n二、本措施适用于在本市注册的企业。"
        "有下列情形之一的，不予支持：被列入严重失信主体名单的；近三年发生重大安全生产事故的；存在偷税、骗税行为的。"
    )
    (item,) = items(text)
    assert read(item, "credit") == [("not_has", "失信主体名单")]
    assert read(item, "compliance") == [
        ("not_has", "近三年发生重大安全生产事故"),
        ("not_has", "存在偷税、骗税行为"),
    ]


def test_applicants_of_other_forms_are_no_condition() -> None:
    (item,) = items(
        "一、申报主体应为在本市登记的民宿企业、个体工商户或者农民专业合作社。\n二、对民宿给予5万元奖励。"
    )
    assert read(item, "legal_form") == read(item, "other") == []


def test_bound_in_a_sentence_of_its_own_is_no_item() -> None:
    first, second = items(
        "一、保费补助。对小微外贸企业，按实缴保费的60%给予补助；出口额300万美元以上的，按实缴保费的40%给予补助。单户最高80万元。"
    )
    assert first.benefits[0].max_yuan == second.benefits[0].max_yuan == Decimal(800000)


def test_exchanges_are_read_as_a_list() -> None:
    (item,) = items("对在北京证券交易所、上海证券交易所、深圳证券交易所上市的企业，给予500万元奖励。")
    assert read(item, "listing") == [("in", ("北交所", "上交所", "深交所"))]


def test_share_takes_its_subject_from_the_clause_before() -> None:
    (item,) = items(
        "对上年度研发费用达到500万元以上，且占营业收入比例不低于4%的工业企业，按研发费用的3%给予补助。"
    )
    assert read(item, "rd_ratio") == [("ge", Decimal(4))]


def test_place_alone_makes_nobody_eligible() -> None:
    (item,) = items("对本市企业免除特种设备检验费用。")
    assert read(item, "region") and free(item)


def test_help_to_persons_is_left_to_a_person() -> None:
    (item,) = items("应届毕业生办的公司（成立不超过5年），可报名学习，按每人8000元的标准支付学费补助。")
    assert free(item)


def test_encouraged_deed_before_an_empty_subject_is_not_passed_over() -> None:
    (item,) = items("支持企业申请智能化改造项目，对符合条件的项目给予最高100万元奖励。")
    assert [value for _, value in read(item, "other")] == ["申请智能化改造项目"]


def test_taxable_income_is_no_tax_paid_and_a_go_between_no_applicant() -> None:
    (item,) = items("对年度应纳税所得额不超过300万元的企业，给予1万元补助。")
    assert read(item, "tax_paid") == []
    (item,) = items("对企业通过公益性社会组织捐赠的，给予1万元补助。")
    assert read(item, "legal_form") == []


@pytest.mark.parametrize(
    ("text", "is_benefit"),
    [
        ("（1）活动应具有较高知名度。\n（2）活动应制定实施方案，参会人数应达到一定规模。", True),
        ("已获得国家级资助的项目，不能重复申报本项目；上一年度未结项的单位，不能参与本年度申报。", True),
        (
            "第七条 企业必须建立职工大会制度。\n第八条 职工不少于100人的企业应当设立代表大会，会期不少于1天。",
            False,
        ),
        ("1.企业应按要求如实填写申报书，一并报送至区文化部门。\n2.各区文化部门负责初审。", False),
    ],
)
def test_a_passage_without_a_benefit_belongs_to_one_where_it_speaks_of_applicants(
    text: str, is_benefit: bool
) -> None:
    assert predict({"id": "1", "text": text, "region": "示例市"})["is_benefit"] is is_benefit
