"""`grader push`: a class into Canvas and Moodle by their API. Nothing goes twice; what others gave there stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from grader.classes.platform_api.asking import Asking
from grader.classes.platform_api.secret import checked, token
from grader.classes.pushing.command import PushRequest, push
from grader.cli.staff import staff_app
from grader.errors import SiteFailed, UsageError
from grader.message import Message, say
from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from grader.report.report import Report, Verdict
from tests.unit.classes import ASKED, answered, class_of, row, work
from tests.unit.pushed_to import CANVAS, MOODLE, TOKEN, Fake, FakeCanvas, FakeMoodle, answers, hangs
from tests.unit.reports import exercise, report
from tests.unit.test_handing_back import hiding
from tests.unit.test_statistics_command import LAB

#: what each earned of 50, and how the roster knows them
CLASS: dict[str, tuple[Any, dict[str, Any]]] = {
    "ada": (work(30, 20), {"email": "ada@school.example"}),
    "ben": (work(20, 0), {"columns": {"login": "BB2"}}),
    "王小明": (work(30, 0), {"name": "王小明", "columns": {"学号": "2027001"}}),
    "cem": (work(0, 20), {}),
    "dora": (None, {"email": "dora@school.example"}),
}
OF_CANVAS = [
    {"id": 1, "name": "Ada A", "email": "Ada@School.example"},
    {"id": 2, "name": "Ben B", "login_id": "bb2"},
    {"id": 3, "name": "王小明", "sis_user_id": "2027001"},
    {"id": 4, "name": "Dora D", "email": "dora@school.example"},
    {"id": 5, "name": "Eve E", "login_id": "eve"},
]
OF_MOODLE = [
    {"id": 1, "fullname": "Ada A", "email": "ada@school.example"},
    {"id": 2, "fullname": "Ben B", "username": "bb2"},
    {"id": 3, "fullname": "王小明", "idnumber": "2027001"},
    {"id": 4, "fullname": "Dora D", "email": "dora@school.example"},
]


@pytest.fixture
def canvas() -> FakeCanvas:
    return FakeCanvas(people=OF_CANVAS)


@pytest.fixture
def moodle() -> FakeMoodle:
    return FakeMoodle(people=OF_MOODLE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return stored(tmp_path / "class", CLASS)


def stored(folder: Path, people: dict[str, tuple[Any, dict[str, Any]]]) -> Path:
    """A class folder as `grade --out` leaves it."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for student, (found, _) in people.items():
        if found is not None:
            text = RENDERERS["json"](found.model_copy(update={"assignment": LAB}))
            (folder / "reports" / f"{student}.json").write_text(text, encoding="utf-8")
    rows = [row(student, found, **more) for student, (found, more) in people.items()]
    (folder / "class.json").write_text(CLASS_RENDERERS["json"](class_of(*rows), ()), encoding="utf-8")
    return folder


def waiting() -> Report:
    """30 points by machine, and an answer worth 20 that waits for a person."""
    text = exercise(id="why", title="Why", verdict=Verdict.TO_MARK, earned=0, to_mark=20, message=say("marked"))
    return report(answered(ASKED[0], 30), text)


def pushed(home: Path, fake: Fake, **more: Any) -> int:
    moodle = isinstance(fake, FakeMoodle)
    given: dict[str, Any] = {"platform": "moodle" if moodle else "canvas", "to": MOODLE if moodle else CANVAS}
    given |= {"folder": home, "given": TOKEN, "apply": True}
    request = PushRequest(**(given | more))
    return push(request, transport=fake.transport, sleep=list[float]().append)


def refusal(error: pytest.ExceptionInfo[Exception]) -> str:
    said = error.value.args[0]
    assert isinstance(said, Message)
    return said.key


def table(text: str) -> dict[str, str]:
    """The lines of what was shown, by their first word."""
    return {line.split()[0]: " ".join(line.split()[1:]) for line in text.splitlines() if line.strip()}


