"""Which submissions of a class are worth reading together: what hides no copy, what is no pair, by which rule."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.likeness.comparing import ComparedClass, compared, submitted
from grader.classes.likeness.known import handed_out
from grader.classes.likeness.pairs import SMALL_CLASS
from grader.classes.likeness.traces import WrittenAnswer, traced
from grader.course.folder import Course
from grader.notebook.submission.arranged import arranged
from grader.notebook.submission.winnowing import LEAST, winnowed
from grader.report.report import Report, Verdict
from tests.likeness_class import LAB, ROOT, MadeClass, made, report_of

WROTE = """
def step(parameters, cache, x, y):
    '''One step.'''
    size = x.shape[1]
    first = cache["A1"]
    error = cache["A2"] - y
    inner = np.dot(parameters["W2"].T, error) * (1 - np.square(first))
    return {"dW1": np.dot(inner, x.T) / size, "dW2": np.dot(error, first.T) / size}
"""
DISGUISED = """
import numpy
def step(p, c, a: list, b):
    delta = (c['A2']
             - b)   # the error
    print(delta.shape)
    unused = 17
    unused_too = unused + 1
    h = c['A1']
    if False:
        h = 0
    n = a.shape[1]
    back = np.dot(p["W2"].T, delta)*(1. - np.square(h))
    return {"dW1": np.dot(back, a.T) / n, "dW2": np.dot(delta, h.T) / n}
    print("never")
