"""Find which other documents a document keeps in force for longer (延长有效期), with the sentence that says so.

《X》（文号）有效期延长至2028年12月31日; 《X》继续执行至…; 《X》执行期限延长2年. What is extended only in part (第三条),
or is no document (a certificate, a filing period), is left out: to keep listing what has lapsed is the worse fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_corpus.describing import dates
from policy_corpus.describing.manuscript import Manuscript
from policy_corpus.describing.relations import IN_PART, NAMED, SILENT, number_behind, plain_title
from policy_corpus.model import DocumentKind, Reference, Relation, Span

_TERM = r"(?:(?:政策)?(?:有效期限?|执行期限?|实施期限?|施行期限?|试行期限?|执行时间|实施时间|有效时间|期限))"
_LONGER = r"(?:延长|延续|顺延|延期)"
_ON = r"(?:继续|延续|延长|延期)(?:执行|实施|施行|有效|适用|使用)"
_DAY = r"((?:19|20)\d{2}\s{0,2}年[^，。；,;）)《]{0,12})"
_UNTIL = re.compile(
    rf"(?:{_TERM}[^，。；《》]{{0,6}}{_LONGER}[^，。；《》]{{0,4}}|{_ON}[，,]?{_TERM}?|{_LONGER}{_TERM}?)"
    rf"(?:至|到)\s{{0,2}}{_DAY}"
)
_BY = re.compile(
    rf"(?:{_TERM}[^，。；《》]{{0,6}}{_LONGER}|{_LONGER}{_TERM}|{_ON})\s{{0,2}}"
    r"([\d一二两三四五六七八九十]{1,3})\s{0,2}(?:个)?(年|月)"
)
_SENTENCE = re.compile(r"[^。；;\n]{1,600}")
_ABOUT = re.compile(r"关于.{0,12}?(?:延长|延续|继续(?:执行|实施|施行)|顺延)[^《]{0,10}《")
_CITING = re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|参照|鉴于)[^《》，。]{0,20}$")
_NO_DOCUMENT = re.compile(
    r"申报|受理|征收|缴费|缴纳|合同|证书|执照|许可|备案|结转|项目(?:建设|实施)|登记|年检"
)
_CERTIFICATE = re.compile(r"(?:证|证书|执照|许可|合同|协议)$")
_UNCERTAIN = re.compile(r"可以|建议|拟|是否|如需|若|申请|不再|不得")


def find_extensions(manuscript: Manuscript, title: str, kind: DocumentKind) -> Iterator[Reference]:
    """What the document extends, in the order of the text; its own term (本办法有效期延长至…) is not among it."""
    folded = manuscript.folded
    for line in manuscript.lines if kind not in SILENT else ():
        for sentence in _SENTENCE.finditer(folded, line.start, line.end):
            until, by = _UNTIL.search(sentence[0]), _BY.search(sentence[0])
            verb = until or by
            if verb is not None and not _UNCERTAIN.search(_bare(sentence[0][: verb.start()])):
                yield from _of_sentence(manuscript, title, sentence.start(), verb)


def _of_sentence(manuscript: Manuscript, title: str, start: int, verb: re.Match[str]) -> Iterator[Reference]:
    folded, end = manuscript.folded, start + verb.end()
    last_day = dates.parse_last_day(_day_words(verb[1])) if verb.re is _UNTIL else None
    count = dates.number(verb[1]) if verb.re is _BY else None
    months = count * (12 if verb[2] == "年" else 1) if count else None
    if last_day is None and months is None:
        return
    names = list(NAMED.finditer(folded, start, start + verb.start()))
    span_start = names[0].start() if names else start
    span = Span(manuscript.document_id, span_start, end, manuscript.text[span_start:end])
    for name, number in _named(manuscript, title, names, start, start + verb.start()):
        yield Reference(Relation.EXTENDS, name, number, span, last_day, months)


def _named(
    manuscript: Manuscript, title: str, names: list[re.Match[str]], start: int, verb: int
) -> Iterator[tuple[str, str | None]]:
    """The documents whose term a sentence speaks of; one without names speaks of the one in the title."""
    folded = manuscript.folded
    if not names and _ABOUT.search(title) and not _NO_DOCUMENT.search(folded[start:verb]):
        about = NAMED.search(title)
        if about and not IN_PART.search(folded[start:verb]):
            yield about[0][1:-1], None
    for at, name in enumerate(names):
        after, number = number_behind(folded, name.end())
        rest = folded[after : names[at + 1].start() if at + 1 < len(names) else verb]
        original = manuscript.text[name.start() + 1 : name.end() - 1].strip()
        cited = _CITING.search(folded[max(start, name.start() - 24) : name.start()])
        if not (
            cited
            or IN_PART.search(rest)
            or _NO_DOCUMENT.search(rest)
            or _CERTIFICATE.search(original)
            or plain_title(original) == plain_title(title)
        ):
            yield original, number


def _bare(text: str) -> str:
    return NAMED.sub("", text)


def _day_words(words: str) -> str:
    return words + ("前" if words.endswith(("底", "末")) else "")
