"""The shape of the house: imports go down, and every module says what lives in it. The order is in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "grader").rglob("*.py"))


def test_imports_go_down_and_never_in_a_circle() -> None:
    """The contracts of pyproject.toml: the order of the doors, what exists in a room, no circles within a door."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)

    assert done.returncode == 0, done.stdout


def test_every_module_says_what_lives_in_it() -> None:
    """Every module opens with a docstring."""
    assert [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_importing_the_grader_loads_nothing_heavy() -> None:
    """`import grader` in a fresh interpreter imports neither TensorFlow nor nbformat, nor NumPy."""
    heavy = "{'tensorflow', 'nbformat', 'numpy', 'pydantic', 'hypothesis'}"
    script = f"import sys, grader, grader.cli.grade; print(sorted({heavy} & set(sys.modules)))"

    assert printed(script) == "[]"


def test_a_site_in_one_folder_starts_without_what_only_others_need() -> None:
    """Whoever answers for a site of SQLite imports no engine of PostgreSQL, no client for others' sites, no NumPy."""
    others = (
        "{'procrastinate', 'psycopg', 'authlib', 'httpx', 'httpx2', 'numpy', 'hypothesis', 'tensorflow', 'IPython', "
        "'nbformat'}"
    )
    script = (
        "import sys, tempfile; from pathlib import Path\n"
        "from grader.cli import staff; from grader.service.serve import serving\n"
        "from grader.service.site import Whereabouts, opened; from grader.service.web.app import make_app\n"
        "with tempfile.TemporaryDirectory() as folder, opened(Whereabouts(data=Path(folder))) as site: make_app(site)\n"
        f"print(sorted({others} & set(sys.modules)))"
    )

    assert printed(script) == "[]"


def test_a_worker_starts_its_slots_before_what_grades_is_loaded() -> None:
    """Its slots' processes load that, and begin to load TensorFlow sooner; mail is drawn where a site sends some."""
    others = "{'numpy', 'jinja2', 'grader.grading.grader', 'grader.notebook.submission', 'grader.judging'}"
    script = f"import sys, grader.cli.staff, grader.service.worker.command; print(sorted({others} & set(sys.modules)))"

    assert printed(script) == "[]"


def test_what_grades_reads_no_sentence_of_the_service() -> None:
    """Nor any before it says one: each process that grades would take time for that."""
    script = (
        "import sys; from pathlib import Path; opened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == 'open' else None)\n"
        "def read(): return [Path(each).name for each in opened if each.endswith('.po')]\n"
        "import grader.service.worker.grading; from grader.messages import english, say\n"
        "before = read(); english(say('lent_no_answer', name='f')); print(before, read())"
    )

    assert printed(script) == "[] ['en.po']"


def test_nobody_looks_for_rubbish_in_what_grading_only_imports() -> None:
    """Not meanwhile, which is a tenth of grading a notebook, and not later; afterwards rubbish is looked for again."""
    script = (
        "import gc, sys; from grader.cli.grade import grade_command; looks = []\n"
        "early = lambda: 'grader.cli.single' in sys.modules and not gc.get_freeze_count()\n"
        "gc.callbacks.append(lambda phase, _: looks.append(phase) if early() else None)\n"
        "sys.argv = ['grade', 'nothing.ipynb']\n"
        "try: grade_command()\n"
        "except SystemExit: print(looks, gc.isenabled(), gc.get_freeze_count() > 0)"
    )

    assert printed(script) == "[] True True"


def printed(script: str) -> str:
    """By an interpreter of its own, which has imported nothing before."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()
