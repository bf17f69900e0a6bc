"""A file that only an office program reads (DOC, WPS, RTF, ODT) -> a DOCX, or plain text; called by assistance.

LibreOffice is asked first, since automatic numbers survive it; antiword reads a DOC without them. Either runs outside
the reading child, which may write no file: in a process group, a profile and a folder of its own, without network and
macros, under limits, and is killed whole when its time is up. What it writes goes through the child like any file.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from policy_corpus.errors import UnreadableDocument

_CONFINED = str(Path(__file__).with_name("confined.py"))
_PREFIX = "huiqi-office-"
_STALE_S = 3600
_MAX_WRITTEN = 200 * 1024 * 1024
# The filter is named, so that a file cannot choose another one by what it claims to be.
_FILTERS = {
    "doc": ("doc", "MS Word 97"),
    "wps": ("doc", "MS Word 97"),
    "rtf": ("rtf", "Rich Text Format"),
    "odt": ("odt", "writer8"),
}
_BY_ANTIWORD = frozenset(("doc", "wps"))
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand: to where nobody answers
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_FAILED = "文件无法转换，可能已损坏或有密码，请用 Word 或 WPS 打开核对，另存为 .docx 后重新载入"


@dataclass(frozen=True, slots=True)
class OfficeLimits:
    """What one conversion may cost; LibreOffice takes 1 to 2 s, 220 MB and 700 MB of address space for an ordinary file."""

    memory_bytes: int = 1024**3
    wall_s: int = 30


def find_office() -> str | None:
    """The path of LibreOffice, None if it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def find_antiword() -> str | None:
    """The path of antiword, None if it is not installed."""
    return shutil.which("antiword")


def can_convert(form: str) -> bool:
    """Whether a program for this format is installed."""
    return find_office() is not None or (form in _BY_ANTIWORD and find_antiword() is not None)


def convert(data: bytes, form: str, limits: OfficeLimits | None = None) -> bytes:
    """A DOCX made of the file, or its text in UTF-8 where only antiword is there. form: a key of `_FILTERS`.

    Raises UnreadableDocument with a Chinese reason if the file cannot be converted within the limits.
    """
    limits = limits or OfficeLimits()
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name)
        suffix, import_filter = _FILTERS[form]
        source = folder / f"document.{suffix}"
        source.write_bytes(data)
        office = find_office()
        if office is None:
            return _by_antiword(source, folder, limits)
        return _by_office(office, source, import_filter, folder, limits)


def _by_office(office: str, source: Path, import_filter: str, folder: Path, limits: OfficeLimits) -> bytes:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
    out = folder / "out"
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    command += ["--nodefault", "--nolockcheck", f"--infilter={import_filter}", "--convert-to", "docx"]
    _run([*command, "--outdir", str(out), str(source)], folder, limits)
    made = out / "document.docx"
    if not made.is_file() or not made.stat().st_size:
        raise UnreadableDocument(_FAILED)
    return made.read_bytes()


def _by_antiword(source: Path, folder: Path, limits: OfficeLimits) -> bytes:
    antiword = find_antiword()
    if antiword is None:
        raise UnreadableDocument(_FAILED)
    text = _run([antiword, "-w", "0", "-m", "UTF-8.txt", str(source)], folder, limits)
    if not text.strip():
        raise UnreadableDocument(_FAILED)
    return text


def _run(command: list[str], folder: Path, limits: OfficeLimits) -> bytes:
    """What the program prints. Raises UnreadableDocument if its time is up; whatever it started is ended then too."""
    bounds = {"memory_bytes": limits.memory_bytes, "cpu_s": limits.wall_s, "file_bytes": _MAX_WRITTEN}
    printed = folder / "printed"
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with printed.open("wb") as out:
        program = subprocess.Popen(
            [sys.executable, "-I", "-S", _CONFINED, json.dumps(bounds), *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
            env=environment,
        )
        try:
            program.wait(limits.wall_s)
        except subprocess.TimeoutExpired as trouble:
            reason = f"文件过于复杂，转换超过 {limits.wall_s} 秒，请用 Word 或 WPS 另存为 .docx 后重新载入"
            raise UnreadableDocument(reason) from trouble
        finally:
            _end(program)
    return printed.read_bytes()


def _end(program: subprocess.Popen[bytes]) -> None:
    """End the program and all it started: they share a process group of their own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _registry() -> str:
    rows = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{rows}</oor:items>"
    )


def _sweep() -> None:
    """Remove what a killed process of ours has left in the folder for temporary files."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.lstat().st_mtime > _STALE_S and folder.owner() == Path.home().owner():
                shutil.rmtree(folder, ignore_errors=True)
        except (OSError, KeyError, RuntimeError):
            continue
