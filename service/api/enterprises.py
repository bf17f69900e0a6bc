"""/api/v1/enterprises/<uscc>/…: the ranked list of one enterprise, and what other facts would change in it."""

from __future__ import annotations

from apiflask import APIBlueprint

from service.api.context import SECURITY, checked_uscc, desk
from service.api.schemas import AsOf, Facts, MatchesAnswer, MatchesQuery, WhatIfAnswer
from service.shapes import Json, enterprise_matches_to_json, supposition_to_json
from service.workflows.match_enterprises import match_one
from service.workflows.weigh_changes import suppose

enterprises = APIBlueprint("enterprises", __name__, url_prefix="/api/v1/enterprises", tag="企业")


@enterprises.get("/<uscc>/matches")
@enterprises.input(MatchesQuery, location="query")
@enterprises.output(MatchesAnswer, description="匹配结果，排序与网页一致")
@enterprises.doc(summary="一家企业的匹配结果", responses=[401, 404], security=SECURITY)
def matches(uscc: str, query_data: MatchesQuery) -> Json:
    """可享受的在前，其次为需确认的；每项附逐条理由和原文。"""
    shelf = desk().shelf(query_data.as_of)
    found = match_one(
        desk().folder,
        shelf,
        checked_uscc(uscc),
        include_ineligible=query_data.include_ineligible,
        top=query_data.top,
    )
    return enterprise_matches_to_json(found, shelf.documents, shelf.as_of)


@enterprises.post("/<uscc>/what-if")
@enterprises.input(AsOf, location="query")
@enterprises.input(Facts, location="json")
@enterprises.output(WhatIfAnswer, description="结果会改变的事项")
@enterprises.doc(summary="假设企业指标改变后的结果变化", responses=[401, 404], security=SECURITY)
def what_if(uscc: str, query_data: AsOf, json_data: Facts) -> Json:
    """假设企业的某些指标变为所给的值，列出结果会改变的政策事项；不保存任何内容。"""
    shelf = desk().shelf(query_data.as_of)
    found = suppose(desk().folder, shelf, checked_uscc(uscc), json_data.facts)
    return supposition_to_json(found, shelf.documents, shelf.as_of)
