"""《X》有效期延长至…: which documents a later one keeps in force, until when, in which words."""

from __future__ import annotations

from datetime import date

import pytest

from policy_corpus.describing.extensions import find_extensions
from policy_corpus.describing.manuscript import lay_out
from policy_corpus.model import DocumentKind, Reading, Reference, Relation

OLD = "《示例市扶持示例产业办法》（示政发〔2023〕1号）"


def extensions(
    text: str, title: str = "示例市人民政府办公室关于示例事项的通知", kind: DocumentKind = DocumentKind.NOTICE
) -> tuple[Reference, ...]:
    return tuple(find_extensions(lay_out(Reading("txt", text), "0" * 64, "a.txt"), title, kind))


@pytest.mark.parametrize(
    "text",
    [
        f"经研究，决定将{OLD}有效期延长至2028年12月31日。",
        f"{OLD}的有效期统一延长到2028年12月31日，其他内容不变。",
        f"{OLD}将于2025年12月31日到期，经市政府同意，继续执行至2028年12月31日。",
        f"{OLD}继续有效，有效期至2028年12月31日。",
        f"{OLD}执行期限延长至2028年12月31日。",
        f"一、{OLD}延续实施至2028年底。",
    ],
)
def test_a_named_document_is_extended_to_a_day(text: str) -> None:
    (found,) = extensions(f"各有关单位：\n{text}\n特此通知。")
    assert (found.relation, found.title) == (Relation.EXTENDS, "示例市扶持示例产业办法")
    assert found.document_number == "示政发〔2023〕1号"
    assert found.until == date(2028, 12, 31)
    assert found.span.quote.startswith("《示例市") and found.span.quote.rstrip("。")[-1] in "日底"


def test_a_term_may_grow_by_years() -> None:
    (found,) = extensions(f"决定将{OLD}有效期延长2年。")
    assert (found.until, found.months) == (None, 24)


def test_several_documents_are_extended_at_once() -> None:
    found = extensions("《甲示例办法》、《乙示例细则》（示财规〔2022〕3号）有效期延长至2027年6月30日。")
    assert [reference.title for reference in found] == ["甲示例办法", "乙示例细则"]


def test_a_notice_about_one_document_need_not_name_it_again() -> None:
    title = "关于延长《示例市扶持示例产业办法》有效期的通知"
    (found,) = extensions("经研究，决定有效期延长至2028年12月31日。", title)
    assert found.title == "示例市扶持示例产业办法" and found.until == date(2028, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "根据《示例条例》，本办法有效期延长至2028年12月31日。",
        "《示例办法》第三条有关补贴的规定执行期限延长至2028年12月31日。",
        "《示例许可证》有效期延长至2028年12月31日。",
        "《示例办法》规定的申报期限延长至2028年3月31日。",
        "《示例办法》可以视情况延长有效期至2028年12月31日。",
        "《示例办法》不再执行至2028年12月31日。",
        "《示例办法》自2024年1月1日起施行，有效期至2028年12月31日。",
    ],
)
def test_what_is_cited_extended_in_part_or_no_document_is_not_extended(text: str) -> None:
    assert extensions(text) == ()


def test_an_interpretation_extends_nothing() -> None:
    assert extensions(f"{OLD}有效期延长至2028年12月31日。", kind=DocumentKind.INTERPRETATION) == ()
