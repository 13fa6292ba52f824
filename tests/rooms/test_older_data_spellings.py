"""Spellings of older pandas, scikit-learn and SciPy, as the tables of `compatibility` have them, each with a notice."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import numpy as np
import pytest

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.room.compatibility import learning_tables
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.values import Value, form, freeze
from tests.rooms.test_older_spellings import ran

LIMITS = RoomLimits(cpu_seconds=60)
FRAME = "df = pd.DataFrame({'a': [2.0, 1.0, None], 'b': [3, 4, 5]}, index=['x', 'y', 'z'])"
DAYS = "days = pd.DataFrame({'n': [1, 2, 3]}, index=pd.to_datetime(['2027-01-30', '2027-02-01', '2027-02-02']))"
TEXTS = "t = pd.DataFrame({'s': ['u', 'v'], 'n': [1, 2]})"
DATES = (
    "import io\nfrom datetime import datetime\nat = datetime.strptime\n"
    "read, CSV = pd.read_csv, io.StringIO('a,b,c\\n0101,2027,3')\n"
)
X_Y = "X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])"


@pytest.fixture(scope="module", params=["loaded before", "imported by the notebook"])
def tables(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox with both libraries loaded, and one in which the notebook's imports load them."""
    uses = ("pandas", "sklearn") if request.param == "loaded before" else ()
    with choose_sandbox("none", "numpy", uses=uses) as given:
        yield given


def values(sandbox: Sandbox, *sources: str) -> tuple[Value, tuple[Message, ...]]:
    """The `x` of each source, or what it raised, and the notices."""
    trying = """
    import numpy as np
    def value(source):
        import pandas as pd
        names = {'np': np, 'pd': pd}
        try:
            exec(source, names)
        except Exception as error:
            return f'{type(error).__name__}: {error}'
        return names['x']
    """
    asking = f"import pandas as pd\ndef f(_): return [value(source) for source in {list(sources)!r}]"
    return ran(sandbox, trying, asking, limits=LIMITS)


def compiled_values(sandbox: Sandbox, sources: list[str]) -> tuple[Value, tuple[Message, ...]]:
    """The `x` that each of these cells leaves, or what it raised, and the notices."""
    cells = [
        f"try:\n{textwrap.indent(source, '  ')}\n  found.append(x)\nexcept Exception as error:\n"
        "  found.append(f'{type(error).__name__}: {error}')"
        for source in sources
    ]
    return ran(sandbox, "import numpy as np, pandas as pd\nfound = []", *cells, "def f(_): return found", limits=LIMITS)


PANDAS = [
    ("x = df.append({'a': 0.0, 'b': 1}, ignore_index=True)['b'].tolist()", [3, 4, 5, 1], "append"),
    ("x = df.a.append(df.b).shape", (6,), "append"),
    ("x = [name for name, _ in df.iteritems()]", ["a", "b"], "iteritems"),
    ("x = df.applymap(lambda v: 2 * v)['b'].tolist()", [6, 8, 10], "applymap"),
    ("x = df[['b']].as_matrix().tolist()", [[3], [4], [5]], "as_matrix"),
    ("x = df.b.is_monotonic", True, "is_monotonic"),
    ("x = round(float(df.b.mad()), 3)", 0.667, "mad"),
    ("x = df.fillna(method='ffill')['a'].tolist()", [2.0, 1.0, 1.0], "method='ffill'"),
    ("x = df.drop('a', 1).columns.tolist()", ["b"], "df.drop("),
    ("x = df.dropna(1).columns.tolist()", ["b"], "df.dropna("),
    ("x = df.sort_values('a', 0, False).index.tolist()", ["x", "y", "z"], "df.sort_values("),
    ("x = df.set_index('b', False).columns.tolist()", ["a", "b"], "df.set_index("),
    ("x = pd.concat([df, df], 1).shape", (3, 4), "pd.concat("),
    ("x = df.reset_index().pivot('index', 'b', 'a').shape", (3, 3), "df.pivot("),
    ("x = df.isna().any(1).tolist()", [False, False, True], "df.any("),
    ("x = pd.Series(['a b c']).str.split(' ', 1)[0]", ["a", "b c"], "s.str.split("),
    ("x = pd.to_numeric(pd.Series(['1', '?']), errors='ignore').tolist()", ["1", "?"], "errors='ignore'"),
    (
        "import io\nx = pd.read_csv(io.StringIO('a  b'), delim_whitespace=True).columns.tolist()",
        ["a", "b"],
        "delim_white",
    ),
    ("import io\nx = pd.read_csv(io.StringIO('a;b'), ';').columns.tolist()", ["a", "b"], "pd.read_csv("),
    ("import io\nx = len(pd.read_csv(io.StringIO('a\\n1\\n1,2'), error_bad_lines=False))", 1, "error_bad_lines"),
    ("x = days.resample('M').sum()['n'].tolist()", [1, 5], "'M'"),
    ("x = days.groupby(pd.Grouper(freq='2M')).sum()['n'].tolist()", [1, 5], "'M'"),
    ("x = len(pd.date_range('2027-01-01', periods=3, freq='H'))", 3, "'H'"),
    ("x = days.index.to_series().dt.week.tolist()", [4, 5, 5], "d.week"),
    ("x = float(pd.np.inf)", float("inf"), "pd.np"),
    ("x = pd.datetime(2027, 1, 2).day", 2, "pd.datetime"),
    ("x = pd.Int64Index([1, 2]).tolist()", [1, 2], "Int64Index"),
    ("x = int(pd.value_counts([1, 1, 2]).max())", 2, "value_counts"),
    ("from pandas.io.json import json_normalize\nx = json_normalize([{'a': 1}]).shape", (1, 1), "json_normalize"),
]


