"""What several parts of the suite stand on: the samples, loaded once, and the application over them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import settings

from policy_corpus.reading.sandbox import Sandbox
from service.app import create_app
from service.settings import Settings
from service.store.data_folder import DataFolder
from service.workflows.load_policies import Outcome, find_files, load_policies
from service.workflows.register_enterprises import register_enterprises

settings.register_profile("huiqi", deadline=None)  # a slow machine is no fault
settings.load_profile("huiqi")

SAMPLES = Path(__file__).parents[1] / "samples"
TODAY = date(2026, 11, 24)


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
    return create_app(Settings(data=sample_data), today=lambda: TODAY)


@pytest.fixture
def client(app: APIFlask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client
