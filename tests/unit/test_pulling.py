"""`grader pull canvas|moodle`: what students handed in there, in a folder that `grade` reads; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from grader.classes.platform_api.gradebook import By, PersonThere
from grader.classes.pulling.command import FetchRequest, fetch
from grader.classes.pulling.fetching import MOST_FILE
from grader.classes.pushing.matching import matched
from grader.cli.staff import staff_app
from grader.errors import Interrupted, SiteFailed, UsageError
from tests.unit.classes import row, work
from tests.unit.handed_in import collected, counted_files, reasons
from tests.unit.pushed_to import CANVAS, MOODLE, TOKEN, CanvasWithWork, MoodleWithWork, answers, hangs
from tests.unit.test_pushing import OF_CANVAS, OF_MOODLE, refusal

STORE = "https://store.example"


@pytest.fixture
def canvas() -> CanvasWithWork:
    return CanvasWithWork(people=OF_CANVAS)


@pytest.fixture
def moodle() -> MoodleWithWork:
    return MoodleWithWork(people=OF_MOODLE)


@pytest.fixture(params=["canvas", "moodle"])
def either(request: pytest.FixtureRequest) -> CanvasWithWork | MoodleWithWork:
    found: CanvasWithWork | MoodleWithWork = request.getfixturevalue(request.param)
    return found


def pulled(out: Path, fake: CanvasWithWork | MoodleWithWork, **more: Any) -> int:
    moodle = isinstance(fake, MoodleWithWork)
    given: dict[str, Any] = {"platform": "moodle" if moodle else "canvas", "source": MOODLE if moodle else CANVAS}
    request = FetchRequest(**(given | {"out": out, "given": TOKEN, "quiet": True} | more))
    return fetch(request, transport=fake.transport, sleep=list[float]().append)


def asked_for_files(fake: CanvasWithWork | MoodleWithWork) -> list[str]:
    return [request.url.path for request in fake.seen if "/files/" in request.url.path]


def test_what_was_handed_in_is_read_by_grade_with_who_it_is(
    tmp_path: Path, either: CanvasWithWork | MoodleWithWork
) -> None:
    """Names and ids as the platform has them; whoever handed in nothing is of the class."""
    either.work.hand_in("1", "lab.ipynb", b"ada")
    either.work.hand_in("3", "作业 1.ipynb", b"xiaoming")
    assert pulled(tmp_path / "in", either) == 0
    intake = collected(tmp_path / "in")

    assert sorted(counted_files(intake).values()) == [b"ada", b"xiaoming"]
    ada = next(one.student for one in intake.hand_ins if one.student.name == "Ada A")
    assert ada.email.casefold() == "ada@school.example"
    assert len(intake.hand_ins) + len(intake.absent) == len(either.people)
    assert not any(TOKEN in str(request.url) for request in either.seen)


def test_the_latest_attempt_counts_and_says_that_it_is_late(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """Older ones are not asked for; what was pulled before is set aside for what came later."""
    canvas.work.hand_in("1", "lab.ipynb", b"first")
    pulled(tmp_path / "in", canvas)
    canvas.work.hand_in("1", "other.ipynb", b"second", late=True)
    pulled(tmp_path / "in", canvas)
    intake = collected(tmp_path / "in")

    assert counted_files(intake) == {"Ada@School.example": b"second"}
    assert [one.late for one in intake.hand_ins] == [True]
    assert len(intake.set_aside) == 1
    assert len(asked_for_files(canvas)) == 2


def test_in_moodle_an_extension_and_a_due_date_decide_what_is_late(tmp_path: Path, moodle: MoodleWithWork) -> None:
    """By the moment at which it was handed in."""
    moodle.about = {"duedate": 1_000, "until": {"2": 3_000}}
    for who in ("1", "2", "3"):
        moodle.work.hand_in(who, "lab.ipynb", who.encode(), at=1_000 if who == "3" else 2_000)
    pulled(tmp_path / "in", moodle)
    intake = collected(tmp_path / "in")

    assert {one.student.name: one.late for one in intake.hand_ins} == {"Ada A": True, "Ben B": False, "王小明": False}


def test_in_moodle_what_is_only_begun_hides_no_earlier_attempt(
    tmp_path: Path, moodle: MoodleWithWork, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drafts are counted and not fetched."""
    moodle.work.hand_in("1", "lab.ipynb", b"handed in")
    moodle.work.hand_in("1", "lab.ipynb", b"begun", status="draft")
    moodle.work.hand_in("2", "lab.ipynb", b"begun", status="draft")
    pulled(tmp_path / "in", moodle)

    assert list(counted_files(collected(tmp_path / "in")).values()) == [b"handed in"]
    assert "not fetched: 2 attempts" in capsys.readouterr().err


