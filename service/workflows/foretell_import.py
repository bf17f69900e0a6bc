"""What an import would do, row by row, without doing it: the same decisions as the import makes, nothing written.

Called by the dry run of the shell and by the check of an uploaded file; writes, where asked, the list of faults (the
rows as they were given with the reason beside each) and the list of changes as XLSX.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from matching.model import Enterprise, Fact
from matching.wording import describe_value
from policy_corpus.facts import FACTS
from service.enterprise_files import TableFile
from service.enterprise_rows import REASON_HEAD, ROW_HEAD
from service.enterprise_table import CompanyTable, Problem, RowResult, open_table
from service.enterprise_trust import Claim, Decision, FactStep, HeldCompany, Step, applied, decide
from service.sheets import MarkedSheet
from service.store.data_folder import DataFolder
from service.store.enterprise_rows import claim_of, packed

ROWS_AT_ONCE = 500
SHOWN = 100  # changes and problems that are kept for the screen; the lists hold all of them
OUTCOMES = ("created", "updated", "unchanged", "refused")
_CHANGE_HEADS = ("第几行", "统一社会信用代码", "企业名称", "结果", "指标", "原来", "变为", "说明")
OUTCOME_WORDS = {"created": "新增", "updated": "更新", "unchanged": "无变化", "refused": "未导入"}
STEP_WORDS = {
    Step.NEW: "补充",
    Step.CHANGED: "变更",
    Step.RESTATED: "数值不变，记为更可信的来源",
    Step.ASIDE: "未采用",
}


@dataclass(frozen=True, slots=True)
class FactWords:
    """One fact of a change in words."""

    label: str
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class CompanyChange:
    """What would become of one row. facts: none for a new company."""

    row: int
    uscc: str
    name: str
    outcome: str
    facts: tuple[FactWords, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an import would do. aside: facts that would not count; changes, problems: the first of them.

    version: of 企业库 when this was foreseen; digest: of all of it; usccs: every company named in the file.
    """

    created: int
    updated: int
    unchanged: int
    refused: int
    faults: int
    aside: int
    rows: int
    changes: tuple[CompanyChange, ...]
    problems: tuple[Problem, ...]
    version: int
    digest: str
    usccs: tuple[str, ...] = field(repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """The figures by name."""
        names = (*OUTCOMES, "faults", "aside", "rows")
        return {name: getattr(self, name) for name in names}


def foretell(
    folder: DataFolder,
    file: TableFile,
    *,
    today: date,
    faults_to: Path | None = None,
    changes_to: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Forecast:
    """What importing the file would do now. progress: told how many rows are done. Raises UnusableFile."""
    table = open_table(file)
    with ExitStack() as stack:
        reports = _Reports(table.heads)
        if faults_to:
            reports.faults = stack.enter_context(
                MarkedSheet(faults_to, "需更正的行", [*table.heads, ROW_HEAD, REASON_HEAD], dated=today)
            )
        if changes_to:
            reports.changes = stack.enter_context(
                MarkedSheet(changes_to, "变更明细", _CHANGE_HEADS, dated=today)
            )
        version = folder.enterprises.version()
        return _gather(folder, table, reports, version, progress)


def _gather(
    folder: DataFolder, table: CompanyTable, reports: _Reports, version: int, progress: Callable[[int], None]
) -> Forecast:
    counts, digest, usccs = Counter[str](), hashlib.sha256(), dict[str, None]()
    changes, problems = list[CompanyChange](), list[Problem]()
    for result, decision in _decisions(folder, table.results):
        outcome = outcome_of(decision)
        counts.update({outcome: 1, "faults": len(result.problems), "rows": 1})
        if decision is not None:
            usccs.setdefault(decision.uscc)
            counts["aside"] += len(decision.asides)
        digest.update(repr((result.row, outcome, decision)).encode())
        change = _change(result, decision, outcome)
        reports.tell(result, change)
        if len(changes) < SHOWN and change is not None and change.facts:
            changes.append(change)
        problems += result.problems[: max(SHOWN - len(problems), 0)]
        if counts["rows"] % ROWS_AT_ONCE == 0:
            progress(counts["rows"])
    figures = {name: counts[name] for name in (*OUTCOMES, "faults", "aside", "rows")}
    return Forecast(
        **figures,
        changes=tuple(changes),
        problems=tuple(problems),
        version=version,
        digest=digest.hexdigest(),
        usccs=tuple(usccs),
    )


def outcome_of(decision: Decision | None) -> str:
    """What a row comes to: one of OUTCOMES."""
    if decision is None:
        return "refused"
    if decision.is_new:
        return "created"
    return "updated" if decision.changes or decision.is_renamed else "unchanged"


def _decisions(
    folder: DataFolder, results: Iterable[RowResult]
) -> Iterator[tuple[RowResult, Decision | None]]:
    """Each row with what it would do, those before it in the file taken as done."""
    rows, seen = iter(results), _Seen()
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        named = [row.enterprise for row in chunk if row.enterprise is not None]
        known = folder.enterprises.held_many([enterprise.uscc for enterprise in named])
        for row in chunk:
            if row.enterprise is None:
                yield row, None
                continue
            held = seen.after(known.get(row.enterprise.uscc), row.enterprise.uscc)
            decision = decide(held, row.enterprise)
            seen.add(decision.uscc, row.enterprise)
            yield row, decision


class _Seen:
    """What earlier rows of a file said, packed small: a company that comes again is judged after them."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[bytes, ...]] = {}

    def add(self, uscc: str, stated: Enterprise) -> None:
        facts = {key: (packed(f.value), f.source, f.period) for key, f in stated.facts.items()}
        kept = zlib.compress(json.dumps([stated.uscc, stated.name, facts]).encode(), 1)
        self._rows[uscc] = (*self._rows.get(uscc, ()), kept)

    def after(self, held: HeldCompany | None, asked: str) -> HeldCompany | None:
        """What would be held after the earlier rows."""
        for kept in self._rows.get(held.uscc if held else asked, ()):
            uscc, name, facts = json.loads(zlib.decompress(kept))
            claims = {
                key: claim_of(0, key, value, source, None, period)
                for key, (value, source, period) in facts.items()
            }
            known = {
                key: Fact(claim.value, claim.source, None, claim.period)
                for key, claim in claims.items()
                if claim.value is not None
            }
            held = applied(held, decide(held, Enterprise(uscc, name, known)))
        return held


@dataclass
class _Reports:
    """The lists that are being written, if they are."""

    heads: tuple[str, ...]
    faults: MarkedSheet | None = None
    changes: MarkedSheet | None = None

    def tell(self, result: RowResult, change: CompanyChange | None) -> None:
        of_row = [problem for problem in result.problems if problem.row == result.row]
        if self.faults and of_row:
            width = len(self.heads)
            cells = [*result.cells[:width], *[None] * (width - len(result.cells))]
            reasons = "；".join(_reason(problem) for problem in of_row)
            marked = frozenset(
                problem.at for problem in of_row if problem.at is not None and problem.at < width
            )
            self.faults.add([*cells, result.row, reasons], marked)
        if self.changes and change is not None:
            about = (change.row, change.uscc, change.name, OUTCOME_WORDS[change.outcome])
            for fact in change.facts:
                self.changes.add([*about, fact.label, fact.before, fact.after, fact.note])
            if not change.facts and change.outcome == "created":
                self.changes.add([*about, "", "", "", ""])


def _reason(problem: Problem) -> str:
    return f"{problem.column}：{problem.reason}" if problem.column else problem.reason


def _change(result: RowResult, decision: Decision | None, outcome: str) -> CompanyChange | None:
    if decision is None or (outcome == "unchanged" and not decision.facts):
        return None
    facts = [] if decision.is_new else [fact_in_words(fact) for fact in decision.facts]
    if decision.is_renamed:
        facts.insert(0, FactWords("企业名称", decision.old_name or "", decision.name, "更名"))
    return CompanyChange(result.row, decision.uscc, decision.name, outcome, tuple(facts))


def fact_in_words(fact: FactStep) -> FactWords:
    """A fact from what to what, and why it does not count if it does not."""
    note = STEP_WORDS[fact.step]
    if fact.step is Step.ASIDE and fact.before is not None:
        older = fact.after.period and fact.before.period and fact.after.period < fact.before.period
        note = (
            "未采用：年度早于现有数据"
            if older
            else f"未采用：与“{fact.before.source}”不一致，请在企业页面核对"
        )
    return FactWords(
        FACTS[fact.key].label, claim_words(fact.key, fact.before), claim_words(fact.key, fact.after), note
    )


def claim_words(key: str, claim: Claim | None) -> str:
    """A claim in words: the value with its period."""
    if claim is None or claim.value is None:
        return "未知"
    row = FACTS[key]
    value = claim.value
    words = (
        describe_value(row, Fact(value, claim.source))
        if not isinstance(value, Decimal) or row.unit
        else str(value)
    )
    return f"{words}（{claim.period}）" if claim.period else words
