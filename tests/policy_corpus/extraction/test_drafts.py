"""What becomes an item and what does not: titles said again, totals, promises that grades fill, help to persons."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction import extract_items
from policy_corpus.extraction.structure.silence import says_nothing
from policy_corpus.model import BenefitKind, Condition, DocumentKind, PolicyItem, leaves
from tests.factories import make_document


def items_of(text: str, **kw: object) -> tuple[PolicyItem, ...]:
    return extract_items(make_document(text, **kw))


def figures(text: str, **kw: object) -> list[Decimal | None]:
    return [benefit.max_yuan for item in items_of(text, **kw) for benefit in item.benefits]


def test_the_title_said_again_is_no_item() -> None:
    title = "示例市对获得境外商标的申请人予以资助"
    text = f"{title}\n对获得境外商标的申请人予以资助\n资助标准\n在示例国获得注册的，每件资助不超过5000元。"
    assert figures(text, title=title) == [Decimal(5000)]


@pytest.mark.parametrize(
    "total",
    ["同一申请人每年累计资助不超过8万元。", "申请人年度获得上述资助的总金额不超过8万元。"],
)
def test_a_bound_on_everything_together_is_no_item(total: str) -> None:
    text = f"资助标准\n对获得示例认证的企业，每家资助不超过2万元。\n{total}"
    assert figures(text) == [Decimal(20000)]


def test_a_promise_of_grades_gives_way_to_them_and_leaves_whom_it_is_for() -> None:
    text = (
        "一、支持企业走出去\n1.对软件园区企业，根据评估结果给予分档支持，经费主要用于技术研发。\n"
        "2.上一年度出口额5000万元以上的，给予不超过50万元资金支持。\n3.其他企业，给予不超过20万元资金支持。"
    )
    found = items_of(text)
    assert [item.benefits[0].max_yuan for item in found] == [Decimal(500000), Decimal(200000)]
    assert all("园区" in str(item.conditions) for item in found)


def test_support_without_a_figure_for_a_company_is_an_item() -> None:
    text = "一、对受灾害影响、到期还款困难的企业，可予以展期或续贷。\n二、不断畅通绿色通道。"
    (item,) = items_of(text)
    assert any(isinstance(leaf, Condition) for leaf in leaves(item.conditions))


@pytest.mark.parametrize(
    "title",
    ["示例市长期护理保险实施细则", "示例区幼儿园招生工作方案", "示例市公共租赁住房管理办法"],
)
def test_a_document_for_persons_gives_no_items(title: str) -> None:
    assert items_of("第一条 定点机构每人每天补助60元。", title=title) == ()


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("关于组织申报示例创新中心的通知", 1),
        ("示例产业专项资金申报指南", 1),
        ("示例工程规划许可证核发", 0),
        ("示例从业人员执业资格注册", 0),
        ("示例行业疫情防控指引", 0),
    ],
)
def test_a_call_without_a_benefit_is_an_item_only_where_something_is_given(title: str, count: int) -> None:
    text = "申报条件\n1.在本市注册的企业；\n2.上年度营业收入不低于2000万元。"
    assert len(items_of(text, title=title, kind=DocumentKind.GUIDE)) == count


@pytest.mark.parametrize(
    "sentence",
    [
        "截至目前，全市已为300家企业减免租金",
        "据市示例局介绍，已为企业发放补贴2000万元",
        "鼓励有条件的区给予配套支持",
        "对工作成效明显的县，优先给予经费支持",
        "所需经费由市级财政承担",
        "遗属可以申请抚恤补助金吗",
        "毕业2年内的毕业生到示例园区企业就业的，给予每人5000元补贴",
    ],
)
def test_reports_duties_costs_questions_and_persons_say_nothing(sentence: str) -> None:
    assert says_nothing(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "对招用毕业2年内毕业生的企业，给予每人5000元补贴",
        "截至2026年9月20日，获评示范街区的单位，再奖励20万元",
        "所需用地指标由省统筹解决",
        "示例单位留用见习学员的，按每人3000元给予补贴",
    ],
)
def test_what_a_company_can_have_is_read_on(sentence: str) -> None:
    assert not says_nothing(sentence)


def test_a_measure_about_new_materials_or_advice_is_read() -> None:
    text = (
        "一、支持新材料首批次应用\n对首批次新材料，给予单个企业不超过100万元奖励。\n"
        "二、促进咨询服务业发展\n对示例咨询企业，给予不超过20万元奖励。"
    )
    assert figures(text) == [Decimal(1000000), Decimal(200000)]


def test_a_general_promise_stays_beside_a_benefit_with_a_subject_of_its_own() -> None:
    text = "对进口示例物资的企业，给予资金支持。对投保的企业，保险费用给予全额支持。"
    assert len(items_of(text)) == 2


@pytest.mark.parametrize("title", ["示例园区募捐倡议书", "施工现场应急预案", "致示例企业的公开信"])
def test_appeals_letters_and_plans_for_emergencies_offer_nothing(title: str) -> None:
    assert items_of("第一条 对示例企业给予20万元奖励。", title=title) == ()


def test_a_matter_of_persons_among_others_is_left_out() -> None:
    text = "一、高龄津贴\n每人每月发放补贴200元。\n二、设备补贴\n对购置设备的企业，给予不超过20万元补贴。"
    assert figures(text) == [Decimal(200000)]


def test_compensation_for_losses_is_not_filled_by_a_subsidy_behind_it() -> None:
    text = "给予担保机构损失补偿，加大融资担保补助。示例科研项目，按研发投入的35%予以补助。"
    kinds = [benefit.kind for item in items_of(text) for benefit in item.benefits]
    assert BenefitKind.RISK in kinds and len(kinds) == 3


def test_the_name_of_a_measure_in_brackets_is_its_heading_and_no_condition() -> None:
    text = (
        "第三条 【落户奖励】对新引进的金融机构，按实缴资本的1%给予最高500万元奖励。\n"
        "第四条 （租金补贴）对新引进的企业，按租金的50%给予补贴。（责任单位：区示例局）\n"
        "第五条 本办法由区发改局负责解释。"
    )
    first, second = items_of(text)
    assert first.title.startswith("落户奖励") and second.title.startswith("租金补贴")
    assert first.benefits[0].max_yuan == 5000000
    asked = [leaf for leaf in leaves(first.conditions) if not getattr(leaf, "implied", False)]
    assert asked and not any("【" in leaf.span.quote for leaf in asked)
    assert [item.department.text for item in (first, second) if item.department] == ["区发改局", "区示例局"]


@pytest.mark.parametrize(
    "sentence",
    ["拖欠农民工工资的", "残疾人职工占职工总数25%以上", "不得拖欠劳动者报酬", "招用就业困难人员10人以上"],
)
def test_what_is_asked_of_a_company_about_its_people_is_never_passed_over(sentence: str) -> None:
    assert not says_nothing(sentence) and not says_nothing(sentence, asked=True)
