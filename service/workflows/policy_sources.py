"""What a named path holds to load: itself, or the files of a ZIP, each with its bytes or its reason.

Called by the loading workflow and by whoever takes files in by another way; a ZIP is opened in the sandbox's child.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.archive import unpack
from policy_corpus.reading.sandbox import Sandbox
from policy_corpus.reading.signature import begins_as_zip
from service.workflows.policy_files import printable, read_file

_NOTHING_IN_IT = "压缩包中没有可载入的文件，请核对后重新载入"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to load. path: as shown ("包.zip/目录/措施.docx"); refusal: why there are no bytes.

    passed_over: a system's or editor's own file inside a ZIP (Thumbs.db, ~$措施.docx), which nobody asked for.
    """

    path: str
    data: bytes
    refusal: str | None = None
    passed_over: bool = False


def open_source(file: Path, sandbox: Sandbox) -> Iterator[Source]:
    """The file itself, or those in it if it is a ZIP. Nothing is raised: what cannot be read has its reason."""
    path = printable(file)
    try:
        data = read_file(file)
    except UnreadableDocument as trouble:
        yield Source(path, b"", trouble.reason)
        return
    yield from expand(path, data, sandbox)


def expand(path: str, data: bytes, sandbox: Sandbox) -> Iterator[Source]:
    """A file as it is, or the files of a ZIP as "path/…": by content, not by name. Nothing is raised."""
    if not begins_as_zip(data):
        yield Source(path, data)
        return
    wanted = empty = 0
    try:
        for member in unpack(sandbox, data, path):
            wanted += not member.passed_over
            empty += member.passed_over
            yield Source(f"{path}/{member.path}", member.data, member.refusal, member.passed_over)
    except UnreadableDocument as trouble:
        yield Source(path, b"", trouble.reason)
        return
    if empty and not wanted:
        yield Source(path, b"", _NOTHING_IN_IT)
    elif not wanted:
        yield Source(path, data)  # a document that comes as a ZIP
