"""Errors of the API as JSON: {"error": {"code", "message", "details"}}."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from service.errors import ErrorShape

# The same shape for the specification.
ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
        }
    },
}


def error_answer(shape: ErrorShape, details: dict[str, Any] | None = None) -> Response:
    """The JSON for an error, with its status."""
    answer = jsonify({"error": {"code": shape.code, "message": shape.message, "details": details or {}}})
    answer.status_code = shape.status
    return answer
