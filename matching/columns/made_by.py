"""Which rules an array was made by, so that columns kept by another version of the program are not used.

Distinct conditions are told apart, and facts derived, by the code and the tables named here; what is kept of
them holds for these only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable

from matching.errors import IndexNotBuilt

_RULES = (
    ("matching", "judging"),
    ("matching", "columns"),
    ("matching", "dictionary"),
    ("matching", "derived_facts.py"),
    ("matching", "size_class.py"),
    ("policy_corpus", "codes"),
    ("policy_corpus", "facts.py"),
    ("policy_corpus", "folding.py"),
)
_KINDS = (".py", ".txt", ".csv")


@cache
def made_by() -> str:
    """What stands for the rules of this program: 32 hex digits."""
    digest = blake2b(digest_size=16)
    for package, name in _RULES:
        for file in _files(resources.files(package).joinpath(name)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def check_made_by(found: object) -> None:
    """Raise IndexNotBuilt where something kept was made by other rules."""
    if found != made_by():
        raise IndexNotBuilt("检索索引由其他版本的程序建立，请运行 huiqi index 重新建立")


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        for one in sorted(place.iterdir(), key=lambda one: one.name):
            if one.name not in ("scripts", "__pycache__"):
                yield from _files(one)
    elif place.name.endswith(_KINDS):
        yield place
