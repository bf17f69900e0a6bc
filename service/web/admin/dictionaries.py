"""词典与指标 (`/admin/dictionaries`): look entries up, add and change them with their effect shown first, take them out.

Every step is a form of its own, so that all of it works without JavaScript: typed -> effect -> saved.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for

from service.audit_words import told
from service.dictionary_shapes import (
    eligibility_words,
    entry_words,
    hit_words,
    looked_at_words,
    reread_words,
    status_words,
)
from service.enterprise_files import TableFile
from service.errors import DictionaryConflict, DictionaryRefused, UnusableFile
from service.store.audit import EntryFilter
from service.store.dictionaries import KINDS, DictionaryEntry
from service.store.jobs import JobState
from service.web.admin.dictionary_rows import built_in_rows, built_in_total
from service.web.context import choice_given, desk, page_given, words_given
from service.web.identity import actor
from service.web.paging import Paging
from service.workflows.change_dictionaries import add_entry, change_entry, remove_entry, retire_entry
from service.workflows.dictionary_files import export_entries, import_entries
from service.workflows.dictionary_use import names_of, uses_of
from service.workflows.fact_checks import KIND_WORDS
from service.workflows.preview_dictionaries import preview_change, preview_removal
from service.workflows.reread_documents import REREAD, ask_to_reread
from service.workflows.title_checks import LEVELS

_PER_PAGE = 50
_FIELDS = ("word", "words", "name", "level", "others", "implies", "parent", "aliases", "label", "key", "kind", "unit",
           "synonyms", "choices", "per_period")  # fmt: skip
_LONGEST = 4000


def add_routes(admin: Blueprint) -> None:
    """The addresses of this area."""
    rule = admin.add_url_rule
    rule("/dictionaries", "dictionaries", show_list)
    rule("/dictionaries/new", "new_dictionary_entry", show_new)
    rule("/dictionaries/preview", "preview_dictionary_entry", preview, methods=["POST"])
    rule("/dictionaries/save", "save_dictionary_entry", save, methods=["POST"])
    rule("/dictionaries/import", "import_dictionaries", take_file, methods=["POST"])
    rule("/dictionaries/export", "export_dictionaries", send_entries)
    rule("/dictionaries/<int:entry_id>", "dictionary_entry", show_entry)
    rule("/dictionaries/<int:entry_id>/edit", "edit_dictionary_entry", show_edit)
    rule("/dictionaries/<int:entry_id>/removal", "dictionary_removal", show_removal)
    rule("/dictionaries/<int:entry_id>/remove", "remove_dictionary_entry", remove, methods=["POST"])
    rule("/dictionaries/<int:entry_id>/retire", "retire_dictionary_entry", retire, methods=["POST"])
    rule("/dictionaries/<int:entry_id>/reread", "reread_dictionary_entry", put_reread, methods=["POST"])


def show_list() -> str:
    """One kind: what was added, and what is built in, both searched by the same words."""
    kind, words, page = _kind(), words_given("q"), page_given()
    held = desk().folder.dictionaries.entries(kind)
    entries = [entry for entry in held if _answers(words, entry.name, entry_words(entry))]
    rows = [row for row in built_in_rows(kind) if _answers(words, row.name, row.told)]
    paging = Paging(page, len(rows), _PER_PAGE)
    return _page(
        "list",
        kind=kind,
        words=words,
        entries=entries,
        held=len(held),
        rows=rows[paging.first - 1 : paging.first - 1 + _PER_PAGE],
        total=len(rows),
        built_in=built_in_total(kind),
        paging=paging,
        done=choice_given("done", {"removed"}),
    )


def _answers(words: str, *texts: str) -> bool:
    return all(any(word.lower() in text.lower() for text in texts) for word in words.split())


def show_new() -> str:
    """The empty form."""
    return _form(_kind(), {}, None)


def show_edit(entry_id: int) -> str:
    """The form of an entry that is there."""
    entry = desk().folder.dictionaries.get(entry_id)
    return _form(entry.kind, _as_typed(entry), entry)


def _as_typed(entry: DictionaryEntry) -> dict[str, Any]:
    listed = {name: "、".join(value) for name, value in entry.body.items() if isinstance(value, list)}
    return entry.body | listed


def _form(
    kind: str,
    given: dict[str, Any],
    entry: DictionaryEntry | None,
    *,
    reasons: tuple[str, ...] = (),
    theirs: DictionaryEntry | None = None,
) -> str:
    return _page(
        "form",
        kind=kind,
        given=given,
        entry=entry,
        revision=entry.revision if entry else 0,
        reasons=reasons,
        theirs=theirs,
        levels=LEVELS,
        fact_kinds={one.value: words for one, words in KIND_WORDS.items()},
        used=uses_of(desk().folder, entry) if entry else None,
    )


def preview() -> str | tuple[str, int]:
    """What was typed, checked, and its effect; nothing is changed yet."""
    given, entry = _typed(), _entry_given()
    kind = entry.kind if entry else _kind()
    if "back" in request.form:
        return _form(kind, given, entry)
    try:
        found = preview_change(desk().folder, kind, given, entry.id if entry else None, as_of=desk().today())
    except DictionaryRefused as refused:
        return _form(kind, given, entry, reasons=refused.reasons), 422
    revision = request.form.get("revision", "0")
    return _page("effect", kind=kind, given=given, entry=entry, revision=revision, found=found, removal=False)


def save() -> Response | tuple[str, int]:
    """Put it in effect; somebody else's change meanwhile is shown, and what was typed stays."""
    given, entry = _typed(), _entry_given()
    kind = entry.kind if entry else _kind()
    folder, now, by = desk().folder, desk().now, actor()
    try:
        if entry is None:
            saved = add_entry(folder, kind, given, by=by, now=now)
        else:
            saved = change_entry(folder, entry.id, given, revision=_revision(), by=by, now=now)
    except DictionaryRefused as refused:
        return _form(kind, given, entry, reasons=refused.reasons), 422
    except DictionaryConflict as conflict:
        theirs = folder.dictionaries.get(entry.id) if entry else None
        return _form(kind, given, theirs, reasons=(str(conflict),), theirs=theirs), 409
    return _redirect(url_for("admin.dictionary_entry", entry_id=saved.id, done="saved"))


