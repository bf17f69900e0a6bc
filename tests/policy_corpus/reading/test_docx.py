from __future__ import annotations

import io
import zipfile

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import read_document
from tests.policy_corpus.reading.docx_factory import cell, make_docx, para, run, table, zip_of


def lines(body: str) -> list[str]:
    return read_document(make_docx(body), "示例.docx").text.split("\n")


def test_paragraphs_and_tables_stand_in_order() -> None:
    body = (
        para("第一条 标准如下：")
        + table(cell("类别") + cell("标准"), cell("国家级") + cell("50万元"))
        + para("第二条 施行。")
    )
    assert lines(body) == ["第一条 标准如下：", "类别\t标准", "国家级\t50万元", "第二条 施行。"]


def test_a_document_of_python_docx_is_read() -> None:
    from docx import Document

    made = Document()
    made.add_paragraph("第一条 对示例企业给予奖励。")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "标准"
    grid.cell(0, 2).text = "备注"
    grid.cell(1, 0).text, grid.cell(1, 1).text, grid.cell(1, 2).text = "国家级", "50万元", "一次性"
    out = io.BytesIO()
    made.save(out)
    reading = read_document(out.getvalue(), "示例.docx")
    assert reading.text.split("\n") == [
        "第一条 对示例企业给予奖励。",
        "标准\t\t备注",
        "国家级\t50万元\t一次性",
    ]
    assert reading.fields == {}


def test_cells_merged_downwards_are_written_once() -> None:
    body = table(
        cell("认定", '<w:vMerge w:val="restart"/>') + cell("50万元"),
        cell("", "<w:vMerge/>") + cell("20万元"),
        cell("合计", '<w:gridSpan w:val="2"/>') + cell("70万元"),
    )
    assert lines(body) == ["认定\t50万元", "\t20万元", "合计\t\t70万元"]


def test_frame_of_one_cell_is_read_as_paragraphs() -> None:
    assert lines(table(f"<w:tc>{para('第一条 甲。')}{para('第二条 乙。')}</w:tc>")) == [
        "第一条 甲。",
        "第二条 乙。",
    ]


def test_insertions_are_kept_and_deletions_dropped() -> None:
    body = (
        f"<w:p>{run('对企业给予')}<w:ins>{run('一次性')}</w:ins><w:del><w:r><w:delText>每年</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('奖励')}</w:moveTo>{run('30万元。')}</w:p>"
    )
    assert lines(body) == ["对企业给予一次性奖励30万元。"]


def test_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('对企业给予')}</w:p>{para('奖励。')}"
    assert lines(body) == ["对企业给予奖励。"]


def test_deleted_row_is_dropped() -> None:
    row = "<w:trPr><w:del/></w:trPr>" + cell("省级") + cell("20万元")
    assert lines(table(cell("国家级") + cell("50万元"), row)) == ["国家级\t50万元"]


def test_content_controls_hyperlinks_and_fields_are_not_lost() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{para('第一条 甲。')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent>{run('示例市')}</w:sdtContent></w:sdt><w:hyperlink>{run('政务网')}</w:hyperlink>"
        f"<w:fldSimple>{run('3')}</w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r>{run('号')}</w:p>"
    )
    assert lines(body) == ["第一条 甲。", "示例市政务网3号"]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{para('申报截止：9月30日')}</w:txbxContent>"
    body = (
        f"<w:p>{run('正文。')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(body) == ["正文。", "申报截止：9月30日"]


def test_hidden_text_and_contents_list_are_dropped() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('第一章 总则 1')}</w:sdtContent></w:sdt>"
    )
    body = contents + f"<w:p>{run('第一条')}{run('隐藏', '<w:vanish/>')}{run(' 甲。')}</w:p>"
    assert lines(body) == ["第一条 甲。"]


def test_line_break_ends_a_line_and_page_break_does_not() -> None:
    body = f'<w:p>{run("甲")}<w:r><w:br/></w:r>{run("乙")}<w:r><w:br w:type="page"/></w:r>{run("丙")}</w:p>'
    assert lines(body) == ["甲", "乙丙"]


def test_title_is_the_centred_beginning() -> None:
    centred = '<w:jc w:val="center"/>'
    body = (
        para("示政发〔2026〕3号", centred)
        + para("示例市促进产业发展", centred)
        + para("若干措施", centred)
        + para("第一条 甲。")
    )
    assert read_document(make_docx(body), "a.docx").title == "示例市促进产业发展若干措施"


def test_title_may_be_centred_by_its_style() -> None:
    styles = '<w:style w:styleId="T"><w:name w:val="红头"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    body = para("示例市若干措施", '<w:pStyle w:val="T"/>') + para("第一条 甲。")
    assert read_document(make_docx(body, styles=styles), "a.docx").title == "示例市若干措施"


def test_relation_to_nowhere_as_wps_writes_it_does_no_harm() -> None:
    rels = (
        '<Relationships xmlns="x"><Relationship Id="r1" Type="x/image" Target="../NULL"/>'
        '<Relationship Id="r2" Type="x/styles" Target="NULL" TargetMode="External"/></Relationships>'
    )
    data = make_docx(para("第一条 甲。"), parts={"word/_rels/document.xml.rels": rels.encode()})
    assert read_document(data, "a.docx").text == "第一条 甲。"


def test_title_property_counts_only_if_the_text_bears_it_out() -> None:
    core = "<dc:title>示例市若干措施</dc:title>"
    assert (
        read_document(make_docx(para("示例市若干措施") + para("第一条"), core=core), "a.docx").title
        == "示例市若干措施"
    )
    assert read_document(make_docx(para("另一份文件。"), core=core), "a.docx").title is None


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_truncated_docx_is_refused(keep: float) -> None:
    data = make_docx(para("第一条 甲。") * 50)
    with pytest.raises(UnreadableDocument, match="不完整或已损坏"):
        read_document(data[: int(len(data) * keep)], "a.docx")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd">',
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    document = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="w"><w:body/></w:document>'.encode()
    with pytest.raises(UnreadableDocument, match="XML 实体"):
        read_document(make_docx("", parts={"word/document.xml": document}), "a.docx")


def test_packed_bomb_is_refused_unopened() -> None:
    with pytest.raises(UnreadableDocument, match="压缩炸弹"):
        read_document(make_docx("", parts={"word/document.xml": b" " * (20 << 20)}), "a.docx")


def test_thousands_of_entries_are_refused() -> None:
    parts = {f"word/media/{i}.png": b"" for i in range(5001)}
    with pytest.raises(UnreadableDocument, match="压缩炸弹"):
        read_document(make_docx(para("甲"), parts=parts), "a.docx")


def test_overlapping_entries_are_refused() -> None:
    data = bytearray(zip_of({"[Content_Types].xml": b"x" * 200, "word/document.xml": b"y" * 200}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        first, second = archive.infolist()
    at = data.rindex(b"PK\x01\x02") + 42
    assert int.from_bytes(data[at : at + 4], "little") == second.header_offset
    data[at : at + 4] = first.header_offset.to_bytes(4, "little")
    with pytest.raises(UnreadableDocument):
        read_document(bytes(data), "a.docx")


def test_deep_nesting_is_refused_not_a_crash() -> None:
    nested = "<w:sdt><w:sdtContent>" * 20_000 + para("甲") + "</w:sdtContent></w:sdt>" * 20_000
    with pytest.raises(UnreadableDocument, match="无法解析"):
        read_document(make_docx(nested), "a.docx")


def test_docx_without_its_main_part_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="不完整或已损坏"):
        read_document(zip_of({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<s/>"}), "a.docx")
