"""What publishing an item would be to the companies: counts and examples as JSON, and the page with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, url_for

from matching.model import Eligibility
from policy_corpus.model import ItemStatus
from service.web.context import choice_given, desk, page_given
from service.web.paging import Paging
from service.workflows.weigh_audience import Audience, weigh_audience

PER_PAGE = 100
_EXAMPLES = 5
GROUP_WORDS = {
    "gained": "新增可享受",
    "lost": "不再可享受",
    Eligibility.ELIGIBLE.value: "可享受",
    Eligibility.UNDETERMINED.value: "需确认",
    Eligibility.INELIGIBLE.value: "暂不符合",
}


def add_routes(admin: Blueprint) -> None:
    """The addresses of an item's effect."""
    admin.add_url_rule("/items/<item_id>/effect.json", "effect_figures", tell_effect)
    admin.add_url_rule("/items/<item_id>/effect", "effect", show_effect)


def tell_effect(item_id: str) -> dict[str, Any]:
    """Counts per group, who gains and loses, and the first companies of each group. Raises PolicyItemNotFound."""
    audience = weigh_audience(desk().folder, desk().shelf(), item_id)
    groups = _groups(audience)
    return {
        "published": audience.item.status is ItemStatus.PUBLISHED,
        "after": {kind.value: len(audience.groups[kind]) for kind in Eligibility},
        "gains": len(audience.gained),
        "losses": len(audience.lost),
        "examples": [_example(item_id, key, usccs) for key, usccs in groups.items() if usccs],
    }


def show_effect(item_id: str) -> str:
    """All companies of one group (?group=), in the order of their codes. Raises PolicyItemNotFound."""
    folder = desk().folder
    audience = weigh_audience(folder, desk().shelf(), item_id)
    groups = _groups(audience)
    group = choice_given("group", set(GROUP_WORDS)) or Eligibility.ELIGIBLE.value
    paging = Paging(page_given(), len(groups[group]), PER_PAGE)
    first = (min(paging.page, paging.pages) - 1) * PER_PAGE
    return render_template(
        "admin/review/effect.html",
        item=audience.item,
        group=group,
        tabs=[
            (key, words, len(groups[key]))
            for key, words in GROUP_WORDS.items()
            if groups[key] or key == group
        ],
        companies=[folder.enterprises.get(uscc) for uscc in groups[group][first : first + PER_PAGE]],
        paging=paging,
        nav_here="admin.inbox",
    )


def _groups(audience: Audience) -> dict[str, Sequence[str]]:
    moved: dict[str, Sequence[str]] = {"gained": audience.gained, "lost": audience.lost}
    return moved | {kind.value: audience.groups[kind] for kind in Eligibility}


def _example(item_id: str, group: str, usccs: Sequence[str]) -> dict[str, Any]:
    get = desk().folder.enterprises.get
    shown = [get(uscc) for uscc in usccs[:_EXAMPLES]]
    return {
        "words": GROUP_WORDS[group],
        "total": len(usccs),
        "more": len(usccs) > len(shown),
        "url": url_for("admin.effect", item_id=item_id, group=group),
        "companies": [{"name": one.name, "url": url_for("portal.benefits", uscc=one.uscc)} for one in shown],
    }
