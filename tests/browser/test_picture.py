"""The picture in the README is a real page of a real grading. `--update-golden` takes it anew; look at it then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / ".github" / "report.png"
SHOWN = "assignments/digits/class/hugo.ipynb"
GRADE = [sys.executable, "-c", "from grader.cli.grade import grade_command; grade_command()"]


def test_the_readme_shows_the_page_of_a_real_report(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It is small, and stands in the README with words for those who cannot see it."""
    if request.config.getoption("--update-golden"):
        page = tmp_path / "report.html"
        subprocess.run([*GRADE, SHOWN, "--html", str(page), "--quiet"], cwd=ROOT, check=True)
        tab = browser.new_page(viewport={"width": 800, "height": 1150}, device_scale_factor=1)
        tab.goto(page.as_uri())
        tab.screenshot(path=PICTURE)
        tab.close()

    assert PICTURE.stat().st_size < 150_000
    assert "](.github/report.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
