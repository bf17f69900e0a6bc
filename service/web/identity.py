"""Who asks: the actor of the current request."""

from __future__ import annotations

from flask import request

from service.actors import Actor, Role


def actor() -> Actor:
    """Who does what this request asks for."""
    return Actor("本机", Role.ADMIN, request.remote_addr)
