"""Make one piece of a result file: the task that processes and machines share."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from matching.batch import match_all
from service.enterprise_parquet import Group, read_group
from service.exports.formats import FORMATS
from service.exports.match_run import ENTERPRISES, MatchRun, working_for
from service.workflows.match_enterprises import EnterpriseMatches


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in the folder of its run. size: in bytes."""

    name: str
    size: int


def make_piece(run_path: str, group: Group) -> Piece:
    """Match a group of enterprises and write their lists, in the format of the run, to a file of the run's folder."""
    with working_for(run_path) as run:
        return _made(run, group)


def _made(run: MatchRun, group: Group) -> Piece:
    wanted = run.wanted
    enterprises = read_group(run.path / ENTERPRISES, group.number)
    found = match_all(enterprises, run.day, include_ineligible=wanted.include_ineligible, top=wanted.top)
    path = run.path / f"piece-{group.number:08}-{uuid.uuid4().hex}"  # a piece may be made twice
    lists = (EnterpriseMatches(enterprise, matches) for enterprise, matches in found)
    FORMATS[wanted.format].render(path, lists, run.documents, run.day.as_of)
    return Piece(path.name, path.stat().st_size)
