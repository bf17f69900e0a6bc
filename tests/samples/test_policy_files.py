from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from samples.build import POLICIES, RENDERERS
from samples.policy_sources import Source, read_sources

SOURCES = read_sources()
IDS = [source.slug for source in SOURCES]


def built(source: Source) -> Path:
    return POLICIES / source.relative_path


def source_of(slug: str) -> Source:
    return next(source for source in SOURCES if source.slug == slug)


def test_there_are_enough_files_in_all_four_formats() -> None:
    counts = Counter(source.head["format"] for source in SOURCES)
    assert sum(counts.values()) >= 42
    assert min(counts[name] for name in ("txt", "html", "docx", "pdf")) >= 5


def test_all_levels_of_government_speak() -> None:
    places = {source.head["place"] for source in SOURCES}
    assert {"国家", "江西省", "浙江省", "九江市", "赣州市", "湖州市", "嘉兴市"} <= places
    assert len({place for place in places if len(place) > 3}) >= 6


def test_at_least_150_sentences_give_something() -> None:
    gives = re.compile("给予|奖励|补助|补贴|贴息|补偿|免收|减按|减半")
    assert sum(bool(gives.search(line)) for source in SOURCES for line in source.body) >= 150


def test_every_source_has_its_file_and_no_file_lacks_a_source() -> None:
    files = {path for path in POLICIES.rglob("*") if path.is_file()}
    assert files == {built(source) for source in SOURCES}


def test_all_samples_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in POLICIES.rglob("*") if path.is_file()) < 6_000_000


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_every_document_is_marked_as_an_example(source: Source) -> None:
    assert "示例" in source.head["title"]
    assert "示例" in built(source).name
    number = source.head.get("number")
    assert number is None or re.fullmatch(r".+示例〔\d{4}〕\d+[号號]", number)


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_every_document_has_a_believable_length(source: Source) -> None:
    least = 100 if source.slug == "jj8-repeal-notice" else 250
    assert least <= sum(map(len, source.body)) <= 2500


REBUILT = [source for source in SOURCES if source.head["format"] in RENDERERS]


@pytest.mark.parametrize("source", REBUILT, ids=[source.slug for source in REBUILT])
def test_built_files_are_up_to_date_with_their_sources(source: Source) -> None:
    content = RENDERERS[source.head["format"]](source)
    if source.head["format"] == "docx":  # another zlib packs the same parts into other bytes
        assert _docx_text(content) == _docx_text(built(source).read_bytes())
    else:
        assert content == built(source).read_bytes()


def _docx_text(content: bytes) -> list[str]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read("word/document.xml").decode(), archive.read("word/numbering.xml").decode()]


PRINTED = [source for source in SOURCES if source.head["format"] == "pdf"]


@pytest.mark.parametrize("source", PRINTED, ids=[source.slug for source in PRINTED])
@pytest.mark.filterwarnings("ignore")
def test_printed_text_is_that_of_the_source(source: Source) -> None:
    printed = _bare(_pdf_text(built(source)))
    for line in source.body:
        for piece in re.split(r"[|]", re.sub(r"^(#+|>>) ", "", line)):
            assert _bare(piece)[:12] in printed


def _pdf_text(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "".join(page.extract_text() for page in pdf.pages)


# Chromium writes some characters as radicals: these NFKC leaves alone, or turns into another form (戶).
_RADICALS = str.maketrans(
    "戶⺠⻓⻔⻋⻰⻢⻅⻚⻛⻜⻝⻥⻦⻩⻬⻮⻣⻤⺟⻘⻉⻄", "户民长门车龙马见页风飞食鱼鸟黄齐齿骨鬼母青贝西"
)


def _bare(text: str) -> str:
    import unicodedata

    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_RADICALS)


def test_one_page_lies_about_its_charset() -> None:
    content = built(source_of("gq1-textile")).read_bytes()
    assert b'<meta charset="utf-8">' in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "共青城市支持纺织服装" in content.decode("gb18030")


def test_plain_texts_come_in_several_encodings() -> None:
    assert built(source_of("j4-loan-risk")).read_bytes().startswith(b"\xef\xbb\xbf")
    assert "嘉興市支持臺資企業" in built(source_of("jx4-taiwan-traditional")).read_bytes().decode("big5")
    content = built(source_of("cs1-equipment")).read_bytes()
    assert "第十一条 本措施自2026年1月1日起施行" in content.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")


def test_automatic_numbers_are_not_in_the_text() -> None:
    document, numbering = _docx_text(built(source_of("jj2-science-rules")).read_bytes())
    assert "第一条" not in document
    assert "第%1条" in numbering and "（%2）" in numbering


def test_tracked_changes_keep_the_old_and_the_new() -> None:
    document, _ = _docx_text(built(source_of("aj3-chairs")).read_bytes())
    assert re.search(r"<w:ins [^>]*>.*?150万元.*?</w:ins>", document)
    assert re.search(r"<w:del [^>]*>.*?<w:delText>100万元</w:delText>.*?</w:del>", document)


def test_the_repealed_and_the_replaced_are_named_by_a_document_that_is_present() -> None:
    numbers = {source.head.get("number") for source in SOURCES}
    text = "\n".join(line for source in SOURCES for line in source.body)
    for old in ("九府示例〔2021〕11号", "九府办示例〔2022〕19号", "安政办发示例〔2023〕9号"):
        assert old in numbers and f"（{old}）" in text
