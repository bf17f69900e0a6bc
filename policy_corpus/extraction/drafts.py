"""The sentences of a document that give something -> what becomes one item each; called by items.

What only repeats the title, promises what the next paragraphs grade, or caps what stands before it is no item of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from policy_corpus.extraction.benefits.reading import is_year_by_year
from policy_corpus.extraction.bounds import Draft, with_bounds
from policy_corpus.extraction.conditions.leads import goes_on
from policy_corpus.extraction.conditions.trees import compose
from policy_corpus.extraction.statements import Grant, Statement
from policy_corpus.extraction.structure.audience import concerns_persons
from policy_corpus.extraction.structure.outline import Section
from policy_corpus.extraction.structure.silence import names_body
from policy_corpus.model import BenefitKind, Condition, Node, leaves

# Kinds that are slogans more often than benefits where the text names no figure.
_FIGURES_ASKED = frozenset(
    {
        BenefitKind.SERVICE,
        BenefitKind.OTHER,
        BenefitKind.TITLE,
        BenefitKind.LOAN,
        BenefitKind.PROCUREMENT,
        BenefitKind.TALENT,
        BenefitKind.LAND,
    }
)
_AGAIN = re.compile(
    r"^(?:其中|在此基础上|同时|再|另外?|并|此外)|(?:再|另|额外)(?:次|外|行)?(?:增加|给予|奖励|补|按)|(?:提高|上浮|增加|提升|放宽|延长)(?:到|至|为)"
)
_NEW_SUBJECTS = ("对", "凡", "支持", "鼓励")
# "申请人年度获得上述资助的总金额不超过200万元": a bound on everything together, which no item shows.
_TOTAL_ALONE = re.compile(
    r"^(?:其中[，]?)?(?!.{0,60}(?:给予|予以|对))[^。；]{0,24}(?:累计|总金额|总额|合计|上述|以上各?项|本条)[^，。；]{0,20}(?:不超过|最高|不高于|限额)[^，。；]{1,20}$"
)
# "根据评估结果给予分档支持": the grades follow, each with whom it is for.
_IN_GRADES = re.compile(
    r"(?:分档|分类|分级|按[^，；]{1,6}个(?:档次|等级)|相应(?:等级|档次))[^，；对]{0,6}(?:支持|奖励|补助|补贴|资助)|^采[取用][^，。；]{1,16}给予支持(?:，(?:支持周期|每家|每个|同一)[^，；]{1,24})?$"
)
_PREFERRED = re.compile(r"优先(?:推荐|支持|安排|考虑|纳入)[^，。；]{0,14}(?:企业|单位|机构|项目)|优先采购")
_TO_PROJECT = re.compile(r"对[^，；]{2,40}项目，?(?:按照?[^，；]{2,24})?(?:给予|予以)")
_LONGEST_HEADING = 16
_MOST_PROMISES = 20  # that wait for their grades at a time
_BLANK = re.compile(r"[\s“”\"《》（）()]")


def draft_items(read: Iterable[tuple[Section, list[Statement]]], title: str) -> list[Draft]:
    """The drafts of a document's sections, in the order of its text. title: the document's."""
    drafts = [
        draft for section, statements in read for draft in with_bounds(list(_drafts(section, statements)))
    ]
    drafts = [draft for draft in drafts if not _repeats(draft, title) and not _is_personal(draft)]
    if any(not _is_total(draft) for draft in drafts):
        drafts = [draft for draft in drafts if not _is_total(draft)]
    return _without_graded(drafts)


def draft_benefits(read: Iterable[tuple[Section, list[Statement]]]) -> list[Draft]:
    """One draft a statement that gives something, bounded and graded as items are: what a passage gives in all."""
    drafts = [
        draft
        for section, statements in read
        for draft in with_bounds([Draft(section, one, list(one.grants)) for one in statements if one.grants])
    ]
    told = next((index for index, draft in enumerate(drafts) if not _is_bare(draft)), len(drafts))
    kept = [draft for index, draft in enumerate(drafts) if index <= told or not _is_total(draft)]
    return _without_graded(kept, passage=True)


def _without_graded(drafts: list[Draft], *, passage: bool = False) -> list[Draft]:
    """Without the promises that graded benefits fill; whom a promise is for, its grades are for as well.

    passage: the drafts are of one passage, whose parts all stand by each other.
    """
    kept: list[Draft] = []
    promises: list[Draft] = []
    for index, draft in enumerate(drafts):
        promises = [one for one in promises[-_MOST_PROMISES:] if passage or _stands_by(one, draft)]
        if index + 1 < len(drafts) and _is_graded_by(draft, drafts[index + 1], passage):
            promises.append(draft)
            continue
        if not _is_bare(draft):
            asked = (compose(one.statement.plain, one.grants[0].conditions) for one in promises)
            draft.carried = (*chain.from_iterable(asked), *draft.carried)
        kept.append(draft)
    return kept


def _is_total(draft: Draft) -> bool:
    return bool(_TOTAL_ALONE.match(draft.statement.plain.text))


def _is_personal(draft: Draft) -> bool:
    """Whether it stands under a heading on a matter of natural persons."""
    return any(concerns_persons(one.heading) for one in (draft.section, *draft.section.ancestors()))


def _repeats(draft: Draft, title: str) -> bool:
    """Whether a sentence without figures does no more than say the document's title (again)."""
    name, text = _BLANK.sub("", title), _BLANK.sub("", draft.statement.plain.text)
    return bool(name) and _is_bare(draft) and (name in text or text in name)


