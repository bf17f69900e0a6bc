"""`python -m bench.bench_search [QUESTIONS FOLDER]`: how well documents are found for questions, beside search engines.

QUESTIONS holds a JSON object a line with `question` and `doc_id`; FOLDER holds the documents as `<doc_id>.txt`. Without
them a small set is made of our own samples: each item asks for its document. All engines answer the same questions in
one run, from the question as it is typed; pairs of characters and words are cut by us for all, and what only asks is
left out for all. bm25s gets the k1 and b that serve it best on these very questions, which flatters it; tantivy and
FTS5 have no such setting. A row each is appended to RESULTS.md.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from math import log2
from pathlib import Path
from statistics import fmean, median
from time import process_time
from typing import Any, Protocol

from bench.results import RESULTS, Table, append, machine
from matching.search.documents import DocumentIndex
from matching.search.pairs import characters, pairs, prepared
from matching.search.questions import without_asking
from matching.terms import cut
from policy_corpus.describing import describe
from policy_corpus.extraction import extract_items
from policy_corpus.model import Document
from policy_corpus.reading.dispatch import read_document

SAMPLES = Path(__file__).parents[1] / "samples" / "policies"
TOP = 20
BLOCKS = 3
GRID = [(k1, b) for k1 in (0.9, 1.2, 1.5, 2.0) for b in (0.4, 0.75, 0.9)]
TABLE = Table(
    "Search over documents",
    "`python -m bench.bench_search`. One relevant document a question. ms: processor time of a question, cutting included, "
    "median of blocks in rotated order. set: our samples, or documents given.",
    ("day", "set", "documents", "questions", "engine", "MRR@10", "R@1", "R@10", "nDCG@10", "ms", "machine"),
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched and asked. documents: (id, title, text); questions: (question, id of its document)."""

    name: str
    documents: list[tuple[str, str, str]]
    questions: list[tuple[str, str]]


class Engine(Protocol):
    """An engine over the documents in their order. ask: their places, best first."""

    name: str

    def ask(self, question: str) -> list[int]: ...


def pair_words(text: str) -> list[str]:
    """Pairs of characters as words of letters and digits, which every engine takes as they are."""
    return [f"x{key:x}" for key in pairs(characters(prepared(text))).tolist()]


def asked(question: str) -> str:
    """The telling part of a question."""
    return without_asking(prepared(question))


class Ours:
    """BM25 on pairs and words and in the best passage."""

    name = "ours"

    def __init__(self, corpus: Corpus) -> None:
        self.index = DocumentIndex.build(corpus.documents)
        self.places = {id_: at for at, (id_, _, _) in enumerate(corpus.documents)}

    def ask(self, question: str) -> list[int]:
        return [self.places[id_] for id_, _ in self.index.rank(question, TOP)]


class Bm25s:
    """bm25s with the k1 and b that rank best on the questions asked."""

    def __init__(self, corpus: Corpus, name: str, terms: Callable[[str], list[str]]) -> None:
        import bm25s

        self.terms = terms
        lists = [terms(f"{title}\n{text}") for _, title, text in corpus.documents]
        best = -1.0
        for k1, b in GRID:
            found = bm25s.BM25(k1=k1, b=b)
            found.index(lists, show_progress=False)
            self.engine, before = found, getattr(self, "engine", None)
            reached = score(corpus, self)["MRR@10"]
            if reached > best:
                best, self.name = reached, f"bm25s, {name} (k1 {k1}, b {b})"
            else:
                self.engine = before

    def ask(self, question: str) -> list[int]:
        words = [
            word for word in dict.fromkeys(self.terms(asked(question))) if word in self.engine.vocab_dict
        ]
        if not words:
            return []
        k = min(TOP, self.engine.scores["num_docs"])
        places, scores = self.engine.retrieve([words], k=k, show_progress=False)
        return [int(at) for at, value in zip(places[0], scores[0], strict=True) if value > 0]


class Tantivy:
    """tantivy's BM25 (k1 1.2, b 0.75) on pairs."""

    name = "tantivy, pairs"

    def __init__(self, corpus: Corpus) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("place", stored=True)
        builder.add_text_field("body", tokenizer_name="whitespace")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(heap_size=100_000_000, num_threads=1)
        for at, (_, title, text) in enumerate(corpus.documents):
            writer.add_document(tantivy.Document(place=at, body=" ".join(pair_words(f"{title}\n{text}"))))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, question: str) -> list[int]:
        should = self.tantivy.Occur.Should
        words = dict.fromkeys(pair_words(asked(question)))
        terms = [(should, self.tantivy.Query.term_query(self.schema, "body", word)) for word in words]
        found = self.searcher.search(self.tantivy.Query.boolean_query(terms), TOP).hits
        return [int(self.searcher.doc(address)["place"][0]) for _, address in found]


