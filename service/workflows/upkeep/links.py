"""Look after the links of published documents: ask each once a day whether it still answers, list what is dead.

A person dismisses a dead link or puts another address in its place. A site that does not answer programs proves
nothing and is no dead link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from policy_corpus.model import Document
from service.actors import Actor
from service.errors import TransientFault, UnusableDecision
from service.fetching import FetchRefused, NoSuchHost, probe
from service.store.checked_links import CheckedLink
from service.store.data_folder import DataFolder
from service.workflows.job_context import JobContext

LINKS = "upkeep.links"
_AT_ONCE = 300  # addresses of one run; the rest is asked by the next
_THERE_BUT_NOT_FOR_US = frozenset({401, 403, 405, 406, 412, 418, 429})


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """An address that a document shows. shown: as the document has it; address: where it leads."""

    document_id: str
    title: str
    shown: str
    address: str


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A dead address with the documents that show it."""

    link: CheckedLink
    shown_by: tuple[tuple[DocumentLink, Document], ...]


def links_of_published(folder: DataFolder) -> list[DocumentLink]:
    """The links, and where it was fetched from, of every document with a published item; replaced ones as replaced."""
    published = {state.partition("@")[0].rpartition("-")[0] for state in folder.policies.published_states()}
    sources, replaced = _sources(folder), folder.checked_links.replacements()
    return [
        link
        for document in folder.documents.all()
        if document.id in published
        for link in _links_of(document, sources.get(document.id, ""), replaced)
    ]


def links_of_document(folder: DataFolder, document: Document) -> list[DocumentLink]:
    """The same of one document, whatever its items."""
    return list(
        _links_of(document, _sources(folder).get(document.id, ""), folder.checked_links.replacements())
    )


def _links_of(
    document: Document, source: str, replaced: Mapping[tuple[str, str], str]
) -> Iterator[DocumentLink]:
    listed = [(link.title, link.address) for link in document.links]
    for title, shown in [*listed, *([("来源网页", source)] if source else [])]:
        address = replaced.get((document.id, shown)) or urldefrag(urljoin(source, shown))[0]
        if urlsplit(address).scheme in ("http", "https"):
            yield DocumentLink(document.id, title, shown, address)


def _sources(folder: DataFolder) -> dict[str, str]:
    """Document -> the address it was fetched from."""
    rows = folder.db.query(
        "select document_id, address from upload_files where document_id is not null and address is not null order by id"
    )
    return {row["document_id"]: row["address"] for row in rows}


def check_links(
    folder: DataFolder,
    now: Callable[[], datetime],
    *,
    allowed_hosts: frozenset[str] = frozenset(),
    report: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, int]:
    """Ask the addresses that are due; returns how many were asked and how many are dead now."""
    with folder.writing():
        folder.checked_links.keep_only(link.address for link in links_of_published(folder))
    due = folder.checked_links.due(now(), _AT_ONCE)
    for number, address in enumerate(due, 1):
        _check(folder, address, now(), allowed_hosts)
        report(number, len(due))
    return {"asked": len(due), "dead": folder.checked_links.count_dead()}


def _check(folder: DataFolder, address: str, now: datetime, allowed_hosts: frozenset[str]) -> None:
    links = folder.checked_links
    try:
        status = probe(address, allowed_hosts=allowed_hosts)
    except (NoSuchHost, TransientFault) as error:
        links.note_failure(address, now, str(error))
    except FetchRefused:
        links.note_unclear(address, now)
    else:
        if status < 400:
            links.note_good(address, now)
        elif status in _THERE_BUT_NOT_FOR_US:
            links.note_unclear(address, now)
        else:
            links.note_failure(address, now, f"网站答复 {status}")


def links_job(folder: DataFolder, _: Mapping[str, Any], context: JobContext) -> dict[str, int]:
    """The same as a background job."""

    def report(done: int, total: int) -> None:
        context.check_stopping()
        context.report("检查链接", done, total)

    return check_links(folder, context.now, allowed_hosts=context.tools.fetch_hosts, report=report)


def dead_links(folder: DataFolder) -> list[DeadLink]:
    """Every dead address with the documents that show it."""
    shown: dict[str, list[DocumentLink]] = defaultdict(list)
    for link in links_of_published(folder):
        shown[link.address].append(link)
    documents = {document.id: document for document in folder.documents.all()}
    return [
        DeadLink(link, tuple((one, documents[one.document_id]) for one in shown[link.address]))
        for link in folder.checked_links.dead()
        if link.address in shown
    ]


def dismiss_link(folder: DataFolder, address: str, *, by: Actor, now: datetime) -> None:
    """Say no more of a dead link until it has answered again. Raises UnusableDecision for one that is not known."""
    with folder.writing():
        _known(folder, address)
        folder.checked_links.dismiss(address, now)
        folder.audit.record(by, "link.dismiss", "link", address, at=now)


def replace_link(folder: DataFolder, address: str, replacement: str, *, by: Actor, now: datetime) -> int:
    """Show another address in the place of a dead one, in every document that shows it; returns in how many.

    Raises UnusableDecision for an address that is none.
    """
    new = replacement.strip()
    if urlsplit(new).scheme not in ("http", "https") or not urlsplit(new).hostname or len(new) > 2000:
        raise UnusableDecision("新网址须以 http:// 或 https:// 开头，请核对后重新填写")
    with folder.writing():
        _known(folder, address)
        shown = [link for link in links_of_published(folder) if link.address == address]
        for link in shown:
            folder.checked_links.replace(link.document_id, link.shown, new, now)
        folder.audit.record(
            by, "link.replace", "link", address, at=now, before={"address": address},
            after={"address": new, "documents": [link.document_id for link in shown]},
        )  # fmt: skip
        folder.checked_links.keep_only(link.address for link in links_of_published(folder))
    return len(shown)


def _known(folder: DataFolder, address: str) -> CheckedLink:
    found = folder.checked_links.find(address)
    if found is None:
        raise UnusableDecision("没有这个链接，它可能已更换。请刷新后再试")
    return found
