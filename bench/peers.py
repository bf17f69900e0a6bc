"""The engines we are measured against, one small class each over their own fastest usual call.

`build(terms, regions)` takes the term lists and the region of each; `ask(terms, k, part)` gives positions and scores,
the best first, of all items or of the part that a company can stand in; `store(lists)` gives many questions the form in
which the engine would keep them, `ask_stored(stored, k, threads)` answers them all; `add(terms, region)` puts one more
item in, so that the next `ask` finds it. What an engine cannot do it has no method for. Every engine gets the same term
lists; the scores of BM25 engines differ from ours by their formula.
"""

from __future__ import annotations

import random
import sqlite3
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bench.cosines import Answer, SparseDotTopn, Tutorial
from bench.prepared import Part, Terms

NOT_INSTALLED = "{}: not installed: `make bench` installs it"


class Engine(Protocol):
    """What every engine has."""

    name: str

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None: ...

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer: ...


class Bm25s:
    """bm25s: BM25 scores computed at the build, summed at the question. backend: "numpy" or "numba"."""

    def __init__(self, backend: str) -> None:
        self.name, self.backend = f"bm25s-{backend}", backend

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        import bm25s

        self.index = bm25s.BM25(backend=self.backend)
        self.index.index(list(terms), show_progress=False)
        self.count = len(terms)
        self._masks: dict[int, tuple[Part, npt.NDArray[np.float32]]] = {}

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        k = min(k, self.count)  # it refuses to give more than there are
        found = self.index.retrieve([terms], k=k, show_progress=False, weight_mask=self._mask(part))
        return found.documents[0], found.scores[0]

    def store(self, lists: Sequence[Terms]) -> Any:
        return [self.index.get_tokens_ids(terms) for terms in lists]

    def ask_stored(self, stored: Any, k: int, threads: int = 1) -> list[Answer]:
        workers, k = (0 if threads == 1 else threads), min(k, self.count)
        found = self.index.retrieve(stored, k=k, show_progress=False, n_threads=workers)
        return list(zip(found.documents, found.scores, strict=True))

    def _mask(self, part: Part | None) -> npt.NDArray[np.float32] | None:
        if part is None:
            return None
        # The part is kept beside its mask: an id alone could be given to another one later.
        _, mask = self._masks.setdefault(id(part), (part, part.mask.astype(np.float32)))
        return mask


class Tantivy:
    """tantivy: an inverted index in Rust; pre-cut text, one thread, in memory.

    by_region: items put in sorted by region, as ours are, so that its filter finds a part in one stretch; otherwise as
    they would come, in no order.
    """

    def __init__(self, by_region: bool = False) -> None:
        self.name = "tantivy, sorted by region" if by_region else "tantivy"
        self._by_region = by_region

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", tokenizer_name="words", index_option="freq")
        builder.add_text_field("region", tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("position", fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("words", analyzer)
        self.count = 0
        self.writer = self.index.writer(heap_size=1_000_000_000, num_threads=1)
        order = list(range(len(terms)))
        if not self._by_region:
            random.Random(5).shuffle(order)
        for at in order:
            self._put(terms[at], regions[at], at)
        self._commit()

    def _put(self, terms: Terms, region: str, position: int) -> None:
        import tantivy

        found = tantivy.Document(body=" ".join(terms), region=region or "nation")
        found.add_integer("position", position)
        self.writer.add_document(found)
        self.count += 1

    def _commit(self) -> None:
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def add(self, terms: Terms, region: str) -> None:
        self._put(terms, region, self.count)
        self._commit()

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        from tantivy import Occur, Query

        asked = Query.boolean_query(
            [
                (Occur.Should, Query.term_query(self.schema, "body", term, "freq"))
                for term in dict.fromkeys(terms)
            ]
        )
        if part is not None:
            codes = [code or "nation" for code in part.codes]
            only = Query.const_score_query(Query.term_set_query(self.schema, "region", codes), 0.0)
            asked = Query.boolean_query([(Occur.Must, asked), (Occur.Must, only)])
        hits = self.searcher.search(asked, k, count=False).hits
        places = self.searcher.fast_field_values("position", [address for _, address in hits])
        return np.array(places, np.int64), np.array([score for score, _ in hits])


class Fts5:
    """SQLite's FTS5: unicode61 over pre-cut text, contentless, BM25, in memory."""

    name = "SQLite FTS5"

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("create virtual table items using fts5(body, content='', tokenize='unicode61')")
        rows = ((at, " ".join(words)) for at, words in enumerate(terms))
        self.db.executemany("insert into items(rowid, body) values (?, ?)", rows)
        self.db.commit()
        self.count = len(terms)

    def add(self, terms: Terms, region: str) -> None:
        self.db.execute("insert into items(rowid, body) values (?, ?)", (self.count, " ".join(terms)))
        self.db.commit()
        self.count += 1

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        asked = " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(terms))
        sql = "select rowid, rank from items where items match ? order by rank limit ?"
        rows = self.db.execute(sql, (asked, k)).fetchall()
        return np.array([row for row, _ in rows], np.int64), np.array([-rank for _, rank in rows])


class Gensim:
    """gensim: its own TF-IDF (log2, no smoothing) and SparseMatrixSimilarity."""

    name = "gensim"

    def build(self, terms: Sequence[Terms], regions: Sequence[str]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from gensim.corpora import Dictionary
            from gensim.models import TfidfModel
            from gensim.similarities import SparseMatrixSimilarity

        self.words = Dictionary(terms)
        bags = [self.words.doc2bow(words) for words in terms]
        self.model = TfidfModel(bags)
        self.index = SparseMatrixSimilarity(self.model[bags], num_features=len(self.words))

    def ask(self, terms: Terms, k: int, part: Part | None = None) -> Answer:
        self.index.num_best = k
        found = self.index[self.model[self.words.doc2bow(terms)]]
        return np.array([at for at, _ in found], np.int64), np.array([score for _, score in found])


# Peers that need a package of the bench group, beside the tutorial and FTS5, which are always there.
PACKAGES: dict[str, tuple[str, Callable[[Tutorial], Any]]] = {
    "sparse_dot_topn": ("sparse_dot_topn", SparseDotTopn),
    "bm25s-numba": ("bm25s", lambda _: Bm25s("numba")),
    "bm25s-numpy": ("bm25s", lambda _: Bm25s("numpy")),
    "tantivy": ("tantivy", lambda _: Tantivy()),
    "tantivy, sorted by region": ("tantivy", lambda _: Tantivy(by_region=True)),
    "gensim": ("gensim", lambda _: Gensim()),
}


def installed(name: str) -> bool:
    """Whether the package of a peer is there; those not in PACKAGES always are."""
    packages = {PACKAGES[name][0]} if name in PACKAGES else set()
    if name == "bm25s-numba":
        packages.add("numba")
    return all(find_spec(package) is not None for package in packages)


def make_peers(names: Sequence[str], tutorial: Tutorial, tell: Callable[[str], None] = print) -> list[Any]:
    """The peers of these names that are installed, not yet built; the others are told."""
    found = []
    for name in names:
        if name == Fts5.name:
            found.append(Fts5())
        elif installed(name):
            found.append(PACKAGES[name][1](tutorial))
        else:
            tell(NOT_INSTALLED.format(name))
    return found
