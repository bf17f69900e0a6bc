"""GET /api/v1/items and /api/v1/documents: search, one item, its audience, one document."""

from __future__ import annotations

from apiflask import APIBlueprint

from policy_corpus.model import ItemStatus
from service.api.context import SECURITY, checked_document_id, desk, published_item
from service.api.schemas import (
    AudienceAnswer,
    AudienceQuery,
    DocumentDetails,
    ImpactAnswer,
    ItemDetails,
    ItemsAnswer,
    ItemsQuery,
)
from service.shapes import (
    Json,
    audience_to_json,
    document_details_to_json,
    impact_to_json,
    item_details_to_json,
    item_results_to_json,
)
from service.workflows.match_enterprises import find_audience
from service.workflows.search_policies import FACETS, search_items
from service.workflows.weigh_changes import weigh_item

policies = APIBlueprint("policies", __name__, url_prefix="/api/v1", tag="政策")


@policies.get("/items")
@policies.input(ItemsQuery, location="query")
@policies.output(ItemsAnswer, description="一页检索结果")
@policies.doc(summary="检索政策事项")
def items(query_data: ItemsQuery) -> Json:
    """按检索词检索已发布的政策事项，可按层级、地区、支持方式、申报状态筛选；检索词为空时列出全部。"""
    chosen = {facet: getattr(query_data, facet) for facet in FACETS}
    return item_results_to_json(
        search_items(
            desk().folder,
            desk().shelf(),
            query_data.q,
            chosen=chosen,
            offset=query_data.offset,
            limit=query_data.limit,
        )
    )


@policies.get("/items/<item_id>")
@policies.output(ItemDetails, description="事项")
@policies.doc(summary="一个政策事项", responses=[404])
def item(item_id: str) -> Json:
    """条件树、支持标准、申报期、材料等，均附原文位置。"""
    found = published_item(item_id)
    return item_details_to_json(found, desk().folder.documents.get(found.document_id))


@policies.get("/items/<item_id>/audience")
@policies.input(AudienceQuery, location="query")
@policies.output(AudienceAnswer, description="适用企业与各类家数")
@policies.doc(summary="一个事项适用哪些企业", responses=[401, 403, 404], security=SECURITY)
def audience(item_id: str, query_data: AudienceQuery) -> Json:
    """列出可享受和需确认的企业，并给出全部企业中各类的家数。"""
    shelf = desk().shelf(query_data.as_of)
    found = find_audience(desk().folder, shelf, published_item(item_id).id)
    return audience_to_json(found, shelf.as_of, query_data.top)


@policies.get("/items/<item_id>/impact")
@policies.input(AudienceQuery, location="query")
@policies.output(ImpactAnswer, description="受影响的企业与各类家数")
@policies.doc(summary="撤回一个事项会影响哪些企业", responses=[401, 403, 404], security=SECURITY)
def impact(item_id: str, query_data: AudienceQuery) -> Json:
    """如果撤回该事项，哪些企业的结果会改变；不改动任何内容。"""
    folder, shelf = desk().folder, desk().shelf(query_data.as_of)
    found = weigh_item(folder, shelf, published_item(item_id).id)
    return impact_to_json(found, folder.enterprises.get, shelf.as_of, query_data.top)


@policies.get("/documents/<document_id>")
@policies.output(DocumentDetails, description="文件")
@policies.doc(summary="一份政策文件", responses=[404])
def document(document_id: str) -> Json:
    """文件信息、有效性与全文。"""
    folder = desk().folder
    found = desk().visible_document(checked_document_id(document_id))
    published = folder.policies.items(status=ItemStatus.PUBLISHED, document_id=found.id)
    return document_details_to_json(found, with_text=True) | {
        "validity": desk().shelf().validities[found.id].value,
        "item_ids": [item.id for item in published],
    }
