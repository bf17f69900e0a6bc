"""The original bytes of every file, under their SHA-256, written so that a half file is never seen."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matching.durable import sync_folder, write_durably
from policy_corpus.errors import DocumentNotFound


def content_hash(data: bytes) -> str:
    """SHA-256 of the bytes, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """The folder `files/` of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes with this hash lie, or would lie."""
        return self._folder / digest[:2] / digest

    def keep(self, data: bytes) -> str:
        """Store the bytes if they are not there yet; returns their hash."""
        digest = content_hash(data)
        target = self.path(digest)
        if target.exists() and target.stat().st_size == len(data):
            return digest
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._locked(fcntl.LOCK_SH):
            partial = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.partial")
            write_durably(partial, data)
            partial.replace(target)
            sync_folder(target.parent)
        return digest

    def sweep(self) -> None:
        """Remove the half-written files that a killed load left; does nothing while another one is writing."""
        if not self._folder.is_dir():
            return
        try:
            with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
                for partial in self._folder.glob("*/*.partial"):
                    partial.unlink()
        except BlockingIOError:
            return

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        """Hold a lock on the folder itself, which the system lets go should we be killed."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)

    def read(self, digest: str) -> bytes:
        """The bytes. Raises DocumentNotFound if the file has gone."""
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise DocumentNotFound("文件库中缺少这份文件的原件，请重新载入该文件") from error
