"""Match all enterprises and write their lists to a file, however many processes or machines take part.

The file is written aside and put in place when it is whole, so that a broken run leaves no half file.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matching.errors import PieceFailed
from matching.mapping import Mapper, in_this_process
from matching.processes import in_processes
from service.enterprise_parquet import Group, write_groups
from service.errors import UnusableFile
from service.exports.formats import FORMATS, Target
from service.exports.match_run import ENTERPRISES, Wanted, enterprises_in_a_piece, why_not, write_run
from service.exports.pieces import Piece, make_piece
from service.program import program
from service.store.data_folder import DataFolder
from service.store.run_folders import run_folder
from service.store.shelf import Shelf

_WORTH_A_PROCESS = 100  # enterprises; starting a process takes about as long as matching them
Made = tuple[Group, Piece]
Watch = Callable[[Iterator[Made]], Iterator[Made]]


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who does the work. processes: on this machine, 1 for this one alone, None for what suits; cluster: an address."""

    processes: int | None = None
    cluster: str | None = None


def write_all_matches(
    out: Path, folder: DataFolder, shelf: Shelf, wanted: Wanted, workforce: Workforce, watch: Watch
) -> int:
    """Write the lists of all enterprises to a file; returns how many enterprises there were.

    watch: sees each piece pass. Raises UnusableFile and, for many processes or machines, MatchingError.
    """
    total = len(folder.enterprises)
    with _put_in_place(out) as aside, run_folder(folder.index_path / "runs") as path:
        write_run(path, folder, shelf, wanted, total)
        groups = write_groups(path / ENTERPRISES, folder.enterprises.rows(), enterprises_in_a_piece(total))
        with _mapper(workforce, path, total) as run:
            made = watch(run(partial(make_piece, str(path)), groups))
            FORMATS[wanted.format].join(Target(aside, shelf.as_of, path), _taken(path, made))
    return sum(group.count for group in groups)


def _mapper(workforce: Workforce, path: Path, total: int) -> AbstractContextManager[Mapper]:
    if workforce.cluster is not None:
        from matching.cluster import on_cluster  # loading Dask takes a while

        return on_cluster(workforce.cluster, program, partial(why_not, str(path)), path)
    suits = min(len(os.sched_getaffinity(0)), total // _WORTH_A_PROCESS)
    count = suits if workforce.processes is None else workforce.processes
    return in_processes(count) if count > 1 else nullcontext(in_this_process)


def _taken(path: Path, made: Iterator[Made]) -> Iterator[Path]:
    """Each piece's file, which is removed when the next one is asked for."""
    for group, piece in made:
        file = path / piece.name
        if not file.is_file() or file.stat().st_size != piece.size:
            raise PieceFailed(f"{group}的结果不完整（{file}）。请检查共享存储后重试")
        yield file
        file.unlink()


@contextmanager
def _put_in_place(out: Path) -> Iterator[Path]:
    """A path beside the file, for one run alone, which takes the file's place after the block."""
    aside = out.with_name(f".{out.name}.partial")
    try:
        with aside.open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UnusableFile(f"“{out}”正由另一次匹配写入，请等它结束，或换一个文件名") from error
            try:
                yield aside
                aside.replace(out)
            finally:
                aside.unlink(missing_ok=True)
    except OSError as error:
        raise UnusableFile(
            f"无法写入“{out}”（{error.strerror or error}），请核对路径、权限和磁盘空间"
        ) from error