def test_what_pandas_took_once_does_what_it_did(tables: Sandbox) -> None:
    """Methods that are gone, arguments without their names or under other ones, lengths of time."""
    found, notices = values(tables, *(f"{FRAME}\n{DAYS}\n{source}" for source, _, _ in PANDAS))
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(PANDAS, found, strict=True) if got != wanted] == []
    said = [each.fields["old"] for each in notices]
    assert [word for _, _, word in PANDAS if not any(word in str(old) for old in said)] == []


IN_PLACE = [
    ("df['a'].fillna(0.0, inplace=True)\nx = df['a'].tolist()", [2.0, 1.0, 0.0]),
    ("df.a.fillna(0.0, inplace=True)\nx = df['a'].tolist()", [2.0, 1.0, 0.0]),
    ("df['b'].replace(3, 7, inplace=True)\nx = df['b'].tolist()", [7, 4, 5]),
    ("df['b'][df['b'] > 3] = 0\nx = df['b'].tolist()", [3, 0, 0]),
    ("df['b'].loc['x'] = 9\nx = df['b'].tolist()", [9, 4, 5]),
    ("df['b'].iloc[0:2] += 1\nx = df['b'].tolist()", [4, 5, 5]),
]
ELSEWHERE = [
    ("df.fillna(0.0, inplace=True)\nx = df['a'].tolist()", [2.0, 1.0, 0.0]),
    ("df.loc['x', 'b'] = 9\nx = df['b'].tolist()", [9, 4, 5]),
    ("a = [[1], [2]]\na[0][0] = 5\nx = a", [[5], [2]]),
    ("a = {'k': {}}\na['k']['l'] = 1\na['k']['l'] += 1\nx = a", {"k": {"l": 2}}),
    ("a = np.zeros((2, 2))\na[0][1:] = 3\nx = a.tolist()", [[0.0, 3.0], [0.0, 0.0]]),
    ("df[df['b'] > 3]['b'] = 0\nx = df['b'].tolist()", [3, 4, 5]),
]


def in_cells(sandbox: Sandbox, source: str) -> tuple[Value, tuple[Message, ...]]:
    """The `x` that a cell leaves, and the notices."""
    return ran(sandbox, "import numpy as np, pandas as pd", f"{FRAME}\n{source}", "def f(_): return x", limits=LIMITS)


@pytest.mark.parametrize(("source", "expected"), IN_PLACE)
def test_a_change_of_a_column_reaches_its_frame(tables: Sandbox, source: str, expected: Value) -> None:
    """pandas 3 takes it without a word and changes nothing; it changed the frame while the labs were written."""
    value, notices = in_cells(tables, source)
    assert (value, len(notices)) == (expected, 1)


