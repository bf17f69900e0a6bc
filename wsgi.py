"""The web application for any WSGI server: `gunicorn wsgi:app`."""

from __future__ import annotations

from threading import Thread

from service.app import create_app, warm_up
from service.settings import Settings

app = create_app(Settings.from_environment())
# Nobody should wait for what can be read beforehand; a request that comes meanwhile shares in the reading.
Thread(target=warm_up, args=(app,), daemon=True).start()
