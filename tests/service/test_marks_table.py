"""`marks.csv` of a site: written with what counts and what waits, taken in whole or not at all, the same either way."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import update

from grader.messages import english
from grader.policy.marking import NotSaved, Why
from grader.service.marking.rubrics import Worded, add_item
from grader.service.marking.table import Taken, marks_table, take
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.mark_tables import RubricEntry
from grader.service.store.tables import Membership
from tests.service.classroom import Classroom, furnish
from tests.service.grading import graded, two
from tests.service.marked import decide, row_of, stands, with_written, written
from tests.service.staff import actions

HEAD = "student,exercise,points,comment"
ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture
def room(site: Site) -> Classroom:
    """Ada and Bob have handed in what a person marks."""
    room = with_written(furnish(site))
    graded(room, "ada", written(40, 30))
    graded(room, "bob", written())
    return room


def imported(room: Classroom, *lines: str, head: str = HEAD, partial: bool = False) -> Taken | NotSaved:
    """What becomes of a table with these lines."""
    data = "\n".join([head, *lines, ""]).encode()
    with room.site.database.begin() as session:
        actor = Actor(person_id=room.people["ines"])
        return take(session, room.opening_id, data, actor=actor, now=room.site.now(), partial=partial)


def table(room: Classroom) -> str:
    with room.site.database.read() as session:
        return marks_table(session, room.opening_id)


@pytest.mark.parametrize(
    "comment",
    ['=SUM(A1), "quoted"\nand a second line', "\n\t=SUM(A1)", "'=SUM(A1)", " blanks around it\r\nand \a a bell\n"],
    ids=["a formula", "a formula after blanks", "a formula told to be text", "what no table holds"],
)
def test_a_table_is_taken_as_it_was_written(room: Classroom, comment: str) -> None:
    """Whatever the comment holds: then nothing changes; another mark is another decision."""
    attempt_id = graded(room, "ada", written())
    decide(room, attempt_id, 15, comment=comment)
    decide(room, attempt_id, 39, exercise="my_softmax")
    lines = table(room).removeprefix("\ufeff")

    assert lines.startswith(f"{HEAD},override,attempt\n")
    assert not [each for line in csv.reader(io.StringIO(lines)) for each in line if each.lstrip().startswith("=")]
    assert f"{BOB},why,,,," in lines
    head, *rest = lines.splitlines()
    assert imported(room, *rest, head=head) == Taken(changed=0, unchanged=2, faults=())
    assert imported(room, f"{ADA},why,16,") == Taken(changed=1, unchanged=0, faults=())
    assert (row_of(room, attempt_id).marks or {})["why"].version == 2


def test_a_table_leaves_the_items_of_a_mark_that_it_does_not_change(room: Classroom) -> None:
    """No table tells of them: as it was written, it takes them from nobody."""
    attempt_id = graded(room, "ada", written())
    with room.site.database.begin() as session:
        actor, worded = Actor(person_id=room.people["greta"]), Worded(points=10, words="The bound.")
        item = add_item(session, room.opening_id, "why", worded, actor=actor, now=room.site.now())
        assert isinstance(item, RubricEntry)
    decide(room, attempt_id, 2, items=(item.id,))
    head, *rest = table(room).removeprefix("\ufeff").splitlines()

    assert imported(room, *rest, head=head) == Taken(changed=0, unchanged=1, faults=())

    given = (row_of(room, attempt_id).marks or {})["why"].given
    assert given is not None
    assert ([each.words for each in given.items], given.points) == (["The bound."], 12)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("eve@example.org,why,1,", 'nobody called "eve@example.org"', id="unknown student"),
        pytest.param(f"{ADA},who,1,", 'no exercise "who"', id="unknown exercise"),
        pytest.param(f"{ADA},why,-1,", "-1, below 0", id="negative"),
        pytest.param(f"{ADA},why,21,", "more than the 20", id="too many"),
        pytest.param(f"{ADA},why,NaN,", "no whole number", id="NaN"),
        pytest.param(f"{ADA},why,=1+1,", 'begins with "="', id="a formula"),
        pytest.param(f"{ADA},model,1,", "graded by the machine", id="a machine's"),
        pytest.param(f"{BOB.upper()},why,1,", 'nobody called "BOB', id="another spelling"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_applied_but_with_partial(room: Classroom, line: str, fault: str) -> None:
    """As by command."""
    refused = imported(room, f"{BOB},why,10,", line)
    assert isinstance(refused, NotSaved)
    assert [english(each).startswith("line 3: ") and fault in english(each) for each in refused.faults] == [True]
    assert stands(room, "bob") == ("80", 100, 20)

    taken = imported(room, f"{BOB},why,10,", line, partial=True)

    assert isinstance(taken, Taken)
    assert (taken.changed, taken.faults) == (1, refused.faults)
    assert stands(room, "bob") == ("90", 120, 0)
    assert actions(room.site)[-1] == "marks.imported"


def test_a_mark_of_an_older_attempt_is_named(room: Classroom) -> None:
    """The table says of which file each line is; where another counts by now, somebody has to look at it."""
    head, *lines = table(room).removeprefix("\ufeff").splitlines()
    given = [line.replace(",,,", ",7,,") for line in lines if line.startswith(ADA)]
    graded(room, "ada", written())

    refused = imported(room, *given, head=head)

    assert isinstance(refused, NotSaved)
    assert "counts by now" in english(refused.faults[0])


def test_two_lines_for_one_exercise_are_wrong_however_the_student_is_called(room: Classroom) -> None:
    """By address or number."""
    with room.site.database.begin() as session:
        session.execute(update(Membership).where(Membership.person_id == room.people["ada"]).values(number="77"))
    refused = imported(room, "77,why,10,", f"{ADA},why,11,")

    assert isinstance(refused, NotSaved)
    assert "in line 2 as well" in english(refused.faults[0])


def test_what_is_no_table_is_refused_as_such(room: Classroom) -> None:
    """In the words of the command."""
    refused = imported(room, "1,2", head="name,points")

    assert isinstance(refused, NotSaved)
    assert refused.why is Why.FAULTY
    assert "no column student" in english(refused.message)


def test_an_override_is_a_mark_on_what_the_machine_graded(room: Classroom) -> None:
    """With a yes."""
    graded(room, "ada", two(40, 10))
    imported(room, f"{BOB},model,25,A slip.,yes", head=f"{HEAD},override")

    assert stands(room, "bob")[0] == "65"
