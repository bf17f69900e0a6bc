"""Papers to hand in, who to ask, where to apply: what a notice says around its benefits."""

from __future__ import annotations

import pytest

from policy_corpus.extraction import extract_items
from policy_corpus.extraction.particulars.contacts import (
    find_channel,
    find_contacts,
    find_department,
    find_responsible,
    needs_no_application,
)
from policy_corpus.extraction.particulars.materials import find_materials
from policy_corpus.extraction.structure.outline import Section, read_outline
from policy_corpus.extraction.words.plain import make_plain
from policy_corpus.model import DocumentKind
from tests.factories import make_document


def sections(text: str) -> list[Section]:
    return list(read_outline(make_document(text)).walk())


def materials(text: str) -> list[str]:
    return [one.text for one in find_materials(sections(text))]


def test_lines_under_a_heading_are_the_papers() -> None:
    text = "四、申报材料\n1.《示例奖补申请表》（加盖公章）；\n2.上年度审计报告复印件；\n3.材料一式两份，按顺序装订。"
    assert materials(text) == ["《示例奖补申请表》（加盖公章）", "上年度审计报告复印件"]


def test_papers_listed_in_one_line_are_told_apart() -> None:
    assert materials("申报材料：营业执照、完税证明、设备发票（含明细、合同）") == [
        "营业执照",
        "完税证明",
        "设备发票（含明细、合同）",
    ]
    assert materials("申请时应提交下列材料：（1）申请报告；（2）租赁合同及发票。另行通知领取时间。") == [
        "申请报告",
        "租赁合同及发票",
    ]


def test_duties_about_papers_are_no_papers() -> None:
    text = "申报材料\n申报单位应对材料的真实性负责。\n纸质材料报送至市示例局201室。\n营业执照复印件。"
    assert materials(text) == ["营业执照复印件"]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("联系电话：（0792）8123456，传真：0792-8123457", ["0792-8123456"]),
        ("咨询电话：0792-8123456-801、8765432", ["0792-8123456-801", "8765432"]),
        ("联系人：示例科，发文日期20260105", []),
        ("营业收入达8123456元的企业", []),
    ],
)
def test_telephone_numbers_are_read_and_others_are_not(text: str, phones: list[str]) -> None:
    assert [one.text for one in find_contacts(sections(text))] == phones


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("申报条件：在本市注册\n责任单位：市示例局", "市示例局"),
        ("请于9月30日前申报。受理部门：市示例科技局，联系电话：0792-8123456。", "市示例科技局"),
        ("第九条 本办法由市示例商务局会同市财政局负责解释。", "市示例商务局"),
    ],
)
def test_department_is_read_from_a_card_a_notice_and_the_last_article(text: str, department: str) -> None:
    found = find_department(sections(text))
    assert found is not None and found.text == department


def test_department_in_brackets_is_that_of_the_measure() -> None:
    document = make_document("给予奖励10万元。（责任单位：市示例局、市财政局）")
    found = find_responsible(make_plain(document, document.text, 0, len(document.text)))
    assert found is not None and found.text == "市示例局、市财政局"


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("五、申报方式\n企业登录示例市惠企平台在线填报，结果在市示例局网站公示。", "示例市惠企平台"),
        ("申报流程\n申报单位通过省政务服务网（网址另附）提交材料。", "省政务服务网"),
        ("推动政务服务在线办理，提升平台能力。", None),
        ("评审结果在市示例局网站公示后办理拨付。", None),
    ],
)
def test_channel_is_where_one_applies_not_where_results_are_published(text: str, channel: str | None) -> None:
    found = find_channel(sections(text))
    assert (found.text if found else None) == channel


def test_no_application_is_promised_not_denied() -> None:
    assert needs_no_application("对符合条件的企业实行免申即享")
    assert not needs_no_application("本条不实行免申即享，企业应按时申报")


@pytest.mark.parametrize(
    ("brackets", "department"),
    [
        ("（责任单位：市示例局，各县（市、区）政府）", "市示例局，各县（市、区）政府"),
        ("（责任部门：组织部 配合部门：财政局）", "组织部"),
    ],
)
def test_brackets_inside_and_those_who_help_are_told_apart(brackets: str, department: str) -> None:
    document = make_document(f"给予奖励10万元。{brackets}")
    found = find_responsible(make_plain(document, document.text, 0, len(document.text)))
    assert found is not None and found.text == department


def test_steps_and_systems_of_others_are_neither_papers_nor_channels() -> None:
    text = "申报材料\n营业执照复印件；\n对公示结果有异议的，自公示之日起提出；\n各项目材料报送份数如下；"
    assert materials(text) == ["营业执照复印件"]
    assert find_channel(sections("银行通过示例支付系统办理汇划，企业可申请减免。")) is None
    channel = find_channel(sections("申报流程\n登录“示例通企业版APP，提交申报材料。"))
    assert channel is not None and channel.text == "示例通企业版APP"


def test_a_card_that_says_how_to_apply_tells_that_nobody_need() -> None:
    text = "示例企业奖励\n奖励标准：首次认定20万元\n办理方式：免申即享\n咨询电话：0792-8123456"
    (item,) = extract_items(make_document(text, kind=DocumentKind.GUIDE))
    assert item.no_application
