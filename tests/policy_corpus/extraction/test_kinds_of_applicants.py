"""Who may apply, read from lists, permits, grades and places: no member left out, no partner or part of a word taken in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policy_corpus.extraction.conditions.reading import Setting, read_sentence
from policy_corpus.extraction.items import extract_items
from policy_corpus.model import AnyOf, Condition, Operator, leaves
from tests.factories import make_document

SPEAKING = "浙江省湖州市"


def found(sentence: str) -> list[tuple[str, str, object]]:
    setting = Setting(required=True, speaking=SPEAKING)
    return [(one.attribute, one.op.value, one.value) for one in read_sentence(sentence, setting)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "高等学校、科研机构、社会组织、创业服务机构等创新主体",
            ("industry", "in", ("高等学校", "科研机构", "社会组织", "创业服务机构")),
        ),
        ("申报单位应为投资机构", ("industry", "eq", "投资机构")),
        ("从事商贸流通业经营、服务、管理的企业", ("industry", "eq", "商贸流通业")),
        ("各类担保机构", ("industry", "eq", "担保")),
        ("持有网络出版服务许可证的单位", ("qualification", "has", "网络出版服务许可证")),
        ("近2年年检结论为合格", ("qualification", "has", "近2年年检结论合格")),
        (
            "服务评估为优秀、良好的单位",
            ("qualification", "in", ("服务评估优秀", "服务评估良好")),
        ),
        ("经认定的知识产权试点示范单位", ("qualification", "has", "知识产权试点示范单位")),
        ("具有国家级资质的机构", ("qualification", "has", "国家级资质")),
        ("具有独立承担民事责任的能力", ("independent_legal_person", "has", True)),
        ("在示例四板市场挂牌的企业", ("listing", "eq", "示例四板市场")),
        ("湖州市范围内的企业", ("region", "eq", "湖州市")),
        ("每年按不低于20%的比例录用学员", ("other", "ge", Decimal(20))),
        (
            "银行、担保公司等债权类投资机构",
            ("industry", "in", ("银行", "担保")),
        ),
        ("还未注册企业", ("other", "not_has", "注册企业")),
    ],
)
def test_a_kind_of_applicant_is_named_as_the_text_names_it(
    sentence: str, expected: tuple[str, str, object]
) -> None:
    assert found(sentence)[0] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "联合高校、科研院所开展技术攻关",
        "本地各类企事业单位",
        "通过境内公益性社会组织捐赠的企业",
        "按照社会组织扶持政策享受",
        "根据《示例市科技服务机构管理办法》办理",
        "普通高等学校、技工院校学生",
        "支持机器人企业建设市级企业技术中心",
        "核心技术为企业与高等学校、科研机构（含医疗卫生机构）合作研发",
        "达到“数字化车间”建设标准的项目",
        "入驻基地的第三方服务机构（属政府采购的运营服务机构除外）",
    ],
)
def test_partners_pupils_and_parts_of_words_shut_nobody_out(sentence: str) -> None:
    kinds = {(attribute, value) for attribute, op, value in found(sentence)}
    names = {
        str(value) for attribute, value in kinds if attribute in ("industry", "legal_form", "qualification")
    }
    assert names <= {"机器人"}


def test_a_numbered_name_of_applicants_is_not_joined_with_what_is_asked_of_them() -> None:
    text = (
        "申报条件\n（1）中国（示例）自由贸易试验区范围内的外贸企业\n在自由贸易试验区注册且开展国际市场业务的企业。\n"
        "（2）获得国家高新技术企业认定的外贸企业\n取得国家高新技术企业证书的企业。\n支持标准\n给予10万元补助。"
    )
    (item,) = extract_items(make_document(text))
    assert any(isinstance(node, AnyOf) for node in item.conditions.children)


def test_a_part_for_one_matter_is_asked_of_that_matter_alone() -> None:
    text = (
        "服务内容\n1.支持基金份额转让\n对份额转让给予不超过100万元资金支持。\n2.支持长期资本参与投资\n对出资方给予不超过500万元资金支持。\n"
        "条件要求\n1.支持基金份额转让需要符合以下条件：\n（1）转让方注册资本不低于1000万元。\n"
        "2.支持长期资本参与投资需要符合以下条件：\n（1）出资方营业收入不低于3亿元。\n"
    )
    asked = {
        item.benefits[0].max_yuan: {
            leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)
        }
        for item in extract_items(make_document(text))
    }
    assert "registered_capital" in asked[Decimal(1000000)] and "revenue" not in asked[Decimal(1000000)]
    assert "revenue" in asked[Decimal(5000000)] and "registered_capital" not in asked[Decimal(5000000)]


def test_parts_that_open_with_different_kinds_are_alternatives() -> None:
    text = "申报条件\n（1）示例标准化示范单位，应拥有专利10件以上。\n（2）示例标准化试点单位，应拥有专利5件以上。\n支持标准\n给予10万元补助。"
    (item,) = extract_items(make_document(text))
    assert any(isinstance(node, AnyOf) for node in item.conditions.children)


def test_two_parts_for_the_same_kind_must_both_hold() -> None:
    text = "申报条件\n（1）服务机构应有职工10人以上。\n（2）服务机构应拥有专利5件以上。\n支持标准\n给予10万元补助。"
    (item,) = extract_items(make_document(text))
    assert not any(isinstance(node, AnyOf) for node in item.conditions.children)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("新获评国家5A、4A、3A级物流企业的单位", ("国家5A级物流企业", "4A级物流企业", "3A级物流企业")),
        ("获得中国专利金奖、银奖的单位", ("中国专利金奖", "中国专利银奖")),
        ("首次入选示例500强的企业", "示例500强"),
        ("国家级、市级人力资源服务产业园", ("国家级人力资源服务产业园", "市级人力资源服务产业园")),
        ("亩均效益评价A类企业", "亩均效益评价A类"),
        ("纳入国家鼓励的示例企业清单的企业", "国家鼓励的示例企业清单"),
        ("通过《示例合规管理体系要求》认证的企业", "《示例合规管理体系要求》"),
        ("养老机构等级评定为四、五级的单位", ("养老机构等级评定四级", "养老机构等级评定五级")),
        ("取得药品注册批件的企业", "药品注册批件"),
        ("高校院所、企业、新型研发机构等创新主体", None),
    ],
)
def test_titles_and_grades_that_no_table_knows_are_read_whole(sentence: str, value: object) -> None:
    values = [one for attribute, _, one in found(sentence) if attribute == "qualification"]
    assert values == ([value] if value else [])


def test_requirements_in_one_line_behind_a_colon_are_all_read() -> None:
    text = (
        "一、对认定的软件企业，给予10万元奖励。二、申报企业须同时符合以下条件：1.具有独立法人资格；2.上年度营业收入1000万元以上；"
        "3.职工人数不少于30人；4.近三年无重大税收违法行为。"
    )
    (item,) = extract_items(make_document(text))
    asked = {leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)}
    assert {"independent_legal_person", "revenue", "employees", "compliance"} <= asked


def test_the_last_requirement_before_a_paragraph_is_no_heading() -> None:
    text = "申报条件\n（一）在本市注册；\n（二）近三年无重大税收违法行为，无安全事故。\n房地产企业除外。\n支持标准\n给予10万元补助。"
    (item,) = extract_items(make_document(text))
    asked = [leaf.attribute for leaf in leaves(item.conditions) if isinstance(leaf, Condition)]
    assert "compliance" in asked


def test_a_list_of_trades_ends_before_a_title() -> None:
    assert [one[0::2] for one in found("制造业小微企业、农业龙头企业")] == [
        ("industry", "制造业"),
        ("size_class", "小微"),
        ("qualification", "农业龙头企业"),
    ]


def test_what_was_held_and_is_not_to_be_applied_for_again_is_denied() -> None:
    assert found("已入选往年示范工厂的不再重复申报")[0] == ("qualification", "not_has", "往年示范工厂")


@pytest.mark.parametrize("refusal", ["成立不满一年的除外", "成立不满一年的企业不予支持"])
def test_a_figure_turned_round_quotes_the_words_that_turn_it(refusal: str) -> None:
    setting = Setting(required=True, speaking=SPEAKING)
    found = read_sentence(f"软件企业，{refusal}", setting)
    turned = next(one for one in found if one.attribute == "founded_years")
    assert (turned.op, turned.value) == (Operator.GE, 1)
    assert f"软件企业，{refusal}"[turned.start : turned.end] == refusal
