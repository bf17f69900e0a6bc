"""The desk of administrators (/admin/): what needs doing today, each count the length of the list behind it."""

from __future__ import annotations

from flask import Blueprint, render_template

from service.web.context import desk
from service.workflows.upkeep.tasks import read_tasks


def add_routes(admin: Blueprint) -> None:
    """The page."""
    admin.add_url_rule("/", "home", _home)


def _home() -> str:
    folder = desk().folder
    tasks = read_tasks(folder, desk().today(), desk().now())
    return render_template("admin/home.html", tasks=tasks, is_new=not len(folder.documents))
