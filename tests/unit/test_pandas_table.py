"""Objects of pandas and the tables they become; skipped where pandas is not installed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.wall.pandas_table import pandas_of
from grader.wall.room.objects import Arguments
from grader.wall.table import MAX_TEXTS
from grader.wall.values import AS_SENT, Array, Table, UnsupportedValueError, freeze, identical, thaw

pd: Any = pytest.importorskip("pandas", reason="pandas is not installed")
sparse: Any = pytest.importorskip("scipy.sparse", reason="SciPy is not installed")

HOUR = pd.Timedelta(hours=1)
FRAME = pd.DataFrame(
    {
        "whole": [3, 1, 2],
        "real": [0.5, None, -0.0],
        "small": np.array([1, 2, 3], np.int8),
        "truth": [True, False, True],
        "text": ["a", None, "\N{GREEK SMALL LETTER PI}"],
        "category": pd.Categorical(["u", "v", None], ["v", "u"], ordered=True),
        "moment": pd.to_datetime(["2027-03-01 00:30", None, "2027-03-28 12:00"]),
        "zone": pd.date_range("2027-03-28", periods=3, tz="Europe/Berlin"),
        "time": [HOUR, None, 2 * HOUR],
        "nullable": pd.array([1, None, 3], dtype="Int64"),
        "maybe": pd.array([True, None, False], dtype="boolean"),
        "lists": [[1], None, [2.0, "x"]],
        ("a", 1): pd.arrays.SparseArray([0.0, 0.0, 1.0]).to_dense(),
    },
    index=pd.MultiIndex.from_tuples([("x", 1), ("x", 2), ("y", 1)], names=["letter", None]),
)


@pytest.mark.parametrize(
    "thing",
    [
        pytest.param(FRAME, id="everything"),
        pytest.param(FRAME["real"], id="series"),
        pytest.param(FRAME.index, id="several levels"),
        pytest.param(pd.RangeIndex(3), id="range index"),
        pytest.param(pd.Index(["b", "a"], name="i"), id="index with a name"),
        pytest.param(FRAME["category"].array, id="categorical"),
        pytest.param(pd.DataFrame([[1, 2]], columns=["a", "a"]), id="two columns of one name"),
        pytest.param(pd.DataFrame(), id="nothing"),
        pytest.param(pd.DataFrame(index=[1, 2]), id="rows without columns"),
        pytest.param(pd.DataFrame({"a": []}), id="columns without rows"),
        pytest.param(FRAME.groupby("truth")[["whole"]].agg(["min", "max"]), id="columns of two levels"),
    ],
)
def test_an_object_of_pandas_is_the_same_after_the_wall(thing: Any) -> None:
    """What the function of a student is called with is what the course wrote down."""
    table = freeze(thing)
    assert isinstance(table, Table)

    back = pandas_of(table, thaw)

    assert type(back) is type(thing) or isinstance(thing, pd.Index)
    assert identical(freeze(back), table)
    if isinstance(thing, pd.DataFrame) and len(thing.columns):
        pd.testing.assert_frame_equal(back, thing, check_freq=False, check_column_type=False)


class Lying(pd.DataFrame):  # type: ignore[misc]  # pandas has no types here
    """A DataFrame that says of itself whatever it likes."""

    @property
    def columns(self) -> Any:
        return ["all", "is", "well"]

    def __len__(self) -> int:
        return 10**9


class Forged:
    """No DataFrame, whatever it says."""

    __class__ = pd.DataFrame


def test_a_subclass_is_the_data_it_holds() -> None:
    """Methods it redefines are not asked."""
    assert identical(freeze(Lying({"a": [1]})), freeze(pd.DataFrame({"a": [1]})))


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        pytest.param(Forged(), "an object of type Forged", id="a forged class"),
        pytest.param(pd.DataFrame({"a": np.zeros(10**6 + 1)}), "a table of more than 1,000,000 rows", id="rows"),
        pytest.param(pd.DataFrame(np.zeros((1, 1_001))), "a table of more than 1,000 columns", id="columns"),
        pytest.param(pd.Series(["a"] * (MAX_TEXTS + 1)), "a table with more than 250,000 texts in it", id="texts"),
        pytest.param(pd.Series([[0]] * 6_000), "more than 10,000 entries in all", id="lists"),
        pytest.param(pd.Series([object()]), "an object of type object", id="objects"),
        pytest.param(pd.DataFrame({object: [1]}), "with an object of type type in it", id="a class as name"),
        pytest.param(pd.period_range("2027", periods=1, freq="Y"), "an object of type Period", id="periods"),
        pytest.param(FRAME.groupby("truth"), "an object of type DataFrameGroupBy", id="groups"),
        pytest.param(sparse.eye_array(10**5), "a sparse matrix of shape .100000, 100000., too large", id="sparse"),
    ],
)
def test_what_of_pandas_cannot_cross_is_named_in_words(thing: Any, words: str) -> None:
    """The student reads what it was, and what it is too much of."""
    with pytest.raises(UnsupportedValueError, match=words):
        freeze(thing)


def test_what_pandas_calls_missing_is_nan_and_sparse_matrices_are_arrays() -> None:
    """Both say so: NA has no other value, and the numbers of a matrix are the same however they are kept."""
    missing, matrix = freeze(pd.NA), freeze(sparse.csr_array([[0.0, 2.0]]))

    assert missing != missing
    assert isinstance(matrix, Array)
    assert (matrix.kind, matrix.data.tolist()) == ("sparse", [[0.0, 2.0]])


@pytest.mark.parametrize(("change", "changed"), [(False, False), (True, True)])
def test_an_argument_that_was_left_alone_is_the_one_that_was_sent(change: bool, changed: bool) -> None:
    """Whatever the pandas of this room calls its dtypes: a frame that nobody touched has not changed."""
    sent = freeze(FRAME)
    arguments = Arguments((sent,), {})
    if change:
        arguments.by_place[0].loc[("x", 1), "whole"] = 7

    assert (arguments.afterwards()[0] is not AS_SENT) is changed