def test_in_moodle_a_groups_work_is_everybodys(tmp_path: Path, moodle: MoodleWithWork) -> None:
    """One file, and a person with another group has none of it."""
    moodle.about = {"teamsubmission": True}
    moodle.people = [each | {"groupid": 7 if each["fullname"] in ("Ada A", "Ben B") else 8} for each in OF_MOODLE]
    moodle.work.hand_in("group 7", "lab.ipynb", b"ours")
    pulled(tmp_path / "in", moodle)

    assert set(counted_files(collected(tmp_path / "in"))) == {"ada@school.example", "bb2"}
    assert len(asked_for_files(moodle)) == 1


def test_all_attempts_come_in_a_folder_for_each_number(tmp_path: Path, either: CanvasWithWork | MoodleWithWork) -> None:
    """`grade` reads each, `grader join` all of them."""
    either.work.hand_in("1", "lab.ipynb", b"first")
    either.work.hand_in("1", "lab.ipynb", b"second")
    either.work.hand_in("2", "lab.ipynb", b"only")
    assert pulled(tmp_path / "in", either, everything=True) == 0

    found = [counted_files(collected(tmp_path / "in" / f"attempt_{number}")) for number in (1, 2)]
    assert [sorted(each.values()) for each in found] == [[b"first", b"only"], [b"second"]]


def test_what_is_there_is_not_fetched_again(tmp_path: Path, either: CanvasWithWork | MoodleWithWork) -> None:
    """A run that broke off goes on where it was; nobody's work is judged by what is missing meanwhile."""
    either.work.hand_in("1", "lab.ipynb", b"ada")
    last = either.work.hand_in("2", "lab.ipynb", b"ben")
    kept = either.work.files.pop(last)
    assert pulled(tmp_path / "in", either) == 3
    intake = collected(tmp_path / "in")
    assert list(counted_files(intake).values()) == [b"ada"]
    assert [student.name for student in intake.without_notebook] == ["Ben B"]

    either.work.files[last] = kept
    either.seen.clear()
    assert pulled(tmp_path / "in", either) == 0
    assert [path.removeprefix("/sub") for path in asked_for_files(either)] == [last]


def test_an_older_attempt_never_counts_for_one_that_could_not_be_fetched(
    tmp_path: Path, canvas: CanvasWithWork
) -> None:
    """It says instead what to do."""
    canvas.work.hand_in("1", "lab.ipynb", b"first")
    pulled(tmp_path / "in", canvas)
    lost = canvas.work.hand_in("1", "lab.ipynb", b"second")
    canvas.work.files[lost] = httpx.Response(404)
    assert pulled(tmp_path / "in", canvas) == 3
    intake = collected(tmp_path / "in")

    assert intake.hand_ins == ()
    assert "grader pull" in str(reasons(intake))


