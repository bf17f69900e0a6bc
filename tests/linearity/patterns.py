"""Every regular expression of a package: those compiled on import and those that functions write down.

`compiled_on_import` imports the package in a process of its own that notes each call of `re`, so that no table,
factory or closure hides one. `written_in_functions` reads the sources for calls of `re.…` inside functions and works
out their first argument from the constants of the module; one that depends on anything else cannot be judged.
"""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_CALLS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


@dataclass(frozen=True, slots=True)
class Written:
    """A pattern and where it stands; pattern None: it depends on what is only known when the program runs."""

    place: str
    pattern: str | None
    flags: int = 0


def modules_of(package: str) -> list[str]:
    """The names of a package's modules, without the scripts that build its tables and the child's entrance."""
    files = sorted((ROOT / package).rglob("*.py"))
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files
    ]
    return [name for name in names if ".scripts." not in name]


def compiled_on_import(package: str) -> list[Written]:
    """The patterns that the modules of a package compile when they are imported."""
    command = [sys.executable, "-c", _RECORDER, str(ROOT), *modules_of(package)]
    found = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    return [Written(*row) for row in found]


_RECORDER = """
import importlib, json, re, sys
root, found, ours = sys.argv[1], [], re._compile
def noting(pattern, flags):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    place = frame.f_code.co_filename
    if place.startswith(root + "/policy_corpus/") and not isinstance(pattern, re.Pattern):
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        found.append((f"{place[len(root) + 1:]}:{frame.f_lineno}", text, int(flags)))
    return ours(pattern, flags)
re._compile = noting
sys.path.insert(0, root)
for name in sys.argv[2:]:
    importlib.import_module(name)
print(json.dumps(found))
"""


def written_in_functions(package: str) -> Iterator[Written]:
    """The patterns in calls of `re.…` inside the functions of a package."""
    for name in modules_of(package):
        module = importlib.import_module(name)
        source = Path(str(module.__file__))
        tree = ast.parse(source.read_text(encoding="utf-8"))
        place = source.relative_to(ROOT).as_posix()
        yield from (_written(call, module, place) for call in calls_in_functions(tree))


def calls_in_functions(tree: ast.Module) -> list[ast.Call]:
    """Calls of `re.…` inside functions, without the factories that run on import only (see `_is_factory`)."""
    functions = [
        node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS) and not _is_factory(node, tree)
    ]
    calls = {call for function in functions for call in ast.walk(function) if _is_call_of_re(call)}
    return sorted((call for call in calls if isinstance(call, ast.Call)), key=lambda call: call.lineno)


def _is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr in _CALLS) == ("re", True)
    )


def _is_factory(function: ast.AST, tree: ast.Module) -> bool:
    """A private function that is used outside functions alone: what it compiles is noted on import."""
    name = getattr(function, "name", "")
    if not name.startswith("_"):
        return False
    inside = {node for other in ast.walk(tree) if isinstance(other, _FUNCTIONS) for node in ast.walk(other)}
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    return bool(uses) and not any(use in inside for use in uses)


def _written(call: ast.Call, module: ModuleType, place: str) -> Written:
    place = f"{place}:{call.lineno}"
    flags = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "flags")]
    try:
        pattern = _value(call.args[0], module)
    except NameError:
        return Written(place, None)
    text = getattr(pattern, "pattern", pattern)
    known = [int(_value(flag, module)) for flag in flags if "re." in ast.unparse(flag)]
    return Written(place, text.decode("latin-1") if isinstance(text, bytes) else text, sum(known))


def _value(node: ast.expr, module: ModuleType) -> object:
    code = compile(ast.Expression(node), "<pattern>", "eval")
    return eval(code, vars(module))
