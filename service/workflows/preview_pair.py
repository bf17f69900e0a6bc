"""Two children of the sandbox that are asked the same: one with the tables as they are, one as they would be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from policy_corpus.additions import Additions
from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.limits import Limits
from policy_corpus.reading.sandbox import Sandbox
from service.errors import ServiceError

Json = dict[str, Any]
_LIMITS = Limits(memory_bytes=2 << 30, cpu_s=60, wall_s=90, documents_per_child=10_000)
_TASKS = "service.workflows.preview_tasks:"


class Pair:
    """Asks both children at once."""

    def __init__(self, now: Sandbox, then: Sandbox, pool: ThreadPoolExecutor) -> None:
        self._now, self._then, self._pool = now, then, pool

    def ask(self, task: str, question: Json) -> tuple[Json, Json]:
        """The answers as things are and as they would be. Raises ServiceError where a child cannot answer."""
        data = json.dumps(question, ensure_ascii=False).encode("utf-8", "surrogatepass")
        later = self._pool.submit(self._then.run, _TASKS + task, data, "")
        try:
            return self._now.run(_TASKS + task, data, ""), later.result()
        except UnreadableDocument as error:
            raise ServiceError(f"预览未能完成（{error.reason}）。可以直接保存，或联系技术支持") from error


@contextmanager
def asking(now: Additions, then: Additions) -> Iterator[Pair]:
    """Children for these additions; they end with the block."""
    with (
        Sandbox(_LIMITS, additions=now) as one,
        Sandbox(_LIMITS, additions=then) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        yield Pair(one, other, pool)
