"""Run a task on a file in the sandbox's child, and give it what it says it needs; called by understanding.

A DOC is converted, a scan recognised, by programs that the child could not run within its limits; what they make is
handed to the same task as a third argument.
"""

from __future__ import annotations

from typing import Any

from policy_corpus.model import Reading
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.reading.office import can_convert, convert
from policy_corpus.reading.sandbox import Sandbox, as_reading

READER = "policy_corpus.reading.dispatch:read_document"
NO_AID = b"{}"


def run_with_help(sandbox: Sandbox, task: str, data: bytes, file_name: str) -> dict[str, Any]:
    """What the task answers, with help where it needs some. Raises UnreadableDocument with a Chinese reason."""
    try:
        return sandbox.run(task, data, file_name)
    except NeedsHelp as need:
        with sandbox.helping:
            aid = _aid(sandbox, need, data)
    return sandbox.run(task, data, file_name, aid)


def read_safely(sandbox: Sandbox, data: bytes, file_name: str) -> Reading:
    """Read one file in the child, with help where it needs some. Raises UnreadableDocument with a Chinese reason."""
    return as_reading(run_with_help(sandbox, READER, data, file_name))


def _aid(sandbox: Sandbox, need: NeedsHelp, data: bytes) -> bytes:
    """The help that a file needs. Raises the refusal itself where nobody is there to help."""
    if need.helper is Helper.OFFICE and can_convert(need.form):
        return convert(data, need.form, sandbox.limits.office)
    raise need
