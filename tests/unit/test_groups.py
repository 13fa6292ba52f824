"""Answers that are alike, from reports: what makes them one, and what keeps them apart."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.groups import Kind, Traits, groups_of, traits_of
from grader.classes.groups_command import GroupsRequest, GroupsShown, show_groups
from grader.classes.written_alike import united
from grader.errors import UsageError
from grader.judging.behaviour import AT_ONCE, rounded, told
from grader.messages import ENGLISH
from grader.notebook.submission.normal import digest, signs
from grader.report.audience import seen_by
from grader.report.report import Audience, Verdict
from grader.wall.protocol import Raised, Returned, StudentError
from grader.wall.values import array
from tests.unit.classes import ASKED, answered
from tests.unit.reports import report
from tests.unit.test_statistics_command import store

WROTE = """
def mean(values, weights=None):
    # what everybody does
    total = np.sum(values)
    return total / len(values)
"""


def traits(of: str, **more: Any) -> Traits:
    """A wrong answer."""
    known: dict[str, Any] = {"judged": ("failed",), "earned": 0, "right": False}
    return Traits(of=of, **(known | more))


def members(*answers: Traits) -> list[tuple[str, ...]]:
    """Who is with whom."""
    return sorted(group.members for group in groups_of(answers))


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("def average(x, w=None):\n    s = (np.sum(x))\n    return s / len( x )", True),
        (
            'def mean(x: list, w=None) -> float:\n    "The mean."\n    t = np.sum(x)\n    return t / len(x)',
            True,
        ),
        ("def mean(values, weights=None):\n    total = np.sum(values)\n    return len(values) / total", False),
        ("def mean(values, weights=0):\n    total = np.sum(values)\n    return total / len(values)", False),
        ("def mean(values, weights=None):\n    total = np.max(values)\n    return total / len(values)", False),
        (WROTE + "    print(values)\n", False),
    ],
    ids=["renamed", "annotated", "names swapped", "constant", "function", "never reached"],
)
def test_code_reads_alike_whatever_its_names_and_format(other: str, alike: bool) -> None:
    """Names of one's own, comments and layout say nothing; steps, constants, others' names and dead code do."""
    assert (digest(signs(WROTE)) == digest(signs(other))) is alike


def test_names_are_told_apart_scope_by_scope() -> None:
    """A name that another function uses as well is no link between the two."""
    one = "def f(x):\n    return x\ndef g(x):\n    return [y for y in x]"
    other = "def f(a):\n    return a\ndef g(b):\n    return [c for c in b]"
    assert digest(signs(one)) == digest(signs(other))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (0.1 + 0.2, 0.3, True),
        (1, 1.0, True),
        (1.0, 1.1, False),
        (array(np.array([1.0, 1e-17])), array(np.array([1.0, 0.0])), True),
        (array(np.array([1.0, 2.0])), array(np.array([[1.0, 2.0]])), False),
        (array(np.array([1.0, np.nan])), array(np.array([1.0, 0.0])), False),
        ([1, "a"], [1, "b"], False),
        (10**400, 10**401, False),
    ],
)
def test_answers_agree_if_their_numbers_nearly_do(one: Any, other: Any, alike: bool) -> None:
    """Sums in another order are the same answer; another shape, or no number, is another."""
    assert (rounded(one) == rounded(other)) is alike


def test_a_large_array_is_told_apart_as_a_small_one_is() -> None:
    """By its numbers in steps and by what stands where one is not finite, which an answer may have millions of."""
    many = np.linspace(0.0, 1.0, 2 * AT_ONCE)
    forms = {"as it is": many, "nearly": many * (1 + 1e-12), "otherwise": many[::-1], "cut": many[:-1]}
    odd = {
        name: np.where(many == 1.0, value, many) for name, value in (("nan", np.nan), ("inf", np.inf), ("-", -np.inf))
    }
    found = {name: rounded(array(each)) for name, each in (forms | odd).items()}
    assert found.pop("nearly") == found["as it is"]
    assert len(set(found.values())) == len(found)
    days = many.astype(np.int64).astype("<M8[D]")
    assert rounded(array(days)) == rounded(array(days.copy())) != rounded(array(days + 1))


def test_a_large_answer_takes_little_room_to_be_grouped_by() -> None:
    """Sixteen million entries that are no numbers, in two bytes each, took thirteen gigabytes and ended the grader."""
    held = array(np.full(1_000_000, np.nan, np.float16))
    tracemalloc.start()
    told(Returned(id=0, value=held))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * held.data.nbytes


def test_where_an_object_lay_says_nothing_of_an_error() -> None:
    """Else no two students would have raised the same."""
    raised = [Raised(id=0, error=StudentError(type="TypeError", text=f"<f at {at}>")) for at in ("0x7f", "0x8e")]
    assert told(raised[0]) == told(raised[1])
    assert told(raised[0]) != told(Returned(id=0, value=1))


def test_one_known_mistake_is_one_group_and_right_answers_are_another() -> None:
    """However the code of either reads."""
    found = groups_of(
        [
            traits("a", mistake="adds_two", behaviour="1", judged=("partial",)),
            traits("b", mistake="adds_two", behaviour="2"),
            traits("c", right=True, behaviour="1"),
            traits("d", right=True, behaviour="3"),
            traits("e", behaviour="2"),
        ]
    )
    assert sorted((each.kind, each.members, each.mistake) for each in found) == [
        (Kind.BEHAVES, ("e",), None),
        (Kind.MISTAKE, ("a", "b"), "adds_two"),
        (Kind.RIGHT, ("c", "d"), None),
    ]


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({"behaviour": "1", "reads_as": "y"}, True),
        ({"behaviour": "2", "reads_as": "x"}, True),
        ({"behaviour": "2", "reads_as": "y"}, False),
        ({"behaviour": "1", "reads_as": "x", "judged": ("partial",)}, False),
    ],
)
def test_unknown_mistakes_are_alike_if_they_behave_or_read_alike(second: dict[str, Any], alike: bool) -> None:
    """Unless they were judged otherwise."""
    assert (len(members(traits("a", behaviour="1", reads_as="x"), traits("b", **second))) == 1) is alike


@given(st.lists(st.tuples(st.sampled_from("12"), st.sampled_from("xy"), st.booleans()), max_size=8))
def test_every_answer_is_in_one_group_and_no_right_one_with_a_wrong_one(drawn: list[tuple[str, str, bool]]) -> None:
    """Whatever the digests are."""
    answers = [traits(str(at), behaviour=b, reads_as=r, right=good) for at, (b, r, good) in enumerate(drawn)]
    found = groups_of(answers)
    assert sorted(of for each in found for of in each.members) == [str(at) for at in range(len(drawn))]
    assert all(len({answers[int(of)].right for of in each.members}) == 1 for each in found)
    assert len({each.id for each in found}) == len(found)


def test_written_answers_are_alike_word_by_word() -> None:
    """But for what denies, and numbers, a word or two may differ."""
    texts = [
        "The gradient is zero for all negative inputs, so the unit dies.",
        "the gradient is **zero** for all negative inputs so the unit dies",
        "The gradient is zero for all negative inputs, so this unit dies.",
        "The gradient is not zero for all negative inputs, so the unit dies.",
        "The gradient is 0 for all negative inputs, so the unit dies.",
        "\u68af\u5ea6\u4e3a\u96f6",
        "\u68af\u5ea6\u4e0d\u4e3a\u96f6",
    ]
    assert [list(each) for each in united(texts)] == [[0, 1, 2], [3], [4], [5], [6]]


def test_what_we_could_not_grade_is_in_no_group() -> None:
    """Nothing is known of it."""
    result = answered(ASKED[0], 0).model_copy(update={"verdict": Verdict.NOT_GRADED})
    assert traits_of("ada", result) is None


def test_students_read_nothing_of_what_makes_groups() -> None:
    """Neither digest is in what they see, whatever is published."""
    result = answered(ASKED[0], 0).model_copy(update={"behaviour": "b" * 16, "reads_as": "c" * 16})
    for published in (False, True):
        seen = seen_by(report(result), Audience.STUDENT, published=published).exercises[0]
        assert (seen.behaviour, seen.reads_as) == (None, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class in which two made a mistake, and one did not."""
    points = {"ada": (30, None), "ben": (20, "adds_two"), "cem": (10, "adds_two")}
    return store(tmp_path / "class", {who: report(answered(ASKED[0], n, mistake=m)) for who, (n, m) in points.items()})


