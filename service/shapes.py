"""The JSON that CLI and API show: matches, audiences, search hits, items, documents.

The shapes of a match and of a hit are fixed by the product's contract; change them only with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from matching.amounts import estimate_yuan
from matching.delta import Delta
from matching.model import Eligibility, Enterprise, Fact, Finding, Match
from policy_corpus.coverage import coverage
from policy_corpus.facts import FACTS
from policy_corpus.item_json import item_to_json, number_to_json, value_to_json
from policy_corpus.model import Benefit, Condition, Document, PolicyItem
from service.workflows.match_enterprises import EnterpriseMatches, ItemAudience
from service.workflows.search_policies import DocumentHit, ItemHit, ItemResults
from service.workflows.weigh_changes import ItemImpact, Supposition, first_changes

Json = dict[str, Any]


class NamedDocument(Protocol):
    """What a list says of a document: a Document, or only the names of one."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def document_number(self) -> str | None:
        """Its 发文字号."""
        ...


def document_to_json(document: NamedDocument) -> Json:
    """Which document: id, title, 发文字号."""
    return {"id": document.id, "title": document.title, "document_number": document.document_number}


def document_details_to_json(document: Document, *, with_text: bool = False) -> Json:
    """Everything known of a document; its text only on request."""
    details = document_to_json(document) | {
        "file_name": document.file_name,
        "format": document.format,
        "kind": document.kind.value,
        "issuing_authority": document.issuing_authority,
        "level": document.level.value if document.level else None,
        "region_code": document.region_code,
        **{
            name: _iso(getattr(document, name))
            for name in ("dated_on", "published_on", "effective_from", "effective_until")
        },
        "warnings": list(document.warnings),
        "confidence": document.confidence,
    }
    return details | ({"text": document.text} if with_text else {})


def item_details_to_json(item: PolicyItem, document: Document) -> Json:
    """An item with its condition tree, benefits, status and how much of it was understood."""
    covered = coverage(item)
    return item_to_json(item) | {
        "status": item.status.value,
        "document": document_to_json(document),
        "coverage": {
            "parsed": covered.parsed,
            "self_stated": covered.self_stated,
            "free_text": covered.free_text,
        },
    }


def enterprise_matches_to_json(
    found: EnterpriseMatches, documents: Mapping[str, NamedDocument], as_of: date
) -> Json:
    """The contract's answer to `match USCC`."""
    return {
        "enterprise": {"uscc": found.enterprise.uscc, "name": found.enterprise.name},
        "as_of": as_of.isoformat(),
        "matches": [match_to_json(match, documents[match.item.document_id]) for match in found.matches],
    }


def match_to_json(match: Match, document: NamedDocument) -> Json:
    """One match in the contract's shape."""
    item = match.item
    return {
        "rank": match.rank,
        "item_id": item.id,
        "title": item.title,
        "document": document_to_json(document),
        "verdict": match.eligibility.value,
        "open": match.openness.value,
        "score": match.score,
        "relevance": match.relevance,
        "findings": [finding_to_json(finding) for finding in match.findings],
        "benefits": [_benefit(benefit) for benefit in item.benefits],
        "deadline": _iso(item.window.closes_on) if item.window else None,
        "terms": [[term, weight] for term, weight in match.terms],
    }


def finding_to_json(finding: Finding) -> Json:
    """The verdict on one condition; a condition we could not parse stands as `other`, unknown."""
    condition = finding.condition
    parsed = condition if isinstance(condition, Condition) else None
    return {
        "attribute": parsed.attribute if parsed else "other",
        "op": parsed.op.value if parsed else "has",
        "value": value_to_json(parsed.value) if parsed else condition.span.quote,
        "unit": parsed.unit if parsed else None,
        "negated": parsed.negated if parsed else False,
        "verdict": finding.verdict.value,
        "actual": fact_value_to_json(finding.actual),
        "source": finding.actual.source if finding.actual else None,
        "text": finding.text,
        "reason": finding.reason,
        "quote": condition.span.quote,
        "start": condition.span.start,
        "end": condition.span.end,
        "gap": finding.gap,
    }


def fact_value_to_json(fact: Fact | None) -> Any:
    """A fact's value as plain JSON, None where it is unknown."""
    return None if fact is None else value_to_json(fact.value)


