"""Test the package as users get it: built once as a wheel, installed, and tried with the source tree out of the way.

    python .ci/wheel.py FOLDER

FOLDER takes the wheel, one environment for each Python that calls this, and a copy of tests and course without the
package. What is there already is used: the second Python tries the wheel that the first one built.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: what a test may need of the repository; never `grader/` itself
TAKEN = ("assignments", "reference", "tests", "pyproject.toml", "README.md", "docs")
#: tests that read the package's source
SOURCE = "tests/unit/test_wording.py"
#: what an installed package does, as arguments of the environment's Python, in the folder without the source
PROOFS = (
    ("-c", "import grader, sys; sys.exit(not grader.__file__.startswith(sys.prefix))"),
    ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--ignore", SOURCE, "tests/unit", "tests/rooms"),
)
#: the same with its commands, as they lie in the environment
COMMANDS = (
    ("grade", "assignments/digits/sample.ipynb", "--fail-under", "100"),
    ("grader", "release", "digits", "--output", "handout", "--force"),
)


def wheel(folder: Path) -> Path:
    """The wheel in `folder`, which is built if there is none."""
    if not any(folder.glob("*.whl")):
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
        subprocess.run(build, check=True)  # noqa: S603  # our own command line
    return next(folder.glob("*.whl"))


def environment(folder: Path) -> Path:
    """The programs of an environment for this Python, which is made if there is none."""
    home = folder / f"python{sys.version_info.major}.{sys.version_info.minor}"
    if not home.exists():
        venv.create(home, with_pip=True)
    return home / "bin"


def away(folder: Path) -> Path:
    """A folder with tests and course, made anew."""
    copy = folder / "away"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def main(folder: Path) -> int:
    """0 if the wheel was installed and works; else the first exit code that says otherwise."""
    built, programs = wheel(folder), environment(folder)
    constraints = str(ROOT / "constraints.txt")
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "-c", constraints)
    subprocess.run((*pip, f"{built}[dev,service,labs]"), check=True)  # noqa: S603
    subprocess.run((*pip, "--no-deps", "--force-reinstall", built), check=True)  # noqa: S603  # an older build of it
    place = away(folder)
    proofs = [(programs / "python", *proof) for proof in PROOFS]
    for line in (*proofs, *((programs / name, *arguments) for name, *arguments in COMMANDS)):
        if code := subprocess.run(line, cwd=place, check=False).returncode:  # noqa: S603
            return code
    return 0


if __name__ == "__main__":
    place = Path(sys.argv[1]).absolute()
    place.mkdir(parents=True, exist_ok=True)
    sys.exit(main(place))