def show_entry(entry_id: int) -> str:
    """An entry: what it says, who uses it, who changed what and when, and what can be done with it."""
    folder = desk().folder
    entry = folder.dictionaries.get(entry_id)
    history = [
        one
        for one in folder.audit.entries(EntryFilter(words=entry.name, event="dictionary.change"), limit=200)
        if one.subject == f"{entry.kind}/{entry.name}"
    ]
    job = folder.jobs.find_open(f"{REREAD}:{entry.id}") or _job_asked()
    return _page(
        "entry",
        kind=entry.kind,
        entry=entry,
        used=uses_of(folder, entry),
        naming=len(folder.documents.naming(names_of(entry))),
        history=history,
        job=job,
        job_done=reread_words(job.result) if job and job.state is JobState.DONE and job.result else "",
        done=choice_given("done", {"saved", "retired", "back"}),
    )


def _job_asked() -> Any:
    given = request.args.get("job", "")
    folder = desk().folder
    job = (
        next((one for one in folder.jobs.each(kind=REREAD) if str(one.id) == given), None) if given else None
    )
    return job


def show_removal(entry_id: int) -> str:
    """What taking an entry out would do, or why it cannot be taken out."""
    folder = desk().folder
    entry = folder.dictionaries.get(entry_id)
    used = uses_of(folder, entry)
    found = None if used else preview_removal(folder, entry, as_of=desk().today())
    return _page(
        "effect",
        kind=entry.kind,
        given={},
        entry=entry,
        revision=entry.revision,
        found=found,
        removal=True,
        used=used,
    )


def remove(entry_id: int) -> Response:
    """Take it out."""
    kind = desk().folder.dictionaries.get(entry_id).kind
    remove_entry(desk().folder, entry_id, revision=_revision(), by=actor(), now=desk().now)
    return _redirect(url_for("admin.dictionaries", kind=kind, done="removed"))


def retire(entry_id: int) -> Response:
    """No longer offer a fact, or offer it again."""
    retired = request.form.get("retired") == "yes"
    retire_entry(desk().folder, entry_id, revision=_revision(), retired=retired, by=actor(), now=desk().now)
    done = "retired" if retired else "back"
    return _redirect(url_for("admin.dictionary_entry", entry_id=entry_id, done=done))


def put_reread(entry_id: int) -> Response:
    """Have the documents that name an entry read again in the background."""
    folder = desk().folder
    job = ask_to_reread(folder, folder.dictionaries.get(entry_id), by=actor(), at=desk().now())
    return _redirect(url_for("admin.dictionary_entry", entry_id=entry_id, job=job) + "#reread")


def take_file() -> str | tuple[str, int]:
    """Rows of a table added, with a reason beside each that was not."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page("imported", kind=_kind(), outcomes=[], trouble="请选择要导入的文件"), 400
    try:
        table = TableFile(file.filename[:200], file.read())
        outcomes = import_entries(desk().folder, table, by=actor(), now=desk().now)
    except UnusableFile as error:
        return _page("imported", kind=_kind(), outcomes=[], trouble=str(error)), 400
    return _page("imported", kind=_kind(), outcomes=outcomes, trouble="")


def send_entries() -> Response:
    """What was added, of one kind or all, as a table."""
    kind = choice_given("kind", set(KINDS)) or None
    as_csv = request.args.get("as") == "csv"
    entries = desk().folder.dictionaries.entries(kind)
    told = {"条数": len(entries)}
    desk().folder.audit.record(
        actor(), "dictionary.export", "dictionary", kind or "全部", at=desk().now(), after=told
    )
    data = export_entries(entries, as_csv)
    name = f"{KINDS[kind] if kind else '词典与指标'}.{'csv' if as_csv else 'xlsx'}"
    return send_file(BytesIO(data), as_attachment=True, download_name=name)


def _kind() -> str:
    given = request.values.get("dictionary") or request.values.get("kind") or ""
    return given if given in KINDS else "term"


def _typed() -> dict[str, Any]:
    typed = {name: request.form[name][:_LONGEST] for name in _FIELDS if name in request.form}
    return typed | {"per_period": request.form.get("per_period") == "yes"}


def _entry_given() -> DictionaryEntry | None:
    given = request.form.get("entry", "")
    return desk().folder.dictionaries.get(int(given)) if given.isdecimal() and len(given) < 16 else None


def _revision() -> int:
    given = request.form.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _redirect(address: str) -> Response:
    answer = redirect(address, 303)
    return answer  # type: ignore[return-value]  # of werkzeug


def _page(name: str, **values: Any) -> str:
    shapes = {
        "entry_words": entry_words,
        "hit_words": hit_words,
        "looked_at_words": looked_at_words,
        "status_words": status_words,
        "eligibility_words": eligibility_words,
        "told": told,
    }
    return render_template(
        f"admin/dictionaries/{name}.html", nav_here="admin.dictionaries", kinds=KINDS, **shapes, **values
    )
