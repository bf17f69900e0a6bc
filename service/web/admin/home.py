"""The desk of administrators (/admin/): where each part of the console is."""

from __future__ import annotations

from flask import Blueprint, render_template


def add_routes(admin: Blueprint) -> None:
    """The page."""
    admin.add_url_rule("/", "home", _home)


def _home() -> str:
    return render_template("admin/home.html")
