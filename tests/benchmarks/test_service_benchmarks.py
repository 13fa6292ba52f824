"""What the benchmarks of a site count is what happened, and their client loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

from grader.service.site import Whereabouts
from tests.benchmarks.made_class import arrays
from tests.benchmarks.service_client import Answers, hand_in_at_a_rate
from tests.benchmarks.service_site import furnish, kept, serving
from tests.service.course_folder import write_course


def test_every_upload_of_a_storm_is_receipted_and_kept_once(tmp_path: Path) -> None:
    """However fast they come, and whoever sends two of them."""
    course = write_course(tmp_path / "ml")
    site = furnish(Whereabouts(data=tmp_path / "site"), course, "doubling", students=10)
    with serving(site, "--no-worker") as running:
        answers = hand_in_at_a_rate(site, running.address, arrays, rate=100, numbers=[*range(10)] * 2)
    found = kept(site)

    assert (answers.faults, len(answers.receipts)) == ((), 20)
    assert (found.attempts, found.reports, found.unfinished, found.twice, found.jumped) == (20, 0, 20, 0, 0)


def test_make_bench_measures_all_of_a_site() -> None:
    """A file with rows of a site that is run by itself is run there too, whatever those before it missed."""
    here = Path(__file__).parent
    alone = [each.stem for each in here.glob("service*.py") if "__main__" in each.read_text(encoding="utf-8")]
    recipe = (here.parents[1] / "Makefile").read_text(encoding="utf-8").partition("\nbench:")[2].partition("\n\n")[0]

    assert sorted(re.findall(r"\.(service\w*)", recipe)) == sorted(alone)


def test_a_percentile_is_the_time_within_which_that_share_came() -> None:
    """Whatever order they came in."""
    answers = Answers(receipts=tuple(number / 100 for number in (*range(50, 100), *range(50))), faults=())

    assert (answers.part(0.5), answers.part(0.99), answers.part(1.0)) == (0.5, 0.99, 0.99)
