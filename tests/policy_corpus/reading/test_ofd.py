"""OFD: paragraphs as written, furniture out, and hostile files refused with a reason of their own."""

from __future__ import annotations

import pytest

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading import Limits, Sandbox, read_document
from tests.policy_corpus.reading.docx_factory import zip_of
from tests.policy_corpus.reading.ofd_factory import make_ofd, ruled, xml
from tests.policy_corpus.reading.pdf_factory import Put, flow
from tests.policy_corpus.reading.zip_factory import locked

PARAGRAPHS = [
    "第一条 对首次认定的高新技术企业，给予一次性奖励30万元；对通过复审的高新技术企业，给予一次性奖励10万元。",
    "第二条 上年度营业收入2000万元以上的制造业企业购置设备的，按设备投资额的10%给予补助，最高不超过200万元。",
    "第三条 本措施自2026年1月1日起施行。",
]
TITLE = Put("示例市支持企业创新若干措施", 150, 790, 22)


def page(number: int, paragraphs: list[str], *more: Put) -> list[Put]:
    return [*more, *flow(paragraphs, top=740), Put(f"— {number} —", 270, 40, 12)]


def test_paragraphs_are_joined_over_lines_and_page_numbers_are_gone() -> None:
    reading = read_document(make_ofd(page(1, PARAGRAPHS[:2], TITLE), page(2, PARAGRAPHS[2:])), "措施.pdf")
    assert reading.format == "ofd" and reading.title == TITLE.text
    assert reading.text.split("\n") == [TITLE.text, *PARAGRAPHS]


def test_ruled_tables_are_tables() -> None:
    rows = [
        ("项目", "条件", "标准"),
        ("升规奖励", "首次升规", "10万元"),
        ("上市奖励", "科创板上市", "300万元"),
    ]
    reading = read_document(make_ofd([*flow(PARAGRAPHS[:1]), *ruled(rows, 100)]), "a.ofd")
    assert reading.text.split("\n") == [PARAGRAPHS[0], *("\t".join(row) for row in rows)]


@pytest.mark.parametrize(
    "data", ["M 0 0 L", "L 1 2 3", "M 0 0 L 1e999 0", "X 1 1", "C C C", "M 0 0 " + "L 9 0 " * 5000]
)
def test_broken_paths_draw_nothing(data: str) -> None:
    path = f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    assert read_document(make_ofd([path, *flow(PARAGRAPHS[:1])]), "a.ofd").text == PARAGRAPHS[0]


def test_bold_by_printing_twice_is_read_once() -> None:
    reading = read_document(make_ofd([TITLE, TITLE, *flow(PARAGRAPHS)]), "a.ofd")
    assert reading.text.count("若干措施") == 1


def test_text_beside_the_page_is_not_on_it() -> None:
    reading = read_document(make_ofd([*flow(PARAGRAPHS), Put("页外水印", -300, 400)]), "a.ofd")
    assert "水印" not in reading.text


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    broken = {"Doc_0/Pages/Page_1/Content.xml": b"<ofd:Page"}
    reading = read_document(make_ofd(flow(PARAGRAPHS), [TITLE], parts=broken), "a.ofd")
    assert reading.warnings == ("第 2 页已损坏，其内容未读入",) and "第三条" in reading.text


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "xxxxxxxx">]><ofd:Page xmlns:ofd="x">&b;</ofd:Page>'
PAGE = "Doc_0/Pages/Page_0/Content.xml"
HOSTILE = [
    ("entities", make_ofd([TITLE], parts={PAGE: ENTITIES}), "被禁止的 XML 实体"),
    ("bomb", make_ofd([TITLE], parts={PAGE: b" " * (70 << 20)}), "压缩炸弹"),
    ("outside", make_ofd([TITLE], parts={"../../etc/a.xml": b"x"}), "指向包外"),
    ("locked", locked(make_ofd([TITLE])), "打开密码"),
    ("sealed", make_ofd([TITLE], parts={"Doc_0/Encryptions.xml": b"x"}), "已加密"),
    ("scanned", make_ofd([], parts={"Doc_0/Res/1.jpg": b"x"}), "是扫描件"),
    ("empty", make_ofd([]), "没有可读的文字"),
    ("cut", make_ofd([TITLE])[:-40], "损坏"),
    ("no document", zip_of({"OFD.xml": xml("OFD", "")}), "损坏"),
    ("no xml", zip_of({"OFD.xml": b"\x00\x01"}), "损坏"),
    ("many pages", make_ofd(*[[] for _ in range(1001)]), "超过 1000 页"),
    ("loud page", make_ofd([Put("奖" * 60_001, 90, 700)]), "单页内容过多"),
]


@pytest.mark.parametrize(("data", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_document(data, "a.ofd")


def test_units_that_hold_units_end_with_the_time_they_may_take() -> None:
    """Each drawing unit draws the next one twice: two to the power of thirty-two texts."""
    unit = '<ofd:CompositeGraphicUnit ID="{0}"><ofd:Content>{1}</ofd:Content></ofd:CompositeGraphicUnit>'
    twice = '<ofd:CompositeObject ResourceID="{0}"/>' * 2
    units = "".join(unit.format(n, twice.format(n + 1)) for n in range(40))
    document = xml(
        "Document",
        "<ofd:CommonData><ofd:PublicRes>R.xml</ofd:PublicRes></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>',
    )
    layer = xml("Page", f"<ofd:Content><ofd:Layer>{twice.format(0)}</ofd:Layer></ofd:Content>")
    resources = xml("Res", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")
    parts = {"Doc_0/Document.xml": document, "Doc_0/R.xml": resources, PAGE: layer}
    with Sandbox(Limits(cpu_s=1)) as sandbox, pytest.raises(UnreadableDocument, match="超过 1 秒"):
        sandbox.read(make_ofd([TITLE], parts=parts), "a.ofd")