@pytest.mark.parametrize(("source", "expected"), ELSEWHERE)
def test_what_pandas_and_others_do_today_is_left_alone(tables: Sandbox, source: str, expected: Value) -> None:
    """An entry of an entry is none of a column everywhere; a copy that was filtered never was the frame."""
    assert in_cells(tables, source) == (expected, ())


OF_PANDAS_3 = [
    ("df.loc['x', 'b'] = 1.5\nx = df['b'].tolist()", [1.5, 4.0, 5.0], "df.loc[0, 'a'] = 1.5"),
    ("t = pd.Series(['u', 'v'])\nt[0] = 7\nx = t.tolist()", [7, "v"], "df.loc[0, 'a'] = 1.5"),
    ("t.loc[t['s'] == 'u', 's'] = 0\nx = t['s'].tolist()", [0, "v"], "df.loc[0, 'a'] = 1.5"),
    ("t.s[t.s == 'u'] = 0\nx = t['s'].tolist()", [0, "v"], "df['a'][i] = x"),
    ("t.n.iloc[0] = 9\nx = t['n'].tolist()", [9, 2], "df['a'][i] = x"),
    ("x = [int(df['b'][0]), int(df.iloc[0][1]), df['b'][[0, -1]].tolist()]", [3, 3, [3, 5]], "s[0]"),
    ("df['b'][0] = 8\nx = df['b'].tolist()", [8, 4, 5], "s[0]"),
    ("x = t['s'].replace({'u': 0, 'v': 1}).dtype.name", "int64", "s.replace("),
    ("t['s'].replace(['u', 'v'], [0, 1], inplace=True)\nx = t['s'].dtype.name", "int64", "s.replace("),
    ("x = [name for name in t if t[name].dtype == 'object']", ["s"], "dtype == object"),
    ("x = t.dtypes[t.dtypes != object].index.tolist()", ["n"], "dtype == object"),
    ("x = [name for name in t if np.issubdtype(t[name].dtype, np.number)]", ["n"], "dtype == object"),
    ("x = pd.Series(['a1b']).str.replace(r'\\d', '').tolist()", ["ab"], "s.str.replace("),
    ("x = t.mean().tolist()", [1.5], "df.mean()"),
    ("x = t.corr().shape", (1, 1), "df.corr()"),
    ("t['g'] = [0, 0]\nx = t.groupby('g').mean()['n'].tolist()", [1.5], "df.mean()"),
    ("t['g'] = [0, 0]\nx = t.groupby('g')['n', 'g'].sum().shape", (1, 2), "df.groupby("),
    ("x = df.b.rolling(2, axis=0).sum().tolist()[1:]", [7.0, 9.0], "axis=0"),
    ("x = int(df.b.between(3, 5, inclusive=False).sum())", 1, "s.between("),
    ("x = t.to_dict('r')[0]['n']", 1, "df.to_dict("),
    ("x = t.drop(columns='s', axis=1).columns.tolist()", ["n"], "df.drop(columns"),
    ("x = pd.unique(['a', 'b', 'a']).tolist()", ["a", "b"], "pd.unique("),
    ("x = days['2027-02'].shape", (2, 1), "df['2027']"),
    (
        f"{DATES}t = read(CSV, parse_dates=['b'], date_parser=lambda s: at(s, '%Y'))\nx = int(t.a[0]), t.b[0].year",
        (101, 2027),
        "date_parser=",
    ),
    (
        f"{DATES}t = read(CSV, parse_dates=[[0, 1]], date_parser=lambda s: at(s, '%d%m %Y'))\nx = t.a_b[0].year",
        2027,
        "date_parser=",
    ),
    (
        f"{DATES}t = read(CSV, index_col='b', parse_dates=True, date_parser=pd.to_datetime)\nx = t.index[0].year",
        2027,
        "date_parser=",
    ),
    ("import io\nx = pd.read_csv(io.StringIO('a\\n1'), squeeze=True).tolist()", [1], "squeeze=True"),
]
AS_TODAY = [
    ("y = df['b'].values\ny[y == 3] = -1\nx = [y.tolist(), df['b'].tolist()]", [[-1, 4, 5], [3, 4, 5]]),
    ("x = t['s'].values.reshape(-1, 1).shape", (2, 1)),
    ("x = pd.Series(['a.b', '[ab]']).str.replace('[ab]', '').tolist()", ["a.b", ""]),
    ("x = pd.Series([5, 6], index=[1, 0])[0].item()", 6),
    ("x = t['s'].replace('u', 'w').tolist()", ["w", "v"]),
    ("x = bool(t['n'].dtype == object)", False),
    ("class Own:\n  pass\no = Own()\no.w = np.zeros(2)\no.w[0] = 5\no.w[1:] = 2\nx = o.w.tolist()", [5.0, 2.0]),
]


