from __future__ import annotations

import hashlib
import re
from functools import cache

import pytest

from policy_corpus.describing import describe
from policy_corpus.folding import fold
from policy_corpus.model import Document, DocumentKind, Level
from policy_corpus.reading import read_document
from samples.build import POLICIES
from samples.policy_sources import Source, read_sources

SOURCES = read_sources()
IDS = [source.slug for source in SOURCES]


@cache
def described(slug: str) -> Document:
    source = next(source for source in SOURCES if source.slug == slug)
    path = POLICIES / source.relative_path
    content = path.read_bytes()
    return describe(read_document(content, path.name), hashlib.sha256(content).hexdigest(), path.name)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_every_sentence_of_a_sample_survives_reading(source: Source) -> None:
    text = bare(described(source.slug).text)
    for line in source.body:
        line = re.sub(r"^(#+|>>|\[.\]) ", "", line)
        line = re.sub(r"--.+?--", "", line).replace("++", "")
        for piece in line.split("|"):
            assert bare(piece) in text


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_title_number_and_date_are_those_of_the_source(source: Source) -> None:
    document = described(source.slug)
    assert fold(document.title) == fold(source.head["title"])
    assert fold(document.document_number or "") == fold(source.head.get("number", ""))
    if document.kind not in (DocumentKind.NEWS, DocumentKind.INTERPRETATION):
        assert document.dated_on is not None and document.dated_on.isoformat() == source.head["dated"]


@pytest.mark.parametrize(
    ("slug", "kind"),
    [
        ("jj10-low-altitude-draft", DocumentKind.DRAFT),
        ("jj8-repeal-notice", DocumentKind.REPEAL),
        ("jj9-interpretation", DocumentKind.INTERPRETATION),
        ("n5-news", DocumentKind.NEWS),
        ("jj3-smart-notice", DocumentKind.NOTICE),
        ("tx2-export", DocumentKind.GUIDE),
        ("jj2-science-rules", DocumentKind.RULES),
        ("jj1-manufacturing", DocumentKind.MEASURES),
    ],
)
def test_kinds_are_told_apart(slug: str, kind: DocumentKind) -> None:
    assert described(slug).kind is kind


@pytest.mark.parametrize(
    ("slug", "level", "region"),
    [
        ("n1-digital-equipment", Level.NATIONAL, None),
        ("j1-specialised", Level.PROVINCE, "360000"),
        ("z1-services-up", Level.PROVINCE, "330000"),
        ("jj1-manufacturing", Level.CITY, "360400"),
        ("jx4-taiwan-traditional", Level.CITY, "330400"),
        ("cs1-equipment", Level.COUNTY, "360404"),
        ("gq1-textile", Level.COUNTY, "360482"),
        ("aj1-homestay", Level.COUNTY, "330523"),
    ],
)
def test_levels_and_places_are_found(slug: str, level: Level, region: str | None) -> None:
    document = described(slug)
    assert (document.level, document.region_code) == (level, region)


@pytest.mark.parametrize(
    ("slug", "old"),
    [
        ("jj1-manufacturing", "九府示例〔2021〕11号"),
        ("jj8-repeal-notice", "九府示例〔2021〕11号"),
        ("jj6-listing-new", "九府办示例〔2022〕19号"),
        ("aj1-homestay", "安政办发示例〔2023〕9号"),
    ],
)
def test_what_is_repealed_is_named(slug: str, old: str) -> None:
    assert old in {reference.document_number for reference in described(slug).references}
