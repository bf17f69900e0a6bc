"""What several parts of the suite stand on: the samples, loaded once, and the application over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import settings

from policy_corpus.additions import NOTHING, use
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from service.workflows.load_policies import Outcome, find_files, load_policies
from service.workflows.register_enterprises import register_enterprises
from tests.signed_in import SignedInClient, open_app, signed_in

settings.register_profile("huiqi", deadline=None)  # a slow machine is no fault
settings.load_profile("huiqi")

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(autouse=True)
def _nothing_stays_added() -> Iterator[None]:
    """What a test adds to the dictionaries is put in place for the whole process; the next test begins without."""
    yield
    use(NOTHING)


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all samples published. Read only: tests that change anything make their own."""
    path = tmp_path_factory.mktemp("samples")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with DataFolder.open(path) as folder, Sandbox() as sandbox:
        files = find_files([SAMPLES / "policies"])
        outcomes = list(load_policies(folder, files, sandbox, lambda: now, publish=True))
        assert {outcome.outcome for outcome in outcomes} == {Outcome.LOADED}
        register_enterprises(folder, SAMPLES / "enterprises.jsonl", lambda: now)
    return path


@pytest.fixture(scope="session")
def app(sample_data: Path) -> APIFlask:
    """The application over the samples, on 24 November 2026."""
    return open_app(sample_data)


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """A visitor who has not signed in."""
    return app.test_client()


@pytest.fixture
def admin_client(app: APIFlask) -> SignedInClient:
    """An administrator."""
    return signed_in(app, Role.ADMIN)


@pytest.fixture
def office_client(app: APIFlask) -> SignedInClient:
    """Somebody of the business office."""
    return signed_in(app, Role.OFFICE)


@pytest.fixture
def enterprise_client(app: APIFlask) -> Callable[[str], SignedInClient]:
    """Somebody of a company, by its code."""
    return lambda uscc: signed_in(app, Role.ENTERPRISE, uscc)
