"""`describe` on whole documents of the usual shapes; all texts are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.describing import describe
from policy_corpus.model import Document, DocumentKind, Level, Link, Reading, Relation

HASH = "ab" * 32

NOTICE = """九江市人民政府办公室文件
九府办发 [2024] 第 5 号
九江市人民政府办公室关于印发九江市促进示例产业
发展若干措施（试行）的通知
各县（市、区）人民政府，市政府有关部门：
《九江市促进示例产业发展若干措施（试行）》已经市政府同意，现印发给你们，请认真贯彻执行。
九江市人民政府办公室
二〇二四年三月五日
九江市促进示例产业发展若干措施（试行）
第一条 根据《江西省示例条例》（赣府发〔2020〕1号），制定本措施。
第二条 对在有效期内的示例证书持有企业给予奖励30万元。
第三条 本措施自印发之日起施行，有效期3年。《九江市示例产业扶持办法》（九府办发〔2019〕8号）同时废止。
"""

CARD = """12. 示例平台项目资助
依据文件
《示例平台资助管理办法》
发文机构
北京市文化和旅游局
发文字号
京示例发〔2022〕92 号
发布日期
2022-09-13
服务对象
示例企业
条件要求
注册满一年。
联络方式
北京市文化和旅游局：00000000
"""

LAW = """威海市示例促进条例

2024年4月16日 威海市第九十九届人民代表大会常务委员会第二次会议通过

2024年5月20日 山东省第九十九届人民代表大会常务委员会第三次会议批准

第一章  总则

第一条 为了促进示例，制定本条例。

第二条 本条例自2024年10月1日起施行。
"""


def read(text: str, file_name: str = "示例.txt", **kw: object) -> Document:
    return describe(Reading(format="txt", text=text, **kw), HASH, file_name)  # type: ignore[arg-type]


def test_a_notice_with_its_annex_is_described_in_full() -> None:
    found = read(NOTICE)
    assert found.title == "九江市人民政府办公室关于印发九江市促进示例产业发展若干措施（试行）的通知"
    assert found.document_number == "九府办发〔2024〕5号"
    assert found.issuing_authority == "九江市人民政府办公室"
    assert (found.level, found.region_code) == (Level.CITY, "360400")
    assert found.dated_on == found.effective_from == date(2024, 3, 5)
    assert found.effective_until == date(2027, 3, 4)
    assert found.kind is DocumentKind.MEASURES


def test_the_repealed_document_is_named_with_the_words_that_say_so() -> None:
    (reference,) = read(NOTICE).references
    assert (reference.relation, reference.title) == (Relation.REPEALS, "九江市示例产业扶持办法")
    assert reference.document_number == "九府办发〔2019〕8号"
    assert reference.span.quote == "《九江市示例产业扶持办法》（九府办发〔2019〕8号）同时废止"
    assert NOTICE[reference.span.start : reference.span.end] == reference.span.quote


def test_a_card_is_read_by_its_labels() -> None:
    found = read(CARD)
    assert found.title == "示例平台项目资助"
    assert found.document_number == "京示例发〔2022〕92号"
    assert found.issuing_authority == "北京市文化和旅游局"
    assert (found.level, found.region_code) == (Level.PROVINCE, "110000")
    assert found.published_on == date(2022, 9, 13)
    assert found.kind is DocumentKind.GUIDE


def test_a_local_law_is_dated_by_its_approval_and_issued_by_its_congress() -> None:
    found = read(LAW)
    assert found.issuing_authority == "威海市人民代表大会常务委员会"
    assert (found.level, found.region_code) == (Level.CITY, "371000")
    assert (found.dated_on, found.effective_from) == (date(2024, 5, 20), date(2024, 10, 1))
    assert found.kind is DocumentKind.LAW


def test_fields_of_the_file_win_over_its_text() -> None:
    fields = {"发文字号": "示政办发〔2023〕7号", "发文机关": "示例县人民政府办公室", "成文日期": "2023年1月2日",
              "发布日期": "2023-01-05", "标题": "示例县示例办法"}  # fmt: skip
    found = read("第一条 本办法自发布之日起施行，有效期至2025年6月。", fields=fields)
    assert (found.title, found.document_number) == ("示例县示例办法", "示政办发〔2023〕7号")
    assert found.effective_from == date(2023, 1, 5)
    assert found.effective_until == date(2025, 6, 30)


def test_what_is_not_said_stays_unknown() -> None:
    found = read("示例产业的若干情况\n示例产业发展良好，企业数量逐步增加。")
    assert found.document_number is found.issuing_authority is found.level is found.region_code is None
    assert found.dated_on is found.published_on is found.effective_from is found.effective_until is None
    assert found.references == ()


def test_a_draft_takes_effect_on_no_day() -> None:
    found = read(
        "示例办法（征求意见稿）\n第一条 略\n第二条 本办法自印发之日起施行，有效期3年。\n2024年3月5日"
    )
    assert (found.kind, found.dated_on) == (DocumentKind.DRAFT, date(2024, 3, 5))
    assert found.effective_from is found.effective_until is None


def test_identity_links_and_warnings_are_carried_over() -> None:
    links, warnings = (Link("附件1", "a.docx"),), ("第3页无法读取",)
    found = describe(Reading("html", "示例通知", links=links, warnings=warnings), HASH, "a.html")
    assert (found.id, found.content_hash, found.file_name, found.format) == (
        HASH[:16],
        HASH,
        "a.html",
        "html",
    )
    assert (found.links, found.warnings) == (links, warnings)


def test_traditional_text_is_understood_and_its_title_kept_as_written() -> None:
    found = read("關於公開徵求《示例辦法（徵求意見稿）》意見的通知\n現向社會公開徵求意見。")
    assert found.title == "關於公開徵求《示例辦法（徵求意見稿）》意見的通知"
    assert found.kind is DocumentKind.DRAFT


@pytest.mark.parametrize(
    "unit",
    ["《", "（", "自", "关于", "2024年", "第一条", "废止《", "〔2024〕", "局 ", "：", "\n", "有效期", "一"],
)
def test_endless_repetition_is_described_all_the_same(unit: str) -> None:
    assert read(unit * 20_000).text == unit * 20_000


@given(
    st.text(
        alphabet=st.sampled_from(
            "自年月日〇二2024-〔〕号《》（）同时废止关于的通知\n 　第一条局市：。，\t有效期施行"
        ),
        max_size=400,
    )
)
def test_any_text_gives_a_document_whose_quotes_are_its_own_words(text: str) -> None:
    found = read(text)
    assert found.title
    for reference in found.references:
        assert text[reference.span.start : reference.span.end] == reference.span.quote
