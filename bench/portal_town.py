"""A data folder with as many published items as wanted, all synthetic, and a company with an account in it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.corpus import make_policies
from bench.corpus_enterprises import make_enterprises
from bench.corpus_places import CITY
from matching.model import Enterprise
from policy_corpus.model import Document, DocumentKind, Level
from service.actors import COMMAND_LINE, Role
from service.store.data_folder import DataFolder
from service.workflows.manage_accounts import add_account

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
NAME, PASSWORD = "示例负责人", "Hq-bench-2026-Aa"  # of a folder that is thrown away


def make_portal_town(path: Path, items: int, companies: int = 20) -> list[Enterprise]:
    """Fill a folder; returns its companies, the first of which has the account NAME."""
    found = list(islice(make_enterprises(companies, CITY), companies))
    with DataFolder.open(path) as folder:
        with folder.db.atomic():
            for policy in make_policies(items, CITY):
                id_ = policy.item.document_id
                document = Document(
                    id=id_,
                    content_hash=hashlib.sha256(id_.encode()).hexdigest(),
                    file_name=f"{id_}.txt",
                    format="txt",
                    title=policy.title,
                    text=policy.text,
                    kind=DocumentKind.MEASURES,
                    region_code=policy.region or None,
                    level=_level(policy.region),
                )
                folder.documents.add(document, None, NOW)
                folder.policies.add([policy.item])
            for enterprise in found:
                folder.enterprises.register(enterprise, NOW)
        add_account(
            folder,
            NAME,
            Role.ENTERPRISE,
            PASSWORD,
            uscc=found[0].uscc,
            by=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    return found


def _level(region: str) -> Level:
    if not region:
        return Level.NATIONAL
    return (
        Level.PROVINCE if region.endswith("0000") else Level.CITY if region.endswith("00") else Level.COUNTY
    )
