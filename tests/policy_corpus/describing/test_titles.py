from __future__ import annotations

import pytest

from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.titles import find_title
from policy_corpus.model import Reading


def title(text: str, title: str | None = None, file_name: str = "文件名.txt", format: str = "txt") -> str:
    return find_title(lay_out(Reading(format, text, title=title), "0" * 64, file_name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例市财政局\n示例市科技局\n关于印发示例办法的通知\n各单位：", "示例市财政局 示例市科技局关于印发示例办法的通知"),
        ("关于组织申报《示例产业\n引导目录》项目的通知\n各有关单位：", "关于组织申报《示例产业引导目录》项目的通知"),
        ("示例县支持企业发展若干政策\n（试行）\n一、支持范围", "示例县支持企业发展若干政策（试行）"),
        ("附件1\n示例专项资金管理办法\n第一条 为规范资金管理", "示例专项资金管理办法"),
        ("示例县人民政府文件\n示政发〔2024〕3号\n关于加快示例发展的意见\n为加快发展", "关于加快示例发展的意见"),
        ("省级示例中心\n补助30万元\n申报条件", "省级示例中心"),
        ("示例市出台新政 稳定企业用工 记者昨日了解到，相关政策已经印发，企业可以申请。补贴标准不变。", "示例市出台新政 稳定企业用工"),
    ],
)  # fmt: skip
def test_headings_become_the_title(text: str, expected: str) -> None:
    assert title(text) == expected


def test_the_site_name_behind_a_page_title_is_cut_off() -> None:
    page = "示例市关于示例的通知_示例市人民政府门户网站"
    assert title("导航\n正文", page, format="html") == "示例市关于示例的通知"


def test_a_page_title_that_was_cut_short_yields_to_the_heading() -> None:
    heading = "示例市人民政府关于印发示例市促进示例产业高质量发展若干措施的通知"
    assert title(f"{heading}\n各单位：", heading[:24] + "...", format="html") == heading


def test_a_useless_document_property_yields_to_the_heading() -> None:
    assert (
        title("示例市示例办法\n第一条 为了示例", "Microsoft Word - 新建文档.doc", format="pdf")
        == "示例市示例办法"
    )


def test_a_text_that_begins_in_the_middle_is_called_by_its_file_name() -> None:
    assert title("第二条 本办法适用于示例企业。\n第三条 略。", file_name="示例办法.docx") == "示例办法"


def test_a_text_without_heading_takes_the_title_of_its_file() -> None:
    prose = "“十三五”期间，示例地区要坚持示例，坚持发展，坚持创新，到2020年基本建成示例基地。"
    assert title(prose, file_name="示例市关于示例的若干意见.txt") == "示例市关于示例的若干意见"
    assert title(prose, file_name="doc_1.txt").startswith("“十三五”期间")


def test_the_name_of_a_column_is_no_title() -> None:
    assert title("通知公告 - 示例市人民政府门户网站\n关于示例的通告\n为示例") == "关于示例的通告"


def test_nothing_at_all_still_has_a_title() -> None:
    assert title("", file_name="") == "（无标题）"


def test_a_text_without_lines_gives_its_issuers_and_its_subject_as_title() -> None:
    text = "示例部 国家示例委员会 国家示例局 示例集团 中国示例局 关于统筹做好示例工作的通知 示运〔2020〕4号 各省： 为贯彻落实示例部署，现通知如下。"
    assert title(text) == "示例部 国家示例委员会 国家示例局 示例集团 中国示例局 关于统筹做好示例工作的通知"
    assert (
        title("示银发〔2020〕15号 关于加强示例服务的通知 各单位： 为贯彻落实示例部署，现通知如下。")
        == "关于加强示例服务的通知"
    )


def test_the_name_of_an_issuer_is_no_title() -> None:
    assert (
        title("示例市人民政府 为贯彻落实示例要求，全力做好示例工作。", file_name="示例通告.txt") == "示例通告"
    )
