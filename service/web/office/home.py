"""Where the business office begins (`/office/`)."""

from __future__ import annotations

from flask import Blueprint, render_template

from service.web.context import desk


def add_routes(office: Blueprint) -> None:
    """The page."""
    office.add_url_rule("/", "home", _show_home)


def _show_home() -> str:
    folder = desk().folder
    return render_template(
        "office/home.html", items=folder.policies.counts()["published"], enterprises=len(folder.enterprises)
    )
