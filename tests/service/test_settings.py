"""Settings: defaults, environment, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import InvalidSettings
from service.settings import Settings


def test_defaults_without_an_environment() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_environment_is_read_and_a_given_value_wins() -> None:
    settings = Settings.from_environment({"HUIQI_DATA": "somewhere", "HUIQI_PORT": "9000"}, {"port": 9001})
    assert settings == Settings(data=Path("somewhere"), port=9001)


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(InvalidSettings) as error:
        Settings.from_environment({"HUIQI_PROT": "1", "HUIQI_PORT": "x", "HUIQI_READ_SECONDS": "0"})
    assert all(
        word in str(error.value) for word in ("HUIQI_PROT", "HUIQI_PORT 应为整数", "HUIQI_READ_SECONDS 应在")
    )