class Fts5:
    """SQLite's FTS5 with its bm25 (k1 1.2, b 0.75) on pairs."""

    name = "SQLite FTS5, pairs"

    def __init__(self, corpus: Corpus) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("create virtual table found using fts5(body, content='', tokenize='ascii')")
        rows = (
            (at, " ".join(pair_words(f"{title}\n{text}")))
            for at, (_, title, text) in enumerate(corpus.documents)
        )
        self.db.executemany("insert into found (rowid, body) values (?, ?)", rows)
        self.db.execute("insert into found (found) values ('optimize')")

    def ask(self, question: str) -> list[int]:
        words = " OR ".join(dict.fromkeys(pair_words(asked(question))))
        rows = self.db.execute(
            "select rowid from found where found match ? order by rank, rowid limit ?", (words, TOP)
        )
        return [row[0] for row in rows] if words else []


def engines(corpus: Corpus) -> Iterator[Engine]:
    """Every engine that is installed."""
    makers: dict[str, list[Callable[[], Engine]]] = {
        "": [lambda: Ours(corpus)],
        "bm25s": [lambda: Bm25s(corpus, "words", cut), lambda: Bm25s(corpus, "pairs", pair_words)],
        "tantivy": [lambda: Tantivy(corpus)],
        "sqlite3": [lambda: Fts5(corpus)],
    }
    for package, listed in makers.items():
        if package and find_spec(package) is None:
            print(f"{package} is not installed: left out")
            continue
        yield from (make() for make in listed)


def score(corpus: Corpus, engine: Engine) -> dict[str, float]:
    """MRR@10, R@1, R@10 and nDCG@10 of an engine's answers, averaged over the questions."""
    places = {id_: at for at, (id_, _, _) in enumerate(corpus.documents)}
    ranks = []
    for question, id_ in corpus.questions:
        answer = engine.ask(question)[:10]
        ranks.append(answer.index(places[id_]) + 1 if places[id_] in answer else 0)
    return {
        "MRR@10": fmean(1 / rank if rank else 0.0 for rank in ranks),
        "R@1": fmean(float(rank == 1) for rank in ranks),
        "R@10": fmean(float(rank > 0) for rank in ranks),
        "nDCG@10": fmean(1 / log2(rank + 1) if rank else 0.0 for rank in ranks),
    }


def milliseconds(corpus: Corpus, listed: Sequence[Engine], blocks: int) -> list[float]:
    """Processor time of a question by engine: the median over blocks that begin with another engine each."""
    found: list[list[float]] = [[] for _ in listed]
    for block in range(blocks):
        for turn in range(len(listed)):
            at = (turn + block) % len(listed)
            start = process_time()
            for question, _ in corpus.questions:
                listed[at].ask(question)
            found[at].append((process_time() - start) / len(corpus.questions) * 1000)
    return [median(times) for times in found]


def read_corpus(questions: Path, folder: Path) -> Corpus:
    """The documents of a folder of texts and the questions that ask for one of them."""
    documents = [_entry(_read(path), path.stem) for path in sorted(folder.glob("*.txt"))]
    known = {id_ for id_, _, _ in documents}
    lines = (json.loads(line) for line in questions.read_text("utf-8").splitlines() if line.strip())
    listed = [(line["question"], line["doc_id"]) for line in lines]
    return Corpus("given", documents, [(question, id_) for question, id_ in listed if id_ in known])


def sample_corpus() -> Corpus:
    """Our samples; each of their items asks for its document by its title and the place in the document's."""
    files = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".txt", ".html", ".docx"))
    read = {path.name: _read(path) for path in files}
    questions = [
        (f"请问{document.title[:3]}对{item.title}是怎么规定的？", name)
        for name, document in read.items()
        for item in extract_items(document)
    ]
    return Corpus("samples", [_entry(document, name) for name, document in read.items()], questions)


def _read(path: Path) -> Document:
    data = path.read_bytes()
    return describe(read_document(data, path.name), hashlib.sha256(data).hexdigest(), path.name)


def _entry(document: Document, id_: str) -> tuple[str, str, str]:
    return id_, document.title, document.text


def main(
    questions: Path | None = None, folder: Path | None = None, results: Path = RESULTS, blocks: int = BLOCKS
) -> None:
    """Measure every engine, print, and append a row each."""
    corpus = sample_corpus() if questions is None or folder is None else read_corpus(questions, folder)
    cut("预热")  # the dictionary is loaded now
    built = list(engines(corpus))
    times = milliseconds(corpus, built, blocks)
    for engine, ms in zip(built, times, strict=True):
        scores = score(corpus, engine)
        figures = [f"{value:.4f}" for value in scores.values()]
        print(f"{engine.name:>32}  {' '.join(figures)}  {ms:.2f} ms", flush=True)
        cells: list[Any] = [
            datetime.now(UTC).date(),
            corpus.name,
            len(corpus.documents),
            len(corpus.questions),
        ]
        cells += [engine.name, *figures, f"{ms:.2f}", machine()]
        append(results, TABLE, [str(cell) for cell in cells])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
