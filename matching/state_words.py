"""The one Chinese word for each verdict and state, on every face: command line, pages, tables."""

from __future__ import annotations

from matching.model import Eligibility, Openness, Verdict
from policy_corpus.model import ItemStatus

ELIGIBILITY_WORDS = {
    Eligibility.ELIGIBLE: "可享受",
    Eligibility.UNDETERMINED: "需确认",
    Eligibility.INELIGIBLE: "暂不符合",
}
VERDICT_WORDS = {Verdict.MET: "符合", Verdict.NOT_MET: "不符合", Verdict.UNKNOWN: "待确认"}
VERDICT_SIGNS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "？"}
OPENNESS_WORDS = {
    Openness.OPEN: "正在申报",
    Openness.ALWAYS: "常年受理",
    Openness.UPCOMING: "尚未开始",
    Openness.UNKNOWN: "未写明申报时间",
    Openness.CLOSED: "已截止",
}
STATUS_WORDS = {
    ItemStatus.DRAFT: "草稿",
    ItemStatus.IN_REVIEW: "审核中",
    ItemStatus.PUBLISHED: "已发布",
    ItemStatus.WITHDRAWN: "已撤回",
    ItemStatus.SUPERSEDED: "已被替代",
    ItemStatus.EXPIRED: "已失效",
}
