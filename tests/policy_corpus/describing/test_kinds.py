from __future__ import annotations

import pytest

from policy_corpus.describing.kinds import find_kind
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.titles import find_title
from policy_corpus.model import DocumentKind, Reading


def kind(text: str, file_name: str = "a.txt") -> DocumentKind:
    manuscript = lay_out(Reading("txt", text), "0" * 64, file_name)
    return find_kind(manuscript, find_title(manuscript))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("示例市促进示例若干措施\n第一条 略", "政策措施"),
        ("某某调研检查企业复工工作时强调严格落实示例措施\n某某说，要抓细示例。", "新闻报道"),
        ("示例市人民政府关于示例的实施意见\n为示例", "政策措施"),
        ("关于印发《示例市示例专项资金管理办法》的通知\n各单位：", "实施细则"),
        ("示例市示例补贴实施细则\n第一条 略", "实施细则"),
        ("关于组织申报2024年示例项目的通知\n各单位：", "申报通知"),
        ("关于开展示例企业认定工作的通知\n各单位：", "申报通知"),
        ("2024年示例项目申报指南\n一、申报条件", "申报指南"),
        ("示例许可核发\n实施机关：示例厅\n受理条件：\n略\n办理时限：5天", "申报指南"),
        ("示例局关于停征部分企业示例费的通知\n各单位：", "政策措施"),
        ("示例市示例条例\n第一章 总则\n第一条 略", "法律法规"),
        ("中华人民共和国示例法\n第一条 略", "法律法规"),
        ("《示例若干措施》政策解读\n一、背景", "政策解读"),
        ("示例园区在行动\n示例园区据示例商会不完全统计，已有20家园区减租。", "新闻报道"),
        ("示例部印发《关于推动示例企业复工的通知》\n2月23日晚，示例部召开会议。", "新闻报道"),
        ("示例市出台新政支持企业\n记者近日从市政府获悉，示例市出台新政。", "新闻报道"),
        ("关于示例拟认定企业名单的公示\n根据示例", "公示公告"),
        ("示例市人民政府关于废止部分规范性文件的决定\n现决定废止", "废止文件"),
        ("示例市示例条例（草案）\n第一条 略", "征求意见稿"),
        ("关于公开征求《示例办法》意见的公告\n略", "征求意见稿"),
        ("示例办法\n（征求意见稿）\n第一条 略", "征求意见稿"),
        ("关于示例办法的公告\n我局起草了示例办法，现向社会公开征求意见，请于3月1日前反馈。", "征求意见稿"),
        ("示例产业发展情况\n示例产业发展良好。", "其他"),
    ],
)  # fmt: skip
def test_the_kind_follows_title_and_head(text: str, expected: str) -> None:
    assert kind(text).value == expected


@pytest.mark.parametrize(
    "title",
    [
        "示例市示例条例（修订草案征求意见稿）",
        "关于《示例办法（送审稿）》公开征求意见的通知",
        "关于征集对《示例办法》修改意见的公告",
        "示例办法（公开征求意见稿）",
        "关于征求《示例若干措施》意见建议的函",
        "《示例办法（草案公开征求意见稿）》起草说明",
    ],
)
def test_a_draft_is_recognised_under_every_name(title: str) -> None:
    assert kind(f"{title}\n第一条 为了示例。") is DocumentKind.DRAFT


def test_a_draft_that_only_its_file_name_tells_is_a_draft() -> None:
    text = "示例市促进示例若干措施\n第一条 对示例企业给予奖励。"
    assert kind(text, "示例市促进示例若干措施（征求意见稿）.docx") is DocumentKind.DRAFT
    assert kind(text, "示例市促进示例若干措施.docx") is DocumentKind.MEASURES


@pytest.mark.parametrize(
    "text",
    [
        "关于印发示例若干措施的通知\n在广泛征求意见的基础上，我局制定了若干措施，现印发给你们。",
        "示例市示例条例\n2021年1月1日 示例市人民代表大会常务委员会第一次会议通过\n第一条 略\n第二条 应当公开征求意见。",
        "示例项目\n办理流程\n发布公开征集信息，组织专家评审。现场征求专家意见。",
        "关于示例办法征求意见采纳情况的公告\n共收到意见3条。",
        "关于公开征集示例项目的通知\n请各单位推荐项目。",
    ],
)
def test_a_finished_policy_that_mentions_consultation_is_no_draft(text: str) -> None:
    assert kind(text) is not DocumentKind.DRAFT