def test_nothing_that_lies_there_is_written_over(
    tmp_path: Path, canvas: CanvasWithWork, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even where the platform has another file: it is named."""
    canvas.work.hand_in("1", "lab.ipynb", b"theirs")
    pulled(tmp_path / "in", canvas)
    (file,) = (tmp_path / "in").rglob("lab.ipynb")
    file.write_bytes(b"edited by hand")
    assert pulled(tmp_path / "in", canvas) == 3

    assert file.read_bytes() == b"edited by hand"
    assert "is kept as it lies here" in capsys.readouterr().err


NAMES = [
    pytest.param("../../../etc/passwd.ipynb", id="upwards"),
    pytest.param("/etc/passwd.ipynb", id="from the root"),
    pytest.param("..", id="above"),
    pytest.param("", id="none"),
    pytest.param("a\0b\n\x1b[31m.ipynb", id="control characters"),
    pytest.param("x" * 5_000 + ".ipynb", id="long"),
    pytest.param("CON.ipynb", id="a device"),
    pytest.param(".grader", id="hidden"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_a_student_chose_leads_nowhere(tmp_path: Path, canvas: CanvasWithWork, name: str) -> None:
    """It is made harmless, and its file stays the student's."""
    canvas.work.hand_in("1", name, b"x")
    assert pulled(tmp_path / "in", canvas) == 0
    written = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.name not in ("pulled.json", ".pull.lock")
    ]

    (folder,) = {path.parent.parent for path in written}
    assert (folder.parent, len(written), written[0].name.isprintable()) == (tmp_path / "in", 1, True)


