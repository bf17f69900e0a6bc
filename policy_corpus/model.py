"""The nouns of the corpus: a file as read, a document, and the policy items inside it.

Frozen values without I/O. Offsets are character offsets into `Document.text`, which is the text as read
and never altered; whatever is matched in simplified or half-width form is matched on a folded copy of
the same length (`policy_corpus.folding`), so one offset serves both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    """Which level of government speaks (层级)."""

    NATIONAL = "国家"
    PROVINCE = "省"
    CITY = "市"
    COUNTY = "县"


class DocumentKind(StrEnum):
    """What sort of document it is (文件类型)."""

    MEASURES = "政策措施"
    RULES = "实施细则"
    NOTICE = "申报通知"
    GUIDE = "申报指南"
    LAW = "法律法规"
    INTERPRETATION = "政策解读"
    NEWS = "新闻报道"
    ANNOUNCEMENT = "公示公告"
    DRAFT = "征求意见稿"
    REPEAL = "废止文件"
    OTHER = "其他"


class Validity(StrEnum):
    """Whether a document binds on a given day (有效性)."""

    IN_FORCE = "有效"
    NOT_YET = "尚未施行"
    EXPIRED = "已失效"
    REPEALED = "已废止"
    DRAFT = "征求意见"


class Relation(StrEnum):
    """What one document does to another (文件关系)."""

    REPEALS = "废止"
    REPLACES = "替代"
    EXTENDS = "延长有效期"


class ItemStatus(StrEnum):
    """How far a policy item has come (审核状态)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class Operator(StrEnum):
    """How a condition compares; the vocabulary of the labelling guide."""

    EQ = "eq"
    IN = "in"
    HAS = "has"
    NOT_HAS = "not_has"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"


class BenefitKind(StrEnum):
    """What is given (支持方式)."""

    REWARD = "奖励"
    SUBSIDY = "补贴/补助"
    INTEREST = "贴息"
    TAX = "税费减免"
    RENT = "租金减免"
    RISK = "风险补偿"
    LOAN = "贷款/担保"
    LAND = "用地/用能要素"
    TALENT = "人才"
    PROCUREMENT = "采购/场景"
    TITLE = "认定/荣誉"
    SERVICE = "服务"
    OTHER = "other"


# A number, a word, a yes, two bounds (between), several words (in), or unreadable.
# Dates stand as ISO strings. Money is yuan, ratios are percent, durations are years.
Value = Decimal | str | bool | tuple[Decimal, ...] | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text (原文): `text[start:end] == quote`, always.

    An empty one says that no sentence stands for it: a person added it by hand (人工补充).
    """

    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a web page that belongs to the document, an attachment as a rule (附件)."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one file's bytes, before anything is understood.

    text: paragraphs separated by "\\n"; a table row is one line with its cells separated by "\\t".
    fields: what the file itself declares, such as the 索引号 table of a government page or document
    properties: Chinese field name -> value as written ("发文字号", "发文机关", "成文日期", "发布日期" …).
    confidence: only where text was recognised from pictures (文字识别): how sure the recognition is on the
    worst of its pages, 0-1, the mean over that page's characters.
    """

    format: str
    text: str
    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one repeals, replaces or keeps in force.

    until, months: only for EXTENDS, one of them: the new last day, or by how many months the term grows.
    """

    relation: Relation
    title: str | None
    document_number: str | None
    span: Span
    until: date | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One policy file (政策文件). `id` is the first 16 hex digits of the SHA-256 of the original bytes.

    confidence: see `Reading`; None where every character was in the file.
    """

    id: str
    content_hash: str
    file_name: str
    format: str
    title: str
    text: str
    kind: DocumentKind
    document_number: str | None = None
    issuing_authority: str | None = None
    level: Level | None = None
    region_code: str | None = None
    dated_on: date | None = None
    published_on: date | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before anything of it is published: its text was recognised from pictures."""
        return self.confidence is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing an enterprise must be, have or have done (申报条件), checkable against a fact.

    attribute: a key of `facts.FACTS`. negated goes with NOT_HAS (never one without the other).
    implied: not written as a condition but following from who speaks, such as the region of the issuer.
    """

    attribute: str
    op: Operator
    value: Value
    span: Span
    unit: str | None = None
    negated: bool = False
    implied: bool = False


@dataclass(frozen=True, slots=True)
class FreeText:
    """A condition we could not parse (未能解析的条件): evaluates to unknown, is shown to a person."""

    span: Span


@dataclass(frozen=True, slots=True)
class AllOf:
    """且: every child must hold."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """或: one child must hold."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """非: the child must not hold."""

    child: Node


Leaf = Condition | FreeText
Node = Condition | FreeText | AllOf | AnyOf | Not


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf of a condition tree, in the order of the text."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                yield from leaves(child)
        case Not(child):
            yield from leaves(child)
        case _:
            yield node


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is given (支持标准). amount_yuan: a fixed sum or unit price; max_yuan: a cap; rate_percent of `base`.

    A figure that the text does not give, or that cannot be read, is None, never a guess.
    """

    kind: BenefitKind
    span: Span
    amount_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    rate_percent: Decimal | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationWindow:
    """When one can apply (申报期). always: explicitly all year round (常年受理, 长期有效).

    yearly: the same days every year (每年…); the dates are those of one of the years.
    """

    span: Span
    opens_on: date | None = None
    closes_on: date | None = None
    always: bool = False
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A piece of text with its place: a material, a department, a contact, a step."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class PolicyItem:
    """One thing an enterprise can apply for or is given (政策事项).

    `id` is "<document id>-<ordinal, three digits>". `spans` are the passages it was read from.
    no_application: 免申即享.
    """

    id: str
    document_id: str
    ordinal: int
    title: str
    conditions: AllOf
    benefits: tuple[Benefit, ...]
    spans: tuple[Span, ...]
    window: ApplicationWindow | None = None
    materials: tuple[Quoted, ...] = ()
    department: Quoted | None = None
    contacts: tuple[Quoted, ...] = ()
    channel: Quoted | None = None
    no_application: bool = False
    status: ItemStatus = ItemStatus.DRAFT
