"""The doors of the house: which module alone may import which library."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("service", "matching", "policy_corpus")

# library -> the modules (path prefixes) that may import it
DOORS = {
    "flask": ("service/app.py", "service/web/", "service/api/"),
    "apiflask": ("service/app.py", "service/api/"),
    "pydantic": ("service/api/",),
    "sqlite_utils": (
        "policy_corpus/library.py",
        "policy_corpus/item_library.py",
        "policy_corpus/decisions.py",
        "policy_corpus/schema.py",
        "service/store/",
    ),
    "jieba": ("matching/segmenting/",),
    "rjieba": ("matching/segmenting/",),
    "numba": ("matching/kernels/",),
    "sklearn": ("matching/oracle.py",),
    "opencc": ("policy_corpus/folding.py",),
    "datasketch": ("policy_corpus/near_duplicates.py",),
    "stdnum": ("policy_corpus/codes/uscc.py",),
    "ahocorasick": ("policy_corpus/codes/",),
    "pdfplumber": ("policy_corpus/reading/pdf",),
    "selectolax": ("policy_corpus/reading/html",),
    "ofdkit": ("policy_corpus/reading/ofd.py",),
    "pypdfium2": ("policy_corpus/reading/recognising.py",),
    "cv2": ("policy_corpus/reading/recognising.py",),
    "rapidocr": ("policy_corpus/reading/recognising.py",),
    "PIL": ("policy_corpus/reading/pictures.py", "policy_corpus/reading/recognising.py"),
    "charset_normalizer": ("policy_corpus/reading/",),
    "xlsxwriter": ("service/sheets.py",),
    "python_calamine": ("service/enterprise_", "policy_corpus/reading/spreadsheet.py"),
    "pyarrow": ("service/enterprise_parquet.py", "service/exports/parquet_rows.py"),
    "distributed": ("matching/cluster.py",),
    "argon2": ("service/passwords.py",),
    "click": ("service/cli/",),
    "rich": ("service/cli/",),
}


def _imports() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module]
                for name in names:
                    found[name.split(".")[0]].add(path.relative_to(ROOT).as_posix())
    return found


IMPORTS = _imports()


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_is_imported_behind_its_own_door_only(library: str) -> None:
    outside = {module for module in IMPORTS[library] if not module.startswith(DOORS[library])}
    assert not outside, f"{library} is imported outside {DOORS[library]}"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_every_door_leads_somewhere(library: str) -> None:
    assert IMPORTS[library], f"nothing imports {library}: take it out of the table and of pyproject.toml"


def test_no_module_below_the_faces_reads_the_clock() -> None:
    """Today is an argument: only the command line and the web read it."""
    faces = ("service/cli/", "service/app.py", "service/web/", "service/api/")
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(faces):
                text = path.read_text(encoding="utf-8")
                assert "date.today(" not in text and "datetime.now(" not in text, name
