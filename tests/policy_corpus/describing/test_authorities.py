from __future__ import annotations

import pytest

from policy_corpus.describing.authorities import authority_of_number, find_authority
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.titles import find_title
from policy_corpus.model import Reading


def issuer(text: str) -> str | None:
    manuscript = lay_out(Reading("txt", text), "0" * 64, "a.txt")
    return find_authority(manuscript, find_title(manuscript), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例市人民政府办公厅转发省财政厅关于示例意见的通知\n各区：", "示例市人民政府办公厅"),
        ("关于示例的通知\n各单位：\n请认真执行。\n示例市财政局\n示例市科技局\n2024年3月5日", "示例市财政局、示例市科技局"),
        ("关于示例的通知\n请认真执行。\n示例市财政局  示例市科技局 2024年3月5日", "示例市财政局、示例市科技局"),
        ("关于示例的公告 为确保示例，现公告如下。 特此公告。 示例海关 2020年1月25日 附件", "示例海关"),
        ("示例市财政局\n示例市科技局 文件\n关于示例的通知\n示例市财政局\n示例市科技局\n2024年3月5日", "示例市财政局、示例市科技局"),
        ("关于示例的通知\n请认真执行。\n财政部国家示例总局\n2024年3月5日", "财政部、国家示例总局"),
        ("示例市教育局文件\n关于示例的通知\n各学校：", "示例市教育局"),
        ("示例暂行条例\n1986年9月15日 国务院发布\n第一条 略", "国务院"),
        ("中华人民共和国示例法\n2026年2月6日 第九十九届全国人民代表大会常务委员会第二次会议通过\n第一条",
         "全国人民代表大会常务委员会"),
        ("办事指南\n实施机关：示例省司法厅\n办理时限：5天", "示例省司法厅"),
        ("示例省财政厅示例省科学技术厅关于示例的通知\n各市：", "示例省财政厅、示例省科学技术厅"),
        ("示例省财政厅 国家税务总局示例省税务局关于示例的通知\n各市：", "示例省财政厅、国家税务总局示例省税务局"),
        ("示例市财政局 示例市科技局关于示例的通知\n发布机构：示例市示例区财政局", "示例市财政局、示例市科技局"),
        ("示例市财政局关于示例的通知\n发文机关：示例市财政局、示例市科技局", "示例市财政局、示例市科技局"),
        ("省工业和信息化厅关于示例的通知\n发文机关：示例省工业和信息化厅", "示例省工业和信息化厅"),
        ("对司法部关于示例事项的初审\n实施机关：示例省司法厅\n办理时限：5天", "示例省司法厅"),
        ("示例管理暂行办法\n1997年11月30日 国务院批准\n1997年12月25日 国务院示例委员会发布\n第一条", "国务院示例委员会"),
        ("关于示例的通知\n请执行。\n中国人民银行\n银保监会\n证监会\n2020年1月31日", "中国人民银行、银保监会、证监会"),
        ("关于示例的通知\n请联系示例市财政局。\n截止日期为2024年3月5日", None),
    ],
)  # fmt: skip
def test_the_issuer_is_found_where_documents_name_it(text: str, expected: str | None) -> None:
    assert issuer(text) == expected


def test_a_number_prefix_names_an_issuer_only_where_no_other_has_it() -> None:
    assert authority_of_number("国卫示例函〔2024〕1号") == "国家卫生健康委"
    assert authority_of_number("财建〔2024〕1号") is None
    assert authority_of_number("青政发〔2024〕1号") is None
    assert authority_of_number("京政发〔2024〕1号") is None
    assert authority_of_number("示政发〔2024〕1号") is None
