"""The tables of the service, an area a file; each area is a set of migrations of its own, so that areas grow apart."""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from service.store.schemas import (
    accounts,
    audit,
    companies,
    dictionaries,
    editing,
    enterprises,
    jobs,
    releases,
    review,
    upkeep,
    uploads,
)

SETS: tuple[Migrations, ...] = (
    dictionaries.migrations,
    releases.migrations,
    enterprises.migrations,
    companies.migrations,
    audit.migrations,
    jobs.migrations,
    uploads.migrations,
    editing.migrations,
    accounts.migrations,
    review.migrations,
    upkeep.migrations,
)