def test_two_files_of_one_name_are_two(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """Also on a disk that knows no capital letters."""
    canvas.work.hand_in("1", "lab.ipynb", b"one")
    canvas.work.attempts["1"][0]["files"] += [{"name": "LAB.ipynb", "path": "/files/101/download", "size": 3}]
    pulled(tmp_path / "in", canvas)
    assert len({path.name.casefold() for path in (tmp_path / "in").rglob("*.ipynb")}) == 2


def test_people_of_one_name_are_not_one_person(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """Somebody's login may be another's number."""
    canvas.people = [{"id": 1, "login_id": "same"}, {"id": 2, "sis_user_id": "Same"}, {"id": 3}]
    for who in ("1", "2", "3"):
        canvas.work.hand_in(who, "lab.ipynb", who.encode())
    pulled(tmp_path / "in", canvas)
    assert counted_files(collected(tmp_path / "in")) == {"canvas-1": b"1", "canvas-2": b"2", "3": b"3"}


def sent_on(place: str, status: int = 302) -> httpx.Response:
    return httpx.Response(status, headers={"Location": place})


def test_a_file_that_lies_elsewhere_is_fetched_without_the_token(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """As large sites keep theirs."""
    path = canvas.work.hand_in("1", "lab.ipynb", b"ada")
    canvas.work.files |= {"/stored/1": b"ada", path: sent_on(f"{STORE}/stored/1?signed=x")}
    assert pulled(tmp_path / "in", canvas) == 0
    assert canvas.seen[-1].url.host == "store.example"


ELSEWHERE = [
    "http://store.example/stored/1",
    "https://169.254.169.254/latest/meta-data/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://user:pass@store.example/",
    "file:///etc/passwd",
    "https://[",
]


@pytest.mark.parametrize("place", ELSEWHERE)
@pytest.mark.parametrize("how", ["redirect", "address"])
def test_nobody_is_sent_to_this_machine_or_past_https(
    tmp_path: Path, canvas: CanvasWithWork, place: str, how: str
) -> None:
    """Neither by a redirect nor by what the platform says that a file's address is."""
    path = canvas.work.hand_in("1", "lab.ipynb", b"ada")
    if how == "redirect":
        canvas.work.files[path] = sent_on(place)
    else:
        canvas.work.attempts["1"][0]["files"][0]["url"] = place
    assert pulled(tmp_path / "in", canvas) == 3
    assert {request.url.host for request in canvas.seen} == {"canvas.example"}


def test_a_file_that_is_sent_round_in_circles_is_given_up(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """After a few."""
    path = canvas.work.hand_in("1", "lab.ipynb", b"ada")
    canvas.work.files[path] = sent_on(path)
    assert pulled(tmp_path / "in", canvas) == 3
    assert len(asked_for_files(canvas)) == 5


def other_size(canvas: CanvasWithWork) -> None:
    canvas.work.attempts["1"][0]["files"][0]["size"] = 7


def too_large(canvas: CanvasWithWork) -> None:
    canvas.work.attempts["1"][0]["files"][0]["size"] = MOST_FILE + 1


def gone(canvas: CanvasWithWork) -> None:
    canvas.work.files["/files/101/download"] = httpx.Response(404)


def without_address(canvas: CanvasWithWork) -> None:
    canvas.work.attempts["1"][0]["files"][0]["url"] = None


@pytest.mark.parametrize("fault", [other_size, too_large, gone, without_address])
def test_a_file_that_is_not_to_be_had_costs_nobody_else_theirs(
    tmp_path: Path,
    canvas: CanvasWithWork,
    capsys: pytest.CaptureFixture[str],
    fault: Callable[[CanvasWithWork], None],
) -> None:
    """It is named, and is no empty submission."""
    canvas.work.hand_in("1", "lab.ipynb", b"ada")
    canvas.work.hand_in("2", "lab.ipynb", b"ben")
    fault(canvas)
    assert pulled(tmp_path / "in", canvas) == 3
    intake = collected(tmp_path / "in")

    assert counted_files(intake) == {"bb2": b"ben"}
    assert [student.name for student in intake.without_notebook] == ["Ada A"]
    assert "was not fetched" in capsys.readouterr().err


REFUSALS = [
    pytest.param(answers(401), UsageError, "push_wrong_token", id="token"),
    pytest.param(answers(403, json={"errors": [{"message": "no"}]}), UsageError, "push_forbidden", id="not allowed"),
    pytest.param(answers(404), UsageError, "push_not_there", id="no assignment"),
    pytest.param(answers(302, headers={"Location": f"{STORE}/x"}), UsageError, "push_redirected", id="sent on"),
    pytest.param(answers(200, text="<html>"), SiteFailed, "push_nonsense", id="a page"),
]


@pytest.mark.parametrize(("fault", "kind", "key"), REFUSALS)
def test_what_the_platform_refuses_with_is_said(
    tmp_path: Path, canvas: CanvasWithWork, fault: Any, kind: type[Exception], key: str
) -> None:
    """As `grader push` says it."""
    canvas.faults = [fault]
    with pytest.raises(kind) as error:
        pulled(tmp_path / "in", canvas)
    assert refusal(error) == key


def test_a_platform_that_stays_away_ends_the_run_and_keeps_what_came(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """The same command goes on."""
    canvas.work.hand_in("1", "lab.ipynb", b"ada")
    canvas.work.hand_in("2", "lab.ipynb", b"ben")
    canvas.faults_at = {"download": [lambda _request: None, *[hangs] * 5]}
    with pytest.raises(SiteFailed) as error:
        pulled(tmp_path / "in", canvas)
    assert refusal(error) == "push_failed"
    assert len(list((tmp_path / "in").rglob("*.ipynb"))) == 1
    assert pulled(tmp_path / "in", canvas) == 0


def test_ctrl_c_says_that_the_rest_can_be_fetched(tmp_path: Path, canvas: CanvasWithWork) -> None:
    """Exit code 130."""

    def stops(_request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    canvas.work.hand_in("1", "lab.ipynb", b"ada")
    canvas.faults_at = {"download": [stops]}
    with pytest.raises(Interrupted):
        pulled(tmp_path / "in", canvas)


def test_in_moodle_a_service_without_downloads_says_so_at_once(tmp_path: Path, moodle: MoodleWithWork) -> None:
    """With what Moodle said, and not for each file."""
    path = moodle.work.hand_in("1", "lab.ipynb", b"ada")
    said = {"error": "Web service file downloading must be enabled", "errorcode": "enabledirectdownload"}
    moodle.work.files[path] = httpx.Response(200, json=said)
    with pytest.raises(UsageError) as error:
        pulled(tmp_path / "in", moodle)
    assert refusal(error) == "push_forbidden"


def test_in_moodle_an_empty_list_for_want_of_rights_is_no_empty_class(tmp_path: Path, moodle: MoodleWithWork) -> None:
    """Moodle tells it as a warning."""
    warned = {"assignments": [], "warnings": [{"warningcode": "1", "message": "No access rights in module context"}]}
    moodle.faults_at = {"mod_assign_get_submissions": [answers(200, json=warned)]}
    with pytest.raises(UsageError) as error:
        pulled(tmp_path / "in", moodle)
    assert refusal(error) == "push_forbidden"


ANONYMOUS = {"anonymize_students": True, "blindmarking": True}


def test_an_assignment_without_names_is_refused(tmp_path: Path, either: CanvasWithWork | MoodleWithWork) -> None:
    """Nobody would learn whose anything is."""
    either.about = ANONYMOUS
    with pytest.raises(UsageError) as error:
        pulled(tmp_path / "in", either)
    assert refusal(error) == "push_anonymous"


def used(folder: Path) -> str:
    (folder / "lab.ipynb").write_bytes(b"x")
    return "pull_in_use"


def damaged(folder: Path) -> str:
    (folder / "pulled.json").write_text("{")
    return "pull_damaged"


def of_another(folder: Path) -> str:
    (folder / "pulled.json").write_text(json.dumps({"platform": "canvas", "place": "canvas https://x.example 1 2"}))
    return "pull_other_place"


@pytest.mark.parametrize("use", [used, damaged, of_another])
def test_a_folder_that_holds_something_else_is_left_alone(
    tmp_path: Path, canvas: CanvasWithWork, use: Callable[[Path], str]
) -> None:
    """With what to do."""
    canvas.work.hand_in("1", "lab.ipynb", b"ada")
    key = use(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(UsageError) as error:
        pulled(tmp_path, canvas)
    assert refusal(error) == key
    assert {path.name for path in tmp_path.iterdir()} - before == {".pull.lock"}


def test_a_list_that_is_none_leaves_folders_their_names(tmp_path: Path) -> None:
    """As of any class without a platform."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "lab.ipynb").write_bytes(b"x")
    (tmp_path / "pulled.json").write_text("[]")
    assert counted_files(collected(tmp_path)) == {"ada": b"x"}


def test_whoever_was_pulled_is_found_again_by_push(tmp_path: Path, either: CanvasWithWork | MoodleWithWork) -> None:
    """By the platform's own id, on that platform and on no other."""
    either.work.hand_in("1", "lab.ipynb", b"ada")
    pulled(tmp_path / "in", either)
    (student,) = (one.student for one in collected(tmp_path / "in").hand_ins)
    graded = row("somebody", work(30, 0), columns={**student.columns})
    people = [PersonThere(id="1", name="Ada A", known_by={By.ID: "1"})]
    own = "moodle" if isinstance(either, MoodleWithWork) else "canvas"

    assert set(matched([graded], people, own).persons) == {"somebody"}
    assert set(matched([graded], people, "canvas" if own == "moodle" else "moodle").persons) == set()


def test_the_command_takes_the_platforms_own_variable(tmp_path: Path) -> None:
    """And of a site what only a site has."""
    command = ["pull", "canvas", "--from", CANVAS, "--out", str(tmp_path / "in")]
    without = CliRunner().invoke(staff_app, command, env={"GRADER_TOKEN": TOKEN, "GRADER_CANVAS_TOKEN": ""})
    of_site = CliRunner().invoke(staff_app, [*command, "--course", "ml"], env={"GRADER_CANVAS_TOKEN": TOKEN})

    assert "in the variable GRADER_CANVAS_TOKEN" in str(without.exception)
    assert "--course and --assignment are for a site" in str(of_site.exception)