def test_what_pandas_3_refuses_or_leaves_undone_is_done_as_before(tables: Sandbox) -> None:
    """Entries by their place, of another kind; columns of texts; numbers only; each is told."""
    sources = [f"{FRAME}\n{DAYS}\n{TEXTS}\n{source}" for source, _, _ in OF_PANDAS_3]
    found, notices = compiled_values(tables, sources)
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(OF_PANDAS_3, found, strict=True) if got != wanted] == []
    said = [str(each.fields["old"]) for each in notices]
    assert [word for _, _, word in OF_PANDAS_3 if not any(word in old for old in said)] == []


def test_what_is_right_in_pandas_3_is_taken_without_a_word(tables: Sandbox) -> None:
    """Arrays may be written and are the notebook's own; a pattern that is found as it stands is no pattern."""
    found, notices = compiled_values(tables, [f"{FRAME}\n{TEXTS}\n{source}" for source, _ in AS_TODAY])
    assert (found, notices) == ([wanted for _, wanted in AS_TODAY], ())


def test_a_column_of_that_name_goes_first(tables: Sandbox) -> None:
    """Nobody's data is hidden by a method that is gone."""
    found, notices = values(tables, "x = pd.DataFrame({'append': [1], 'mad': [2]}).append.tolist()")
    assert (found, notices) == ([[1]], ())


SKLEARN = [
    ("from sklearn.preprocessing import OneHotEncoder\nx = OneHotEncoder(sparse=False).fit_transform(X).shape", (4, 4)),
    ("from sklearn.linear_model import SGDClassifier\nx = SGDClassifier(loss='log').fit(X, y).loss", "log_loss"),
    (
        (
            "from sklearn.linear_model import LogisticRegression\n"
            "x = LogisticRegression(penalty='none', multi_class='auto').fit(X, y).score(X, y)"
        ),
        1.0,
    ),
    (
        "from sklearn.tree.tree import DecisionTreeRegressor as T\nx = T(criterion='mse').fit(X, y).criterion",
        "squared_error",
    ),
    (
        (
            "from sklearn.ensemble.forest import RandomForestClassifier as F\n"
            "x = F(3, max_features='auto').fit(X, y).max_features"
        ),
        "sqrt",
    ),
    (
        (
            "from sklearn.ensemble import BaggingClassifier\nfrom sklearn.tree import DecisionTreeClassifier\n"
            "x = BaggingClassifier(base_estimator=DecisionTreeClassifier()).fit(X, y).classes_.tolist()"
        ),
        [0, 1],
    ),
    ("from sklearn.cluster import KMeans\nx = KMeans(2, n_init=1, n_jobs=1, algorithm='full').fit(X).n_clusters", 2),
    (
        "from sklearn.metrics import mean_squared_error\nx = float(mean_squared_error([0, 0], [2, 2], squared=False))",
        2.0,
    ),
    (
        "from sklearn.preprocessing import PolynomialFeatures as P\nx = P(1).fit(X).get_feature_names()",
        ["1", "x0"],
    ),
    ("from sklearn.metrics import plot_confusion_matrix\nx = callable(plot_confusion_matrix)", True),
    ("from sklearn.base import clone\nfrom sklearn.svm import SVC\nx = clone(SVC(C=2)).get_params()['C']", 2),
    ("from sklearn.neighbors import KNeighborsClassifier as K\nx = K(1, 'distance').fit(X, y).weights", "distance"),
    ("from sklearn.metrics import confusion_matrix as c\nx = c([0, 1], [0, 1], [1, 0]).shape", (2, 2)),
    ("from sklearn.metrics import log_loss\nx = round(log_loss([0, 1], [0.5, 0.5], eps=1e-15), 4)", 0.6931),
    ("from sklearn.metrics import jaccard_similarity_score as j\nx = float(j([0, 1], [0, 0]))", 0.5),
    ("from sklearn.model_selection import KFold\nx = KFold(2, random_state=7).get_n_splits()", 2),
    ("from sklearn.model_selection import KFold\nx = KFold(2, True, 7).shuffle", True),
    ("from sklearn.datasets import load_iris\nx = load_iris(True)[0].shape", (150, 4)),
    ("from sklearn.ensemble import RandomForestClassifier as F\nx = F(2, 'entropy').fit(X, y).n_features_", 1),
    ("from sklearn.svm import LinearSVC\nx = LinearSVC(loss='l2').fit(X, y).loss", "squared_hinge"),
    (
        (
            "from sklearn.preprocessing import Imputer\n"
            "x = Imputer(missing_values='NaN', strategy='mean', axis=0).fit([[1.0], [3.0]]).statistics_.tolist()"
        ),
        [2.0],
    ),
    (
        "from sklearn.linear_model import LinearRegression as L\nx = L(normalize=True).fit(X, y).coef_.shape",
        (1,),
    ),
    (
        (
            "from sklearn.linear_model import Ridge\nfrom sklearn.base import clone\n"
            "Z = (X - X.mean()) / np.linalg.norm(X - X.mean())\n"
            "x = np.allclose(clone(Ridge(2.0, normalize=True)).fit(X, y).predict(X), Ridge(2.0).fit(Z, y).predict(Z))"
        ),
        True,
    ),
    (
        (
            "from sklearn.linear_model import LogisticRegression as L\nfrom sklearn.base import clone\n"
            "from sklearn.multiclass import OneVsRestClassifier\nkinds = np.array([0, 1, 2, 2])\n"
            "rest = OneVsRestClassifier(L(C=2)).fit(X, kinds)\nown = clone(L(C=2, multi_class='ovr')).fit(X, kinds)\n"
            "x = [np.allclose(own.predict_proba(X), rest.predict_proba(X)), own.coef_.shape]"
        ),
        [True, (3, 1)],
    ),
    (
        (
            "from sklearn.linear_model import LogisticRegression as L\n"
            "x = L(solver='liblinear').fit(X, [0, 1, 2, 2]).predict_proba(X).shape"
        ),
        (4, 3),
    ),
]


