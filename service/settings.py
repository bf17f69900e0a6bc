"""Settings: one frozen dataclass, read from the environment by the assemblers (`app`, `cli`) only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from service.errors import InvalidSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. Each field is read from HUIQI_<NAME>; docs/settings.md is generated from this class."""

    data: Path = field(
        default=Path("data"), metadata={"help": "数据目录：全部状态都在其中（huiqi.db、files/、index/）"}
    )
    host: str = field(
        default="127.0.0.1",
        metadata={"help": "网页服务的监听地址；对外提供服务时请在前面设置 HTTPS 反向代理"},
    )
    port: int = field(default=8000, metadata={"help": "网页服务的端口，1–65535"})
    proxies: int = field(
        default=0, metadata={"help": "网页服务前面的反向代理层数，0–5；只有如实填写，登录限制才认得来访地址"}
    )
    password_days: int = field(
        default=90, metadata={"help": "口令的有效天数，到期须更换；0 表示不要求更换，最长 3650"}
    )
    read_memory_mb: int = field(
        default=768, metadata={"help": "解析单个文件的子进程可用内存，单位 MB，256–8192"}
    )
    read_seconds: int = field(default=30, metadata={"help": "解析单个文件的时限，单位秒，1–600"})
    ocr_seconds: int = field(
        default=120, metadata={"help": "扫描件、图片识别一页的时限，单位秒，10–3600；一般 5–15 秒一页"}
    )
    ocr_pages: int = field(default=60, metadata={"help": "一个文件最多识别多少页扫描件，1–1000"})

    fetch_hosts: str = field(
        default="",
        metadata={"help": "按网址下载时允许访问的内部网站，逗号分隔（主机名或 主机名:端口）；默认只访问公网"},
    )

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, given: Mapping[str, Any] | None = None
    ) -> Settings:
        """Read HUIQI_* variables; `given` wins over them. Raises InvalidSettings with every fault at once."""
        environment = os.environ if environment is None else environment
        names = {f"HUIQI_{entry.name.upper()}": entry for entry in fields(cls)}
        faults = [
            f"不认识的设置 {key}" for key in environment if key.startswith("HUIQI_") and key not in names
        ]
        values: dict[str, Any] = {}
        for key, entry in names.items():
            if (raw := environment.get(key)) is not None:
                try:
                    values[entry.name] = (
                        Path(raw) if entry.type == "Path" else int(raw) if entry.type == "int" else raw
                    )
                except ValueError:
                    faults.append(f"{key} 应为整数，现为“{raw}”")
        settings = cls(
            **{**values, **{name: value for name, value in (given or {}).items() if value is not None}}
        )
        faults += _faults(settings)
        if faults:
            raise InvalidSettings("设置有误：" + "；".join(faults))
        return settings


def listed(value: str) -> frozenset[str]:
    """The entries of a setting that is a list.

    >>> sorted(listed("a.example, B.example:8080,"))
    ['a.example', 'b.example:8080']
    """
    return frozenset(entry.strip().lower() for entry in value.split(",") if entry.strip())


def _faults(settings: Settings) -> list[str]:
    bounds = {
        "port": (1, 65535),
        "proxies": (0, 5),
        "password_days": (0, 3650),
        "read_memory_mb": (256, 8192),
        "read_seconds": (1, 600),
        "ocr_seconds": (10, 3600),
        "ocr_pages": (1, 1000),
    }
    return [
        f"HUIQI_{name.upper()} 应在 {low}–{high} 之间，现为 {getattr(settings, name)}"
        for name, (low, high) in bounds.items()
        if not low <= getattr(settings, name) <= high
    ]
