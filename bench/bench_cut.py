"""`python -m bench.bench_cut [FOLDER]`: how fast text is cut into words and turned into ids, beside jieba itself.

Both cut the same folded texts in rotated blocks of one process, by processor time, and both know the policy
dictionary. "ids" starts from the text as it is: jieba's way is `lcut` and one table of numbers, ours also folds,
lower-cases and filters. Lines that are cut in another way than jieba cuts them are counted; there must be none.
FOLDER holds UTF-8 text files (.txt) that are measured as well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time

from bench.__main__ import RESULTS, machine
from bench.corpus import make_items
from matching.segmenting import search_tokens, segmenters, tokens
from matching.term_ids import TermIds
from policy_corpus.folding import fold

ITEMS = 5_000
BLOCKS = 5
COLUMNS = (
    "day",
    "texts",
    "MB",
    "cut MB/s",
    "jieba",
    "ratio",
    "ids MB/s",
    "jieba",
    "ratio",
    "lines",
    "differing lines",
    "machine",
)
HEAD = (
    "\n## Cutting (`python -m bench.bench_cut`)\n\nProcessor time in one process; a ratio is jieba 0.42.1's time over ours.\n\n"
    f"| {' | '.join(COLUMNS)} |\n{'| --- ' * len(COLUMNS)}|\n"
)


def measure(texts: Sequence[str], blocks: int) -> list[str]:
    """The cells of a row: megabytes a second of each way, the ratios, and how many lines differ."""
    jieba = segmenters.JiebaSegmenter()
    folded = [fold(text) for text in texts]
    ways: dict[str, Callable[[], object]] = {
        "cut": lambda: sum(len(tokens(text)) for text in folded),
        "jieba cut": lambda: sum(len(jieba.cut(text)) for text in folded),
        "ids": lambda: TermIds().rows_of(texts),
        "jieba ids": lambda: _ids_by_jieba(jieba, texts),
    }
    tokens("预热")  # the dictionaries are loaded now
    order = list(ways)
    seconds: dict[str, list[float]] = {name: [] for name in order}
    for block in range(blocks):
        turn = block % len(order)
        for name in [*order[turn:], *order[:turn]]:
            start = process_time()
            ways[name]()
            seconds[name].append(process_time() - start)
    megabytes = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    cells = [str(len(texts)), f"{megabytes:.1f}"]
    for name in ("cut", "ids"):
        ours, theirs = median(seconds[name]), median(seconds[f"jieba {name}"])
        ratio = median(b / a for a, b in zip(seconds[name], seconds[f"jieba {name}"], strict=True))
        cells += [f"{megabytes / ours:.1f}", f"{megabytes / theirs:.2f}", f"{ratio:.1f}"]
    lines = [line for text in folded for line in text.splitlines(keepends=True)]
    return [*cells, str(len(lines)), str(sum(differs(line, jieba) for line in lines))]


def _ids_by_jieba(jieba: segmenters.JiebaSegmenter, texts: Sequence[str]) -> list[list[int]]:
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(token, len(numbers)) for token in jieba.cut(text)] for text in texts]


def differs(line: str, jieba: segmenters.JiebaSegmenter) -> bool:
    """Whether a line is cut, or cut for searching, in another way than by jieba."""
    alike = tokens(line) == jieba.cut(line)
    return not alike or list(search_tokens(line)) != list(jieba.tokenizer.cut_for_search(line))


def main(
    folder: Path | None = None, results: Path = RESULTS, items: int = ITEMS, blocks: int = BLOCKS
) -> None:
    """Measure the synthetic items and the folder, print, and add a row each to the table of cutting."""
    corpora = [make_items(items)]
    if folder is not None:
        corpora.append([path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))])
    for texts in corpora:
        cells = [datetime.now(UTC).date().isoformat(), *measure(texts, blocks), machine()]
        print("\n".join(f"{name:>16}  {cell}" for name, cell in zip(COLUMNS, cells, strict=True)), flush=True)
        add_row(results, cells)


def add_row(results: Path, cells: Sequence[str]) -> None:
    """Put a row behind the last one of the table of cutting, which may stand anywhere in the file."""
    text = results.read_text(encoding="utf-8") if results.exists() else ""
    if HEAD not in text:
        text += HEAD
    start = text.index(HEAD) + len(HEAD)
    rows, blank, rest = text[start:].partition("\n\n")
    rows = rows.rstrip("\n")
    row = f"| {' | '.join(cells)} |"
    table = f"{rows}\n{row}" if rows else row
    results.write_text(text[:start] + table + (blank + rest or "\n"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
