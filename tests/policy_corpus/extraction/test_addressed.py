"""Passages without a benefit of their own: requirements of a call, and what only looks like a list of them."""

from __future__ import annotations

import pytest

from policy_corpus.extraction import predict
from policy_corpus.extraction.structure.addressed import is_of_persons, speaks_to_applicant


def is_benefit(text: str) -> bool:
    return bool(predict({"id": "1", "text": text, "region": "示例市"})["is_benefit"])


@pytest.mark.parametrize(
    "text",
    [
        "1.在示例市注册，具有独立法人资格。\n2.财务管理制度健全，近三年无违法记录。",
        "（二）申报单位拥有示例产品的自主知识产权；\n（三）上年度营业收入不低于2000万元。",
        "服务对象\n注册在示例园区范围内的高新技术企业、科技型中小企业\n服务内容",
    ],
)
def test_requirements_of_a_call_speak_to_who_applies(text: str) -> None:
    assert speaks_to_applicant(text) and is_benefit(text)


def test_who_answers_for_a_measure_does_not_make_it_a_plan_of_offices() -> None:
    assert speaks_to_applicant("支持企业产品转内销，标准不低于国内标准。（示例局等各地区按职责分工负责）")
    assert not speaks_to_applicant("各地区要支持企业产品转内销，标准不低于国内标准。")


@pytest.mark.parametrize(
    "text",
    [
        "目前，示例开发区落户企业35户，其中规模以上企业9户，高新技术企业4户，投资超亿元的企业6户。",
        "示例药业\n该公司成立于2001年5月，注册资本为2亿元，现有员工300人，是省级高新技术企业。",
        "记者从示例市获悉，示例区规模以上工业企业复工率超过90%，其中中小企业进度较快，不少于3000家。",
        "各县区要专设工作组，以本地区规模以上工业企业为重点，指导企业制定复工方案，做好申请和审批。",
        "附表1 示例基地申请表\n单位名称 注册地 所属行业 职工人数\n（盖章） 年 月 日",
        "对符合规划条件的工业项目，建设单位应当申请，由主管部门核发示例规划许可证，用地面积不低于1000平方米。",
        "补助资金纳入示例单位预算统一管理，可用于绩效激励、人员培训，不受当年工资总额限制，不纳入工资总额基数。",
        "任何单位和个人不得有下列行为：\n（一）在示例场所停放车辆；\n（二）违法搭建建筑物，不符合登记用途。",
        "建立由示例部门牵头、企业和社会组织参与的协同工作机制，围绕项目培育、平台建设开展合作，支持重点项目。",
    ],
)
def test_news_profiles_plans_forms_and_bans_are_no_requirements(text: str) -> None:
    assert not speaks_to_applicant(text) and not is_benefit(text)


@pytest.mark.parametrize(
    "text",
    [
        "5. 100周岁及以上的；\n6. 计划生育特殊家庭老年人。",
        "第一类资助对象为经济困难的老年人，每人每月400元。第二类资助对象每人每月200元。",
        "适龄儿童的监护人须于2026年5月7日前登录报名系统填写信息。",
    ],
)
def test_a_passage_about_persons_alone_is_no_benefit_and_has_no_deadline(text: str) -> None:
    answer = predict({"id": "1", "text": text, "region": "示例市"})
    assert is_of_persons(text) and not answer["is_benefit"] and answer["deadline"] is None


def test_the_last_requirement_before_the_steps_of_a_card_is_one() -> None:
    text = "（3）项目对提升企业创新能力有显著作用。\n办理流程\n填写申报书→组织评审→结果公示→拨付资金。"
    answer = predict({"id": "1", "text": text, "region": "示例市"})
    assert answer["is_benefit"] and not answer["benefits"]
    assert [one["quote"] for one in answer["conditions"]] == ["项目对提升企业创新能力有显著作用"]


@pytest.mark.parametrize(
    "text",
    [
        "填写申报书→组织评审→结果公示→拨付资金。\n时间/频度\n每年一次",
        "（3）申请表原件和复印件。\n办理流程\n现场办理",
        "（2）各区主管部门负责初审并汇总。\n办理流程\n网上提交",
    ],
)
def test_steps_and_papers_before_a_field_of_a_card_are_no_requirements(text: str) -> None:
    assert not is_benefit(text)


@pytest.mark.parametrize(
    "text",
    [
        "1. 申报示例节目译制奖励扶持的项目，截至申报时，申报项目已完成译制并放映。\n2. 申报项目已进入示例渠道。",
        "（2）鼓励示例直播平台升级设备。直播平台应已在示例系统登记备案，并符合相关规定。\n支持内容包括示例设备购置。",
    ],
)
def test_what_is_asked_of_the_project_that_is_applied_for_makes_a_list(text: str) -> None:
    assert is_benefit(text)


def test_a_name_of_a_field_that_breaks_between_lines_heads_its_value() -> None:
    text = "工具分类\n资金\n支持\n服务\n对象\n注册在九江市、具有独立法人资格的高新技术企业\n服务内容"
    answer = predict({"id": "1", "text": text, "region": "示例市"})
    assert answer["is_benefit"]
    assert "高新技术企业" in [one["value"] for one in answer["conditions"]]


@pytest.mark.parametrize(
    "text",
    [
        "目前省内供给充足，还能为示例地区的蔬菜供应提供支持。",
        "为基层群众提高工作效率创造条件、提供支持。",
        "示例登记卡由物价部门统一制作，并免费发放。",
    ],
)
def test_service_without_anybody_who_could_ask_for_it_is_no_benefit(text: str) -> None:
    assert not is_benefit(text)


def test_service_for_products_or_companies_is_a_benefit() -> None:
    assert is_benefit("对促进化妆品新品在示例市首发的，提供支持。")
    assert is_benefit("为示例企业开通绿色通道。")


def test_a_day_that_news_or_offices_name_is_no_deadline() -> None:
    text = "各县区要督促企业于2026年3月1日前报送复工申请，并由主管部门核发通行证。"
    assert predict({"id": "1", "text": text, "region": "示例市"})["deadline"] is None