def shown(folder: Path, read: Callable[[], Any], **more: Any) -> GroupsShown:
    """The groups as JSON."""
    show_groups(GroupsRequest(folder=folder, json=Path("-"), **more), ENGLISH)
    return GroupsShown.model_validate_json(read().out)


def test_a_class_folder_tells_its_groups(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The largest first; on a terminal with who is in them."""
    found = shown(folder, capsys.readouterr).groups
    assert [(each.kind, each.students, each.earned) for each in found] == [
        (Kind.MISTAKE, ("ben", "cem"), None),
        (Kind.RIGHT, ("ada",), 30),
    ]
    show_groups(GroupsRequest(folder=folder), ENGLISH)
    assert 'the known mistake "adds two"' in capsys.readouterr().out


def test_a_group_is_marked_by_one_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each of its answers, but for one that somebody marked already; a file that is there stays."""
    group = shown(folder, capsys.readouterr).groups[0].id
    (folder / "marks.csv").write_text("student,exercise,points,override\nben,double,7,yes\n", encoding="utf-8")
    request = GroupsRequest(folder=folder, group=group, marks=folder / "more.csv", points=12, comment="See slide 4.")
    show_groups(request, ENGLISH)
    lines = (folder / "more.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:5] for line in lines[1:]] == [["cem", "double", "12", "See slide 4.", "yes"]]
    with pytest.raises(UsageError):
        show_groups(request, ENGLISH)


def test_a_check_of_a_group_is_marked_by_one_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a mark of another check, but neither beside one of that check nor beside one of all of the exercise."""
    group = shown(folder, capsys.readouterr).groups[0].id
    for number, (marked, left) in enumerate(
        [("ben,double,check1,7", ["ben", "cem"]), ("ben,double,check2,7", ["cem"])]
    ):
        (folder / "marks.csv").write_text(f"student,exercise,check,points\n{marked}\n", encoding="utf-8")
        file = folder / f"more{number}.csv"
        show_groups(GroupsRequest(folder=folder, group=group, marks=file, check="check2", points=5), ENGLISH)
        head, *lines = file.read_text(encoding="utf-8-sig").splitlines()
        assert head.split(",")[4] == "check"
        assert [line.split(",")[0] for line in lines] == left


WRONG: list[dict[str, Any]] = [
    {"points": 31},
    {"points": -1},
    {"group": "none"},
    {"exercise": "triple"},
    {"check": "none"},
    {"check": "check2", "points": 11},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_a_group_cannot_be_given_is_refused(folder: Path, wrong: dict[str, Any]) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError):
        show_groups(GroupsRequest(**({"folder": folder, "marks": folder / "more.csv"} | wrong)), ENGLISH)
    assert not (folder / "more.csv").exists()
