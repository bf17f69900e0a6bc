"""What the API takes and gives, as pydantic models: requests are checked by them, the specification is made of them.

The shapes themselves come from `service.shapes`, which the command line shares; a field that is added there
must be added here, and the tests compare the two.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Number = int | float
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


class Query(BaseModel):
    """Base of all query parameters; names that are not listed are ignored, as web servers do."""

    model_config = ConfigDict(extra="ignore")


class AsOf(Query):
    """The day on which the question is asked."""

    as_of: date | None = Field(
        None, ge=_EARLIEST, le=_LATEST, description="以哪一天为准，默认今天（北京时间）"
    )


class MatchesQuery(AsOf):
    """Of the list of one enterprise."""

    top: int | None = Field(None, ge=1, le=10_000, description="最多返回多少项，默认全部")
    include_ineligible: bool = Field(False, description="是否同时列出暂不符合的事项及所缺条件")


class AudienceQuery(AsOf):
    """Of the enterprises that an item fits."""

    top: int | None = Field(None, ge=1, le=10_000, description="最多列出多少家企业，默认全部")


class ItemsQuery(Query):
    """Of a search over items."""

    q: str = Field("", max_length=200, description="检索词，可为空")
    level: str = Field("", max_length=50, description="层级：国家、省、市、县")
    region: str = Field("", max_length=50, description="六位行政区划代码")
    kind: str = Field("", max_length=50, description="支持方式，如：奖励")
    open: str = Field("", max_length=50, description="申报状态：open、upcoming、closed、always、unknown")
    offset: int = Field(0, ge=0, le=1_000_000)
    limit: int = Field(20, ge=1, le=100)


class Answer(BaseModel):
    """Base of all answers; a field that is not declared is a fault of ours, so it is refused."""

    model_config = ConfigDict(extra="forbid")


class DocumentName(Answer):
    """Which document."""

    id: str
    title: str
    document_number: str | None


class DocumentFile(DocumentName):
    """Which document, and its file."""

    file_name: str


class DocumentDetails(DocumentFile):
    """Everything known of a document, with its text."""

    format: str
    kind: str
    issuing_authority: str | None
    level: str | None
    region_code: str | None
    dated_on: date | None
    published_on: date | None
    effective_from: date | None
    effective_until: date | None
    warnings: list[str]
    confidence: float | None = Field(description="文字识别的可信度（0–1，最差的一页）；不是识别得出的为 null")
    text: str = Field(description="全文；其他接口中的 start、end 是其中的字符位置")
    validity: str = Field(description="有效性：有效、尚未施行、已失效、已废止、征求意见")
    item_ids: list[str] = Field(description="从中识别并已发布的政策事项")


class FindingAnswer(Answer):
    """The verdict on one condition."""

    attribute: str
    op: str
    value: Any
    unit: str | None
    negated: bool
    verdict: str = Field(description="met 符合、not_met 不符合、unknown 待确认")
    actual: Any = Field(description="企业的情况，未知为 null")
    source: str | None
    text: str
    reason: str
    quote: str = Field(description="原文")
    start: int
    end: int
    gap: str | None = Field(description="还差多少")


class BenefitAnswer(Answer):
    """What is given. Sums in yuan, rates in percent."""

    kind: str
    amount_yuan: Number | None
    max_yuan: Number | None
    rate_percent: Number | None
    base: str | None
    estimate_yuan: Number | None
    quote: str


class MatchAnswer(Answer):
    """One item for one enterprise."""

    rank: int
    item_id: str
    title: str
    document: DocumentName
    verdict: str = Field(description="eligible 可享受、undetermined 需确认、ineligible 暂不符合")
    open: str = Field(description="open、upcoming、closed、always、unknown")
    score: float
    relevance: float
    findings: list[FindingAnswer]
    benefits: list[BenefitAnswer]
    deadline: date | None
    terms: list[tuple[str, float]]


class EnterpriseName(Answer):
    """Which enterprise."""

    uscc: str
    name: str


class MatchesAnswer(Answer):
    """The ranked list of one enterprise."""

    enterprise: EnterpriseName
    as_of: date
    matches: list[MatchAnswer]


class AudienceMember(Answer):
    """An enterprise that an item fits, or may fit."""

    uscc: str
    name: str
    verdict: str
    score: float
    relevance: float
    findings: list[FindingAnswer]


class AudienceAnswer(Answer):
    """Which enterprises an item fits, with counts over all of them."""

    item_id: str
    title: str
    document: DocumentName
    as_of: date
    counts: dict[str, int]
    enterprises: list[AudienceMember]


class Facts(BaseModel):
    """Facts that are only supposed."""

    model_config = ConfigDict(extra="forbid")

    facts: dict[str, Any] = Field(
        min_length=1,
        description="假设的企业指标：指标（英文键或中文名）到值，格式与企业导入相同；null 表示未填报",
    )


class VerdictsCount(Answer):
    """How many pairs of an enterprise and an item have this verdict before and after."""

    before: str | None
    after: str | None
    count: int


class ItemChange(Answer):
    """An item whose verdict would change."""

    item_id: str
    title: str
    document: DocumentName
    before: str | None
    after: str | None
    benefits: list[BenefitAnswer]


class WhatIfAnswer(Answer):
    """What other facts would change for one enterprise."""

    enterprise: EnterpriseName
    as_of: date
    supposed: dict[str, Any]
    counts: list[VerdictsCount]
    changes: list[ItemChange]


class EnterpriseChange(EnterpriseName):
    """An enterprise for which the verdict would change; null: no such item."""

    before: str | None
    after: str | None


class ImpactAnswer(Answer):
    """What an item's coming or going would change, for whom."""

    item_id: str
    title: str
    document: DocumentName
    as_of: date
    deed: str = Field(description="publish 发布、withdraw 撤回")
    counts: list[VerdictsCount]
    changes: list[EnterpriseChange]


class ItemHitAnswer(Answer):
    """One hit of a search."""

    score: float
    title: str
    item_id: str
    excerpt: str
    deadline: date | None
    document: DocumentFile


class ItemsAnswer(Answer):
    """A page of hits. total: all that answer; facets: facet, value, how many."""

    words: str
    total: int
    facets: dict[str, dict[str, int]]
    results: list[ItemHitAnswer]


class CoverageAnswer(Answer):
    """How many written conditions were understood, and how many a person must read."""

    parsed: int
    self_stated: int = Field(description="parsed 中只能由企业自行确认的条数")
    free_text: int


class ItemDetails(BaseModel):
    """One item in full: condition tree, benefits, window, materials, each with its place in the text."""

    model_config = ConfigDict(extra="allow")

    id: str
    document_id: str
    ordinal: int
    title: str
    status: str
    conditions: dict[str, Any] = Field(description="条件树：all、any、not、free_text 或单个条件")
    benefits: list[dict[str, Any]]
    window: dict[str, Any] | None
    document: DocumentName
    coverage: CoverageAnswer


class Health(Answer):
    """Whether the service can answer."""

    status: str
    documents: int
    items: int
    enterprises: int
