"""GET /api/v1/enterprises/<uscc>/matches: the ranked list of one enterprise."""

from __future__ import annotations

from apiflask import APIBlueprint

from service.api.context import checked_uscc, desk
from service.api.schemas import MatchesAnswer, MatchesQuery
from service.shapes import Json, enterprise_matches_to_json
from service.workflows.match_enterprises import match_one

enterprises = APIBlueprint("enterprises", __name__, url_prefix="/api/v1/enterprises", tag="企业")


@enterprises.get("/<uscc>/matches")
@enterprises.input(MatchesQuery, location="query")
@enterprises.output(MatchesAnswer, description="匹配结果，排序与网页一致")
@enterprises.doc(summary="一家企业的匹配结果", responses=[404])
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
