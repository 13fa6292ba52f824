"""Try the lowest versions that pyproject.toml promises: install them in a new environment, import, test, grade.

    python .ci/lowest.py FOLDER

FOLDER is where the environment is made, or was made before. `make lowest` calls this. Every `>=` of the dependencies,
the labs and the tools becomes `==`; what those need in turn is free. Use the oldest Python that is promised: the oldest
versions were not built for the newest one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROMISE = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,]+\])?>=(?P<lowest>[\w.]+)(?P<where>\s*;.*)?")
#: a golden file that shows what one version of Hypothesis draws
CARD = "tests/unit/test_practice.py::test_the_card_as_text"
#: every module of ours, the service's among them, but what runs where it is imported
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(ROOT.glob("grader/**/*.py"))
    if path.stem not in ("__main__", "env")  # a start, and what Alembic runs itself
]
#: what a working environment does, as arguments of its Python; warnings of old libraries about newer ones are theirs
PROOFS = (
    ("-c", f"import importlib; [importlib.import_module(name) for name in {MODULES}]"),
    ("-c", "import matplotlib, nbclient, pandas, PIL, scipy, sklearn, sympy, tensorflow, tqdm"),
    ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "filterwarnings=default", "tests/unit", "--deselect", CARD),
    ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "filterwarnings=default", "tests/service"),
    (
        "-c",
        "from grader.cli.grade import grade_command; grade_command()",
        "assignments/digits/sample.ipynb",
        "--fail-under",
        "100",
    ),
)


def lowest(project: dict[str, Any]) -> Iterator[str]:
    """A constraint for each promise of the project. Raises ValueError for one of another form."""
    optional = project["optional-dependencies"]
    for promise in [*project["dependencies"], *(each for group in optional.values() for each in group)]:
        found = PROMISE.fullmatch(promise)
        if found is None:
            raise ValueError(f"{promise!r} is not of the form name>=version")
        yield f"{found['name']}=={found['lowest']}{found['where'] or ''}"


def main(folder: Path) -> int:
    """0 if everything was installed and works; else the first exit code that says otherwise."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    (folder / "lowest.txt").write_text("".join(f"{each}\n" for each in lowest(project)), encoding="utf-8")
    install = ("-m", "pip", "install", "--quiet", "-c", str(folder / "lowest.txt"), "-e", ".[dev,service,labs]")
    for arguments in (install, *PROOFS):
        if code := subprocess.run([python, *arguments], cwd=ROOT, check=False).returncode:  # noqa: S603
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
