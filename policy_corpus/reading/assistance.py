"""Run a task on a file in the sandbox's child, and give it what it says it needs; called by understanding.

A DOC is converted, a scan recognised, by programs that the child could not run within its limits; what they make is
handed to the same task as a third argument.
"""

from __future__ import annotations

import json
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.limits import Limits, RecognitionLimits
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.reading.office import can_convert, convert
from policy_corpus.reading.recognising import is_installed
from policy_corpus.reading.sandbox import Sandbox, as_reading

READER = "policy_corpus.reading.dispatch:read_document"
_PAGE = "policy_corpus.reading.recognising:page"
_NO_AID = b"{}"


def run_with_help(sandbox: Sandbox, task: str, data: bytes, file_name: str) -> dict[str, Any]:
    """What the task answers, with help where it needs some. Raises UnreadableDocument with a Chinese reason."""
    try:
        return sandbox.run(task, data, file_name)
    except NeedsHelp as need:
        aid = _aid_if_need_be(sandbox, need, data)
    return sandbox.run(task, data, file_name, aid)


def _aid_if_need_be(sandbox: Sandbox, need: NeedsHelp, data: bytes) -> bytes:
    """The help, or none for a file that can be read without some of its pages."""
    try:
        with sandbox.helping:
            return _aid(sandbox, need, data)
    except UnreadableDocument:
        if need.partly:
            return _NO_AID
        raise


def read_safely(sandbox: Sandbox, data: bytes, file_name: str) -> Reading:
    """Read one file in the child, with help where it needs some. Raises UnreadableDocument with a Chinese reason."""
    return as_reading(run_with_help(sandbox, READER, data, file_name))


def _aid(sandbox: Sandbox, need: NeedsHelp, data: bytes) -> bytes:
    """The help that a file needs. Raises the refusal itself where nobody is there to help."""
    if need.helper is Helper.OFFICE and can_convert(need.form):
        return convert(data, need.form, sandbox.limits.office)
    if need.helper is Helper.RECOGNITION and is_installed():
        return _recognise(sandbox.limits.recognition, need, data)
    raise need


def _recognise(limits: RecognitionLimits, need: NeedsHelp, data: bytes) -> bytes:
    """The pages that must be recognised, one after the other in a child of its own, which ends with the document.

    A page that costs too much is left out, and so told by the reader; the first reason is raised if all are.
    """
    if len(need.pages) > limits.pages:
        raise UnreadableDocument(
            f"扫描件有 {len(need.pages)} 页，超过文字识别的上限 {limits.pages} 页，请拆分后重新载入"
        )
    pages: dict[str, Any] = {}
    reasons: list[UnreadableDocument] = []
    with Sandbox(Limits(limits.memory_bytes, limits.cpu_s, limits.wall_s)) as child:
        for number in need.pages:
            order = json.dumps({"form": need.form, "page": number}).encode()
            try:
                pages[str(number)] = child.run(_PAGE, data, "", order)
            except UnreadableDocument as reason:
                reasons.append(reason)
    if reasons and not pages:
        raise reasons[0]
    return json.dumps(pages, ensure_ascii=False).encode("utf-8", "surrogatepass")
