"""Errors of the service, and the one place that says what any error of ours is to the outside."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass

from matching.errors import IndexNotBuilt, MatchingError
from policy_corpus.errors import AdditionsInUse, CorpusError, DocumentNotFound, PolicyItemNotFound
from policy_corpus.item_editing import UnusableChange


class ServiceError(Exception):
    """Base of all errors of this package; `str()` is Chinese and says what to do next."""


class EnterpriseNotFound(ServiceError):
    """No enterprise with this 统一社会信用代码 in 企业库."""


class DictionaryEntryNotFound(ServiceError):
    """No entry of this number in 词典与指标."""


class DictionaryRefused(ServiceError):
    """An entry that cannot be added, changed or removed; `reasons` says why, each a sentence."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class DictionaryConflict(ServiceError):
    """An entry that somebody else has changed since it was read; `theirs` is the entry as it is now."""

    def __init__(self, message: str, theirs: object) -> None:
        super().__init__(message)
        self.theirs = theirs


class UnusableFile(ServiceError):
    """A file or address named by the user that cannot be used."""


class InvalidSettings(ServiceError):
    """Settings that stop the start; every fault is listed."""


class UnusableDataFolder(ServiceError):
    """A data folder that cannot be opened: not writable, of a newer version, or damaged."""


class NotSignedIn(ServiceError):
    """Something that only a person signed in may see or do."""


class NotAllowed(ServiceError):
    """Something that this person's role does not allow."""


class ForgedRequest(ServiceError):
    """A request that changes something and did not come from a page of ours."""


class SignInRefused(ServiceError):
    """Name and password do not fit, or may not be tried now; tells nothing about whether the name exists."""


class UnusableCode(ServiceError):
    """A one-time code that is wrong, used or too old."""


class UnusablePassword(ServiceError):
    """A new password that is not good enough, with every reason."""


class UnusableAccount(ServiceError):
    """An account that cannot be made or changed so."""


class UnusableSupposition(ServiceError):
    """A fact that cannot be supposed: there is no such fact, or its value cannot be read."""


class OvertakenEdit(ServiceError):
    """A change made on what somebody else has changed meanwhile; base of what workflows raise with the details."""


class UnfitToPublish(ServiceError):
    """Items that must not become policies; base of what workflows raise with the details."""


class UnusableRequest(ServiceError):
    """A request whose body does not hold what it must."""


class UploadNotFound(ServiceError):
    """No batch or file of an upload with this id."""


class UploadTooLarge(ServiceError):
    """A file, or a batch with it, above the limits of an upload."""


class NoRoom(ServiceError):
    """The disk has no room for what is handed in."""


class ProposalNotFound(ServiceError):
    """No proposal with this id."""


class UnusableDecision(ServiceError):
    """A decision that cannot take effect as it was given: something is still to be decided, or no longer stands."""


class JobNotFound(ServiceError):
    """No background job with this id."""


class LeaseLost(ServiceError):
    """A background job that another worker has taken up meanwhile; what was done for it is dropped."""


class TransientFault(ServiceError):
    """Something that may well succeed later: a background job that meets it is tried again."""


class UnusableCorrection(ServiceError):
    """A change of a company's facts that cannot be made as it was asked for; says why."""


class UnusableStatement(ServiceError):
    """What a company says of itself that cannot be taken; says why, and nothing is stored."""


class FactConflict(ServiceError):
    """Somebody else has changed the same thing since it was read; nothing was overwritten."""


class ImportNotFound(ServiceError):
    """No import with this number."""


class ImportNotReady(ServiceError):
    """An import that is not in the state that was asked for (not checked yet, or done already)."""


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """What the outside sees of an error: code, HTTP status, message."""

    code: str
    status: int
    message: str


OUR_ERRORS = (ServiceError, CorpusError, MatchingError)
_STATUS: dict[type[Exception], tuple[str, int]] = {
    EnterpriseNotFound: ("enterprise_not_found", 404),
    JobNotFound: ("job_not_found", 404),
    ProposalNotFound: ("proposal_not_found", 404),
    UnusableDecision: ("unusable_decision", 400),
    UploadNotFound: ("upload_not_found", 404),
    UploadTooLarge: ("too_large", 413),
    NoRoom: ("no_room", 507),
    DocumentNotFound: ("document_not_found", 404),
    DictionaryEntryNotFound: ("dictionary_entry_not_found", 404),
    DictionaryConflict: ("dictionary_conflict", 409),
    DictionaryRefused: ("dictionary_refused", 422),
    AdditionsInUse: ("dictionary_busy", 503),
    PolicyItemNotFound: ("policy_item_not_found", 404),
    UnusableSupposition: ("unusable_supposition", 400),
    NotSignedIn: ("not_signed_in", 401),
    NotAllowed: ("not_allowed", 403),
    ForgedRequest: ("forged_request", 403),
    SignInRefused: ("sign_in_refused", 401),
    UnusableCode: ("unusable_code", 400),
    UnusablePassword: ("unusable_password", 400),
    UnusableAccount: ("unusable_account", 400),
    OvertakenEdit: ("edit_conflict", 409),
    UnfitToPublish: ("not_publishable", 409),
    UnusableChange: ("unusable_change", 422),
    UnusableCorrection: ("unusable_correction", 400),
    UnusableStatement: ("unusable_statement", 400),
    FactConflict: ("changed_by_others", 409),
    ImportNotFound: ("import_not_found", 404),
    ImportNotReady: ("import_not_ready", 409),
    IndexNotBuilt: ("index_not_built", 503),
    UnusableDataFolder: ("data_folder_unusable", 503),
}


def error_shape(error: Exception) -> ErrorShape:
    """Code, status and message of one of our errors; anything else is a 500 that tells nothing."""
    for kind, (code, status) in _STATUS.items():
        if isinstance(error, kind):
            return ErrorShape(code, status, str(error))
    if isinstance(error, OUR_ERRORS):
        return ErrorShape("invalid_request", 400, str(error))
    if (found := _of_the_disk(error)) is not None:
        return found
    return ErrorShape("internal_error", 500, "服务内部出错，已记录。请稍后再试；如仍出错，请联系管理员")


_BUSY = ErrorShape("busy", 503, "数据库正被其他任务占用，没有保存。请稍后再试")
_FULL = ErrorShape("no_room", 507, "服务器磁盘空间不足，没有保存。请联系管理员清理磁盘后再试")
_READ_ONLY = ErrorShape("read_only", 503, "服务器的数据目录暂时只读，没有保存。请联系管理员检查后再试")
_DATABASE_WORDS = (("locked", _BUSY), ("busy", _BUSY), ("full", _FULL), ("readonly", _READ_ONLY))
_ERRNO = {errno.ENOSPC: _FULL, errno.EDQUOT: _FULL, errno.EROFS: _READ_ONLY}


def _of_the_disk(error: Exception) -> ErrorShape | None:
    """What the state of database and disk means to whoever asks; None for any other error."""
    if isinstance(error, sqlite3.OperationalError):
        return next((shape for words, shape in _DATABASE_WORDS if words in str(error)), None)
    return _ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None
