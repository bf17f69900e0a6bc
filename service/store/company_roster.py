"""Keep the roster of all companies fresh: their facts as columns and the words of their profiles.

It carries the version of 企业库 that it was made for; whoever needs it asks here and gets it brought up to date by the
companies that have changed since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matching import array_files
from matching.columns.roster import Roster
from matching.errors import IndexNotBuilt
from matching.model import Enterprise
from matching.profile_rows import ProfileRows
from service.store.data_folder import DataFolder


@dataclass(frozen=True, slots=True)
class CompanyRoster:
    """All companies of one version of 企业库: roster and profiles, row beside row."""

    version: int
    roster: Roster
    profiles: ProfileRows


def fresh_roster(folder: DataFolder) -> CompanyRoster:
    """The roster of all companies as they are now."""
    version = folder.enterprises.version()
    held = _read(folder)
    if held is not None and held.version == version:
        return held
    if held is None or held.version > version or folder.enterprises.removed_since(held.version):
        return _save(
            folder, roster_of(folder.enterprises.all(), version)
        )  # of what was removed nothing stays
    return _save(folder, _changed(held, folder, version))


def roster_of(enterprises: Iterable[Enterprise], version: int = 0) -> CompanyRoster:
    """The roster of some companies, each once."""
    listed = list(enterprises)
    return CompanyRoster(version, Roster.of(listed), ProfileRows.of(listed))


def _changed(held: CompanyRoster, folder: DataFolder, version: int) -> CompanyRoster:
    enterprises = list(folder.enterprises.changed_since(held.version))
    roster = held.roster.changed(enterprises, folder.enterprises.gone_since(held.version))
    rows = roster.rows_of([enterprise.uscc for enterprise in enterprises])
    profiles = held.profiles.changed(rows.astype(np.int64), roster.size, enterprises)
    return CompanyRoster(version, roster, profiles)


def _read(folder: DataFolder) -> CompanyRoster | None:
    try:
        stored = array_files.read_current(folder.index_path / "enterprises")
    except IndexNotBuilt:
        return None
    try:
        roster = Roster.from_arrays(stored.arrays, stored.details["roster"])
    except IndexNotBuilt:
        return None
    return CompanyRoster(stored.details["version"], roster, ProfileRows.from_arrays(roster.extra))


def _save(folder: DataFolder, made: CompanyRoster) -> CompanyRoster:
    kept = made.roster.with_extra(made.profiles.to_arrays())
    arrays, details = kept.to_arrays()
    details = {"version": made.version, "roster": details}
    array_files.write_new(folder.index_path / "enterprises", arrays, details)
    return made