def test_what_scikit_learn_took_once_does_what_it_did(tables: Sandbox) -> None:
    """Arguments under other names and with other values, modules and functions that are gone."""
    found, notices = values(tables, *(f"{X_Y}\n{source}" for source, _ in SKLEARN))
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted), got in zip(SKLEARN, found, strict=True) if got != wanted] == []
    said = {each.fields["old"] for each in notices}
    rows = [row.old for _, row in learning_tables.ESTIMATOR_VALUES if row.old in said]
    assert {"sparse=", "base_estimator=", "encoder.get_feature_names()", "loss='log'"} <= said
    assert len(rows) >= 8


SCIPY = [
    (
        "from scipy import stats\nx = [int(stats.mode([1, 2, 2])[0][0]), int(stats.mode([1, 2, 2]).count[0])]",
        [2, 2],
        "mode(a)",
    ),
    ("from scipy.stats import mode\nx = float(mode(np.array([0.5, 0.5, 1.0])).mode[0])", 0.5, "mode(a)"),
    ("from scipy.stats import mode\nx = str(mode(['b', 'a', 'b'])[0][0])", "b", "mode(texts)"),
    (
        "from scipy.stats import norm\nx = round(float(norm.interval(alpha=0.95, loc=0, scale=1)[1]), 2)",
        1.96,
        "interval(",
    ),
    ("from scipy.stats import t\nx = round(float(t(9).interval(alpha=0.95)[1]), 2)", 2.26, "interval("),
    ("from scipy.misc import derivative\nx = round(derivative(lambda v: v ** 2, 3.0, dx=1e-3), 6)", 6.0, "derivative"),
    (
        "from scipy.misc import derivative\nx = round(derivative(lambda v: v ** 2, 3.0, 0.01, n=2), 6)",
        2.0,
        "derivative",
    ),
    ("from scipy.integrate import romberg\nx = round(romberg(lambda v: v, 0, 1), 6)", 0.5, "romberg"),
    ("from scipy.integrate import quadrature\nx = round(quadrature(lambda v: v, 0, 1)[0], 6)", 0.5, "quadrature"),
    ("from scipy.linalg import eigh\nx = len(eigh(np.eye(3), eigvals=(0, 1))[0])", 2, "eigvals="),
    ("from scipy.linalg import pinv\nx = pinv(np.eye(2), rcond=1e-3).shape", (2, 2), "rcond="),
    ("from scipy.linalg import solve\nx = solve(np.eye(2), np.ones(2), sym_pos=True).tolist()", [1.0, 1.0], "sym_pos="),
    ("from scipy.sparse import csr_matrix\nx = csr_matrix(np.eye(2)).A.tolist()", [[1.0, 0.0], [0.0, 1.0]], "m.A"),
    ("from scipy.sparse.linalg import cg\nx = cg(np.eye(2), np.ones(2), tol=1e-5)[1]", 0, "tol="),
    (
        "from scipy.optimize import minimize\nx = minimize(lambda v: ((v - 1) ** 2).sum(), np.zeros((2, 1))).x.shape",
        (2,),
        "minimize(",
    ),
    ("from scipy.stats import itemfreq\nx = itemfreq([1, 1]).tolist()", [[1, 2]], "itemfreq"),
]


