"""The shape of the house: which module may import which. The order itself stands in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["grader"]["layers"]
RANK = {name: rank for rank, names in enumerate(LAYERS["order"]) for name in names}
MODULES = sorted((ROOT / "grader").rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """The grader modules a file imports, anywhere in it, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("grader"))


def layer(name: str) -> str | None:
    """`grader.checks.model` belongs to the layer `checks`; the package itself to none."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in RANK else None


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_imports_only_from_lower_layers_or_its_own_package(path: Path) -> None:
    """Imports go down; two modules of one layer do not know each other."""
    mine = layer(dotted(path))
    others = {other for name in imported(path) if (other := layer(name)) not in (None, mine)}

    assert mine is None or {other for other in others if RANK[str(other)] >= RANK[mine]} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if layer(dotted(p)) in LAYERS["room"]], ids=dotted)
def test_what_exists_in_the_room_knows_nothing_outside_it(path: Path) -> None:
    """A file copied into the room imports only files that are copied with it."""
    assert {layer(name) for name in imported(path)} <= {*LAYERS["room"], None}


def test_every_module_has_a_layer() -> None:
    """A new module is put into the order on purpose."""
    tops = {path.relative_to(ROOT / "grader").parts[0].removesuffix(".py") for path in MODULES}

    assert tops - {"__init__"} <= RANK.keys()


def test_no_module_is_in_an_import_circle() -> None:
    """Within a package, too, imports have a direction."""
    names = {dotted(path) for path in MODULES}
    graph = {dotted(p): {_module(name, names) for name in imported(p)} - {dotted(p), "grader"} for p in MODULES}
    settled: set[str] = set()
    while ready := {name for name, needs in graph.items() if name not in settled and needs <= settled | {""}}:
        settled |= ready

    assert names - settled == set()


def _module(name: str, names: set[str]) -> str:
    return name if name in names else name.rpartition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_says_what_lives_in_it(path: Path) -> None:
    """Every module opens with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_importing_the_grader_loads_nothing_heavy() -> None:
    """`import grader` in a fresh interpreter imports neither TensorFlow nor nbformat, nor NumPy."""
    heavy = "{'tensorflow', 'nbformat', 'numpy', 'pydantic', 'hypothesis'}"
    script = f"import sys, grader, grader.cli; print(sorted({heavy} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "[]"
