"""Which rules an array was made by, so that columns kept by another version of the program are not used.

Distinct conditions are told apart, and facts derived, by the code and the tables named here; what is kept of
them holds for these only, and for what administrators have added to the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable

from matching.errors import IndexNotBuilt
from policy_corpus.additions import Additions, current

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


# What conditions, facts and terms are read by; synonyms only add to the words of a company's profile.
_PARTS = ("terms", "titles", "zones", "facts")


def made_by(*more: str) -> str:
    """What stands for the rules of this program and what is added to them: 32 hex digits. more: "synonyms"."""
    return _with_additions(current(), (*_PARTS, *more))


@lru_cache(maxsize=8)
def _with_additions(additions: Additions, parts: tuple[str, ...]) -> str:
    added = additions.fingerprint(*parts)
    return blake2b(f"{_rules()} {added}".encode(), digest_size=16).hexdigest() if added else _rules()


@cache
def _rules() -> str:
    digest = blake2b(digest_size=16)
    for package, name in _RULES:
        for file in _files(resources.files(package).joinpath(name)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def check_made_by(found: object, *more: str) -> None:
    """Raise IndexNotBuilt where something kept was made by other rules. more: as for `made_by`."""
    if found != made_by(*more):
        raise IndexNotBuilt("检索索引由其他版本的程序或词典建立，请运行 huiqi index 重新建立")


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        for one in sorted(place.iterdir(), key=lambda one: one.name):
            if one.name not in ("scripts", "__pycache__"):
                yield from _files(one)
    elif place.name.endswith(_KINDS):
        yield place
