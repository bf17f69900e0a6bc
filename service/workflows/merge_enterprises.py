"""Two companies that are one: shown side by side, put together fact by fact, taken apart again, or found different.

The code of the company that is given up finds the other one from then on, in lookups, imports and matches. Its own
record stays as it was under the surface, so that taking the two apart gives back both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from policy_corpus.facts import FACTS, stored_facts
from service.actors import Actor
from service.enterprise_trust import Claim, HeldCompany, prevails
from service.errors import FactConflict, UnusableCorrection
from service.store.data_folder import DataFolder
from service.store.enterprise_duplicates import note_different
from service.store.enterprise_merging import Merge, find_merge, merges_of, record_merge, record_split
from service.workflows.foretell_import import claim_words

NAME = "name"  # among the choices: whose name stays
WINNER, LOSER = "winner", "loser"
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """One fact of both side by side. preferred: WINNER or LOSER, by the rule of sources."""

    key: str
    label: str
    winner: Claim | None
    loser: Claim | None
    differs: bool
    preferred: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two companies side by side. choices: of the facts that one of them has, those that differ first.

    revision: of both as they were read; a merge asks that nothing has changed since.
    """

    winner: HeldCompany
    loser: HeldCompany
    choices: tuple[Choice, ...]
    revision: str


@dataclass(frozen=True, slots=True)
class Split:
    """What taking apart did. stay: labels of facts changed since the merge, which therefore stay as they are."""

    winner: str
    loser: str
    stay: tuple[str, ...]


def propose_merge(folder: DataFolder, winner: str, loser: str) -> Proposal:
    """Two companies side by side. Raises EnterpriseNotFound, UnusableCorrection if they are one already."""
    mine, its = folder.enterprises.get_held(winner), folder.enterprises.get_held(loser)
    if mine.uscc == its.uscc:
        raise UnusableCorrection("这两个代码已经是同一家企业，无需合并")
    choices = [
        Choice(
            row.key,
            row.label,
            mine.claims.get(row.key),
            its.claims.get(row.key),
            _differ(mine.claims.get(row.key), its.claims.get(row.key)),
            preferred(row.key, mine.claims.get(row.key), its.claims.get(row.key)),
        )
        for row in stored_facts()
        if row.key in mine.claims or row.key in its.claims
    ]
    ordered = sorted(choices, key=lambda choice: not choice.differs)
    return Proposal(mine, its, tuple(ordered), _revision(mine, its))


def better_winner(folder: DataFolder, one: str, other: str) -> tuple[str, str]:
    """The two codes, the company first of which more is known; of equals the one with the later claim."""
    held = [folder.enterprises.get_held(uscc) for uscc in (one, other)]

    def weight(company: HeldCompany) -> tuple[int, int]:
        known = [claim for claim in company.claims.values() if claim.value is not None]
        return len(known), max((claim.id for claim in known), default=0)

    first, second = sorted(held, key=weight, reverse=True)
    return first.uscc, second.uscc


def preferred(key: str, winner: Claim | None, loser: Claim | None) -> str:
    """Whose claim should stay: by the rule of sources; between equals the one recorded later."""
    if loser is None or loser.value is None:
        return WINNER
    if winner is None:
        return LOSER
    forth, back = prevails(loser, winner, key), prevails(winner, loser, key)
    if forth != back:
        return LOSER if forth else WINNER
    return LOSER if winner.value is None or loser.id > winner.id else WINNER


