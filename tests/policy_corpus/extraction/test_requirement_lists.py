"""What the clauses of a list of requirements ask, what they only explain, and how lists of applicants are joined."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction.conditions.reading import Setting, read_sentence
from policy_corpus.extraction.conditions.trees import compose
from policy_corpus.extraction.items import extract_items
from policy_corpus.extraction.words.plain import make_plain
from policy_corpus.model import AllOf, AnyOf, Condition, Node, Operator, leaves
from tests.factories import make_document

SPEAKING = "浙江省湖州市"


def found(sentence: str) -> list[tuple[str, str, object]]:
    setting = Setting(required=True, speaking=SPEAKING)
    return [(one.attribute, one.op.value, one.value) for one in read_sentence(sentence, setting)]


def tree(sentence: str) -> tuple[Node, ...]:
    plain = make_plain(make_document(sentence), sentence, 0, len(sentence))
    return compose(plain, read_sentence(plain.text, Setting(required=True, speaking=SPEAKING)))


@pytest.mark.parametrize(
    "clause",
    [
        "设备投入的核算范围为设备购置费和安装费",
        "资金来源可以是自有资金，也可以是银行贷款",
        "完工时间不限于申报之前",
        "补助金额原则上不低于50万元",
        "同一申报人每年只能享受一次补助",
        "其他园区的企业参照执行",
    ],
)
def test_a_clause_that_explains_or_allows_asks_nothing(clause: str) -> None:
    assert found(clause) == []


def test_an_easing_for_young_companies_refuses_no_older_one() -> None:
    assert found("近三年研发费用占比不低于4%，成立不满三年的，按实际经营年限计算") == [
        ("rd_ratio", "ge", Decimal(4))
    ]


def test_a_company_younger_than_asked_for_is_still_a_condition_of_a_benefit() -> None:
    (item,) = extract_items(make_document("对注册成立不满三年的企业，给予5万元补助。"))
    ages = [
        leaf
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute == "founded_years"
    ]
    assert [(leaf.op, leaf.value) for leaf in ages] == [(Operator.LT, Decimal(3))]


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("申报企业未获得过其他市级同类补助", "获得过其他市级同类补助"),
        ("补助资金不得用于偿还债务", "补助资金用于偿还债务"),
        ("未享受过同类奖励", "享受过同类奖励"),
    ],
)
def test_a_denial_keeps_what_it_is_said_of_but_not_the_applicant(clause: str, value: str) -> None:
    ((_, op, said),) = found(clause)
    assert (op, said) == ("not_has", value)


def test_not_being_able_to_is_a_state_and_no_denial() -> None:
    assert found("不能按期缴纳水费的企业") == [("other", "has", "不能按期缴纳水费")]


def test_a_short_requirement_is_not_taken_for_a_heading() -> None:
    text = "申报条件\n1.近两年无行政处罚记录。成立不满两年的，自成立之日起计算。\n2.上年度营业收入不低于500万元。\n支持标准\n给予10万元补助。"
    (item,) = extract_items(make_document(text))
    kinds = [leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    assert "compliance" in kinds and "revenue" in kinds


def test_a_place_before_a_title_is_asked_beside_it() -> None:
    assert ("qualification", "has", "高新技术企业") in found("湖州市高新技术企业")
    assert ("region", "eq", "湖州市") in found("湖州市高新技术企业")


def test_a_place_that_is_left_out_is_refused() -> None:
    assert ("region", "not_has", "浙江省杭州市") in found("在浙江省内（不含杭州）注册的企业")


def test_whom_a_company_deals_with_is_not_its_own_trade() -> None:
    assert [kind for kind, _, _ in found("从金融机构获得贷款")] == ["other"]


@pytest.mark.parametrize("words", ["符合示范区高精尖产业领域", "属于十大高精尖产业"])
def test_a_group_of_trades_that_a_programme_defines_is_a_trade(words: str) -> None:
    assert [kind for kind, _, _ in found(words)] == ["industry"]


def test_a_shut_out_trade_is_read_from_its_prefix() -> None:
    assert found("非金融企业") == [("industry", "not_has", "金融")]


def test_applicants_in_a_list_are_alternatives() -> None:
    (node,) = tree("规模以上工业企业和高新技术企业")
    assert isinstance(node, AnyOf)
    first, second = node.children
    assert isinstance(first, AllOf)
    assert [leaf.attribute for leaf in leaves(first) if isinstance(leaf, Condition)] == [
        "above_scale",
        "industry",
    ]
    assert isinstance(second, Condition) and second.attribute == "qualification"


def test_traits_in_a_list_must_all_hold() -> None:
    nodes = tree("具有独立法人资格、健全的财务制度")
    assert [node.attribute for node in nodes if isinstance(node, Condition)] == [
        "independent_legal_person",
        "financial_system",
    ]


def test_two_steps_that_meet_at_a_figure_do_not_share_it() -> None:
    text = (
        "申报条件\n研发费用占营业收入的比例符合下列要求：\n（1）营业收入5000万元至2亿元的，不低于4%；\n"
        "（2）营业收入2亿元以上的，不低于3%。\n支持标准\n给予10万元补助。"
    )
    (item,) = extract_items(make_document(text))
    sizes = [
        leaf
        for leaf in leaves(item.conditions)
        if isinstance(leaf, Condition) and leaf.attribute == "revenue"
    ]
    assert [leaf.op for leaf in sizes] == [Operator.BETWEEN, Operator.GT]


@pytest.mark.parametrize("clause", ["列入失信被执行人名单", "近三年因重大违法行为受到行政处罚", "欠税"])
def test_no_fault_is_ever_asked_for(clause: str) -> None:
    assert [op for _, op, _ in found(clause)] == ["not_has"]


def test_a_list_of_refusals_may_be_opened_by_a_full_stop() -> None:
    text = (
        "服务内容\n对总部企业给予10万元奖励。\n条件要求\n有下列情形之一的总部企业，不予支持。\n"
        "1．近三年因重大违法行为受到行政处罚。\n2．被列入失信被执行人名单。\n"
    )
    (item,) = extract_items(make_document(text))
    asked = [
        leaf for leaf in leaves(item.conditions) if isinstance(leaf, Condition) and leaf.attribute != "region"
    ]
    assert [(leaf.attribute, leaf.negated) for leaf in asked] == [
        ("compliance", True),
        ("credit", True),
        ("qualification", False),
    ]


def test_a_part_of_the_conditions_named_like_a_matter_is_asked_of_that_matter_only() -> None:
    text = (
        "支持内容\n1．支持验证平台建设。\n给予平台最高100万元补助。\n2．支持首台套应用。\n给予每台50万元奖励。\n"
        "申报条件\n1．支持验证平台建设。\n（1）上年度营业收入不低于3000万元。\n"
        "2．支持首台套应用。\n（1）拥有发明专利2件以上。\n"
    )
    first, second = extract_items(make_document(text))
    asked = [
        {leaf.attribute for leaf in leaves(one.conditions) if isinstance(leaf, Condition)}
        for one in (first, second)
    ]
    assert "revenue" in asked[0] and "invention_patents" not in asked[0]
    assert "invention_patents" in asked[1] and "revenue" not in asked[1]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        (
            "通过国家级示范企业、工信部领航企业或省制造业单项冠军企业认定",
            ("国家级示范企业", "工信部领航企业", "省制造业单项冠军企业"),
        ),
        ("列入省、市级重点企业名单", "省、市级重点企业名单"),
    ],
)
def test_names_of_titles_are_read_whole(clause: str, names: object) -> None:
    assert [value for kind, _, value in found(clause) if kind == "qualification"] == [names]


def test_what_is_applied_for_need_not_be_held() -> None:
    assert [kind for kind, _, _ in found("申报示范基地的单位") if kind == "qualification"] == []


def test_growth_is_of_what_was_measured_before() -> None:
    kinds = [(kind, value) for kind, _, value in found("上年度营业收入达到500万元，且比上年增长20%以上")]
    assert kinds == [("revenue", Decimal(5000000)), ("revenue_growth", Decimal(20))]


def test_trades_in_quotes_are_left_out_one_by_one() -> None:
    ((kind, op, value),) = [
        one for one in found("除“水泥制造业”“炼铁业”等高耗能行业外的企业") if one[0] == "industry"
    ]
    assert (kind, op, value) == ("industry", "not_has", ("水泥制造业", "炼铁业"))


def test_whose_loans_a_bank_makes_is_not_whose_benefit_it_is() -> None:
    assert "size_class" not in [kind for kind, _, _ in found("发放小微企业贷款的银行")]


def test_definitions_of_several_kinds_of_applicants_are_alternatives() -> None:
    text = (
        "服务对象\n科创企业及金融服务机构。其中，科创企业是指注册在湖州市的高新技术企业；金融服务机构是指注册在杭州市的银行机构。\n"
        "服务内容\n给予10万元补助。\n"
    )
    (item,) = extract_items(make_document(text))
    places = [
        node
        for node in item.conditions.children
        if isinstance(node, AnyOf)
        and {
            leaf.value for leaf in leaves(node) if isinstance(leaf, Condition) and leaf.attribute == "region"
        }
        == {"湖州市", "杭州市"}
    ]
    assert len(places) == 1


def test_who_is_preferred_keeps_nobody_out() -> None:
    text = (
        "申报条件\n1．上年度营业收入不低于500万元。\n2．对符合以下条件之一的予以优先支持：\n（1）属于软件企业；\n（2）拥有发明专利5件以上。\n"
        "支持标准\n给予10万元补助。\n"
    )
    (item,) = extract_items(make_document(text))
    asked = {leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)}
    assert asked == {"region", "revenue"}


def test_a_prize_is_held_by_its_rank() -> None:
    first, second = extract_items(
        make_document("对获得示例科学技术奖一等奖、二等奖的企业分别给予100万元、50万元奖励。")
    )
    held = [
        [
            leaf.value
            for leaf in leaves(one.conditions)
            if isinstance(leaf, Condition) and leaf.attribute == "qualification"
        ]
        for one in (first, second)
    ]
    assert [str(names[0])[-3:] for names in held] == ["一等奖", "二等奖"]


def test_whom_a_benefit_is_given_to_may_stand_behind_the_giving_word() -> None:
    (item,) = extract_items(make_document("给予国家高新技术企业20万元奖励。"))
    assert ("qualification", "国家高新技术企业") in [
        (leaf.attribute, leaf.value) for leaf in leaves(item.conditions) if isinstance(leaf, Condition)
    ]


def test_what_a_bracket_leaves_out_is_not_said_of_the_words_behind_it() -> None:
    ((_, op, _),) = [one for one in found("为员工（不含经营者）足额缴纳社会保险费") if one[0] == "compliance"]
    assert op == "has"


def test_a_figure_eased_for_one_kind_of_applicant_is_a_choice() -> None:
    (node,) = tree("企业注册成立不超过5年，其中生物医药领域企业注册成立不超过7年")
    assert isinstance(node, AnyOf)
    general, own = node.children
    assert isinstance(general, Condition) and general.value == Decimal(5)
    assert [(leaf.attribute, leaf.value) for leaf in leaves(own) if isinstance(leaf, Condition)] == [
        ("industry", "生物医药"),
        ("founded_years", Decimal(7)),
    ]


def test_what_is_said_of_clients_is_not_asked_of_the_applicant() -> None:
    kinds = [kind for kind, _, _ in found("为营业收入1亿元以下的文化企业提供融资服务的金融机构")]
    assert kinds == ["activity", "industry"]


@pytest.mark.parametrize(
    "clause", ["在孵企业近两年营业收入平均增速不低于10%", "入驻企业营业收入不低于500万元"]
)
def test_what_companies_in_a_park_earn_is_no_fact_of_the_applicant(clause: str) -> None:
    assert [kind for kind, _, _ in found(clause)] == ["other"]


@pytest.mark.parametrize("clause", ["毕业5年内的高校毕业生在本市登记", "3年内免征其自用房产的房产税"])
def test_other_spans_of_years_are_not_the_age_of_a_company(clause: str) -> None:
    assert "founded_years" not in [kind for kind, _, _ in found(clause)]


def test_what_is_asked_of_different_kinds_is_a_choice() -> None:
    text = (
        "申报条件\n1.在本市注册；\n2.制造业企业上年度营业收入不低于5000万元；\n3.软件企业上年度营业收入不低于1000万元。\n"
        "支持标准\n给予10万元补助。\n"
    )
    (item,) = extract_items(make_document(text))
    (choice,) = [node for node in item.conditions.children if isinstance(node, AnyOf)]
    assert [
        [leaf.value for leaf in leaves(option) if isinstance(leaf, Condition)] for option in choice.children
    ] == [["制造业", Decimal(50000000)], ["软件", Decimal(10000000)]]


def test_headings_of_requirements_are_not_kinds_of_applicants() -> None:
    text = (
        "申报条件\n1．依法成立经营。在本市注册，具有独立法人资格。\n2．服务功能完善。上年度营业收入不低于500万元。\n"
        "支持标准\n给予10万元补助。\n"
    )
    (item,) = extract_items(make_document(text))
    assert not any(isinstance(node, AnyOf) for node in item.conditions.children)


def test_parts_for_several_kinds_of_applicants_are_alternatives() -> None:
    text = (
        "申报条件\n1．申报的文化企业须同时满足以下条件：\n（1）上年度营业收入不低于500万元。\n"
        "2．申报的金融机构须同时满足以下条件：\n（1）注册资本不低于1亿元。\n支持标准\n给予10万元补助。\n"
    )
    (item,) = extract_items(make_document(text))
    (choice,) = [node for node in item.conditions.children if isinstance(node, AnyOf)]
    asked = [
        {leaf.attribute for leaf in leaves(option) if isinstance(leaf, Condition)}
        for option in choice.children
    ]
    assert "revenue" in asked[0] and "registered_capital" in asked[1]


def test_a_kind_that_the_benefit_names_is_asked_for_its_own_part() -> None:
    text = (
        "申报条件\n1．申报的文化企业须同时满足以下条件：\n（1）上年度营业收入不低于500万元。\n"
        "2．申报的金融机构须同时满足以下条件：\n（1）注册资本不低于1亿元。\n支持标准\n对金融机构给予10万元奖励。\n"
    )
    (item,) = extract_items(make_document(text))
    asked = {leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)}
    assert "registered_capital" in asked and "revenue" not in asked


def test_further_applicants_behind_a_comma_are_alternatives() -> None:
    nodes = tree("在本市注册的高新技术企业，以及高等学校、科研机构和社会组织等创新主体")
    (choice,) = [node for node in nodes if isinstance(node, AnyOf)]
    assert [leaf.attribute for leaf in leaves(choice) if isinstance(leaf, Condition)] == [
        "qualification",
        "industry",
    ]


def test_besides_a_condition_shuts_nobody_out() -> None:
    assert found("除符合外贸企业条件外，上年度出口额低于500万元") == [
        ("export_value", "lt", Decimal(5000000))
    ]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("申报企业应在杭州市、宁波市注册", ["杭州市", "宁波市"]),
        ("注册地在安吉县、德清县或者长兴县的企业", ["安吉县", "德清县", "长兴县"]),
    ],
)
def test_a_list_of_places_is_a_choice_of_them(sentence: str, places: list[str]) -> None:
    (choice,) = tree(sentence)
    assert isinstance(choice, AnyOf)
    assert [leaf.value for leaf in leaves(choice) if isinstance(leaf, Condition)] == places


def test_where_people_worked_before_is_no_title_of_the_applicant() -> None:
    assert found("团队成员具有高新技术企业、龙头企业工作经历") == [
        ("other", "has", "团队成员具有高新技术企业、龙头企业工作经历")
    ]
    assert found("具有3年以上从业经验的高新技术企业")[-1] == ("qualification", "has", "高新技术企业")


def test_what_a_measure_lowers_is_no_part_of_a_trade() -> None:
    assert ("industry", "eq", "文化") in found("降低文化企业融资成本")
    assert found("涉及防疫物资生产或防疫服务企业") == [("industry", "in", ("防疫物资生产", "防疫服务"))]


def test_tiers_in_one_sentence_are_a_choice() -> None:
    text = "申报条件\n1.上年度销售收入小于3000万元的企业，研发费用占比不低于5%，上年度销售收入在3000万元至1亿元的企业，研发费用占比不低于4%。"
    (item,) = extract_items(make_document("补助标准\n给予20万元补助。\n" + text))
    (choice,) = (node for node in item.conditions.children if isinstance(node, AnyOf))
    assert [
        [(leaf.attribute, leaf.op) for leaf in leaves(tier) if isinstance(leaf, Condition)]
        for tier in choice.children
    ] == [
        [("revenue", Operator.LT), ("rd_ratio", Operator.GE)],
        [("revenue", Operator.BETWEEN), ("rd_ratio", Operator.GE)],
    ]


CLASSES = (
    "支持内容\n1.贷款贴息。对从银行获得贷款的文化企业，给予20万元贴息。\n2.银行奖励。对银行当期为文化企业提供的贷款，给予30万元奖励。\n"
    "申报条件\n1.申报的文化企业须同时满足以下条件：\n（1）注册满1年；\n2.申报的银行、担保公司等金融机构须同时满足以下条件：\n（1）注册满2年；\n"
)


def test_what_is_asked_of_a_list_of_applicants_is_asked_of_nobody_else() -> None:
    ages = {
        item.title.split("：")[0][:2]: [
            leaf.value
            for leaf in leaves(item.conditions)
            if isinstance(leaf, Condition) and leaf.attribute == "founded_years"
        ]
        for item in extract_items(make_document(CLASSES))
    }
    assert ages == {"贷款": [Decimal(1)], "银行": [Decimal(2)]}


def test_the_clients_of_a_service_are_not_the_applicant() -> None:
    assert [one[0] for one in found("为注册在北京市的文化企业提供投融资服务")] == ["activity"]


def test_a_subject_named_in_passing_is_that_of_the_sentences_behind_it() -> None:
    text = "（一）支持软件企业开展能力成熟度评估。对通过评估的，给予5万元奖励。支持物流企业购置新能源车辆。对新购车辆的，给予8万元奖励。"
    trades = [
        [
            leaf.value
            for leaf in leaves(item.conditions)
            if isinstance(leaf, Condition) and leaf.attribute == "industry"
        ]
        for item in extract_items(make_document(text))
    ]
    assert trades == [["软件"], ["物流"]]


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("一、支持软件企业开展能力成熟度评估\n对通过评估的企业，给予5万元奖励。", ["软件"]),
        ("一、支持软件企业开展能力成熟度评估\n对通过评估的物流企业，给予5万元奖励。", ["物流"]),
    ],
)
def test_a_heading_says_whom_a_benefit_is_for_where_the_text_below_does_not(
    text: str, trades: list[str]
) -> None:
    (item,) = extract_items(make_document(text))
    named = [leaf for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    assert [leaf.value for leaf in named if leaf.attribute == "industry"] == trades


def test_what_is_asked_of_the_banks_is_not_asked_of_the_company() -> None:
    text = "三、加大信贷支持。支持各银行业金融机构对恢复生产的中小企业适度增信；对暂时受困的中小企业，不得抽贷、断贷；对还款困难的小微企业，可予以展期。"
    (item,) = extract_items(make_document(text))
    named = [leaf for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    asked = [leaf for leaf in named if leaf.attribute != "region"]
    assert [(leaf.attribute, leaf.value) for leaf in asked] == [("other", "还款困难"), ("size_class", "小微")]


def test_the_third_kind_of_a_list_may_be_asked_for_something_else() -> None:
    text = (
        "给予50万元补助。\n申报条件\n1.工程服务机构收入不低于5亿元，研发投入占营业收入比重不低于3%。"
        "检验检测机构收入不低于1亿元，研发投入占营业收入比重不低于4%。"
        "科技咨询机构收入不低于2000万元，咨询服务收入占总收入比重不低于50%。"
    )
    (item,) = extract_items(make_document(text))
    (choice,) = (node for node in item.conditions.children if isinstance(node, AnyOf))
    assert len(choice.children) == 3


def test_the_place_before_a_title_is_no_part_of_its_name() -> None:
    assert found("支持我市疫情防控重点保障企业上市")[-1] == ("qualification", "has", "疫情防控重点保障企业")


def test_requirements_for_three_kinds_of_projects_are_a_choice() -> None:
    text = (
        "给予20万元补助。\n申报条件\n1.在本市注册。\n2.图书出版项目，申报单位须具有图书出版许可证。\n"
        "3.数字出版项目，申报单位须具有网络出版许可证。\n4.期刊出版项目，申报单位须具有期刊出版许可证。"
    )
    (item,) = extract_items(make_document(text))
    (choice,) = (node for node in item.conditions.children if isinstance(node, AnyOf))
    assert len(choice.children) == 3


def test_whose_the_premises_are_is_no_form_of_the_applicant() -> None:
    assert all(one[0] != "legal_form" for one in found("承租事业单位公有房产的"))


def test_how_the_time_after_a_reform_is_counted_asks_nothing() -> None:
    assert found("文化事业单位体制改革重新登记的，登记时间可与改革前连续计算") == []
    assert ("founded_years", "ge", Decimal(3)) in found("在本市注册3年以上，注册时间可与改制前连续计算")


@pytest.mark.parametrize(
    ("sentence", "op", "value"),
    [
        ("无偿捐赠应急物资", "has", "无偿捐赠应急物资"),
        ("已获得资助的单位，在结项验收前，不能参与本年度申报", "not_has", "已获得资助的单位，在结项验收前"),
        ("已获资助而未结项的，不能再获得同类资助", "not_has", "已获资助而未结项"),
    ],
)
def test_what_is_refused_and_what_only_looks_like_a_denial(sentence: str, op: str, value: str) -> None:
    ((_, found_op, found_value),) = found(sentence)
    assert (found_op, found_value) == (op, value)


def test_this_administrative_area_is_that_of_who_speaks() -> None:
    assert ("region", "eq", SPEAKING) in found("在本行政区域内创办企业")


def test_a_place_before_a_trade_hides_neither() -> None:
    assert found("北京市机器人产业企业") == [("region", "eq", "北京市"), ("industry", "eq", "机器人")]


def test_whom_a_relief_spares_stands_behind_it() -> None:
    (item,) = extract_items(make_document("免收浙江省期货公司应向交易所缴纳的年费。"))
    asked = [leaf for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    assert [(leaf.attribute, leaf.value) for leaf in asked] == [("region", "浙江省"), ("industry", "期货")]


def test_a_place_before_a_long_list_of_trades_is_read() -> None:
    assert found("广州市软件和信息技术服务业企业") == [
        ("region", "eq", "广州市"),
        ("industry", "in", ("软件", "信息技术服务业")),
    ]


def test_clauses_that_ask_anew_are_conditions_of_their_own() -> None:
    asked = [one[2] for one in found("活动应制定组织实施方案，应有知名专家参加，市场化水平较高")]
    assert asked == ["活动应制定组织实施方案", "有知名专家参加", "市场化水平较高"]


def test_a_trade_has_one_name_with_and_without_its_kind_of_body() -> None:
    assert [found(words)[0][2] for words in ("担保机构", "合作担保机构", "担保公司")] == ["担保"] * 3


def test_our_city_before_a_title_is_a_place() -> None:
    assert ("region", "eq", SPEAKING) in found("对我市疫情防控重点保障企业")
