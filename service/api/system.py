"""GET /healthz, and the page that lists the operations (/api/docs) from the specification itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import current_app, render_template

from service.api.context import desk
from service.api.schemas import Health
from service.shapes import Json

system = APIBlueprint("system", __name__, tag="系统")


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the page: method, path, what it is for, its parameters (name, where, description)."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, str, str], ...]


@system.get("/healthz")
@system.output(Health, description="服务正常")
@system.doc(summary="服务是否正常", responses=[503])
def healthz() -> Json:
    """能够读取数据库时返回 ok 与各库数量。"""
    folder = desk().folder
    return {
        "status": "ok",
        "documents": len(folder.documents),
        "items": len(folder.policies),
        "enterprises": len(folder.enterprises),
    }


@system.get("/api/docs")
@system.doc(hide=True)
def docs() -> str:
    """The operations as a page; everything on it is ours, nothing comes from outside."""
    spec = cast(dict[str, Any], cast(APIFlask, current_app).spec)
    return render_template("api/docs.html", operations=list(_operations(spec)))


def _operations(spec: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            parameters = [*methods.get("parameters", []), *operation.get("parameters", [])]
            yield Operation(
                method.upper(),
                path,
                operation.get("summary", ""),
                operation.get("description", ""),
                tuple(
                    (
                        entry["name"],
                        {"path": "路径", "query": "查询"}.get(entry["in"], entry["in"]),
                        _about(entry),
                    )
                    for entry in parameters
                ),
            )


def _about(parameter: dict[str, Any]) -> str:
    return str(parameter.get("description") or parameter.get("schema", {}).get("description") or "")
