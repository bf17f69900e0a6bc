"""Find which other documents a document repeals or replaces (废止、替代), each with the words that say so.

Two shapes: a sentence (《X》（文号）同时废止) and the list of a repealing decision (决定废止下列文件：1.《X》…).
What is merely cited (根据《X》), repealed in part (第三条同时废止) or only where it conflicts is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from policy_corpus.describing.manuscript import Line, Manuscript
from policy_corpus.describing.numbers import CITED, normalise_number, one_spelling
from policy_corpus.folding import fold
from policy_corpus.model import DocumentKind, Reference, Relation, Span

_END = (
    r"废止|停止执行|停止施行|停止实施|停止使用|不再执行|不再施行|终止执行|"
    r"宣布失效|自行失效|自动失效|即行失效|同时失效|予以失效|作废|失去效力"
)
_ENDED = re.compile(rf"(?:{_END})")
_REPLACE = re.compile(r"(?:替代|取代|代替|替换)")
_MOST_VERBS = 8  # of ending in one sentence; more is no sentence, and each is looked at with all before it
_SENTENCE = re.compile(r"[^。；;\n]{1,1200}")
NAMED = re.compile(
    r"《[^《》\n]{2,90}(?:〈[^〈〉\n]{2,80}〉[^《》\n]{0,40}|《[^《》\n]{2,80}》[^《》\n]{0,40})?》"
)
_PAREN = re.compile(
    r"\s{0,2}[（(\[【]([^（()）\n]{4,60}(?:[（(〔\[][^（()）\n]{2,8}[）)〕\]][^（()）\n]{0,14})?)[）)\]】]"
)
IN_PART = re.compile(
    r"第[一二三四五六七八九十百\d]{1,5}[条款项章点]|中(?:的)?(?:有关|关于|相关|涉及|第)|(?:有关|"
    r"相关)(?:规定|内容|条款)|部分(?:条款|内容)|附件\d?"
)
_CONFLICT = re.compile(r"不一致|相抵触|有抵触|不符|冲突")
_MODAL = re.compile(
    r"应当|可以|建议|拟|是否|是指|提出|要求|及时|依法(?:予以)?(?:修改|清理)|修改、废止|修改或者废止|有权|"
    r"如需|若"
)
_AMENDER = re.compile(
    r"\s{0,2}(?:第[一二三四五六七八九十]{1,3}次)?(?:修正|修订|修改)"
)  # 根据《…决定》修正的《X》同时废止
_CITING = re.compile(r"(?:根据|按照|依据|依照|遵照|贯彻|落实|参照|因|鉴于|随着)[^《》，。]{0,20}$")
_LIST_OPENS = re.compile(
    rf"(?:下列|以下|附件|目录|所列|如下)[^。\n]{{0,80}}(?:{_END})|(?:{_END})(?:的|以下|"
    rf"下列)?[^。\n]{{0,60}}(?:[:：]$|目录|清单|如下|文件$|（\d{{1,3}}件）|（共)|"
    rf"^[一二三四五六七八九十]{{1,2}}、[^。\n]{{0,30}}(?:{_END})"
)
_LIST_SHUTS = re.compile(
    r"^[一二三四五六七八九十]{1,2}、[^《》\n]{0,30}(?:修改|修订|保留|继续有效)|继续有效的|"
    r"修改的.{0,20}(?:目录|清单|文件)|保留的"
)
_ROW = re.compile(
    r"^(?:[（(]?\d{1,3}[）)]?|[（(][一二三四五六七八九十]{1,4}[）)]|"
    r"[一二三四五六七八九十]{1,4})\s{0,2}[.．、\t ]?\s{0,3}(?=\S)"
)
_SIMPLE = re.compile(
    r"[（(][^（()）]{0,12}(?:试行|暂行|修订|修正|年版)[^（()）]{0,6}[）)]|\d{4}年?|修订|[\s《》〈〉“”\"]|"
    r"的通知$|^.{0,30}关于印发|暂行|试行"
)
# Kinds that tell of what others did and do nothing themselves.
SILENT = frozenset((DocumentKind.NEWS, DocumentKind.INTERPRETATION, DocumentKind.GUIDE))


def find_references(manuscript: Manuscript, title: str, kind: DocumentKind) -> tuple[Reference, ...]:
    """What the document ends or takes the place of, in the order of the text, each document once."""
    if kind in SILENT:
        return ()
    found = list(_in_sentences(manuscript, title))
    if kind is DocumentKind.REPEAL:
        found += _in_lists(manuscript)
    return _once(sorted(found, key=lambda reference: reference.span.start))


def plain_title(title: str) -> str:
    """A title without what varies between its spellings: brackets, spaces, 试行, years, 印发…的通知.

    >>> plain_title("示例市人民政府关于印发《示例市示例办法（试行）》的通知")
    '示例市示例办法'
    """
    text = fold(title)
    for _ in range(2):
        text = _SIMPLE.sub("", text)
    return text


def _in_sentences(manuscript: Manuscript, title: str) -> Iterator[Reference]:
    folded = manuscript.folded
    for line in manuscript.lines:
        if not (_ENDED.search(folded, line.start, line.end) or _REPLACE.search(folded, line.start, line.end)):
            continue
        for hit in _SENTENCE.finditer(folded, line.start, line.end):
            yield from _of_sentence(manuscript, title, hit.start(), hit.end())


def _of_sentence(manuscript: Manuscript, title: str, start: int, end: int) -> Iterator[Reference]:
    """《A》（号）、《B》同时废止: the names before the verb; 替代《A》: the names behind it."""
    folded = manuscript.folded
    for verb in islice(_ENDED.finditer(folded, start, end), _MOST_VERBS):
        clause = _clause_start(folded, start, verb.start())
        before = folded[clause : verb.start()]
        if _MODAL.search(NAMED.sub("", before)) or _CONFLICT.search(before):
            continue
        if NAMED.search(before):
            yield from _named_between(manuscript, title, clause, verb.start(), verb.end(), Relation.REPEALS)
        elif re.search(r"(?:决定|予以|现|并|同时|，|^)\s{0,2}$", before):  # 决定废止《X》
            yield from _named_between(manuscript, title, verb.end(), end, end, Relation.REPEALS)
    for verb in islice(_REPLACE.finditer(folded, start, end), _MOST_VERBS):
        if re.match(r"\s{0,2}(?:原|了)?[^《》，。]{0,16}《", folded[verb.end() : verb.end() + 24]):
            yield from _named_between(manuscript, title, verb.end(), end, end, Relation.REPLACES)


def _clause_start(folded: str, start: int, verb: int) -> int:
    """Where the names that the verb governs can begin: behind an earlier verb of effect (…起施行，)."""
    begun = start
    for hit in re.finditer(
        r"(?:施行|实施|执行|生效|公布|解释|有效期[^，《》]{0,12})[，,]", folded[start:verb]
    ):
        if folded[start : start + hit.start()].count("《") == folded[start : start + hit.start()].count("》"):
            begun = start + hit.end()
    return begun


def _named_between(
    manuscript: Manuscript, title: str, start: int, end: int, stop: int, relation: Relation
) -> Iterator[Reference]:
    folded = manuscript.folded
    names = list(NAMED.finditer(folded, start, end))
    for at, name in enumerate(names):
        follows = names[at + 1].start() if at + 1 < len(names) else end
        after, number = number_behind(folded, name.end())
        rest = folded[after:follows]
        if (
            IN_PART.search(rest)
            or _AMENDER.match(rest)
            or _CITING.search(folded[max(start, name.start() - 24) : name.start()])
        ):
            continue
        if at + 1 == len(names) and relation is Relation.REPEALS and stop != end and len(rest) > 40:
            continue  # the verb stands too far behind to be about this document
        until = stop if at + 1 == len(names) and stop > after else after
        yield _reference(manuscript, title, relation, name, number, until)


def number_behind(folded: str, at: int) -> tuple[int, str | None]:
    """The number in brackets behind a title that ends at `at`: where it ends, and its spelling."""
    paren = _PAREN.match(folded, at, min(len(folded), at + 90))
    if paren:
        return paren.end(), normalise_number(paren[1]) or _order_number(paren[1])
    cited = re.compile(r"[（(]?\s?" + CITED.pattern + r"\s?[）)]?").match(
        folded, at, min(len(folded), at + 50)
    )
    return (cited.end(), normalise_number(cited[0])) if cited else (at, None)


def _order_number(text: str) -> str | None:
    hit = re.search(
        r"[一-鿿]{0,20}令\s{0,2}第?\s{0,2}\d{1,4}\s{0,2}号|"
        r"(?:[一-鿿、\s]{1,60})?公告\s{0,2}\d{4}\s{0,2}年?\s{0,2}第\s{0,2}\d{1,4}\s{0,2}号|"
        r"第\s?\d{1,4}\s?号",
        text,
    )
    return one_spelling(hit[0]) if hit else None


def _reference(
    manuscript: Manuscript, title: str, relation: Relation, name: re.Match[str], number: str | None, end: int
) -> Reference:
    original = manuscript.text[name.start() + 1 : name.end() - 1]
    same = plain_title(original) == plain_title(title)
    span = Span(manuscript.document_id, name.start(), end, manuscript.text[name.start() : end])
    return Reference(Relation.REPLACES if same else relation, original.strip(), number, span)


def _in_lists(manuscript: Manuscript) -> Iterator[Reference]:
    """The rows below a heading that opens a list of repealed documents, up to one that shuts it."""
    inside = False
    for line in manuscript.lines[1:]:
        opening = _LIST_OPENS.search(line.text)
        if _LIST_SHUTS.search(line.text):
            inside = False
        elif opening and not NAMED.search(line.text, opening.start()):
            inside = True
        elif inside:
            row = _of_row(manuscript, line)
            if row:
                yield row


def _of_row(manuscript: Manuscript, line: Line) -> Reference | None:
    name = NAMED.search(line.text)
    number = normalise_number(line.text)
    if name:
        begin, words = name.start(), name[0][1:-1]
    else:
        lead = _ROW.match(line.text)
        begin = lead.end() if lead else 0
        words = CITED.split(line.text[begin:], maxsplit=1)[0].split("\t")[0].strip(" \t（(，,")
        if len(words) < (4 if number else 8) or not (number or lead):
            return None
    start, end = line.start + begin, line.end
    original = manuscript.text[start : start + len(words) + (2 if name else 0)].strip("《》 \t")
    span = Span(manuscript.document_id, start, end, manuscript.text[start:end])
    return Reference(Relation.REPEALS, original, number, span)


def _once(references: list[Reference]) -> tuple[Reference, ...]:
    kept: dict[tuple[str, str], Reference] = {}
    for reference in references:
        kept.setdefault((plain_title(reference.title or ""), reference.document_number or ""), reference)
    return tuple(kept.values())