def test_without_apply_it_shows_and_changes_nothing(
    home: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has what there, what would be sent, who is not found, who has no grade."""
    canvas.grades = {"1": 50, "2": 3.5}
    assert pushed(home, canvas, apply=False) == 0
    shown = table(capsys.readouterr().out)

    assert shown["ada"] == "Ada A 50 50 the same already"
    assert shown["ben"] == "Ben B 3.5 20 kept: given or changed there"
    assert shown["王小明"] == "王小明 - 30 send"
    assert shown["cem"] == "- - 20 not found there"
    assert shown["dora"] == "Dora D - - no grade here"
    assert (canvas.sent, (home / ".grader").exists()) == ([], False)
    assert {request.method for request in canvas.seen} == {"GET"}


def test_apply_sends_what_is_not_there_and_a_second_time_nothing(home: Path, canvas: FakeCanvas) -> None:
    """By numbers, logins and addresses; the job is followed to its end."""
    canvas.grades = {"1": 50}
    assert pushed(home, canvas) == 0
    assert canvas.sent == [{"grade_data[2][posted_grade]": "20.00", "grade_data[3][posted_grade]": "30.00"}]
    assert canvas.looks == 2
    assert pushed(home, canvas) == 0
    assert len(canvas.sent) == 1


def test_moodle_gets_its_own_scale_by_its_web_services(
    home: Path, moodle: FakeMoodle, capsys: pytest.CaptureFixture[str]
) -> None:
    """50 points here are 100 there, which is said; the token is in the form and in no address."""
    moodle.grades = {"1": None}
    assert pushed(home, moodle) == 0

    assert moodle.grades == {"1": 100, "2": 40, "3": 60}
    assert "Out of 50 points here and 100 there" in capsys.readouterr().out
    assert {request.method for request in moodle.seen} == {"POST"}
    assert not any(TOKEN in str(request.url) for request in moodle.seen)


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_what_was_changed_there_stays_unless_it_is_overwritten(
    home: Path, platform: str, request: pytest.FixtureRequest
) -> None:
    """Ours may be replaced by ours; a teacher's, or one they took away, is not."""
    fake: Fake = request.getfixturevalue(platform)
    scale = 1 if platform == "canvas" else 2
    pushed(home, fake)
    fake.grades |= {"2": 41 * scale, "3": None}
    stored(home, CLASS | {"ada": (work(10, 0), {"email": "ada@school.example"})})

    assert pushed(home, fake) == 0
    assert fake.grades == {"1": 10 * scale, "2": 41 * scale, "3": None}
    assert pushed(home, fake, overwrite=True) == 0
    assert fake.grades == {"1": 10 * scale, "2": 20 * scale, "3": 30 * scale}


def test_whoever_is_excused_there_stays_so(home: Path, canvas: FakeCanvas) -> None:
    """Even where grades are overwritten."""
    canvas.grades, canvas.about = {"2": None}, {"excused": ("2",)}
    pushed(home, canvas, overwrite=True)
    assert canvas.grades["2"] is None


def test_comments_hold_what_the_student_may_see_and_go_once(home: Path, canvas: FakeCanvas, moodle: FakeMoodle) -> None:
    """Only if they are asked for; to a grade that is there already, too."""
    pushed(home, canvas)
    assert canvas.comments == {}
    for fake in (canvas, moodle):
        pushed(home, fake, comments=True)
        pushed(home, fake, comments=True)
        assert fake.comments["2"] == ["Double it: 20 of 30\nHalve it: 0 of 20"]


def test_what_is_withheld_from_a_student_is_in_no_comment(tmp_path: Path, canvas: FakeCanvas) -> None:
    """It counts in the grade, and its exercise is not told."""
    folder = stored(tmp_path / "class", {"eve": (hiding(), {})})
    pushed(folder, canvas, comments=True)
    assert (canvas.grades, canvas.comments) == ({"5": 30}, {"5": ["Halve it: 0 of 20"]})


def test_marks_of_people_count_and_are_told(home: Path, canvas: FakeCanvas) -> None:
    """As they stand in marks.csv now."""
    marks = "student,exercise,points,comment,override\nben,halve,15,Well argued.,yes\n"
    (home / "marks.csv").write_text(marks, encoding="utf-8")
    pushed(home, canvas, comments=True)
    assert canvas.grades["2"] == 35
    assert canvas.comments["2"] == ["Double it: 20 of 30\nHalve it: 15 of 20 (Well argued.)"]


def test_whoever_waits_for_a_mark_that_others_have_gets_no_grade(tmp_path: Path, canvas: FakeCanvas) -> None:
    """Their points are not all there."""
    people: dict[str, tuple[Any, dict[str, Any]]] = {
        "ada": (waiting(), {"email": "ada@school.example"}),
        "eve": (waiting(), {}),
    }
    home = stored(tmp_path / "class", people)
    (home / "marks.csv").write_text("student,exercise,points,comment\neve,why,10,\n", encoding="utf-8")
    canvas.about = {"points_possible": 70.0}
    pushed(home, canvas)
    assert canvas.grades == {"5": 40}


def test_points_that_nobody_was_given_yet_are_told(
    tmp_path: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has a mark, so grades are out of fewer points."""
    pushed(stored(tmp_path / "class", {"eve": (waiting(), {})}), canvas, apply=False)
    assert "Without marks that people have yet to give: 1 student." in capsys.readouterr().err


FAULTS = [
    pytest.param(answers(429, headers={"Retry-After": "3"}), id="429"),
    pytest.param(answers(403, text="403 Forbidden (Rate Limit Exceeded)"), id="as Canvas used to say it"),
    pytest.param(answers(503), id="503"),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", ["34", "users", "update_grades", "7"])
def test_a_platform_that_asks_for_patience_gets_it(home: Path, canvas: FakeCanvas, at: str, fault: Any) -> None:
    """Wherever it is, and nothing goes twice."""
    canvas.faults_at = {at: [fault]}
    assert pushed(home, canvas) == 0
    assert (canvas.grades, len(canvas.sent)) == ({"1": 50, "2": 20, "3": 30}, 1)


def test_we_wait_as_long_as_we_are_asked_to(home: Path, canvas: FakeCanvas) -> None:
    """And whoever asks for hours is told so."""
    waited: list[float] = []
    canvas.faults = [answers(429, headers={"Retry-After": "7"})]
    request = PushRequest(platform="canvas", folder=home, to=CANVAS, given=TOKEN)
    push(request, transport=canvas.transport, sleep=waited.append)
    assert 7 <= waited[0] < 10

    canvas.faults = [answers(429, headers={"Retry-After": "7200"})]
    with pytest.raises(SiteFailed) as error:
        pushed(home, canvas)
    assert refusal(error) == "push_busy"


@pytest.mark.parametrize("fault", [answers(500), hangs], ids=["500", "hang"])
@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_a_read_is_asked_again(home: Path, platform: str, fault: Any, request: pytest.FixtureRequest) -> None:
    """It changes nothing."""
    fake: Fake = request.getfixturevalue(platform)
    fake.faults = [fault, fault]
    assert pushed(home, fake) == 0


def after_taking(fake: Fake) -> Any:
    """The platform does it, and then fails to say so."""

    def fault(request: httpx.Request) -> httpx.Response:
        fake.answer(request)
        return httpx.Response(500)

    return fault


@pytest.mark.parametrize("happened", ["taken", "not taken", "hang"])
@pytest.mark.parametrize(("platform", "at"), [("canvas", "update_grades"), ("moodle", "mod_assign_save_grades")])
def test_a_failure_in_the_middle_is_resumed_and_nothing_comes_twice(
    home: Path, platform: str, at: str, happened: str, request: pytest.FixtureRequest
) -> None:
    """Nobody knows whether it came; the same command looks, and sends the rest with its comments."""
    fake: Fake = request.getfixturevalue(platform)
    fault = {"taken": after_taking(fake), "not taken": answers(500), "hang": hangs}[happened]
    fake.faults_at = {at: [fault]}
    with pytest.raises(SiteFailed):
        pushed(home, fake, comments=True)
    assert pushed(home, fake, comments=True) == 0

    assert fake.grades.keys() == {"1", "2", "3"}
    assert {who: len(texts) for who, texts in fake.comments.items()} == {"1": 1, "2": 1, "3": 1}


def test_a_large_class_goes_some_at_a_time_and_goes_on_where_it_ended(tmp_path: Path, moodle: FakeMoodle) -> None:
    """What came before the failure is not sent again."""
    found = work(30, 0)
    home = stored(tmp_path / "class", {f"s{number}": (found, {}) for number in range(101)})
    moodle.people = [{"id": number, "fullname": "S", "username": f"s{number}"} for number in range(101)]
    moodle.faults_at = {"mod_assign_save_grades": [lambda _request: None, answers(500)]}
    with pytest.raises(SiteFailed):
        pushed(home, moodle)
    assert len(moodle.grades) == 100
    assert pushed(home, moodle) == 0
    assert (len(moodle.grades), [form["grades[0][userid]"] for form in moodle.sent[1:]]) == (101, ["100"])


def test_a_grade_of_ours_whose_arrival_nobody_noted_is_ours(home: Path, canvas: FakeCanvas) -> None:
    """The run ended before it looked; then the points changed."""
    canvas.faults_at = {"update_grades": [after_taking(canvas)]}
    with pytest.raises(SiteFailed):
        pushed(home, canvas)
    stored(home, CLASS | {"ben": (work(10, 0), {"columns": {"login": "bb2"}})})
    pushed(home, canvas)
    assert canvas.grades["2"] == 10


def test_a_line_that_was_cut_short_counts_for_nothing(home: Path, canvas: FakeCanvas) -> None:
    """The machine went down while it was written; what comes after it is read."""
    pushed(home, canvas)
    journal = home / ".grader" / "pushed.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"place":"canv')
    stored(home, CLASS | {"ben": (work(10, 0), {"columns": {"login": "bb2"}})})
    assert pushed(home, canvas) == 0
    stored(home, CLASS)
    assert pushed(home, canvas) == 0
    assert canvas.grades["2"] == 20
    assert TOKEN.encode() not in journal.read_bytes()


def test_what_does_not_arrive_is_named(home: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str]) -> None:
    """The job is done, and the grade is not there: 3, and it is sent again the next time."""
    canvas.locked = {"2"}
    assert pushed(home, canvas) == 3
    assert "1 (ben)" in capsys.readouterr().err
    canvas.locked = set()
    assert pushed(home, canvas) == 0
    assert canvas.grades["2"] == 20


REFUSED = [
    pytest.param("canvas", {"published": False}, "push_unpublished", id="unpublished"),
    pytest.param("canvas", {"in_closed_grading_period": True}, "push_locked", id="closed period"),
    pytest.param("canvas", {"grading_type": "pass_fail"}, "push_no_points", id="complete or not"),
    pytest.param("canvas", {"anonymize_students": True}, "push_anonymous", id="anonymous"),
    pytest.param("moodle", {"grade": -2}, "push_no_points", id="a scale"),
    pytest.param("moodle", {"markingworkflow": 1}, "push_workflow", id="marking workflow"),
    pytest.param("moodle", {"blindmarking": 1}, "push_anonymous", id="blind marking"),
    pytest.param("moodle", {"id": 10}, "push_not_there", id="no such assignment"),
]


@pytest.mark.parametrize(("platform", "about", "key"), REFUSED)
def test_a_column_that_takes_no_grades_is_named_before_anything_is_sent(
    home: Path, platform: str, about: dict[str, Any], key: str, request: pytest.FixtureRequest
) -> None:
    """With what to do, and exit code 2."""
    fake: Fake = request.getfixturevalue(platform)
    fake.about = about
    with pytest.raises(UsageError) as error:
        pushed(home, fake)
    assert (refusal(error), fake.sent) == (key, [])


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_a_wrong_token_is_told_in_clear_words(home: Path, platform: str, request: pytest.FixtureRequest) -> None:
    """And is not repeated."""
    with pytest.raises(UsageError) as error:
        pushed(home, request.getfixturevalue(platform), given="another-token")
    assert refusal(error) == "push_wrong_token"
    assert "another-token" not in str(error.value)


def test_a_token_follows_no_redirect_and_no_page_elsewhere(home: Path, canvas: FakeCanvas) -> None:
    """It goes to the site that was named and to nobody else."""
    canvas.faults = [answers(302, headers={"Location": "https://evil.example/"})]
    with pytest.raises(UsageError) as error:
        pushed(home, canvas)
    assert refusal(error) == "push_redirected"
    canvas.about = {"next": "https://evil.example/users?page=2"}
    with pytest.raises(UsageError) as error:
        pushed(home, canvas)
    assert refusal(error) == "push_elsewhere"
    assert {request.url.host for request in canvas.seen} == {"canvas.example"}


NONSENSE = [
    pytest.param(answers(200, text="<html>Log in</html>"), "push_nonsense", id="a page"),
    pytest.param(answers(200, content=b"[" * (17 * 1024 * 1024)), "push_too_much", id="endless"),
    pytest.param(answers(200, json={"id": "x"}), "push_nonsense", id="another shape"),
]


@pytest.mark.parametrize(("fault", "key"), NONSENSE)
def test_what_is_no_answer_of_the_platform_is_said_to_be_none(
    home: Path, canvas: FakeCanvas, fault: Any, key: str
) -> None:
    """Exit code 3."""
    canvas.faults = [fault]
    with pytest.raises(SiteFailed) as error:
        pushed(home, canvas)
    assert refusal(error) == key


def test_an_answer_that_trickles_ends_at_our_deadline() -> None:
    """However often a byte comes."""
    times = iter(range(0, 10_000, 50))
    slow = httpx.MockTransport(lambda _request: httpx.Response(200, content=(b" " for _ in range(100))))
    with (
        Asking("https://x.example", headers={}, transport=slow, clock=lambda: next(times)) as asking,
        pytest.raises(SiteFailed) as error,
    ):
        asking.read("slow")
    assert refusal(error) == "push_too_much"


@pytest.mark.parametrize(("state", "key"), [("failed", "push_job_failed"), ("running", "push_job_hangs")])
def test_a_job_that_comes_to_no_good_end_is_told(home: Path, canvas: FakeCanvas, state: str, key: str) -> None:
    """Once it has been followed for long enough."""
    canvas.about = {"job": state}
    with pytest.raises(SiteFailed) as error:
        pushed(home, canvas)
    assert refusal(error) == key


def test_a_class_of_nobody_sends_nothing(
    tmp_path: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says so."""
    assert pushed(stored(tmp_path / "empty", {}), canvas) == 0
    assert "There is nobody in the class." in capsys.readouterr().out
    assert canvas.sent == []


def test_whoever_could_be_two_people_gets_nothing(
    tmp_path: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor do two who are found as one person; an id of a roster of one's own is none of the platform's."""
    people: dict[str, tuple[Any, dict[str, Any]]] = {
        "ada": (work(30, 20), {"email": "ada@school.example", "columns": {"login": "bb2"}}),
        "eve": (work(30, 0), {}),
        "EVE": (work(10, 0), {}),
        "3": (work(30, 0), {"columns": {"id": "3"}}),
    }
    assert pushed(stored(tmp_path / "class", people), canvas) == 0
    shown = table(capsys.readouterr().out)

    assert shown["ada"].endswith("could be several people there")
    assert shown["eve"].endswith("the same person there as another student")
    assert shown["3"].endswith("not found there")
    assert canvas.sent == []


def test_canvas_finds_people_by_the_ids_of_its_own_gradebook(tmp_path: Path, canvas: FakeCanvas) -> None:
    """Beside Canvas's other headings an id is Canvas's."""
    columns = {"id": "5", "sis login id": "changed"}
    pushed(stored(tmp_path / "class", {"x": (work(30, 0), {"columns": columns})}), canvas)
    assert canvas.grades == {"5": 30}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_speaks_the_language_that_was_asked_for(
    home: Path, canvas: FakeCanvas, capsys: pytest.CaptureFixture[str], language: Any
) -> None:
    """The table, and what is said after it."""
    pushed(home, canvas, language=language, apply=False)
    shown = capsys.readouterr()
    assert ("发送" in shown.out, "没有发送" in shown.err) == (language == "zh", language == "zh")


ADDRESSES = [
    ("https://canvas.example/courses/1/assignments/2", True),
    ("http://127.0.0.1:8000/courses/1/assignments/2", True),
    ("http://[::1]:8000/x", True),
    ("http://localhost/x", True),
    ("http://canvas.example/courses/1/assignments/2", False),
    ("http://127.0.0.1.evil.example/", False),
    ("https://user:pass@canvas.example/", False),
    ("https://canvas.example:port/", False),
    ("canvas.example", False),
    ("https://[", False),
]


@pytest.mark.parametrize(("address", "goes"), ADDRESSES)
def test_a_token_goes_where_nobody_can_listen(address: str, goes: bool) -> None:
    """Over https, or on this machine."""
    try:
        assert checked(address) == address
        assert goes
    except UsageError as error:
        assert not goes
        assert error.exit_code == 2  # noqa: PT017  # either way is right for some


@pytest.mark.parametrize("to", ["https://canvas.example/courses/1", "https://moodle.example/mod/quiz/view.php?id=3"])
@pytest.mark.parametrize("fake", [FakeCanvas(), FakeMoodle()], ids=["canvas", "moodle"])
def test_an_address_of_something_else_is_refused(home: Path, fake: Fake, to: str) -> None:
    """With an example of a right one."""
    with pytest.raises(UsageError) as error:
        pushed(home, fake, to=to)
    assert refusal(error).endswith("_address")


def secrets(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    for mode, key in ((0o600, ""), (0o400, ""), (0o640, "push_token_open"), (0o604, "push_token_open")):
        file = tmp_path / f"{mode:o}"
        file.write_text(f"{TOKEN}\n")
        file.chmod(mode)
        yield file, key
    yield tmp_path, "push_token_unreadable"
    yield tmp_path / "none", "push_token_unreadable"


def test_a_file_with_a_token_is_its_owners_alone(tmp_path: Path) -> None:
    """Whoever else could read it could give grades."""
    for file, key in secrets(tmp_path):
        if not key:
            assert token(None, file, variable="X") == TOKEN
            continue
        with pytest.raises(UsageError) as error:
            token(None, file, variable="X")
        assert refusal(error) == key


@pytest.mark.parametrize(("given", "key"), [(None, "push_no_token"), ("", "push_no_token"), ("a b", "push_odd_token")])
def test_without_a_token_it_says_where_one_comes_from(given: str | None, key: str) -> None:
    """Before anybody is asked anything."""
    with pytest.raises(UsageError) as error:
        token(given, None, variable="GRADER_CANVAS_TOKEN")
    assert refusal(error) == key


@pytest.mark.parametrize(
    ("platform", "variable"), [("canvas", "GRADER_CANVAS_TOKEN"), ("moodle", "GRADER_MOODLE_TOKEN")]
)
def test_each_platform_has_a_variable_of_its_own(home: Path, platform: str, variable: str) -> None:
    """The other one's token is not taken for it, and nothing is said of what it holds."""
    command = ["push", platform, str(home), "--to", "http://x.example/"]
    own = CliRunner().invoke(staff_app, command, env={variable: TOKEN})
    others = {"GRADER_CANVAS_TOKEN": TOKEN, "GRADER_MOODLE_TOKEN": TOKEN} | {variable: ""}
    other = CliRunner().invoke(staff_app, command, env=others)

    assert "over https alone" in str(own.exception)
    assert f"in the variable {variable}" in str(other.exception)
    assert TOKEN not in f"{own.exception}{other.exception}"


def test_what_is_not_installed_is_named_with_the_extra_that_brings_it(home: Path) -> None:
    """In the words of whoever asks."""
    script = (
        "import sys; sys.modules['httpx'] = None\n"
        f"sys.argv = ['grader', 'push', 'canvas', {str(home)!r}, '--to', {CANVAS!r}]\n"
        "from grader.cli.staff import grader_command; grader_command()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, "notebook-grader[service]" in done.stderr) == (2, True)