def _benefit(benefit: Benefit) -> Json:
    return {
        "kind": benefit.kind.value,
        "amount_yuan": number_to_json(benefit.amount_yuan),
        "max_yuan": number_to_json(benefit.max_yuan),
        "rate_percent": number_to_json(benefit.rate_percent),
        "base": benefit.base,
        "estimate_yuan": number_to_json(estimate_yuan(benefit)),
        "quote": benefit.span.quote,
    }


def audience_to_json(found: ItemAudience, as_of: date, top: int | None = None) -> Json:
    """Counts per verdict, and the enterprises that are eligible or undetermined."""
    item = found.audience.item
    return {
        "item_id": item.id,
        "title": item.title,
        "document": document_to_json(found.document),
        "as_of": as_of.isoformat(),
        "counts": {kind.value: found.audience.counts[kind] for kind in Eligibility},
        "enterprises": [
            {
                "uscc": enterprise.uscc,
                "name": enterprise.name,
                "verdict": match.eligibility.value,
                "score": match.score,
                "relevance": match.relevance,
                "findings": [finding_to_json(finding) for finding in match.findings],
            }
            for enterprise, match in found.audience.matches(found.enterprise_of, top)
        ],
    }


def supposition_to_json(
    found: Supposition, documents: dict[str, Document], as_of: date, top: int | None = None
) -> Json:
    """What other facts would change: the items whose verdict differs, and how many pairs of verdicts there are."""
    return {
        "enterprise": {"uscc": found.enterprise.uscc, "name": found.enterprise.name},
        "as_of": as_of.isoformat(),
        "supposed": {
            key: fact_value_to_json(fact)
            for key, fact in found.supposed.facts.items()
            if found.enterprise.facts.get(key) != fact
        },
        "counts": _counts(found.delta),
        "changes": [
            {
                "item_id": change.key,
                "title": found.items[change.key].title,
                "document": document_to_json(documents[found.items[change.key].document_id]),
                "before": change.before,
                "after": change.after,
                "benefits": [_benefit(benefit) for benefit in found.items[change.key].benefits],
            }
            for change in first_changes(found.delta, top)
        ],
    }


def impact_to_json(
    found: ItemImpact, enterprise_of: Callable[[str], Enterprise], as_of: date, top: int | None = None
) -> Json:
    """What an item's coming or going would change: counts over all enterprises, and the first of those it touches."""
    return {
        "item_id": found.item.id,
        "title": found.item.title,
        "document": document_to_json(found.document),
        "as_of": as_of.isoformat(),
        "deed": "publish" if found.comes else "withdraw",
        "counts": _counts(found.delta),
        "changes": [
            {
                "uscc": change.key,
                "name": enterprise_of(change.key).name,
                "before": change.before,
                "after": change.after,
            }
            for change in first_changes(found.delta, top)
        ],
    }


def _counts(delta: Delta) -> list[Json]:
    return [{"before": before, "after": after, "count": n} for (before, after), n in delta.counts.items()]


def item_hit_to_json(hit: ItemHit) -> Json:
    """One hit of a search over items."""
    return {
        "score": hit.score,
        "title": hit.item.title,
        "item_id": hit.item.id,
        "excerpt": hit.excerpt,
        "deadline": _iso(hit.item.window.closes_on) if hit.item.window else None,
        "document": document_to_json(hit.document) | {"file_name": hit.document.file_name},
    }


def item_results_to_json(found: ItemResults) -> Json:
    """A page of hits over items with facets."""
    return {
        "words": found.words,
        "total": found.total,
        "facets": found.facets,
        "results": [item_hit_to_json(hit) for hit in found.hits],
    }


def document_hit_to_json(hit: DocumentHit) -> Json:
    """One hit of a search over documents."""
    return {
        "score": hit.score,
        "title": hit.document.title,
        "excerpt": hit.excerpt,
        "document": document_to_json(hit.document) | {"file_name": hit.document.file_name},
    }


def enterprise_facts_to_json(enterprise: Enterprise) -> Iterable[Json]:
    """The facts of an enterprise in the order of the fact table, with label, source, date and period."""
    for key, row in FACTS.items():
        if (fact := enterprise.facts.get(key)) is not None:
            yield {
                "key": key,
                "label": row.label,
                "value": fact_value_to_json(fact),
                "unit": row.unit,
                "source": fact.source,
                "dated": _iso(fact.dated),
                "period": fact.period,
            }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