def merge_enterprises(
    folder: DataFolder,
    winner: str,
    loser: str,
    choices: Mapping[str, str],
    *,
    reason: str,
    by: Actor,
    now: datetime,
    revision: str | None = None,
) -> Merge:
    """Put the loser under the winner. choices: key of a fact or NAME -> WINNER or LOSER; what is left out goes by the rule.

    Raises EnterpriseNotFound, UnusableCorrection without a reason, FactConflict if one of them has changed.
    """
    words = " ".join(reason.split())[:_LONGEST_REASON]
    if not words:
        raise UnusableCorrection("请写明合并的理由，如“登记机关变更，新旧代码为同一企业”")
    with folder.writing():
        proposal = propose_merge(folder, winner, loser)
        if revision is not None and revision != proposal.revision:
            raise FactConflict("其中一家企业的信息刚刚有变动，请重新核对后再合并")
        mine, its = proposal.winner, proposal.loser
        taken = {
            choice.key: choice.loser
            for choice in proposal.choices
            if choice.loser is not None
            and choice.differs
            and choices.get(choice.key, choice.preferred) == LOSER
        }
        name = its.name if choices.get(NAME) == LOSER else mine.name
        accounts = [account.id for account in folder.accounts.of_company(its.uscc)]
        folder.accounts.move_to_company(mine.uscc, accounts)
        folder.accounts.move_codes(its.uscc, mine.uscc)
        number = record_merge(
            folder.db, mine, its, taken, name, at=now, by=by.name, reason=words, accounts=accounts
        )
        _tell(folder, "enterprise.merge", mine, its, taken, by, now, words)
        merge = find_merge(folder.db, number)
    if merge is None:
        raise UnusableCorrection("合并没有完成，请重试")
    return merge


def split_enterprises(folder: DataFolder, loser: str, *, by: Actor, now: datetime, reason: str = "") -> Split:
    """Take a merged company out again. loser: the code that was given up. Raises UnusableCorrection."""
    with folder.writing():
        merge = find_open_merge(folder, loser)
        if merge is None:
            raise UnusableCorrection(f"代码 {loser[:18]} 没有合并到其他企业，无需拆分")
        stay = record_split(folder.db, merge, at=now, by=by.name)
        theirs = {account.id for account in folder.accounts.of_company(merge.winner)}
        folder.accounts.move_to_company(merge.loser, [one for one in merge.accounts if one in theirs])
        folder.audit.record(
            by,
            "enterprise.split",
            "enterprise",
            merge.loser,
            at=now,
            before={"合并到": merge.winner},
            note=" ".join(reason.split()),
        )
    labels = tuple(FACTS[key].label for key in stay if key in FACTS)
    return Split(merge.winner, merge.loser, labels)


def find_open_merge(folder: DataFolder, loser: str) -> Merge | None:
    """The merge by which a code was given up, None if it stands for itself."""
    for merge in merges_of(folder.db, loser):
        if merge.loser == loser and merge.split_at is None:
            return merge
    return None


def keep_apart(folder: DataFolder, one: str, other: str, *, by: Actor, now: datetime) -> None:
    """Keep that two companies are not one, so that they are not proposed again."""
    with folder.writing():
        for uscc in (one, other):
            folder.enterprises.get_held(uscc)
        note_different(folder.db, one, other, at=now.isoformat(timespec="seconds"), by=by.name)
        folder.audit.record(by, "enterprise.distinct", "enterprise", one, at=now, after={"不同于": other})


def _tell(
    folder: DataFolder,
    event: str,
    winner: HeldCompany,
    loser: HeldCompany,
    taken: Mapping[str, Claim],
    by: Actor,
    now: datetime,
    note: str,
) -> None:
    before = {FACTS[key].label: claim_words(key, winner.claims.get(key)) for key in taken}
    after = {FACTS[key].label: claim_words(key, claim) for key, claim in taken.items()}
    after["并入的代码"] = loser.uscc
    folder.audit.record(by, event, "enterprise", winner.uscc, at=now, before=before, after=after, note=note)


def _differ(one: Claim | None, other: Claim | None) -> bool:
    return (one.value, one.period) != (other.value, other.period) if one and other else one is not other


def _revision(*held: HeldCompany) -> str:
    """What both companies are made of, in short: name and the last claims."""
    parts = (
        f"{one.uscc}.{max((c.id for c in one.claims.values()), default=0)}.{len(one.claims)}" for one in held
    )
    return "-".join(parts)