def test_what_scipy_took_once_does_what_it_did(tables: Sandbox) -> None:
    """A mode that is alone, intervals, a start in a column, functions and arguments that are gone."""
    found, notices = values(tables, *(source for source, _, _ in SCIPY))
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(SCIPY, found, strict=True) if got != wanted] == []
    said = [str(each.fields["old"]) for each in notices]
    assert [word for _, _, word in SCIPY if not any(word in old for old in said)] == []


def test_a_mode_crosses_as_the_number_that_it_is(tables: Sandbox) -> None:
    """Whoever returns it returns a number, and may reckon with it."""
    found, _ = values(tables, "from scipy.stats import mode\nx = [mode([1, 2, 2])[0], mode([0.5, 0.5]).mode * 2]")
    assert form(found) == form(freeze([[np.int64(2), np.float64(1.0)]]))


OF_PANDAS_2 = [
    (
        "x = [float(df.ix[0, 'a']), df.ix['y', 1].item(), df.ix[0:2, ['b']].shape, df.b.ix[0].item()]",
        [2.0, 4, (2, 1), 3],
        "df.ix",
    ),
    ("df.ix[df.b > 3, 'b'] = 0\nx = df.b.tolist()", [3, 0, 0], "df.ix"),
    ("g = df[['a']]\ng = g.fillna(0.0)\ng.loc['x']['a'] = 7.0\nx = g['a'].tolist()", [7.0, 1.0, 0.0], "df.loc[0]["),
    ("x = pd.to_datetime(['01/02/2027', '13/02/2027']).month.tolist()", [1, 2], "pd.to_datetime("),
    (
        "d = ['01/02/2027', '13/02/2027']\nx = pd.to_datetime(d, infer_datetime_format=True).month.tolist()",
        [1, 2],
        "infer_datetime_format=",
    ),
    ("x = t.groupby('s').fillna(0).shape", (2, 1), "g.fillna("),
    (
        "x = pd.DataFrame({'k': [1, 1], 'v': [2.0, None]}).groupby('k').fillna(method='ffill')['v'].tolist()",
        [2.0, 2.0],
        "g.fillna(",
    ),
    ("x = t.groupby('s').apply(lambda g: g['s'].iloc[0]).tolist()", ["u", "v"], "df.groupby('a').apply"),
    ("x = t.groupby('s').apply(lambda g: g.s.iloc[0]).tolist()", ["u", "v"], "df.groupby('a').apply"),
    ("x = t.groupby(['s']).get_group('u').shape", (1, 2), "get_group"),
    ("df.set_axis(['q', 'r'], axis=1, inplace=True)\nx = df.columns.tolist()", ["q", "r"], "set_axis"),
    ("x = df.dropna(how='any', thresh=1).shape", (3, 2), "thresh="),
    ("x = df.a.pct_change(fill_method='pad').tolist()[1:]", [-0.5, 0.0], "fill_method="),
    ("x = t.sum(axis=1).tolist()", [1, 2], "df.sum()"),
    ('x = pd.read_json(\'{"a": {"0": 1}}\').shape', (1, 1), "pd.read_json"),
    ("t['n'] = t['n'] + 0.5\nx = pd.get_dummies(t).values.dtype.name", "float64", "get_dummies"),
    ("v = np.asarray(df['b'])\nv[0] = 9\nx = [v.tolist(), df['b'].tolist()]", [[9, 4, 5], [3, 4, 5]], ""),
    ("x = bool(t['s'].dtype == np.object_)", True, "dtype == object"),
    (
        "from pandas.errors import SettingWithCopyWarning\nx = issubclass(SettingWithCopyWarning, Warning)",
        True,
        "SettingWithCopy",
    ),
]


