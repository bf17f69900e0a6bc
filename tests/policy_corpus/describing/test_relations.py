from __future__ import annotations

import pytest

from policy_corpus.describing.manuscript import lay_out
from policy_corpus.describing.relations import find_references
from policy_corpus.model import DocumentKind, Reading, Reference, Relation


def references(
    text: str, title: str = "示例市示例办法", kind: DocumentKind = DocumentKind.RULES
) -> tuple[Reference, ...]:
    return find_references(lay_out(Reading("txt", text), "0" * 64, "a.txt"), title, kind)


def test_several_documents_ended_in_one_sentence_are_each_named() -> None:
    found = references(
        "本办法自2024年1月1日起施行，原《甲示例办法》（示政发〔2019〕1号）、《乙示例办法》（示政办〔2020〕第2号）同时停止执行。"
    )
    assert [(r.title, r.document_number) for r in found] == [
        ("甲示例办法", "示政发〔2019〕1号"), ("乙示例办法", "示政办〔2020〕2号")]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "根据《甲示例办法》（示政发〔2019〕1号），制定本办法。",
        "此前规定与《甲示例办法》不一致的，以本办法为准，不一致部分废止。",
        "《甲示例办法》第三条同时废止。",
        "《甲示例办法》中有关补贴标准的规定同时废止。",
        "依照《立法示例条例》，应当及时修改或者废止。",
        "以保函替代现金保证金。",
        "企业提供虚假材料的，按照《示例条例》处理，其证书作废。",
    ],
)
def test_what_is_cited_or_ended_in_part_is_not_ended(text: str) -> None:
    assert references(text) == ()


def test_only_the_document_behind_the_citation_is_ended() -> None:
    (found,) = references("根据《关于修改示例规章的决定》修正的《甲示例办法》同时废止。")
    assert found.title == "甲示例办法"


def test_replacing_words_and_equal_titles_mean_replacement() -> None:
    (named,) = references("本办法自发布之日起施行，替代原《甲示例办法》（示政发〔2019〕1号）。")
    (same,) = references("《示例市示例办法（试行）》同时废止。")
    assert named.relation is same.relation is Relation.REPLACES
    assert named.document_number == "示政发〔2019〕1号"


def test_the_rows_of_a_repealing_decision_are_all_found() -> None:
    text = (
        "示例市人民政府关于废止部分文件的决定\n根据《示例条例》，市政府决定废止下列文件：\n"
        "1.《甲示例办法》（示政发〔2010〕1号）\n2.乙示例意见（示政发〔2011〕2号）\n"
        "二、修改下列文件\n1.《丙示例办法》（示政发〔2012〕3号）\n"
    )
    found = references(text, "示例市人民政府关于废止部分文件的决定", DocumentKind.REPEAL)
    assert [(r.title, r.document_number) for r in found] == [
        ("甲示例办法", "示政发〔2010〕1号"), ("乙示例意见", "示政发〔2011〕2号")]  # fmt: skip
    assert all(text[r.span.start : r.span.end] == r.span.quote for r in found)


def test_a_table_of_repealed_documents_is_read_row_by_row() -> None:
    text = "示例市关于公布废止文件目录的通知\n废止的文件目录\n序号\t文件名称\t文号\n1\t甲示例办法\t示政发〔2010〕1号\n2\t乙示例意见\t示政发〔2011〕2号"
    found = references(text, "示例市关于公布废止文件目录的通知", DocumentKind.REPEAL)
    assert [r.title for r in found] == ["甲示例办法", "乙示例意见"]


def test_a_flood_of_repeals_in_one_sentence_is_cut_off_not_ground_through() -> None:
    assert references("废止《" * 80_000) == ()


@pytest.mark.parametrize("kind", [DocumentKind.NEWS, DocumentKind.INTERPRETATION])
def test_reports_end_nothing(kind: DocumentKind) -> None:
    assert references("《甲示例办法》同时废止。", kind=kind) == ()