"""


def signs(source: str) -> list[int]:
    return [each.sign for each in arranged(source) or ()]


def test_no_disguise_hides_a_copy() -> None:
    """Renamed, reordered, formatted otherwise, with comments, prints and dead lines: the same signs."""
    assert signs(DISGUISED) == signs(WROTE)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("shape[1]", "shape[0]"),
        ("np.square", "np.abs"),
        ("1 - np.square(first)", "np.square(first) - 1"),
        ("    error = cache", "    error = first\n    error = cache"),
        ('cache["A1"]', 'cache["Z1"]'),
    ],
    ids=["constant", "function", "order of operands", "a line that matters", "key"],
)
def test_what_the_code_does_is_what_is_compared(was: str, becomes: str) -> None:
    """Another step, constant or call is another sign."""
    assert signs(WROTE.replace(was, becomes)) != signs(WROTE)


def test_statements_that_need_each_other_keep_their_order() -> None:
    """Two changes of one thing are not the same the other way round."""
    one = "def f(x):\n    x += 1\n    x *= 2\n    return x"
    other = "def f(x):\n    x *= 2\n    x += 1\n    return x"
    assert signs(one) != signs(other)


@given(st.data())
def test_winnowing_finds_what_two_texts_have_in_common(data: st.DataObject) -> None:
    """If it is long enough, wherever it stands: the promise of the paper."""
    sign = st.integers(0, 2**32 - 1)
    shared = data.draw(st.lists(sign, min_size=LEAST, max_size=LEAST + 5))
    texts = [data.draw(st.lists(sign, max_size=20)) + shared + data.draw(st.lists(sign, max_size=20)) for _ in "ab"]
    one, other = ({each.number for each in winnowed(text)} for text in texts)
    assert one & other


@pytest.mark.parametrize(
    "source",
    [
        "def f(:",
        "(" * 5_000,
        "x = " + "-" * 5_000 + "1",
        "\x00",
        "def f(x):\n" + "".join(f"    a{n} = x + {n}\n" for n in range(3_000)) + "    return x\n",
        "%matplotlib inline\n!ls\n" + WROTE,
        "x = \ud800",
    ],
    ids=["broken", "brackets", "signs", "null", "long", "magics", "surrogate"],
)
def test_no_answer_costs_the_others_anything(source: str) -> None:
    """Whatever one wrote, the next one is read."""
    assert traced([WrittenAnswer(source), WrittenAnswer(WROTE)])[1] is not None


def test_ipythons_own_lines_are_passed_over() -> None:
    """What is below them is compared."""
    with_magic, without = traced([WrittenAnswer("%matplotlib inline\n" + WROTE), WrittenAnswer(WROTE)])
    assert with_magic
    assert without
    assert [each.number for each in with_magic.fingerprints] == [each.number for each in without.fingerprints]


def test_what_a_person_marks_is_compared_word_by_word() -> None:
    """Chinese has a word for each sign."""
    text = "梯度消失是因为激活函数的导数很小连乘之后趋近于零"
    one, other, short = traced([WrittenAnswer(each, is_text=True) for each in (f"我认为{text}", text, "零")])
    assert one
    assert other
    assert short
    assert {each.number for each in one.fingerprints} & {each.number for each in other.fingerprints}
    assert not short.fingerprints


@pytest.fixture(scope="module")
def thirty() -> MadeClass:
    """Who wrote for themselves, and three who did not."""
    return made(30, 3)


@pytest.fixture(scope="module")
def given_code() -> frozenset[int]:
    """What the lab hands out, and its reference has."""
    return handed_out(Course(ROOT), LAB)


def in_class(reports: Mapping[str, Report], known: frozenset[int] | None = None) -> ComparedClass:
    works = [submitted(who, f"Name of {who}", found) for who, found in reports.items()]
    return compared(works, handed_out=known)


def pairs(found: ComparedClass) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(each.students) for each in found.told.pairs)


@pytest.mark.parametrize("students", [12, 30, 60])
def test_copies_in_disguise_are_found_and_nobody_else(students: int, given_code: frozenset[int]) -> None:
    """However small the class; those who wrote it each for themselves are no pair."""
    those = made(students, 3, seed=students)
    assert pairs(in_class(those.reports(), given_code)) == those.alike


def test_the_class_itself_says_what_is_far_out(thirty: MadeClass) -> None:
    """By the spread of its pairs, which a few copies do not move."""
    rule = in_class(thirty.reports()).told.rule
    without = in_class({who: each for who, each in thirty.reports().items() if who < "student0027"}).told.rule
    assert (rule.submissions, rule.compared, rule.pairs, rule.fixed) == (30, 30, 435, False)
    assert rule.least == without.least
    assert rule.high == pytest.approx(without.high, abs=0.03)


def test_several_attempts_of_one_student_are_no_pair(thirty: MadeClass) -> None:
    """Nor a cluster with those who are like them."""
    works = [submitted(who, "", found) for who, found in thirty.reports().items()]
    found = compared([*works, *works])
    assert pairs(found) == thirty.alike
    assert not found.told.clusters


def test_whom_pairs_join_is_a_cluster() -> None:
    """By their ids, each once."""
    reports = made(20, 0).reports()
    reports["zoe"] = reports["yan"] = reports["student0003"]
    found = in_class(reports).told
    assert found.clusters == (("student0003", "zoe", "yan"),)
    assert [each.same_file for each in found.pairs] == [True] * 3
    assert found.names["zoe"] == "Name of zoe"


def test_what_is_handed_out_or_written_by_many_makes_no_pair(thirty: MadeClass, given_code: frozenset[int]) -> None:
    """Neither the starter as it is, nor the reference, nor what a third of the class took from one place."""
    reference = report_of({"backward_propagation": (ROOT / "reference" / LAB / "solution.py").read_text("utf-8")})
    assert not pairs(in_class(dict.fromkeys(("ada", "ben"), reference), given_code))
    same = report_of({"nn_model": WROTE})
    reports = thirty.reports() | {f"other{number}": same for number in range(15)}
    assert pairs(in_class(reports, given_code)) == thirty.alike


def test_a_class_too_small_has_a_fixed_rule() -> None:
    """There is no spread to go by."""
    reports = made(SMALL_CLASS - 1, 1, seed=2).reports()
    rule = in_class(reports).told.rule
    assert (rule.fixed, rule.least) == (True, 0.8)


@pytest.mark.parametrize("students", [0, 1])
def test_nobody_and_one_alone_are_no_pair(students: int) -> None:
    """Which is said."""
    rule = in_class({who: report_of({"step": WROTE}) for who in ("ada",)[:students]}).told.rule
    assert (rule.pairs, rule.least) == (0, None)


def test_one_line_is_too_short_to_say_anything() -> None:
    """Which is said, by exercise."""
    found = in_class({who: report_of({"relu": "def relu(x): return x"}) for who in ("ada", "ben")}).told
    assert (found.too_short, found.pairs, found.rule.compared) == (("relu",), (), 0)


def test_what_is_no_python_is_named() -> None:
    """And compared with nothing."""
    found = in_class({"ada": report_of({"step": "def step(:"}), "ben": report_of({"step": WROTE})}).told
    assert [(each.student, each.exercise) for each in found.unread] == [("ada", "step")]


def test_one_who_found_nothing_or_was_not_read_is_passed_over() -> None:
    """A report without answers, and one with an answer that a person marks."""
    empty = report_of({})
    text = report_of({"why": "the slope is zero for every negative input so that the unit learns nothing any more"})
    written = text.exercises[0].model_copy(update={"verdict": Verdict.TO_MARK, "checks": (), "earned": 0})
    marked = text.model_copy(update={"exercises": (written,)})
    found = in_class({"ada": empty, "ben": marked, "cem": marked}).told
    assert (found.rule.submissions, found.rule.compared) == (3, 2)


def test_both_texts_have_the_same_number_beside_the_same_passage() -> None:
    """On the lines that do something; a comment or a print between them is not marked."""
    reports = made(20, 0).reports()
    reports["ada"], reports["ben"] = report_of({"nn_model": WROTE}), report_of({"nn_model": DISGUISED})
    found = in_class(reports)
    number = next(at for at, each in enumerate(found.told.pairs) if set(each.students) == {"ada", "ben"})
    (both,) = found.beside(number)
    assert set(both.one.passages) == {2, 4, 5, 6, 7, 8}
    assert set(both.other.passages) == {3, 4, 5, 9, 12, 13, 14}
    assert set(both.one.passages.values()) == set(both.other.passages.values()) == {1}
