"""Clients that have signed in: a real session of a real account, and the token that every form carries."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient

from service.actors import Role
from service.app import create_app
from service.settings import Settings
from service.store.data_folder import DataFolder

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=8)))
# What no password fits: these accounts are entered by their sessions alone.
_NO_PASSWORD = "-"
_SAFE = {"GET", "HEAD", "OPTIONS"}


class SignedInClient(FlaskClient):
    """A client that sends the token of its session with whatever changes something."""

    csrf = ""

    def open(self, *args: Any, **kw: Any) -> Any:
        method = str(kw.get("method", "GET")).upper()
        if self.csrf and method not in _SAFE:
            kw["headers"] = {"X-CSRF-Token": self.csrf, **dict(kw.get("headers") or {})}
        return super().open(*args, **kw)


def open_app(data: Path, **settings: Any) -> APIFlask:
    """The application over a data folder, on 24 November 2026 at ten in the morning."""
    app = create_app(Settings(data=data, **settings), today=lambda: TODAY, now=lambda: NOW)
    app.test_client_class = SignedInClient
    return app


def signed_in(app: APIFlask, role: Role, uscc: str | None = None, name: str | None = None) -> SignedInClient:
    """A client of the application with a session of an account of that role, made if need be."""
    client = app.test_client()
    assert isinstance(client, SignedInClient)
    with DataFolder.open(data_of(app)) as folder:
        shown = name or f"{role.value}{uscc or ''}"
        account = folder.accounts.find(shown)
        with folder.writing():
            if account is None:
                account = folder.accounts.add(shown, role, uscc, _NO_PASSWORD, NOW)
            token = folder.sessions.open(account.id, "127.0.0.1", NOW)
        session = folder.sessions.find(token, NOW)
    assert session is not None
    client.set_cookie("huiqi_session", token)
    client.csrf = session.csrf
    return client


def data_of(app: APIFlask) -> Path:
    """The data folder of an application."""
    path: Path = app.config["HUIQI_DATA"]
    return path