def _is_graded_by(draft: Draft, following: Draft, passage: bool) -> bool:
    """Whether a promise is filled by the graded benefits behind it, in its own section or one beside or below it."""
    if not _is_bare(draft) or _is_bare(following) or not (passage or _stands_by(draft, following)):
        return False
    return bool(_IN_GRADES.search(draft.statement.plain.text)) or _heads(draft, following)


def _heads(draft: Draft, following: Draft) -> bool:
    """Whether a sentence is no more than the heading of what the next one gives: "减免中小企业房租。"."""
    (first, *others), text = draft.grants, draft.statement.plain.text
    asked = {(one.attribute, one.value) for one in following.grants[0].conditions}
    said = {(one.attribute, one.value) for one in first.conditions}
    if others or len(text) > _LONGEST_HEADING or "，" in text or not said <= asked:
        return False
    return first.gift.start == 0 and first.gift.kind is following.grants[0].gift.kind


def _stands_by(draft: Draft, following: Draft) -> bool:
    near = (draft.section, draft.section.parent)
    return any(one in near for one in (following.section, *following.section.ancestors()) if one.parent)


def _is_bare(draft: Draft) -> bool:
    return all(not _has_figure(grant) for grant in draft.grants)


def _has_figure(grant: Grant) -> bool:
    gift = grant.gift
    return gift.amount is not None or gift.cap is not None or gift.rate is not None


def _drafts(section: Section, statements: Iterable[Statement]) -> Iterator[Draft]:
    """Benefits that are given together (same conditions, no tiers) make one item."""
    before: tuple[Node, ...] = ()
    for statement in statements:
        grants = [grant for grant in statement.grants if _is_item(grant, statement.plain.text)]
        text = statement.plain.text
        again = _AGAIN.search(text) and not text.startswith(_NEW_SUBJECTS)
        carried = _but(before, grants) if goes_on(text) and grants else before if again else ()
        group: list[Grant] = []
        for grant in grants:
            if group and (
                grant.conditions != group[-1].conditions
                or grant.gift.places
                or (grant.gift.start == group[-1].gift.start and not is_year_by_year(text))
            ):
                yield Draft(section, statement, group, carried)
                group = []
            group.append(grant)
        if group:
            yield Draft(section, statement, group, carried)
        if grants:
            own = compose(statement.plain, grants[0].conditions)
            before = (*carried, *own) if goes_on(text) else own


def _but(nodes: tuple[Node, ...], grants: list[Grant]) -> tuple[Node, ...]:
    """The nodes without what the grants ask anew: another figure of the same fact."""
    anew = {one.attribute for grant in grants for one in grant.conditions}
    return tuple(
        node
        for node in nodes
        if not any(isinstance(leaf, Condition) and leaf.attribute in anew for leaf in leaves(node))
    )


def _is_item(grant: Grant, text: str) -> bool:
    if _has_figure(grant) or "%" in text[grant.gift.start : grant.gift.end]:
        return True
    asked = bool(grant.conditions) or bool(_PREFERRED.search(text))
    told = names_body(text) or _TO_PROJECT.search(text)
    return grant.gift.kind not in _FIGURES_ASKED or (asked and bool(told))
