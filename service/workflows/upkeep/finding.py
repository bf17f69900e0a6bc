"""Find what should be proposed on a day: repeals read from texts, items that have ended, next rounds, same benefits.

Pure reading; `run_upkeep` keeps what is found. New editions are found when they are loaded (`editions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from matching.figures_in_words import chinese_date
from matching.openness import this_round
from policy_corpus.model import ApplicationWindow, Document, ItemStatus, PolicyItem, Relation, Validity
from policy_corpus.same_benefit import find_same_benefits
from service.store.data_folder import DataFolder
from service.store.proposals import Draft, ProposalKind, ProposalState

_RELATION_WORDS = {Relation.REPEALS: "废止", Relation.REPLACES: "替代", Relation.EXTENDS: "延长有效期"}
_LISTED = (Validity.IN_FORCE, Validity.NOT_YET)
_ENDED = {Validity.EXPIRED: "所在文件有效期已满", Validity.REPEALED: "所在文件已废止"}


def relation_key(by_document_id: str, document_id: str, relation: Relation) -> str:
    """The key of a proposal on what one document does to another."""
    return f"relation:{by_document_id}:{document_id}:{relation.name.lower()}"


def find_relations(folder: DataFolder) -> Iterator[Draft]:
    """What texts do to other documents; it holds until a person declines it."""
    titles = {document.id: document.title for document in folder.documents.all()}
    for found in folder.documents.relations():
        word = _RELATION_WORDS[found.relation]
        day = ""
        if found.day:
            day = (
                f"至{chinese_date(found.day)}"
                if found.relation is Relation.EXTENDS
                else f"，自{chinese_date(found.day)}起"
            )
        yield Draft(
            ProposalKind.RELATION,
            relation_key(found.by_document_id, found.document_id, found.relation),
            found.document_id,
            f"《{titles[found.by_document_id]}》写明{word}本文件{day}",
            other_id=found.by_document_id,
            place=found.span,
            details={"relation": found.relation.value, "day": found.day.isoformat() if found.day else None},
        )


def find_endings_and_rounds(folder: DataFolder, today: date) -> list[Draft]:
    """Published items whose time is over, those of one document and one end together: a next round, else expiry."""
    validities = folder.documents.validities(today)
    confirmed = {one.document_id for one in folder.documents.decisions() if one.stands}
    untils = _last_days(folder)
    declined = _declined_rounds(folder)
    drafts: dict[str, Draft] = {}
    for item in folder.policies.each(status=ItemStatus.PUBLISHED):
        validity, until = validities[item.document_id], untils.get(item.document_id)
        draft = None
        is_over = until is not None and until < today and validity in _ENDED
        if is_over or (validity is Validity.REPEALED and item.document_id in confirmed):
            draft = _expiry(item, _ENDED[Validity.EXPIRED if is_over else validity], until)
        elif validity in _LISTED:
            draft = _closed(item, today, until, declined)
        if draft is not None:
            drafts.setdefault(draft.key, draft).details["items"].append(item.id)
    return [_counted(draft) for draft in drafts.values()]


def _counted(draft: Draft) -> Draft:
    return replace(draft, reason=f"{draft.reason}（{len(draft.details['items'])} 个事项）")


def _declined_rounds(folder: DataFolder) -> set[str]:
    kept = folder.proposals.each(state=ProposalState.DECLINED, kind=ProposalKind.ROUND)
    return {proposal.key for proposal in kept}


def _closed(item: PolicyItem, today: date, until: date | None, declined: set[str]) -> Draft | None:
    """What to propose for an item whose own window has closed; a yearly one expires only if its round was declined."""
    window = item.window
    if window is None or window.closes_on is None or window.always or window.closes_on >= today:
        return None
    coming = next_round(item, today, until)
    if coming and coming.closes_on and round_key(item, window, coming.closes_on) not in declined:
        return _round(item, window, coming, coming.closes_on, today)
    if window.yearly and not coming:
        return None
    return _expiry(item, f"申报已于{chinese_date(window.closes_on)}截止", window.closes_on)


def _last_days(folder: DataFolder) -> dict[str, date]:
    """The last day of each document that has one, an extension counted in."""
    days = {document.id: document.effective_until for document in folder.documents.all()}
    for document_id, extension in folder.documents.extensions().items():
        known = days.get(document_id)
        days[document_id] = max(known, extension.until) if known else extension.until
    return {document_id: day for document_id, day in days.items() if day}


def next_round(item: PolicyItem, today: date, until: date | None) -> ApplicationWindow | None:
    """The round after one that has closed, for a window that recurs; None where it does not, or its document ends before."""
    window = item.window
    if window is None or not (window.yearly or _recurs(item, window)):
        return None
    coming = this_round(replace(window, yearly=True), today)
    if coming is None or coming.closes_on is None or coming.closes_on == window.closes_on:
        return None
    return None if until and (coming.opens_on or coming.closes_on) > until else coming


def _recurs(item: PolicyItem, window: ApplicationWindow) -> bool:
    """Whether the sentence of the window says 每年, in the window's own words or just before them in the passage."""
    if "每年" in window.span.quote:
        return True
    for span in item.spans:
        if span.start <= window.span.start and window.span.end <= span.end:
            before = span.quote[: window.span.start - span.start]
            sentence = before[max(before.rfind(mark) for mark in "。；\n") + 1 :]
            return "每年" in sentence
    return False


def round_key(item: PolicyItem, window: ApplicationWindow, closes_on: date) -> str:
    """The key of a proposal of a next round: a document, a sentence of it and a year."""
    return f"round:{item.document_id}:{window.span.start}:{closes_on}"


def _round(
    item: PolicyItem, window: ApplicationWindow, coming: ApplicationWindow, closes_on: date, today: date
) -> Draft:
    opens = coming.opens_on
    days = f"{chinese_date(opens)}至{chinese_date(closes_on)}" if opens else f"{chinese_date(closes_on)}截止"
    word = "本轮" if opens and opens <= today else "下一轮"
    last = chinese_date(window.closes_on) if window.closes_on else ""
    return Draft(
        ProposalKind.ROUND,
        round_key(item, window, closes_on),
        item.document_id,
        f"每年申报，登记的一轮已于{last}截止，{word}应为{days}",
        place=window.span,
        details={
            "opens_on": opens.isoformat() if opens else None,
            "closes_on": closes_on.isoformat(),
            "items": [],
        },
    )


def _expiry(item: PolicyItem, reason: str, day: date | None) -> Draft:
    return Draft(
        ProposalKind.EXPIRY,
        f"expiry:{item.document_id}:{day}",
        item.document_id,
        reason,
        place=item.window.span if item.window and day == item.window.closes_on else None,
        details={"day": day.isoformat() if day else None, "items": []},
    )


def find_links(folder: DataFolder, today: date) -> Iterator[Draft]:
    """Published items in force of several levels that may give the same."""
    validities = folder.documents.validities(today)
    documents: dict[str, Document] = {
        document.id: document for document in folder.documents.all() if validities[document.id] in _LISTED
    }
    items = {
        item.id: item
        for item in folder.policies.each(status=ItemStatus.PUBLISHED)
        if item.document_id in documents
    }
    for found in find_same_benefits((item, documents[item.document_id]) for item in items.values()):
        higher, lower = items[found.higher], items[found.lower]
        yield Draft(
            ProposalKind.SAME_BENEFIT,
            f"same:{higher.id}:{lower.id}",
            higher.document_id,
            f"“{higher.title}”与“{lower.title}”{found.reason}",
            other_id=lower.document_id,
            item_id=higher.id,
            details={"higher": higher.id, "lower": lower.id},
        )