def test_what_pandas_2_did_is_done(tables: Sandbox) -> None:
    """`ix`, groups, dates of several forms, an entry of a row, truths beside numbers."""
    found, notices = compiled_values(tables, [f"{FRAME}\n{TEXTS}\n{source}" for source, _, _ in OF_PANDAS_2])
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(OF_PANDAS_2, found, strict=True) if got != wanted] == []
    said = [str(each.fields["old"]) for each in notices]
    assert [word for _, _, word in OF_PANDAS_2 if not any(word in old for old in said)] == []


OF_SKLEARN_1 = [
    (
        "from sklearn.linear_model import Lasso\nx = Lasso(0.1, max_iter=1e5).fit(X, y).max_iter",
        100_000,
        "max_iter=1e5",
    ),
    ("from sklearn.linear_model import SGDRegressor as S\nx = S(max_iter=5, tol=-np.inf).fit(X, y).tol", None, "tol="),
    (
        "from sklearn.linear_model import SGDClassifier as S\nx = S(loss='squared_loss').fit(X, y).loss",
        "squared_error",
        "squared_loss",
    ),
    (
        "from sklearn.linear_model import RidgeCV\nx = RidgeCV(store_cv_values=True).fit(X, y).cv_values_.shape",
        (4, 3),
        "cv_values",
    ),
    ("from sklearn.linear_model import Ridge\nx = Ridge().fit(np.matrix(X), y).coef_.shape", (1,), "np.matrix"),
    (
        (
            "from sklearn.model_selection import cross_val_score as c\nfrom sklearn.linear_model import Ridge\n"
            "x = bool((c(Ridge(), X, y, cv=2, scoring='mean_squared_error') < 0).all())"
        ),
        True,
        "scoring=",
    ),
    (
        (
            "from sklearn.model_selection import GridSearchCV as G\nfrom sklearn.linear_model import Ridge\n"
            "x = bool(G(Ridge(), {'alpha': [1.0]}, cv=2, scoring='mean_squared_error').fit(X, y).best_score_ < 0)"
        ),
        True,
        "scoring=",
    ),
    (
        (
            "from sklearn.utils.class_weight import compute_class_weight as c\n"
            "x = c('balanced', np.array([0, 1]), y).tolist()"
        ),
        [1.0, 1.0],
        "",
    ),
    (
        "from sklearn.feature_extraction.text import TfidfVectorizer as C\nx = C(stop_words={'ab'}).stop_words",
        ["ab"],
        "stop_words",
    ),
    (
        "from sklearn.preprocessing import MinMaxScaler as M\nx = M(feature_range=[0, 1]).fit(X).feature_range",
        (0, 1),
        "feature_range",
    ),
    ("from sklearn.naive_bayes import MultinomialNB as M\nx = M().fit(X, y).coef_.shape", (1, 1), "e.coef_"),
    ("from sklearn.cluster.spectral import SpectralClustering\nx = 1", 1, "sklearn.cluster.spectral"),
]


def test_what_scikit_learn_1_0_took_does_what_it_did(tables: Sandbox) -> None:
    """Whole numbers as floats, matrices, scores by their older names, and what fitted estimators knew."""
    found, notices = values(tables, *(f"{X_Y}\n{source}" for source, _, _ in OF_SKLEARN_1))
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(OF_SKLEARN_1, found, strict=True) if got != wanted] == []
    said = [str(each.fields["old"]) for each in notices]
    assert [word for _, _, word in OF_SKLEARN_1 if not any(word in old for old in said)] == []
