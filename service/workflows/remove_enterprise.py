"""Remove a company altogether on request (依申请删除): its facts, history, former names and the files it stands in.

What stays is the entry that it happened, by whom and why, without a figure.
"""

from __future__ import annotations

from datetime import datetime

from service.actors import Actor
from service.errors import UnusableCorrection
from service.store.company_roster import fresh_roster
from service.store.data_folder import DataFolder
from service.store.enterprise_exports import CompanyExports
from service.store.enterprise_history import merged_codes
from service.store.enterprise_imports import CompanyImports, ImportState
from service.store.enterprise_merging import erase


def remove_enterprise(folder: DataFolder, uscc: str, *, reason: str, by: Actor, now: datetime) -> int:
    """Remove it; returns how many kept import files were deleted with it.

    A file that was handed in holds the company's figures too: it is deleted whole, its entry stays. Files that are
    still to be imported are given up. Raises EnterpriseNotFound, UnusableCorrection without a reason.
    """
    words = " ".join(reason.split())[:300]
    if not words:
        raise UnusableCorrection("请写明删除的理由，如“企业书面申请，编号……”")
    imports = CompanyImports(folder.db, folder.path)
    folder.db.execute("pragma secure_delete = on")  # what is deleted is overwritten
    with folder.writing():
        code = folder.enterprises.get_held(uscc).uscc
        family = merged_codes(folder.db, code)
        files = imports.holding([code, *family])
        erase(folder.db, code, family)
        for one in [code, *family]:
            _close_accounts(folder, one, by, now)
        CompanyExports(folder.db, folder.path).drop()  # every export may hold the company
        for number in files:
            if imports.get(number).state in (ImportState.WAITING, ImportState.CHECKED, ImportState.CONFIRMED):
                imports.put(number, state=ImportState.DISCARDED, reason="因企业依申请删除而放弃，请重新上传")
        note = f"{words}（同时删除导入文件 {len(files)} 份）" if files else words
        folder.audit.record(by, "enterprise.remove", "enterprise", code, at=now, note=note)
    for number in files:
        imports.erase_files(number)
    fresh_roster(folder)
    return len(files)


def _close_accounts(folder: DataFolder, uscc: str, by: Actor, now: datetime) -> None:
    folder.accounts.drop_codes(uscc)
    for account in folder.accounts.of_company(uscc):
        folder.sessions.close_all(account.id)
        if account.disabled_at is None:
            folder.accounts.set_disabled(account.id, now)
            folder.audit.record(
                by, "account.disable", "account", account.name, at=now, note="企业已依申请删除"
            )
