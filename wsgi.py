"""The web application for any WSGI server: `gunicorn wsgi:app`."""

from __future__ import annotations

from service.app import create_app
from service.settings import Settings

app = create_app(Settings.from_environment())
